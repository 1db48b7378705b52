"""Pages of records, which are filled into a page of the engine's, beside the same pages as the engine makes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare_sites import differences
from support import copy_small, replace, run

from explainer.options import Options
from explainer.pages import languages

from build import build  # isort: skip


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_they_cannot_be_told_from_pages_that_the_engine_makes(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words, links, anchors, heads and the search's index are the same, whichever way the pages of records are made."""
    project = copy_small(tmp_path / "project")
    build(Options(project, tmp_path / "filled", engine=engine, site_url="https://example.org/x/"))
    monkeypatch.setattr(languages, "made_alone", lambda *_: frozenset())
    build(Options(project, tmp_path / "made", engine=engine, site_url="https://example.org/x/"))
    found = [each for each in differences(tmp_path / "made", tmp_path / "filled") if not each.startswith("sitemap.xml")]
    assert found == []
    listed = [sorted((tmp_path / way / "sitemap.xml").read_text(encoding="utf-8").split("<url>")) for way in ("made", "filled")]
    assert len(listed[0]) > 15
    assert listed[0] == listed[1]


def test_a_record_may_stand_in_the_menu(tmp_path: Path) -> None:
    """Its page is marked there as the page that is read."""
    project = copy_small(tmp_path / "project")
    replace(project / "mkdocs.yml", "nav:\n", "nav:\n  - Members: facts/members/index.md\n")
    assert run("--project", project).code == 0
    page = (project / "site" / "facts" / "members" / "index.html").read_text(encoding="utf-8")
    assert '<a href="./" aria-current="page">Members</a>' in page
    assert 'id="claim-' in page


def test_a_theme_that_changes_texts_is_refused(tmp_path: Path) -> None:
    """A template that prints a title in capitals would print a slot in capitals, which nothing fills."""
    project = copy_small(tmp_path / "project")
    theme = project / "templates" / "theme" / "partials" / "tags.html"
    theme.parent.mkdir(parents=True)
    theme.write_text("<p>{{ page.meta.title | upper }}</p>\n", encoding="utf-8")
    done = run("--project", project, "--trust")
    assert done.code == 1
    assert "engine-config: a template of the theme changes a text" in done.stderr
    theme.write_text("<p>{{ page.meta.title }}</p>\n", encoding="utf-8")
    assert run("--project", project, "--trust").code == 0
