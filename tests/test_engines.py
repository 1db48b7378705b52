"""The theme can die: the same tree, built by the other engine, says the same words with the same links."""

from __future__ import annotations

import difflib
import posixpath
import re
from pathlib import Path

import pytest
from golden.articles import article
from support import copy_small, lend, run

_SKIP = 'id="__skip"'
"""Where Zensical puts the target of its link past the navigation."""


@pytest.fixture(scope="module")
def other(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project built by Zensical."""
    project = lend(good, copy_small(tmp_path_factory.mktemp("engines") / "project"))
    done = run("--project", project, "--engine", "zensical")
    assert done.code == 0, done.said
    return project


def pages(project: Path) -> dict[str, str]:
    """Each page's own content, by path; the 404 page has its addresses from the root."""
    site = project / "site"
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    own = {
        name: article(path.read_text(encoding="utf-8"))
        for name, path in found.items()
        if name != "404.html"
    }
    return {
        name: "\n".join(line for line in text.splitlines() if _SKIP not in line)
        for name, text in own.items()
    }


def test_the_same_pages(good: Path, other: Path) -> None:
    """Both engines make the same pages, and every element, word, number and link of each is the same."""
    ours, theirs = pages(good), pages(other)
    assert ours.keys() == theirs.keys()
    for path, text in ours.items():
        assert text == theirs[path], (
            path
            + "\n"
            + "\n".join(
                difflib.unified_diff(text.splitlines(), theirs[path].splitlines(), lineterm="", n=1)
            )
        )


def site_map(project: Path, path: str) -> list[tuple[str, str, bool]]:
    """What the foot of a page lists: each name, where it leads below the site, and whether it is the page itself."""
    html = (project / "site" / path).read_text(encoding="utf-8")
    nav = html.split('<nav class="site-map', 1)[1].split("</nav>", 1)[0]
    links = re.findall(r'<a href="([^"]*)"( aria-current="page")?>([^<]*)</a>', nav)
    return [
        (name, posixpath.normpath(posixpath.join(posixpath.dirname(path), href)), bool(here))
        for href, here, name in links
    ]


@pytest.mark.parametrize("path", ["index.html", "about/index.html"])
def test_the_same_way_to_every_page(good: Path, other: Path, path: str) -> None:
    """The list of all pages at the foot, the way on without a script, is the same from both engines."""
    ours = site_map(good, path)
    assert [name for name, _, _ in ours] == ["In brief", "About", "All facts", "All sources"]
    assert sum(here for _, _, here in ours) == 1
    assert site_map(other, path) == ours


def test_the_same_files_beside_them(good: Path, other: Path) -> None:
    """Data, pictures and everything else that the generator makes itself is the same to the byte; only the theme's own files differ."""
    names = [
        {
            path.relative_to(one / "site").as_posix()
            for path in (one / "site").rglob("*")
            if path.is_file()
        }
        for one in (good, other)
    ]
    theirs = (
        "assets/javascripts/",
        "assets/stylesheets/",
        "assets/images/",
        "search",
        "sitemap.xml",
    )
    for path in sorted(
        name
        for name in names[0] | names[1]
        if not name.startswith(theirs) and not name.endswith((".html", "manifest.json"))
    ):
        assert (good / "site" / path).read_bytes() == (other / "site" / path).read_bytes(), path


def test_the_other_engine_refuses_too(other: Path) -> None:
    """A link to nothing, an anchor to nothing and a page that is not there stop a build by the other engine as well."""
    page = other / "site_src" / "about.md"
    text = page.read_text(encoding="utf-8")
    for link in ("nothing.pdf", "#nothing", "../facts/nothing/"):
        page.write_text(f"{text}\n\n[A link]({link})\n", encoding="utf-8")
        done = run("--project", other, "--engine", "zensical")
        assert done.code == 1, f"{link}: {done.said}"
        assert "site_src/about.md:" in done.stderr, done.stderr
    page.write_text(text, encoding="utf-8")
