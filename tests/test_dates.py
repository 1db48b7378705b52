"""Dates: EDTF as the field's own library reads it, with the bounds that comparisons need."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import io
import json
import re
from pathlib import Path
from typing import Any

import gallery
import pytest
import yaml
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, copy_small, run
from written_dates import REFUSED, SAYABLE, valid
from written_dates import written as written_dates

from build import gather
from explainer.check.support.said_dates import lacking
from explainer.common.problems import InvalidValue, Problems
from explainer.model.dates import Edtf
from explainer.model.edtf import Single, day_of, said_year, singles_of
from explainer.model.records import Source
from explainer.options import Options
from explainer.project import Project
from explainer.publish.catalogue import Catalogue, read_catalogues
from explainer.publish.wording import Wording
from explainer.read.files import Folder
from explainer.render.bibtex import bibtex
from explainer.render.charts import KINDS, WIDTHS, draw
from explainer.render.charts.kinds import timeline
from explainer.render.charts.shapes import Box, Label
from explainer.render.citations import source_item
from explainer.render.exports.downloads import csv_text
from explainer.render.ris import ris

days = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
precisions = st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"])


def written(day: dt.date, precision: str) -> str:
    """A day as EDTF, to the year, the month or the day."""
    text = day.isoformat()
    return {"%Y": text[:4], "%Y-%m": text[:7], "%Y-%m-%d": text}[precision]


simple = st.builds(written, days, precisions)


@given(simple)
def test_bounds_are_those_of_the_library(text: str) -> None:
    """A year, a month and a day have the bounds that the edtf library gives them."""
    found, theirs = Edtf.parse(text), parse_edtf(text)
    assert found.first == dt.date(*theirs.lower_strict()[:3])
    assert found.last == dt.date(*theirs.upper_strict()[:3])


@given(simple)
def test_a_date_is_written_as_it_was_read(text: str) -> None:
    """A date prints as the author wrote it."""
    assert str(Edtf.parse(text)) == text


@given(simple, simple)
def test_a_spell_lies_between_its_ends(start: str, end: str) -> None:
    """A spell begins where its start begins and ends where its end ends; one that ends before it begins is refused."""
    first, last = Edtf.parse(start), Edtf.parse(end)
    assert first.first is not None
    assert last.last is not None
    if first.first > last.last:
        with pytest.raises(ValueError, match=r"before it begins|not a date"):
            Edtf.parse(f"{start}/{end}")
    elif first.last is not None and last.first is not None and first.last <= last.first:
        spell = Edtf.parse(f"{start}/{end}")
        assert (spell.first, spell.last) == (first.first, last.last)
        assert spell.is_spell


@given(simple, simple)
def test_overlap_is_mutual(a: str, b: str) -> None:
    """If one date can be the other's, the other can be the first's."""
    first, second = Edtf.parse(a), Edtf.parse(b)
    assert first.overlaps(second) == second.overlaps(first)
    assert first.allows_same(second) == second.allows_same(first)
    assert first.overlaps(first)
    assert first.allows_same(first)
    assert first.same_spell(first)


@given(simple, simple)
def test_one_of_two_dates_can_come_first(a: str, b: str) -> None:
    """Of two dates at least one can precede the other, and a date can precede itself."""
    first, second = Edtf.parse(a), Edtf.parse(b)
    assert first.can_precede(first)
    assert first.can_precede(second) or second.can_precede(first)


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ("2025", "2025-07", True),
        ("2025-07", "2025-08", False),
        ("2025-07-01/2025-07-10", "2025-07-10/2025-07-20", True),
        ("2025-07-01/2025-07-10", "2025-07-11/2025-07-20", False),
        ("[2025-07-07,2025-07-08]", "2025-07-08", True),
        ("[2025-07-07,2025-07-08]", "2025-07-09", False),
        ("XXXX-06-07", "1999", True),
    ],
)
def test_which_dates_can_be_the_same(first: str, second: str, overlap: bool) -> None:
    """Dates overlap where some day belongs to both; an unknown year overlaps everything."""
    assert Edtf.parse(first).overlaps(Edtf.parse(second)) is overlap


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("XXXX-06-07", "2024-06-07", True),
        ("XXXX-06-07", "2024-06-08", False),
        ("XXXX-06-07", "XXXX-06-07", True),
        ("XXXX-06", "2024-07", False),
    ],
)
def test_a_date_without_a_year_is_compared_by_its_day(first: str, second: str, same: bool) -> None:
    """Where a year is missing, month and day are compared."""
    assert Edtf.parse(first).allows_same(Edtf.parse(second)) is same


def test_a_date_without_a_year_has_no_bounds() -> None:
    """An unknown year has neither a first day nor a last."""
    date = Edtf.parse("XXXX-06-07")
    assert (date.first, date.last) == (None, None)
    assert date.parts == (("month", 6), ("day", 7))


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-30", "2025-02-29", "2025-13", "2025-00", "2025-04-31", "2025-07-07/2025-07-06", "25-07-07", "2025/2024", "2025-7-7",
        "20250707", "7 July 2025", "July 2025", "", " ", "2025-07-07x", "٢٠٢٥", "2025-20", "2025-42", "2025-07-07T10:00:00Z",
        "Y17E8", "today", "now", "2025-W05", "2025-07-07/2025-02-30", "[2025-07-07", "2025-07-07]", "[]", "//", "2025//2026", "----",
        "9999-99-99", "-0000", "-9999", "-10000", "10000", "Y-17000", "-0043-02-29", "1e3",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    """What is no date, or none that can be said in words, is refused in words that name it."""
    with pytest.raises(ValueError, match=r"not a date|before it begins|outside the years"):
        Edtf.parse(text)


@pytest.mark.parametrize("year", [1900, 2023, 2025, 2100])
def test_a_leap_day_of_a_common_year_does_not_exist(year: int) -> None:
    """29 February of a common year is told to be no date, not to lie outside the calendar."""
    assert not calendar.isleap(year)
    with pytest.raises(ValueError, match="not a date that exists"):
        Edtf.parse(f"{year}-02-29")


@given(st.text("0123456789X-/[],~?%.{}TZ:Y", min_size=1, max_size=24))
def test_any_text_is_a_date_that_can_be_printed_or_a_reason(text: str) -> None:
    """Whatever looks like EDTF is refused with a reason, or printed in words that name every part written, and no other month."""
    try:
        date = Edtf.parse(text)
    except ValueError as error:
        refusal = str(error)
        date = None
    if date is None:
        assert text.strip() in refusal
        return
    words = Wording().date(date)
    months = {value for name, value in date.parts if name == "month"}
    named = {number for number in range(1, 13) if calendar.month_name[number] in words}
    assert named <= months
    for name, value in date.parts:
        assert name == "month" or str(said_year(value) if name == "year" else value) in words


FORMS = st.sampled_from(
    ["{}", "{}~", "{}?", "{}/{}", "[{},{}]", "{{{},{}}}", "{}/..", "../{}", "{}%"]
)


@given(FORMS, simple, simple)
def test_a_date_that_is_accepted_is_printed_whole(kind: str, a: str, b: str) -> None:
    """No form of EDTF that is accepted loses a part in print, or gains a month that nobody wrote."""
    text = kind.format(*sorted([a, b]))
    try:
        date = Edtf.parse(text)
    except ValueError:
        return
    words = Wording().date(date)
    months = {value for name, value in date.parts if name == "month"}
    assert {number for number in range(1, 13) if calendar.month_name[number] in words} == months
    for name, value in date.parts:
        assert name != "year" or f"{value:04d}" in words or str(value) in words


LANGUAGES = ("en", "ru", "uk")


def catalogues() -> dict[str, Catalogue]:
    """The catalogues that come with the generator."""
    return read_catalogues(Folder(ROOT / "templates"), "languages", Problems())


WORDINGS = {name: Wording(found) for name, found in catalogues().items()}


@pytest.mark.parametrize(("text", "words"), SAYABLE.items(), ids=list(SAYABLE))
def test_every_form_is_said_in_three_languages(text: str, words: tuple[str, ...]) -> None:
    """What is open stays open in words, and nothing is printed as it was coded."""
    assert (
        tuple(
            WORDINGS[language].date(Edtf.parse(text)).replace("\xa0", " ") for language in LANGUAGES
        )
        == words
    )


@pytest.mark.parametrize(("text", "reason"), REFUSED.items(), ids=list(REFUSED))
def test_what_cannot_be_said_is_refused_by_name(text: str, reason: str) -> None:
    """The author reads the string and why it cannot be said."""
    with pytest.raises(InvalidValue) as refused:
        Edtf.parse(text)
    assert reason in f"{refused.value}; {refused.value.hint}"
    assert str(refused.value).startswith(f"'{text}'")


def source_of(issued: str) -> Source:
    """A source with a date."""
    return Source.model_validate(
        {
            "id": "a",
            "type": "report",
            "title": "A report",
            "publisher": "A press",
            "issued": issued,
            "language": "en",
            "read": "excerpt",
        }
    )


@given(written_dates)
def test_every_string_is_said_cited_and_compared_or_refused(text: str) -> None:
    """Levels 0 to 2, and what is nearly that: a reason that names the string, or words and references without a coded digit.

    No words name a month that is not written, and where no day is written, none is printed.
    """
    try:
        date = Edtf.parse(text)
    except ValueError as error:
        reason, date = str(error), None
    if date is None:
        assert reason.startswith(f"'{text.strip()}'")
        return
    said = [
        words
        for wording in WORDINGS.values()
        for words in (wording.date(date), wording.short_date(date))
    ]
    said += [f"{wording.year_of(date)} {wording.short_day(date)}" for wording in WORDINGS.values()]
    assert all(words.strip() for words in said)
    record = source_item(source_of(text), WORDINGS["en"].catalogue)
    for words in (*said, bibtex([record]), ris([record]), record.get("note", "")):
        assert (
            not re.search(r"\dX|XX|[~?%]|\.\.", words.replace("circa", "")) or "date = {" in words
        ), words
    english, months = said[0], {value for name, value in date.parts if name == "month"}
    assert {
        number
        for number in range(1, 13)
        if re.search(rf"\b{calendar.month_name[number]}\b", english)
    } <= months
    if not any(single.day for single in singles_of(date.read)):
        assert not re.search(r"\b\d{1,2} [A-Z][a-z]{2}", english)
    assert date.overlaps(date)
    assert date.allows_same(date)
    assert date.same_spell(date)
    assert date.can_precede(date)
    assert date.first is None or date.last is None or date.first <= date.last


@given(valid)
def test_bounds_of_single_dates_are_those_of_the_library(text: str) -> None:
    """A date that is known in part allows the days that the edtf library says."""
    try:
        date = Edtf.parse(text)
        theirs = parse_edtf(text)
    except Exception:  # the library raises many kinds, some of them by accident
        return
    plain = isinstance(date.read, Single) and date.read.season is None and text[:1] != "-"
    if (
        not plain
        or date.first is None
        or date.last is None
        or re.search("0X|1X-|-[0-3]X|02-[X2]", text)
    ):
        return  # the library knows no days that are known in part, and takes 29 February for a day of every year
    assert (date.first, date.last) == (day(theirs.lower_strict()), day(theirs.upper_strict()))


def day(found: Any) -> Any:
    """A day of the library's."""
    return day_of(*found[:3])


