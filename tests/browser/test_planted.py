"""Hostile pages and drawings in a real Chromium: what slipped into a page would not run and call nobody, and what is taken does not either."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from browser.browsing import SUB_PATH, served
from playwright.sync_api import Browser, Request
from test_allowed import ASKING, DRAWINGS, ELEMENTS, FOREIGN_TYPES, SVG, SVG_TYPES

from explainer.assemble.finish import finish_page
from explainer.common.allowed import drawings
from explainer.common.allowed.scripts import Scripts

PAGE = "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8><title>x</title></head><body>{}<p>Words.</p></body></html>"
RUNS = "<script>alert('no policy')</script>"
_LEADS_AWAY = {"refresh", "refresh spelt", "null", "plaintext"}
"""No policy keeps a page from leading its readers on: the audit alone does."""

TOGETHER = 20
"""So many pages are open at once, so that time is given to all of them together."""


def opened(browser: Browser, pages: dict[str, bytes], folder: Path) -> dict[str, list[str]]:
    """What each file did that none should, by its name, after it was opened and its links and buttons were pressed."""
    site = folder / "www" / SUB_PATH
    site.mkdir(parents=True)
    (site / "x.js").write_text("alert('a script of the site')", encoding="utf-8")
    for name, data in pages.items():
        (site / name).write_bytes(data)
    did: dict[str, list[str]] = {name: [] for name in pages}
    with served(folder / "www") as base:
        context = browser.new_context()
        for name in pages:
            page = context.new_page()
            page.on(
                "dialog",
                lambda dialog, name=name: (did[name].append(dialog.message), dialog.dismiss()),
            )
            page.on(
                "requestfinished",
                lambda request, name=name: did[name].extend(_asked(request, base)),
            )
            page.on(
                "requestfailed", lambda request, name=name: did[name].extend(_asked(request, base))
            )
            page.goto(f"{base}{name}", wait_until="load")
            if len(context.pages) == TOGETHER or name == list(pages)[-1]:
                page.evaluate("new Promise(done => setTimeout(done, 50))")
                for one in context.pages:
                    one.close()
        context.close()
    return did


def _asked(request: Request, base: str) -> list[str]:
    """The address of a request to another host that went out: none that the policy stopped before it did."""
    parts = urlsplit(request.url)
    is_foreign = parts.scheme in ("http", "https") and parts.netloc != urlsplit(base).netloc
    return (
        [f"{request.url}: {request.failure}"]
        if is_foreign and request.failure not in ("csp", "origin")
        else []
    )


def test_what_slipped_into_a_page_does_not_run(browser: Browser, tmp_path: Path) -> None:
    """Every hostile element, in a page that has its policy as every page has: no script runs and no other host is asked.

    Without a policy the same script runs, so the test can fail.
    """
    scripts = Scripts("mkdocs")
    planted = {
        name: words
        for name, words in ELEMENTS.items()
        if name not in _LEADS_AWAY and "src=x.js" not in words and "href=x.js" not in words
    }
    pages = {
        f"{number}.html": finish_page(f"{number}.html", PAGE.format(words), scripts).encode()
        for number, words in enumerate(planted.values())
    }
    did = opened(browser, pages | {"open.html": PAGE.format(RUNS).encode()}, tmp_path)
    assert did.pop("open.html") == ["no policy"]
    found = {
        name: did[f"{number}.html"] for number, name in enumerate(planted) if did[f"{number}.html"]
    }
    assert not found


def test_a_drawing_that_is_taken_runs_nothing(browser: Browser, tmp_path: Path) -> None:
    """Hostile drawings are refused; what a drawing program saves is taken, and opened by itself it runs nothing and asks nobody."""
    program = '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><style>.a{fill:url(#g)}</style><path class="a" d="M0 0"/>'
    taken = {"good.svg": SVG.format(program).encode()}
    refused = {
        f"{number}.svg": SVG.format(words).encode()
        for number, words in enumerate(DRAWINGS.values())
    }
    assert all(map(drawings.svg_faults, refused.values()))
    assert not any(map(drawings.svg_faults, taken.values()))
    did = opened(browser, taken | refused, tmp_path)
    assert did["good.svg"] == []
    assert any(did.values()), (
        "of the hostile ones at least one does something, or this test could not fail"
    )


def test_entities_that_only_browsers_know_are_refused(browser: Browser, tmp_path: Path) -> None:
    """A drawing under XHTML's document type asks another host by HTML's entities, and is refused.

    Under none that is taken does a browser know them: there the same words ask nobody.
    """
    foreign = {
        f"foreign-{number}.svg": (kind + SVG.format(ASKING)).encode()
        for number, kind in enumerate(FOREIGN_TYPES)
    }
    own = {
        f"own-{number}.svg": (kind + SVG.format(ASKING)).encode()
        for number, kind in enumerate(SVG_TYPES)
    }
    assert all(map(drawings.svg_faults, (foreign | own).values()))
    did = opened(browser, foreign | own, tmp_path)
    assert any(did[name] for name in foreign), (
        "of the foreign ones at least one asks, or this test could not fail"
    )
    assert not any(did[name] for name in own)
