"""Pages of records, which are filled into a page of the engine's, beside the same pages as the engine makes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from compare_sites import differences
from support import copy_small, replace, run

from explainer.options import Options
from explainer.render.site import Site

from build import build  # isort: skip

ADDRESS = "https://example.org/x/"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small project with a publisher who writes from right to left, other words of a fact that have signs, and links to records."""
    made = copy_small(tmp_path / "project")
    replace(
        made / "seeds" / "sources" / "press.yaml",
        "publisher: Alder Bridge Courier",
        "publisher: وزارة الصحة",
    )
    replace(
        made / "seeds" / "facts" / "loans.yaml", "also: [", "also: ['R&D <b>', 'Kyiv, Ukraine', "
    )
    about = made / "site_src" / "about.md"
    links = '[Members](facts/members.md "How many") and [all][m], and a "record:high" note.\n\n[m]: ../facts/members/index.md\n'
    about.write_text(f"{about.read_text(encoding='utf-8')}\n{links}", encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("engine", "address"),
    [("mkdocs", ADDRESS), ("zensical", ADDRESS), ("mkdocs", ""), ("zensical", "")],
)
def test_they_cannot_be_told_from_pages_that_the_engine_makes(
    engine: str, address: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words, links, anchors, heads and the search's index are the same, whichever way the pages of records are made."""
    sites = [project / "filled", project / "made"]
    build(Options(project, sites[0], engine=engine, site_url=address))
    monkeypatch.setattr(Site, "add_record", Site.add_doc)
    build(Options(project, sites[1], engine=engine, site_url=address))
    assert [each for each in differences(*sites) if not each.startswith("sitemap.xml")] == []
    if not address:
        return
    listed = [
        sorted((site / "sitemap.xml").read_text(encoding="utf-8").split("<url>")) for site in sites
    ]
    assert len(listed[0]) > 15
    assert listed[0] == listed[1]
    assert "وزارة" in (sites[0] / "sources" / "courier" / "index.html").read_text(encoding="utf-8")


def test_links_to_records_pass_the_engine(project: Path) -> None:
    """A link with a title and a link by reference lead to the page; words that look like such a link stay as they are."""
    build(Options(project, project / "site"))
    page = (project / "site" / "about" / "index.html").read_text(encoding="utf-8")
    assert page.count('href="../facts/members/"') >= 2
    assert 'title="How many"' in page
    assert 'a "record:high" note' in page.replace("&quot;", '"')


def test_other_words_are_found_and_are_no_html(project: Path) -> None:
    """The other words of a fact stand in the index each as it was written, and as words: the search's dialog prints them as HTML."""
    build(Options(project, project / "site"))
    docs = json.loads((project / "site" / "search" / "search_index.json").read_bytes())["docs"]
    tags = [tag for doc in docs for tag in doc.get("tags", ())]
    assert {"R&amp;D &lt;b&gt;", "Kyiv, Ukraine"} <= {*tags}


def test_nobody_can_write_a_slot(project: Path) -> None:
    """The name of a slot in the words around each page stays what it is."""
    replace(
        project / "mkdocs.yml",
        "copyright: Text and data",
        "copyright: Hello slotb slot anchorofshellheading body text and data",
    )
    build(Options(project, project / "site"))
    page = (project / "site" / "facts" / "members" / "index.html").read_text(encoding="utf-8")
    assert "Hello slotb slot " in page
    assert page.count("<h1") == 1
    for sign in ("\ufdd9", "\ufdda"):
        replace(project / "mkdocs.yml", "Hello", f"Hello {sign}")
        assert run("--project", project).code == 1
        replace(project / "mkdocs.yml", f"Hello {sign}", "Hello")


def test_a_record_may_stand_in_the_menu(project: Path) -> None:
    """Its page is marked there as the page that is read."""
    replace(project / "mkdocs.yml", "nav:\n", "nav:\n  - Members: facts/members/index.md\n")
    assert run("--project", project).code == 0
    page = (project / "site" / "facts" / "members" / "index.html").read_text(encoding="utf-8")
    assert '<a href="./" aria-current="page">Members</a>' in page
    assert 'id="claim-' in page


@pytest.mark.parametrize("changed", ["upper", "truncate(4, true, '', 0)"])
def test_a_theme_that_changes_texts_is_refused(changed: str, project: Path) -> None:
    """A template that prints a title in capitals, or cut, would print a slot so, which nothing fills."""
    theme = project / "templates" / "theme" / "partials" / "tags.html"
    theme.parent.mkdir(parents=True)
    theme.write_text(f"<p>{{{{ page.meta.title | {changed} }}}}</p>\n", encoding="utf-8")
    done = run("--project", project, "--trust")
    assert done.code == 1
    assert "engine-config: a template of the theme changes a text" in done.stderr
    theme.write_text("<p>{{ page.meta.title }}</p>\n", encoding="utf-8")
    assert run("--project", project, "--trust").code == 0