@pytest.mark.parametrize(
    ("text", "quote", "language", "borne"),
    [
        ("187X", "Some coins were found.", "en", False), ("187X", "found in the 1870s", "en", True), ("187X", "found in 1873", "en", True),
        ("187X", "found in 1880", "en", False), ("187X", "найдены в 1870-х годах", "ru", True), ("187X", "in den 1870er Jahren", "de", True),
        ("187X", "1870 coins, 1,870s", "uk", True), ("156X", "in the 1560s", "en", True), ("156X", "1,560 nests", "en", False),
        ("18XX", "in the 19th century", "en", True), ("18XX", "в XIX веке", "ru", True), ("18XX", "in the 18th century", "en", False),
        ("2022-22", "in summer 2022", "en", True), ("2022-22", "in 2022", "en", False), ("2022-22", "summer 2021", "en", False),
        ("2022-22", "летом 2022 года", "ru", True), ("2022-22", "влітку 2022 року, літо", "uk", True), ("2022-24", "im Winter 2022", "de", True),
        ("2015-35", "Q3 2015", "en", True), ("2015-35", "the third quarter of 2015", "en", True), ("2015-35", "Q2 2015", "en", False),
        ("2015-35", "July to September 2015", "en", True), ("2015-35", "в III квартале 2015 года", "ru", True),
        ("2015-35", "у третьому кварталі 2015", "uk", True), ("2015-35", "im 3. Quartal 2015", "de", True),
        ("2015-35", "the third of 2015", "en", False), ("2015-41", "the second half of 2015", "en", True),
        ("2015-41", "во втором полугодии 2015 года", "ru", True), ("2015-41", "the first half of 2015", "en", False),
        ("2004-06-XX", "in June 2004", "en", True), ("2004-06-XX", "in July 2004", "en", False), ("2025/..", "since 2025", "en", True),
        ("2025/..", "since 2024", "en", False),
    ],
)  # fmt: skip
def test_words_bear_what_is_coded(text: str, quote: str, language: str, borne: bool) -> None:
    """A decade, a season and a quarter have to be said by the words, with the year; nothing passes because it has no digits to look for."""
    assert (not lacking(Edtf.parse(text), quote, language)) is borne


