"""Every page begins with its policy, and no policy allows what it should not."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from explainer import policy

_HEAD = re.compile(r"<head[^>]*>\s*<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">")
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


GOOD = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'\"><meta charset=utf-8>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<head>", "<head><title>x</title>"),
        ("<head>", "<head><script>1</script>"),
        ("<head>", '<head><meta charset="utf-8">'),
        ("img-src 'self'", "script-src 'unsafe-inline'"),
        ("img-src 'self'", "script-src 'unsafe-eval'"),
        ("img-src 'self'", "img-src *"),
        ("default-src 'none'", "default-src 'self'"),
        ("Content-Security-Policy", "Content-Security-Policy-Report-Only"),
        ("<meta charset=utf-8>", " " * 1024 + "<meta charset=utf-8>"),
        ("<meta charset=utf-8>", ""),
    ],
)
def test_a_page_without_it_is_refused(old: str, new: str) -> None:
    """A policy that comes late, allows too much or only reports, and an encoding that comes too late, are faults."""
    assert policy.fault("about/index.html", GOOD.encode()) is None
    assert policy.fault("about/index.html", GOOD.replace(old, new).encode())


def test_a_kept_edition_may_say_its_encoding_first() -> None:
    """An edition is never changed, so one that was kept before this rule stays as it is."""
    data = GOOD.replace("<head>", '<head><meta charset="utf-8">').encode()
    assert policy.fault("embed/loans/abc/index.html", data) is None
