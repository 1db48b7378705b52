"""Anchors of headings: each is made from the heading's own words, so that a link to it holds whatever is put above it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser
from support import copy_small, lend, replace, run

from explainer.common.anchors import anchor, number_duplicates

ANCHORS = {
    "Where the numbers come from": "where-the-numbers-come-from",
    "C++, in 2024": "c-in-2024",
    "Žlutý kůň": "zluty-kun",
    "Straße": "strae",
    "2024": "2024",
    "数据来源": "数据来源",
    "数据 2024": "数据-2024",
    "Звідки числа: НАТО": "звідки-числа-нато",
    "Πηγές δεδομένων": "πηγές-δεδομένων",
    "مصادر البيانات": "مصادر-البيانات",
    "מְקוֹרוֹת": "מְקוֹרוֹת",
    "แหล่งข้อมูล": "แหล่งข้อมูล",
    "हिन्दी के स्रोत": "हिन्दी-के-स्रोत",
    "데이터 출처": "데이터-출처",
    "٢٠٢٤": "٢٠٢٤",
    "ᏣᎳᎩ": "ꮳꮃꭹ",
}
SIGNS = ("🎉", "🎉🎉", "👩\u200d🔬", "???", "!!!", "—", "→ ←")


@pytest.mark.parametrize("heading", ANCHORS)
def test_an_anchor_is_made_from_the_words(heading: str) -> None:
    """ASCII and Latin headings keep the anchors that they always had; others have one in their own letters, with their marks."""
    assert anchor(heading) == ANCHORS[heading]


def test_headings_without_a_letter_are_told_apart() -> None:
    """Signs alone make an anchor of ASCII letters, another for each heading, and the same with or without a variant selector."""
    found = [anchor(sign) for sign in SIGNS]
    assert len(set(found)) == len(SIGNS)
    assert all(re.fullmatch("h-[0-9a-f]{6}", each) for each in found), found
    assert anchor("☀\ufe0f") == anchor("☀")


def test_letters_that_look_alike_make_one_anchor() -> None:
    """A heading has the same anchor whether its accents are typed with its letters or after them."""
    assert anchor("か\u3099く") == anchor("がく")
    assert anchor("Й") == anchor("И\u0306") == "й"


def test_names_that_are_taken_are_numbered() -> None:
    """The first of several keeps its name."""
    assert list(number_duplicates(["a", "b", "a", "a"])) == ["a", "b", "a_1", "a_2"]


def headings(page: Path) -> dict[str, str]:
    """The anchor of each heading below the title, by its words, links left out."""
    found = LexborHTMLParser(page.read_text(encoding="utf-8")).css("article h2, article h3")
    return {
        re.sub(r"\s+", " ", each.text()).strip(): each.attributes.get("id") or "" for each in found
    }


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_anchors_last_in_both_engines(engine: str, good: Path, tmp_path: Path) -> None:
    """A heading's anchor is as it was when headings are put above it, in lists, quotations and setext form too; equal headings
    are numbered, an id that an author writes wins, and one that a chart has already is not given again. Links to anchors hold,
    typed or copied from a browser.
    """
    project = lend(good, copy_small(tmp_path / "project"))
    page, site = project / "site_src" / "about.md", project / "site" / "about" / "index.html"
    text = page.read_text(encoding="utf-8")
    body = (
        "## 数据来源\n\nΛόγια.\n\n## 🎉\n\n## Джерела *чисел* і `код`\n\n## Дані {#dani}\n\n## 重复\n\n## 重复\n\n"
        "> ## נקודה\n\nمصادر\n-----\n\n## Chart loans by year\n\n{{ chart('loans-by-year') }}\n\n"
        f"[a](#数据来源) [b](#{quote('数据来源')}) [c](about.md#{quote('джерела-чисел-і-код')}) [d](#dani)\n"
    )
    page.write_text(f"{text}\n\n{body}", encoding="utf-8")
    replace(
        project / "site_src" / "index.md",
        "---\n\n",
        f"---\n\n[See](about.md#{quote('数据来源')})\n\n",
    )
    assert (done := run("--project", project, "--engine", engine)).code == 0, done.said
    before = headings(site)
    assert {
        "数据来源": "数据来源", "Джерела чисел і код": "джерела-чисел-і-код", "Дані": "dani", "🎉": anchor("🎉"), "重复": "重复_1",
        "נקודה": "נקודה", "مصادر": "مصادر", "Chart loans by year": "chart-loans-by-year-heading",
    }.items() <= before.items(), before  # fmt: skip
    page.write_text(f"{text}\n\n## 新的\n\nX.\n\n## 🎈\n\n{body}", encoding="utf-8")
    assert (done := run("--project", project, "--engine", engine)).code == 0, done.said
    after = headings(site)
    assert before.items() <= after.items()
    assert after["新的"] == "新的"