SAID = [
    ("2024-03-05", "In March 2024 the bridge was opened by 5 mayors.", "en", False),
    ("2024-05", "In 2024 the company may open a road.", "en", False),
    ("2024-03", "The march of 2024 was long.", "en", False),
    ("1999", "There were 1,999 nests.", "en", False),
    ("2024-03-05", "The bridge opened on 5/3/2024.", "en", False),
    ("2024-05-03", "The bridge opened on 5/3/2024.", "en", False),
    ("2024-05-03", "The bridge opened on 5/3/2024.", "en-US", True),
    ("2024-03-05", "The bridge opened on 5/3/2024.", "en-GB", True),
    ("2024-03-15", "The bridge opened on 3/15/2024.", "en", True),
    ("2024-03-05", "Le pont a ouvert le 5/3/2024.", "fr", True),
    ("2025-07-09", "from 7 to 9 July 2025", "en", True),
    ("2025-07-07", "July 7–9, 2025", "en", True),
    ("2025-07-08", "July 7 or 8, 2025", "en", True),
    ("2024-06-12", "de 12 a 15 de junho de 2024", "pt", True),
    ("2024-06-15", "del 12 al 15 de junio de 2024", "es", True),
    ("2024-06-12", "du 12 au 15 juin 2024", "fr", True),
    ("2024-05", "в мае 2024 года", "ru", True),
    ("2024-05", "у травні 2024 року", "uk", True),
    ("2024-06-05", "2024年6月5日に公表された。", "ja", True),
    ("2024-06", "2024年6月の出生数", "ja", True),
    ("2024-06-05", "2024년 6월 5일 발표", "ko", True),
    ("2024-07-05", "2024年6月5日に公表された。", "ja", False),
    ("2015-35", "Q3 2015", "en", True),
]


