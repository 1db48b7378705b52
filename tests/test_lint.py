"""The lint on its own: texts meant to break it, what it takes from a text, and what it says of the whole real site."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from case_files import read_case
from hypothesis import given
from hypothesis import strategies as st
from support import CASES, ROOT, run

from explainer.common.characters import to_visible
from explainer.lint.known import in_words
from explainer.lint.markdown_text import CALL, Hole, flatten
from explainer.lint.names import name_spans
from explainer.lint.scan import LANGUAGES, scan

TRICKY = st.sampled_from([
    *"0123456789-−.,:/'’%‰ \n|*_`[]()#&;\\!<>{}$€½①３৩é\u0301", CALL, "one ", "the ", " in ", "two", "twenty-", "und", "zwei", "hundert", "сто", "двадцать ",
    "п’ят", "May ", "only ", "most ", "first", "&#48;", "](", "[^a]", "](x \"", "{#a}", "https://", "XIV", " of the ", "тыс. ", "&lt;",
])  # fmt: skip
UNITS = (
    "0", "1,", "1.", "1 ", "1/", "-", "−", "one ", "the one ", "a larger one ", "one-", "twenty-", "und", "zweiundzwanzig", "hundert", "сто", "двух",
    "най", "дев’ят", "a’", "a\u0301", "May ", "only ", "most, ", CALL, f"{CALL}%", "*", "_", "`", "[", "](", "](x", "](x \"", "![", "&#48;", "&#", "&a",
    "\\", "<https://", "https://a", "{#a", "{:", "[^", "[^a]:", "[a]: b\n", "|-", "> ", "1. ", "# ", "\n", " \n", "of the ", " of ", "I", "XI", "½", "…", "{{", "{{ x ", "{% ", "}}", "<a", "`a", "``a`",
    "~", "~~~a\n", "```a\n", " ```a", "\t", "a" + " " * 2000 + "b", "{", "{" + " " * 2000, "[a](\n" + " " * 2000, "{#", "{%", "{{ ", "](a", "[^", "{:", "<https://", "a\n\n", "- a\n",
    "Ward 9 ", "Article 3 and ", "first ", "one by ", "over ", f"over {CALL} or more ", "the highest, and ", "No. ", "14th A", "1 Corinthians ", "Group of ",
    "best " * 40, "по ", "один за ", "сам", "най", "最", "a" * 59 + " ",
    "# " + " " * 2000 + "a\n", "\n" * 2000 + " ", "a-", "-a", "&#", "&#0", "&shy", "\u00ad", "seven\u00adteen ", "е", "tе ", "①", "ﬀ", "MCM", "\u200d", "ی\u200cی", "\u200e", "|a`|\n",
)  # fmt: skip


@given(st.lists(TRICKY, max_size=60).map("".join), st.sampled_from([*LANGUAGES, "fr", "zz"]))
def test_findings_stand_in_the_text(text: str, language: str) -> None:
    """Whatever the text, each finding is a stretch of it, none of a kind overlap, and every digit lies in one or in a name."""
    found = scan(text, language)
    seen = to_visible(text)
    named = [(seen.offset(start), seen.end(end)) for start, end in name_spans(seen.text)]
    for kind in ("number", "comparison"):
        own = [each for each in found if each.kind == kind]
        assert all(0 <= each.start < each.end <= len(text) for each in own)
        assert all(a.end <= b.start for a, b in pairwise(own))
    for at, ch in enumerate(text):
        held = [*((each.start, each.end) for each in found if each.kind == "number"), *named]
        assert not ch.isdigit() or any(start <= at < end for start, end in held), text[at:]


@given(st.lists(TRICKY, max_size=60).map("".join), st.integers(0, 30), st.integers(0, 30))
def test_every_character_has_its_place(text: str, start: int, length: int) -> None:
    """The words of a text keep their order, each at its own place in the author's text, whatever is called in between."""
    start = min(start, len(text))
    flat = flatten(text, [Hole(start, min(start + length, len(text)))])
    assert len(flat.text) == len(flat.offsets)
    assert list(flat.offsets) == sorted(flat.offsets)
    assert all(0 <= at <= len(text) for at in flat.offsets)
    assert CALL in flat.text


LIMITED = """
import math, resource, sys, time
from explainer.lint.markdown_text import flatten
from explainer.lint.known import in_words
from explainer.lint.scan import scan
from explainer.common.characters import mixed_script_words, invisible_characters
from explainer.check.rules.unsourced import _ID
from explainer.render.pages.links import resolve_links
from explainer.render.pages.authored import fits_page_size
from explainer.common.problems import Problems
from explainer.render.prose.calls import find_calls
from explainer.render.prose.translations import blocks_of
from explainer.render.prose.markup import _ADDRESS, _HTML
from explainer.render.prose.mask import mask_code, plain_zones
from explainer.render.prose.paragraphs import anchored
from explainer.render.prose.paragraphs import reading_of
from explainer.render.prose.terms import check_terms
from explainer.model.records import Term
from explainer.publish.templates import Templates, escape_markdown
from pathlib import Path

templates = Templates([Path("templates")])
term = Term(id="card", term="a library card", means="a card")

def read(unit):
    page = unit * (60_000 // len(unit))
    scan(flatten(page).text)
    in_words(page)
    find_calls("page.md", page, Problems())
    list(invisible_characters(page)), list(mixed_script_words(page)), _ID.findall(page), escape_markdown(page)
    fits_page_size("site_src/page.md", page, Problems())
    mask_code(page), plain_zones(page), anchored(page, templates), reading_of(page), blocks_of("page.md", page)
    check_terms("page.md", page, [term], Problems())
    resolve_links("site_src/page.md", page, {}, frozenset(), Problems())
    list(_HTML.finditer(page)), list(_ADDRESS.finditer(page))
    for text in (unit * 400, (unit + " ") * 400):
        for language in ("de", "ru", "uk"):
            scan(flatten(text).text, language)
        in_words(text)

read("plain words, ")  # what is compiled at the first use is not to count
began = time.process_time()
read("plain words, ")
limit = math.ceil(60 * (time.process_time() - began))
for unit in sys.stdin.read().split(chr(0)):
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + limit, resource.RLIM_INFINITY))
    read(unit)
print("done")
"""


