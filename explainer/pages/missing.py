"""The page for a wrong address, of a site that does not know its own.

A server shows it at addresses of any depth, and without the site's address nothing in it can lead to the site's styles, scripts and pages.
So it stands alone. Where the address is known the engine makes the page, with the theme around it.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer import policy
from explainer.context import Context


def files(context: Context) -> Iterator[tuple[str, str]]:
    """The page, by path; none where the site's address is known."""
    if context.address:
        return
    say, css = context.wording.catalogue.say, context.templates.source("pages/missing.css").strip()
    told = {name: say("theme", f"missing_{name}") for name in ("kicker", "title")} | {"lede": say("theme", "missing_alone")}
    page = context.templates.render("pages/missing.html.j2", **told, site=context.site_name, style=css, policy=policy.closed(styles=[css]))
    yield "404.html", page + "\n"