@pytest.mark.parametrize(("text", "quote", "language", "borne"), SAID)
def test_the_parts_of_a_date_belong_together(
    text: str, quote: str, language: str, borne: bool
) -> None:
    """A day is said with its month, months are told from words, and digits whose order is not certain say no month."""
    assert (not lacking(Edtf.parse(text), quote, language)) is borne


CHARTED = [kind for kind in KINDS if kind not in ("steps", "columns")]
"""Kinds of charts that draw claims of any time; columns and steps need points that follow each other."""


def points(dates: list[str], key: str) -> list[dict[str, Any]]:
    """A point of a series for each date."""
    evidence = {
        "source": "courier",
        "stance": "supports",
        "locator": "told on the page",
        "says": "Stands for any source.",
    }
    own = [
        {"value": str(100 + n), "period": text} if key == "period" else {"date": text}
        for n, text in enumerate(dates)
    ]
    rest = {"show": "main", "said_by": "The librarians", "kind": "official-statement"}
    return [
        {
            "id": f"p{n + 1}",
            **each,
            **rest,
            "evidence": [dict(evidence)],
            "basis": gallery._letters(n + 1),
            "label": f"Event {gallery._letters(n + 1)}" * (key == "date") or None,
        }
        for n, each in enumerate(own)
    ]


