"""The second explainer: another subject, another language, other charts; nothing of the first one's is left in what the generator prints."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from support import ROOT, copy_small, replace, run

BICYCLES = ROOT / "examples" / "bicycles"
_HIDDEN = re.compile(r"<(script|style|code|textarea)\b.*?</\1>", re.DOTALL)
_SAID = re.compile(
    r'>([^<]+)<|(?:aria-label|title|alt|placeholder|data-(?:done|title|back|frame|loading|shown|failed))="([^"]*)"'
)
_OF_THE_FIRST = re.compile(
    r"russia(?!n\b)|recruit|conscript|soldier|mobilis|the brief\b|call-up|army", re.IGNORECASE
)


@pytest.fixture(scope="module")
def site(bicycles: Path) -> Path:
    """Its site."""
    return bicycles / "site"


def test_it_is_written_in_its_own_language(site: Path) -> None:
    """No page in Ukrainian has a run of English words in its text or its labels; formulas, names of formats and keys aside."""
    pages = [path for path in site.rglob("*.html") if "en" not in path.relative_to(site).parts]
    assert len(pages) > 20
    for path in pages:
        html = path.read_text(encoding="utf-8")
        assert re.search(r'<html[^>]* lang="?uk', html), path
        titles = {"The bicycles of Blue Ford"}  # the page in English, by its own name
        said = [
            unescape(text or label)
            for text, label in _SAID.findall(_HIDDEN.sub("", html.split("</head>")[1]))
        ]
        assert not [
            text
            for text in said
            if text not in titles and re.search(r"[A-Za-z]{3,} [a-z]{3,}", text)
        ], path


def test_it_has_what_an_explainer_has(site: Path) -> None:
    """Charts of three other kinds, a disagreement, a result worked out, a correction and terms, and a page in English."""
    kinds = {
        chart["kind"]
        for chart in yaml.safe_load(
            (BICYCLES / "seeds/charts/charts.yaml").read_text(encoding="utf-8")
        )
    }
    assert kinds == {"steps", "dots", "timeline"}
    home = unescape((site / "index.html").read_text(encoding="utf-8"))
    for words in (
        "83\xa0000",
        "6\xa0920",
        "поїздок на місяць",
        "Джерела розходяться",
        "лічильник",
        "3 квітня 2022 року",
    ):
        assert words in home, words
    assert "80\xa0000 поїздок" in (site / "corrections" / "index.html").read_text(encoding="utf-8")
    english = unescape((site / "en" / "index.html").read_text(encoding="utf-8"))
    assert "83,000" in english
    assert "trips a month" in english
    assert 'hreflang="uk"' in english
    assert json.loads((site / "feed.json").read_bytes())["language"] == "uk"


def test_every_made_up_text_says_so() -> None:
    """No text of the example can be taken for one of the real world."""
    for path in (BICYCLES / "seeds" / "texts").iterdir():
        assert "Вигаданий приклад" in path.read_text(encoding="utf-8"), path


def test_the_generator_speaks_of_no_subject() -> None:
    """No template, catalogue, style or script names what the first explainer is about, nor does what the code prints."""
    for path in sorted((ROOT / "templates").rglob("*.*")):
        found = (
            _OF_THE_FIRST.search(path.read_text(encoding="utf-8"))
            if path.is_file() and path.suffix != ".svg"
            else None
        )
        assert not found, f"{path.name}: {found}"
    for path in sorted((ROOT / "explainer").rglob("*.py")):
        code = re.sub(r'"""(?:.*?)"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        lines = [
            line for line in code.splitlines() if _OF_THE_FIRST.search(line.partition("  # ")[0])
        ]
        assert not lines, f"{path.name}: {lines}"


def test_a_language_without_words_is_refused(tmp_path: Path) -> None:
    """A site in a language that has no catalogue is a problem with a hint, not a page in English."""
    project = copy_small(tmp_path / "project")
    replace(project / "mkdocs.yml", "  language: en\n", "  language: xx\n")
    done = run("check", "--project", project)
    assert done.code == 1
    assert (
        "mkdocs.yml:7:13: catalogue: 'xx' is a language whose words this site does not have"
        in done.stderr
    )
