"""Where a reader reports an error: an address that carries the claim's id, made from what ``extra.report`` names."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from explainer.context import Context

_REPOSITORY = re.compile(r"https://(?P<host>[^/]+)/[^/?#]+/[^/?#]+?(?:\.git)?/?\Z")
"""The address of a repository: a host, an owner and a name, and nothing after them."""
_FIELDS = {"gitlab": ("-/issues/new", "issue[title]", "issue[description]")}
_OTHERS = ("issues/new", "title", "body")
"""Where a new issue is written, and the fields of its title and text: on GitLab, and elsewhere (GitHub, Forgejo, Gitea)."""


def address(context: Context, path: str, claim: str) -> str:
    """Where an error in a claim (a fact's id, or ``fact:claim``) on a page below the root is reported; empty where no address is set.

    A repository's address leads to a new issue, and a mail address to a new letter, with title and text begun. Any other is taken
    as it is, ``{claim}`` in it standing for the id.
    """
    where, title = context.report, context.templates.say("report_title", claim=claim)
    if not where or "{claim}" in where:
        return where.replace("{claim}", quote(claim))
    text = context.templates.say("report_text", claim=claim, page=f"{context.address}{path}/")
    if (named := _REPOSITORY.match(where)) is not None:
        new, *fields = next((each for host, each in _FIELDS.items() if host in named["host"]), _OTHERS)
        return f"{where.rstrip('/').removesuffix('.git')}/{new}?{urlencode(dict(zip(fields, (title, text), strict=True)))}"
    if where.startswith("mailto:") and "?" not in where:
        return f"{where}?{urlencode({'subject': title, 'body': text}, quote_via=quote)}"
    return where
