"""``serve``: a page that is open while its author writes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support import ROOT, copy_small, lend, replace

pytestmark = pytest.mark.browser


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """The address of a project that is served."""
    command = [sys.executable, "-u", str(ROOT / "build.py"), "serve", "--project", str(project), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as child:
        assert child.stdout is not None
        try:
            yield next(found.group() for line in child.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        finally:
            child.kill()


def test_a_page_follows_its_author(browser: Browser, good: Path, tmp_path: Path) -> None:
    """A saved change is in the open page without a hand; a mistake is told in the page, which stays the last good one, until it is mended."""
    project = lend(good, copy_small(tmp_path / "project"))
    page = project / "site_src" / "about.md"
    with serving(project) as address:
        tab = browser.new_page()
        tab.goto(f"{address}about/")
        replace(page, "people hold a card", "people hold a card of the new kind")
        expect(tab.get_by_text("of the new kind")).to_be_visible()
        replace(page, 'fact("members")', 'fact("member")')
        problem = tab.get_by_role("alert")
        expect(problem).to_contain_text("site_src/about.md:")
        expect(problem).to_contain_text("Did you mean 'members'?")
        expect(tab.get_by_text("of the new kind")).to_be_visible()
        replace(page, 'fact("member")', 'fact("members")')
        expect(problem).to_be_hidden()
        tab.close()


def test_the_published_site_has_no_trace_of_it(good: Path, tmp_path: Path) -> None:
    """What listens to builds is put into pages on their way out, and into no file."""
    project = lend(good, copy_small(tmp_path / "project"))
    with serving(project):
        assert not [path for path in (project / "site").rglob("*") if path.is_file() and b"_live" in path.read_bytes()]


def test_a_project_with_a_mistake_can_be_served(browser: Browser, good: Path, tmp_path: Path) -> None:
    """Where no build was good yet, the page says what is wrong, and becomes the site when it is mended."""
    project = lend(good, copy_small(tmp_path / "project"))
    replace(project / "site_src" / "about.md", 'fact("members")', 'fact("member")')
    with serving(project) as address:
        tab = browser.new_page()
        tab.goto(address)
        expect(tab.get_by_role("alert")).to_contain_text("prose-unknown")
        replace(project / "site_src" / "about.md", 'fact("member")', 'fact("members")')
        expect(tab.get_by_role("heading", level=1)).to_be_visible()
        tab.close()