def chart_project(folder: Path, dates: list[str]) -> Path:
    """A project with a chart of every kind over the given dates, and a source for each of them."""
    copy_small(folder)
    head = {"unit": "books", "counts": ["loans"], "definition": "lent", "x": "period"}
    about = {"title": "Gallery", "as_of": "2024-02-01", "review_by": "2034-02-01", "topic": "Loans"}
    series = [{"id": "g", **head, **about, "points": points(dates, "period")}]
    series.append({"id": "g-dates", **about, "x": "date", "points": points(dates, "date")})
    for each in series:
        each["points"] = [
            {key: value for key, value in point.items() if value is not None}
            for point in each["points"]
        ]  # type: ignore[union-attr, attr-defined]
    charts = [gallery._chart(kind, "g", [()] * len(dates)) for kind in CHARTED]
    sources = [
        {
            "id": f"s{n}",
            "type": "report",
            "title": f"Report {gallery._letters(n + 1)}",
            "publisher": "A press",
            "issued": text,
            "language": "en",
            "read": "excerpt",
        }
        for n, text in enumerate(dates)
    ]
    for room, records in (("series", series), ("charts", charts), ("sources", sources)):
        (folder / "seeds" / room / "gallery.yaml").write_text(
            yaml.dump(records, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
    with (folder / "site_src" / "index.md").open("a", encoding="utf-8") as page:
        page.write("".join(f'\n\n{{{{ chart("{kind}-g") }}}}\n' for kind in CHARTED))
    return folder


DRAWN = [text for text in SAYABLE if text not in ("2004-XX-XX", "2004~", "156X-12")]


def test_charts_draw_every_form_and_say_no_more_than_is_known(tmp_path: Path) -> None:
    """Each kind draws them all without a fault; no label and no cell in words has a coded digit, a first of a month, or a January."""
    dates = DRAWN[:26]
    folder = chart_project(tmp_path / "project", dates)
    problems = Problems()
    context = gather(Options(project=folder, output=folder / "site"), problems)[1]
    assert not [each.message for each in problems if each.severity == "error"]
    for kind in CHARTED:
        table = context.tables[f"{kind}-g"]
        KINDS[kind].figure(table, context.wording)
        for width in WIDTHS:
            drawing = draw(table, context.wording)[width]
            assert kind in ("steps", "columns", "timeline") or len(drawing.marks) == len(table.rows)
            for label in (shape for shape in drawing.labels() if isinstance(shape, Label)):
                assert not re.search(r"\dX|XX|^Jan$|/|(?<!\d)1 June", label.text), label.text
        for row in csv.DictReader(io.StringIO(csv_text(table), newline="")):
            assert not re.search(r"\dX|XX|(?<!\d)1 (January|June)|/", row["period"]), row


def test_a_timeline_draws_a_year_as_a_day_in_it_and_a_spell_as_a_bar(tmp_path: Path) -> None:
    """A date of which the year alone is known has no bar, and in "Explore" stands in the middle of its year; what goes on runs to the end."""
    folder = chart_project(
        tmp_path / "project", ["2003", "199X", "2004-02/2004-09", "2010/..", "2012/", "2013-22"]
    )
    context = gather(Options(project=folder, output=folder / "site"), Problems())[1]
    table = context.tables["timeline-g"]
    drawing = draw(table, context.wording)["wide"]
    bars = [shape for shape in drawing.back if isinstance(shape, Box) and shape.role == "spell"]
    assert len(bars) == 2 + 1  # the two spells, and the one in the key
    years = [
        shape.text for shape in drawing.back if isinstance(shape, Label) and shape.role == "group"
    ]
    assert years == ["the 1990s", "2003", "2004", "2010", "2012", "2013"]
    days = {mark.row.claim.machine: mark.row.day for mark in drawing.marks}
    assert (days["2003"], days["199X"], days["2013-22"]) == ("", "", "summer")
    figure = timeline.figure(table, context.wording)
    events = dict(
        zip(
            sorted(days, key=lambda text: Edtf.parse(text).first),
            figure["data"][-1]["x"],
            strict=True,
        )
    )  # type: ignore[arg-type, return-value]
    assert events["2003"] == "2003-07-02"
    assert {trace["x"][0] for trace in figure["data"][:-1]} == {"2004-02-01", "2010-01-01"}


def test_a_site_with_every_form_is_built_and_prints_none_as_coded(tmp_path: Path) -> None:
    """Pages, tables, feeds and references of a whole site hold no coded digit; fields that are EDTF for programs have it as written."""
    folder = chart_project(tmp_path / "project", DRAWN)
    done = run("--project", folder, "--output", tmp_path / "site")
    assert done.code == 0, done.said
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")]
    for page in pages:
        visible = re.sub(r"<script.*?</script>|<[^>]*>", " ", page, flags=re.DOTALL)
        assert not re.search(r"(?<![\w-])-?\d+X+(?!\w)|XXXX|\d/\.\.|\d-XX", visible), re.search(
            r".{40}(?:\d+X|XXXX|/\.\.|-XX).{20}", visible
        )
    for path in (tmp_path / "site").rglob("*.bib"):
        assert not re.search(r"\dX|XX", path.read_text(encoding="utf-8"))
    for path in (tmp_path / "site").rglob("*.ris"):
        assert not re.search(r"\dX|XX", path.read_text(encoding="utf-8"))
    rows = {
        row["period"]: row
        for row in csv.DictReader(
            io.StringIO(
                (tmp_path / "site" / "data" / "charts" / "ranges-g.csv").read_text(encoding="utf-8")
            )
        )
    }
    ends = {
        words: (rows[words]["start"], rows[words]["end"])
        for words in ("June 2004", "the 1990s", "since 2025", "2004")
    }
    assert ends == {
        "June 2004": ("2004-06", "2004-06"),
        "the 1990s": ("1990", "1999"),
        "since 2025": ("2025-01-01", ""),
        "2004": ("2004", "2004"),
    }
    record = json.loads(
        (tmp_path / "site" / "data" / "charts" / "ranges-g.json").read_text(encoding="utf-8")
    )
    assert {row["period"] for row in record["rows"]} >= {
        "June 2004",
        "the 1990s",
        "since 2025",
        "summer 2022",
        "Q3 2015",
    }


LOOSE = (
    "2025/..", "XXXX-06-07", "../2025", "/2025", "202X", "21XX", "2025-XX", "2025-06-XX", "2025-0X", "2025-22", "[2025,2026]", "2025/2026",
    "1979", "2100", "0000", "-0043-03-15", "9999-12-31",
)  # fmt: skip
"""Dates that leave open which day they are, and days on which nobody edited anything."""


def test_a_day_of_checking_is_bounded(tmp_path: Path) -> None:
    """The day for which an answer was checked is a day, a month or a year with no open part, or is refused at its place."""
    folder = chart_project(tmp_path / "project", ["2004"])
    seeds = folder / "seeds" / "series" / "gallery.yaml"
    good = yaml.safe_load(seeds.read_text(encoding="utf-8"))[0]
    wanted = set()
    for field in ("as_of", "review_by"):
        for number, text in enumerate(LOOSE):
            path = seeds.with_name(f"{field}-{number}.yaml")
            path.write_text(
                yaml.dump([{**good, "id": f"g-{field[0]}-{number}", field: text}], sort_keys=False),
                encoding="utf-8",
            )
            wanted.add(path.relative_to(folder).as_posix())
    done = run("check", "--project", folder, "--format", "json")
    assert done.code == 1
    said = ("leaves open which day, month or year it is", "is no day on which this was edited")
    problems = json.loads(done.stdout)["problems"]
    assert {
        each["place"]["path"]
        for each in problems
        if any(words in each["message"] for words in said)
    } == wanted


DAYS = (
    "202X",
    "21XX",
    "20XX",
    "XXXX-06-07",
    "2025-XX",
    "2150-01-01",
    "-0043",
    "0001-01-01",
    "1648",
    "9999",
    "[2025..2150]",
    "2025/..",
)


@pytest.mark.parametrize("text", DAYS)
def test_the_day_taken_for_today_is_none_that_a_source_leaves_open(
    tmp_path: Path, text: str
) -> None:
    """Whenever a document was issued, the day taken for today is one that is written whole."""
    folder = chart_project(tmp_path / "project", ["2004"])
    source = folder / "seeds" / "sources" / "press.yaml"
    source.write_text(
        source.read_text(encoding="utf-8").replace("issued: '2023-05-03'", f"issued: '{text}'"),
        encoding="utf-8",
    )
    problems = Problems()
    today = Project.read(Options(folder, folder / "site"), problems).today
    assert list(problems) == []
    assert dt.date.fromisoformat(today)
    written = "".join(
        path.read_text(encoding="utf-8") for path in (folder / "seeds").rglob("*.yaml")
    )
    assert today in written or today[:7] in written


def test_a_site_is_built_whenever_its_sources_were_issued(tmp_path: Path) -> None:
    """All those dates stand in the sources of one site, which is built, with the day of its seeds that is written whole."""
    folder = chart_project(tmp_path / "project", [*DAYS, "2004"])
    done = run("--project", folder, "--output", tmp_path / "site")
    assert done.code == 0, done.said
    assert (
        json.loads((tmp_path / "site" / "manifest.json").read_text(encoding="utf-8"))["today"]
        == "2024-06-01"
    )


@pytest.mark.parametrize(
    "text",
    [
        "XXXX-06-07",
        "/XXXX-06-07",
        "../XXXX-06-07",
        "XXXX-06-07/",
        "XXXX-06-07/2025-01-01",
        "2025/XXXX-06-07",
        "/2025",
    ],
)
def test_a_date_has_a_label_whatever_is_not_known_of_it(text: str) -> None:
    """Among others it stands under its years, or by itself: a spell to a day of no year was once printed as nothing."""
    words, value = Wording(), Edtf.parse(text)
    assert words.year_of(value) or words.short_day(value)