@pytest.mark.parametrize(
    "units",
    [
        pytest.param(UNITS[::36], id="sample"),
        pytest.param(UNITS, id="all", marks=pytest.mark.audit),
    ],
)
def test_no_text_of_a_pages_size_takes_long(units: tuple[str, ...]) -> None:
    """Pages as long as a page may be, each made of one hostile piece, take at most sixty times the work of ordinary words.

    Quadratic work would be thousands of times theirs. Both are measured in a processor's time, on the same machine.
    """
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED],
        input="\0".join(units),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert ran.stdout == "done\n", f"killed or failed: {ran.returncode} {ran.stderr[-500:]}"


@pytest.mark.parametrize(
    ("text", "typed", "bears"),
    [
        ("30,000 to 40,000 men in May 2025", "40,000", True),
        ("30,000 to 40,000 men in May 2025", "2024", False),
        ("30,000 men", "thirty thousand", True),
        ("21 September 2022", "September", True),
        ("21 September 2022", "October 2022", False),
        ("half of them", "Half", True),
        ("none of them", "half", False),
    ],
)
def test_what_words_bear(text: str, typed: str, bears: bool) -> None:
    """A number is borne by its value, in figures or in words, a date by its parts, and what has no value by its own words."""
    assert in_words(text).bears(typed) is bears


def test_the_real_site_passes() -> None:
    """No page, head, chart or record of the real site types what no source bears, and nothing is given leave in vain."""
    said = run("check", "--project", ROOT, "--format", "json")
    assert said.code == 0, said.said
    found = json.loads(said.stdout)["problems"]
    print(f"\nreal site: {len(found)} findings on pages, in charts and in records")
    assert found == []


def test_strict_makes_errors_of_warnings(tmp_path: Path) -> None:
    """With --strict the same warnings stop the build, and a pull request's marks say which are which."""
    project = read_case(CASES / "negative/leave-not-needed/allowed-in-vain.case").project(
        tmp_path / "project"
    )
    mild, strict = (
        run("check", "--project", project, "--format", "github", *more)
        for more in ((), ("--strict",))
    )
    assert (mild.code, strict.code) == (0, 1)
    assert mild.stdout.count("::warning file=") == strict.stdout.count("::error file=") > 0
    assert "::error" not in mild.stdout


INTERFACE = {
    "place": r"largest|smallest|earliest|first|last|найбільшої|найменшої|найранішої|перш\w+|перв\w+|впервые|вперше",  # what a comparison is, told beside it
    "unit": r"trillion|billion|million|трлн|млрд|млн|st|nd|rd|th",  # printed with the number that they belong to
    "span": r"half|second|I{1,3}|IV|[1-4]|второе|друге",  # a part of a year, printed with it
    "count": r"one|two|одне|одно|одн(?:ом|ому|у|а)|один",  # one of two things on the page, a figure alone
    "size": r"280|1,?200|363|639",  # widths and heights of an embed, in pixels
    "choice": r"latest|новейш\w+|найновіш\w+",  # the edition that always says what the chart says
    "day": r"newest|oldest|самый|найдавнішу",  # the days between which a page's answers lie, printed beside
    "rule": r"only|единственная|єдина",  # a weak source is never the only support of a claim
    "press": r"double|двічі|дважды",  # how often to press
    "encoding": r"-8,?",  # UTF-8
}
"""What the interface's own words may hold, and why: nothing in them is about the topic."""


def test_the_interface_says_no_number_of_its_own() -> None:
    """No template and no catalogue holds a number or a comparison, but for those that speak of the page itself."""
    allowed = re.compile("|".join(INTERFACE.values()), re.IGNORECASE)
    found = []
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in (".j2", ".yaml") and not {"starter", "stubs"} & set(
            path.parts
        ):  # an author's words to be
            text = re.sub(
                r"^  search_result_\w+:.*$",
                "",
                path.read_text(encoding="utf-8"),
                flags=re.MULTILINE,
            )  # of what a search finds
            text = re.sub(r"\{[{%#].*?[}%#]\}", CALL, text, flags=re.DOTALL)
            text = re.sub(
                r"<(style|script)\b.*?</\1>|<[^>]*>|\{[^{}\n]*\}|^ *[a-z_0-9]+:|#[^\n]*",
                " | ",
                text,
                flags=re.DOTALL | re.MULTILINE,
            )
            words = (
                word
                for each in scan(text, path.stem if path.suffix == ".yaml" else "en")
                for word in text[each.start : each.end].split()
            )
            found += [(path.name, word) for word in words if not allowed.fullmatch(word)]
    assert found == []
