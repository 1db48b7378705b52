"""Full stops: a text that ends as a sentence does, in whatever script, is given no second one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup
from support import lend, replace, run

from explainer.publish.catalogue import ends_sentence, fill, missing_full_stop, with_full_stop

ENDED = [
    "So.", "So!", "So?", "So…", "“So.”", "(So.)", "»So.«", "„So.“", "書き写しの誤り。", "誤り！", "誤り？", "「誤り。」", "خطأ؟", "غلطی۔", "गलती।", "गलती॥", "ስህተት።",
    "သတိ။", "កំហុស។", "Սխալ։", "ནོར་འཁྲུལ།", "誤り．", "誤り｡", "\u2068So.\u2069", "So. ",
]  # fmt: skip
OPEN = ["So", "So,", "“So”", "誤り", "خطأ،", "गलती", "So:", "(so)", "2", "\u2068So\u2069"]


@pytest.mark.parametrize("text", ENDED)
def test_what_has_ended_gets_no_stop(text: str) -> None:
    """In a text, in HTML and within a sentence of a catalogue."""
    assert ends_sentence(text)
    assert with_full_stop(text) == text
    assert missing_full_stop(Markup("<a>{}</a>").format(text)) == ""
    assert fill("Because: {why}.", why=text) == f"Because: {text}"
    assert fill("{why}. More.", why=text) == f"{text} More."


@pytest.mark.parametrize("text", OPEN)
def test_what_has_not_ended_gets_one(text: str) -> None:
    """One full stop, and the catalogue's own where that is another."""
    assert with_full_stop(text) == f"{text}."
    assert fill("Because: {why}.", why=text) == f"Because: {text}."
    assert fill("{why}。", why=text) == f"{text}。"
    assert missing_full_stop("") == ""


def test_no_page_has_two_stops(good: Path, small_project: Path) -> None:
    """With the reasons and causes of some records ending in a full stop of its script, none on the site is followed by another."""
    seeds = small_project / "seeds"
    replace(seeds / "sources/press.yaml", "it names no source.", "it names no source。")
    (seeds / "corrections.yaml").write_text(
        "- {id: mended, class: correction, fact: why-people-come, old: For the tea., new: For the warm reading room., cause: 書き写しの誤り。, "
        "found: 読者の指摘。, wrong_since: '2024-02-01', fixed: '2024-03-02', effect: なし。, touched: [about/]}\n",
        encoding="utf-8",
    )
    done = run("--project", lend(good, small_project))
    assert done.code == 0, done.said
    for path in (small_project / "site").rglob("*.html"):
        text = re.sub(
            r"<(script|style)\b.*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        doubled = re.search(r".{30}[。۔]\s*\.(?!\w)", re.sub(r"<[^<>]*>", "", text))
        assert not doubled, (path, doubled)
    page = (small_project / "site/corrections/index.html").read_text(encoding="utf-8")
    assert "<dd>書き写しの誤り。</dd>" in page
