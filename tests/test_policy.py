"""Every page begins with its policy, and no policy allows what it should not."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from support import ROOT

from explainer.assemble.finish import finish_page
from explainer.assemble.page_index import Rules, read
from explainer.common import policy
from explainer.common.allowed.scripts import FRAMES, Scripts
from explainer.common.allowed.styles import RELEASED
from explainer.publish.templates import Templates
from explainer.render.embeds import style

_HEAD = re.compile(
    r"<head[^>]*>\s*<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">"
)
STRICT = {
    "default-src": {"'none'"}, "style-src": {"'self'"}, "img-src": {"'self'", "data:"}, "font-src": {"'self'"}, "connect-src": {"'self'"},
    "worker-src": {"'self'"}, "base-uri": {"'none'"}, "form-action": {"'none'"}, "frame-src": {"'self'"}, "script-src": {"'self'"},
}  # fmt: skip


def test_every_page_begins_with_its_policy(good: Path) -> None:
    """In every HTML file the policy is the first thing in the head; beyond hashes it allows what is listed here; nobody gets a referrer."""
    pages = sorted((good / "site").rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        text = page.read_text(encoding="utf-8")
        found = _HEAD.search(text)
        assert found, page
        parts = dict(part.split(" ", 1) for part in html.unescape(found[1]).split("; "))
        assert {"default-src", "base-uri", "form-action"} <= parts.keys(), page
        for name, allowed in parts.items():
            plain = {each for each in allowed.split() if not each.startswith("'sha256-")}
            assert plain <= STRICT[name], f"{page}: {name} {allowed}"
        assert '<meta name="referrer" content="no-referrer">' in text, page
        assert re.search(r"<meta charset=.?utf-8", text[:1024]), page


GOOD = (
    '<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src \'self\'; '
    "base-uri 'none'; form-action 'none'\"><meta charset=utf-8></head><body><p>Words.</p></body></html>"
)
RULES = Rules(Scripts("mkdocs"))


def faults(page: str, path: str = "about/index.html") -> tuple[str, ...]:
    """What the audit says of a page."""
    return read(path, page.encode(), RULES).faults


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<head>", "<head><title>x</title>"),
        ("<head>", "<head><script>1</script>"),
        ("<head>", '<head><meta charset="utf-8">'),
        ('<html lang="en">', "words"),
        ('<html lang="en">', "<body>"),
        ('<html lang="en">', '<html lang="<head>"><p>'),
        ("img-src 'self'", "script-src 'unsafe-inline'"),
        ("img-src 'self'", "script-src 'unsafe-eval'"),
        ("img-src 'self'", "script-src 'self' 'sha256-AAAA'"),
        ("img-src 'self'", "script-src 'self' https:"),
        ("img-src 'self'", "style-src 'unsafe-inline'"),
        ("img-src 'self'", "connect-src https://evil.example"),
        ("img-src 'self'", "frame-src data:"),
        ("img-src 'self'", "object-src 'self'"),
        ("img-src 'self'", "report-uri /x"),
        ("img-src 'self'", "img-src *"),
        ("; base-uri 'none'", ""),
        ("; form-action 'none'", ""),
        ("default-src 'none'", "default-src 'self'"),
        ("default-src 'none'", "default-src 'none'; script-src"),
        ("Content-Security-Policy", "Content-Security-Policy-Report-Only"),
        ("<p>", "<meta http-equiv=content-security-policy content=x><p>"),
        ("<meta charset=utf-8>", " " * 1024 + "<meta charset=utf-8>"),
        ("<meta charset=utf-8>", ""),
        ("<meta charset=utf-8>", "<meta charset=utf-7>"),
    ],
)
def test_a_page_without_it_is_refused(old: str, new: str) -> None:
    """A policy that comes late, allows too much or only reports, and an encoding that comes too late, are faults."""
    assert faults(GOOD) == ()
    assert faults(GOOD.replace(old, new))


def test_a_kept_edition_may_say_its_encoding_first() -> None:
    """An edition is never changed, so one that was kept before this rule stays as it is."""
    page = GOOD.replace("<head>", '<head><meta charset="utf-8">').replace("img-src 'self'; ", "")
    assert faults(page, "embed/loans/abc/index.html") == ()


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_scripts_are_known_from_the_theme(engine: str) -> None:
    """Each engine's theme has its inline scripts, with the way from the page to the root; a page's own way only."""
    scripts = Scripts(engine, "https://example.org/some/place/")
    for path, root in {
        "index.html": ".",
        "a/index.html": "..",
        "ru/a/index.html": "../..",
        "404.html": "/some/place/",
    }.items():
        found = scripts.of_page(path)
        assert len(found) >= 4
        assert sum(f'new URL("{root}",location)' in each for each in found) == 1
        page = f"<head></head><script>{found[0]}</script><script>alert(1)</script>"
        assert policy.source_expression(found[0]) in finish_page(path, page, scripts)
        assert policy.source_expression("alert(1)") not in finish_page(path, page, scripts)


def test_the_style_of_embeds_is_on_the_list() -> None:
    """A new style of embeds is entered in RELEASED, so that what is released with it is taken by the next build."""
    newest = policy.source_expression(style(Templates([ROOT / "templates"])))
    assert newest in RELEASED, (
        f"enter {newest} in explainer/common/allowed/styles.py, and take out none that an edition has"
    )


def test_the_script_of_embeds_is_on_the_list() -> None:
    """A new version of frame.js is entered in FRAMES, so that what is released with it stays valid after the next."""
    assert (
        policy.source_expression(
            (ROOT / "templates" / "embed" / "frame.js").read_text(encoding="utf-8").strip()
        )
        in FRAMES
    )
