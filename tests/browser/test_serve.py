"""``serve``: a page that is open while its author writes."""

from __future__ import annotations

import http.server
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from support import copy_small, lend, replace, serve_command

pytestmark = pytest.mark.browser


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """The address of a project that is served."""
    command = serve_command(project)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as child:
        assert child.stdout is not None
        try:
            yield next(
                found.group()
                for line in child.stdout
                if (found := re.search(r"http://127\.0\.0\.1:\d+/", line))
            )
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
        assert not [
            path
            for path in (project / "site").rglob("*")
            if path.is_file() and b"_live" in path.read_bytes()
        ]


def test_a_project_with_a_mistake_can_be_served(
    browser: Browser, good: Path, tmp_path: Path
) -> None:
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


@contextmanager
def another_site(page: bytes) -> Iterator[str]:
    """The address of a page of somebody else's, on another port of this machine."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_another_site_reads_nothing_of_a_draft(
    browser: Browser, good: Path, tmp_path: Path
) -> None:
    """Its page loads no file of the draft as script, style, picture or text, nor in a frame but an embed; the draft's own pages load all."""
    project = lend(good, copy_small(tmp_path / "project"))
    with serving(project) as address:
        files = sorted(
            path.relative_to(project / "site").as_posix()
            for path in (project / "site").rglob("*")
            if path.is_file()
        )
        others = [path for path in files if path != "embed.js" and not path.startswith("embed/")]
        asked = [
            path
            for path in others
            if path.endswith((".js", ".css", ".png", ".svg", ".json", ".csv", ".xml", "index.html"))
        ][:150]
        with another_site(b"<!doctype html><title>x</title>") as elsewhere:
            tab = browser.new_page()
            tab.goto(elsewhere)
            loaded = tab.evaluate(_LOADING, [address + path for path in asked])
            assert loaded == []
            assert tab.evaluate("typeof __index") == "undefined"
            embed = next(
                path for path in files if re.fullmatch(r"embed/[^/]+/index\.html", path)
            ).removesuffix("index.html")
            for path, shown in ((embed, True), ("about/", False)):
                with tab.expect_response(address + path) as answer:
                    tab.evaluate(
                        "at => { const frame = document.createElement('iframe'); frame.src = at; document.body.append(frame) }",
                        address + path,
                    )
                assert answer.value.ok == shown
            tab.goto(elsewhere)
            tab.evaluate("at => { location = at }", f"{address}about/")
            tab.wait_for_url(f"{address}about/")
            assert tab.title()
            refused = []
            tab.on(
                "response",
                lambda answer: refused.append(answer.url) if answer.status >= 400 else None,
            )
            tab.goto(address)
            assert tab.evaluate(
                _LOADING, [address + path for path in asked if path.endswith(".js")]
            )
            assert refused == []
            tab.close()


_LOADING = """async addresses => {
  const loaded = [];
  for (const address of addresses) {
    for (const [tag, name] of [["script", "src"], ["img", "src"], ["link", "href"]]) {
      const element = document.createElement(tag);
      if (tag === "link") element.rel = "stylesheet";
      element[name] = address;
      const good = await new Promise(done => { element.onload = () => done(true); element.onerror = () => done(false); document.head.append(element) });
      if (good) loaded.push(tag + " " + address);
    }
  }
  return loaded;
}"""
"""Loads each address in each way, and tells what came."""
