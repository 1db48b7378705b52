"""What two more checkers of accessibility find in the article of a page of each kind: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.browsing import ALL_PAGES, KINDS, kinds
from node import FOLDER
from playwright.sync_api import Browser, BrowserContext

PACKAGES = FOLDER / "node_modules"
_CODE_SNIFFER = """() => new Promise((done, failed) => HTMLCS.process("WCAG2AA", document, () => done(
  HTMLCS.getMessages().filter(one => one.type === HTMLCS.ERROR && OURS(one.element))
    .map(one => `${one.code}: ${one.element.outerHTML.slice(0, 200)}`)), failed))"""
_IBM = """async () => (await new ace.Checker().check(document, ["WCAG_2_2"])).results
  .filter(one => one.value[0] === "VIOLATION" && one.value[1] === "FAIL" && OURS(one.node))
  .map(one => `${one.ruleId}: ${one.message}: ${(one.node.parentElement ?? one.node).outerHTML.slice(0, 300)}`)"""
_OURS = """window.OURS = one => one?.ownerDocument?.URL !== 'about:blank'
  && (!(one instanceof Element) || !one.closest('header, .md-overlay, .md-footer, .svg-container, body > svg'))"""
"""What is neither in a frame that loads when it is unfolded, nor in the theme's header and footer or Plotly's drawing. Their icons and drawings have no names of their own,
and the header's search and switch of colours are forms without a button."""


@pytest.fixture(scope="module")
def unbound(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that lets scripts of ours into pages whose policy names none of them."""
    context = browser.new_context(bypass_csp=True)
    yield context
    context.close()


@pytest.mark.parametrize(
    ("program", "name", "question"),
    [
        ("html_codesniffer/build/HTMLCS.js", "HTMLCS", _CODE_SNIFFER),
        ("accessibility-checker-engine/ace.js", "ace", _IBM),
    ],
)
def test_other_checkers_find_nothing_of_ours(
    unbound: BrowserContext, quick: str, site: Path, program: str, name: str, question: str
) -> None:
    """HTML_CodeSniffer and IBM's checker find no error in what is ours on a page of each kind, embeds included.

    On a push each looks at some kinds, and both at the pages of facts and charts, on which most is ours.
    """
    code = (PACKAGES / program).read_text(encoding="utf-8")
    known = kinds(site)
    for kind in KINDS if ALL_PAGES else KINDS[3::4] if name == "ace" else KINDS[1::2]:
        page = unbound.new_page()
        page.goto(quick + known[kind])
        page.evaluate(f"{code}; window.{name} = {name}; {_OURS}")
        assert page.evaluate(question) == [], kind
        page.close()
