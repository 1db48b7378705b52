"""Years before 1000, before our era and far apart: read, said in each language, drawn by every kind, explored, exported."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import re

import gallery
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from build import gather
from explainer.check.support.said_dates import lacking
from explainer.common.problems import Problems
from explainer.model.dates import Edtf
from explainer.model.edtf import EARLIEST, EarlyDay, day_after, day_of, new_year, said_year
from explainer.options import Options
from explainer.publish.catalogue import Catalogue, read_catalogues
from explainer.publish.wording import Wording
from explainer.read.files import Folder
from explainer.render.charts import KINDS, WIDTHS, draw
from explainer.render.charts.axes import explored_years, round_years, years
from explainer.render.charts.scale import Scale
from explainer.render.charts.shapes import Label, meet
from explainer.render.context import Context
from explainer.render.exports.downloads import csv_text

EARLY = [("90", "-0099"), ("120", "-0043"), ("70", "0079"), ("90", "0987"), ("200", "2021")]
"""Amounts and the years that they stand for: 100 BC, 44 BC, 79, 987 and 2021."""
FAR = [("120", "0987"), ("90", "1250"), ("200", "2021")]
numbers = st.integers(-9998, 9999)


def rows(given_rows: list[tuple[str, str]]) -> gallery.Rows:
    """As the gallery's files have them."""
    return [(value, year, "The librarians", "library", "", "") for value, year in given_rows]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A project whose charts, one of every kind, go over a thousand years, and over the beginning of our era."""
    drawn = {"early": rows(EARLY), "far": rows(FAR)}
    project = gallery.project(tmp_path_factory.mktemp("early") / "project", drawn)
    problems = Problems()
    made = gather(Options(project=project, output=project / "site"), problems)[1]
    assert not list(problems), [each.message for each in problems]
    return made


def catalogues() -> dict[str, Catalogue]:
    """The catalogues that come with the generator, by language."""
    return read_catalogues(Folder(ROOT / "templates"), "languages", Problems())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["early", "far"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_draws_them(context: Context, kind: str, name: str, width: str) -> None:
    """No words lie over others, nothing leaves the drawing, every point is there, and no year is written with noughts or a minus."""
    table = context.tables[f"{kind}-{name}"]
    drawing = draw(table, context.wording)[width]
    assert not list(drawing.faults())
    assert len(drawing.marks) == len(table.rows)
    for label in drawing.labels():
        assert not re.search(r"(?<!\d)0\d\d\d(?!\d)|[-−]\d", label.text), label.text


def test_they_stand_in_the_order_of_time(context: Context) -> None:
    """A timeline begins with the earliest year and says each as people call it; steps go from left to right."""
    timeline = draw(context.tables["timeline-early"], context.wording)["wide"]
    assert [
        shape.text for shape in timeline.back if isinstance(shape, Label) and shape.role == "group"
    ] == [
        "100 BC",
        "44 BC",
        "79 AD",
        "987",
        "2021",
    ]
    steps = draw(context.tables["steps-early"], context.wording)["wide"]
    places = {mark.row.start: mark.shapes[-1].x for mark in steps.marks if mark.row.start}  # type: ignore[union-attr]
    assert [places[day] for day in sorted(places)] == sorted(places.values())
    assert len(places) == len(EARLY)


def test_a_long_axis_has_round_years(context: Context) -> None:
    """Over two thousand years the ticks are some round years, evenly far apart, each with its era where it needs one."""
    steps = draw(context.tables["steps-early"], context.wording)["wide"]
    ticks = [
        label for label in steps.labels() if label.role == "tick" and label.y > steps.height - 20
    ]
    assert [label.text for label in ticks] == ["1 AD", *map(str, range(200, 2001, 200))]
    gaps = [
        b.x - a.x for a, b in itertools.pairwise(ticks[:-1])
    ]  # the last is held within the drawing
    assert max(gaps) - min(gaps) < 2


@given(st.lists(numbers, min_size=2, max_size=2, unique=True).map(sorted), st.integers(200, 1200))
def test_no_number_of_an_axis_lies_over_another(ends: list[int], width: int) -> None:
    """Whatever years an axis goes from and to, however wide it is, its numbers are apart, and there is at least one."""
    first, last = day_of(ends[0], 1, 1), day_of(ends[1], 12, 31)
    scale = Scale(first.toordinal(), last.toordinal(), 40, width)
    labels = [
        shape for shape in years(first, last, scale, 0, 100, Wording()) if isinstance(shape, Label)
    ]
    assert labels
    for one, other in itertools.pairwise(labels):
        assert not meet(one.box, other.box), (one.text, other.text)


@given(numbers, numbers, st.sampled_from([1, 2, 5, 10, 100, 500, 1000]))
def test_round_years_are_round_as_they_are_called(one: int, other: int, step: int) -> None:
    """Each is within the span and divides by the step as it is called, but for the year 1, which stands for zero; none is left out."""
    first, last = sorted((one, other))
    found = round_years(first, last, step)
    assert found == sorted(set(found))
    assert all(first <= year <= last for year in found)
    assert all(said_year(year) % step == 0 for year in found if year != 1)
    assert {
        year for year in range(first, min(last, first + 3000) + 1) if said_year(year) % step == 0
    } <= set(found)


def test_explore_shows_the_same_dates(context: Context) -> None:
    """Plotly gets every date as ISO 8601 counts it, and for each tick of an early axis our own words."""
    for kind in ("steps", "timeline"):
        figure = KINDS[kind].figure(context.tables[f"{kind}-early"], context.wording)
        assert figure["layout"]["xaxis"]["ticktext"][0] == "1 AD"
        said = {x for trace in figure["data"] for x in trace["x"]}
        assert {x[:5] for x in said if x.startswith("-")} == {"-0099", "-0043"} | (
            {"-0098", "-0042"} & {x[:5] for x in said}
        )
        assert (
            "hovertemplate" not in figure["data"][-1]
            or "%{x}" not in figure["data"][-1]["hovertemplate"]
        )
    modern = explored_years(dt.date(2020, 1, 1), dt.date(2024, 1, 1), context.wording)
    assert modern == {"type": "date"}


def test_the_table_has_them_as_iso_8601_counts(context: Context) -> None:
    """44 BC is the year -0043 in the data."""
    found = list(csv.DictReader(io.StringIO(csv_text(context.tables["ranges-early"]), newline="")))
    assert {row["start"].lstrip("'") for row in found} == {
        "-0099-01-01",
        "-0043-01-01",
        "0079-01-01",
        "0987-01-01",
        "2021-01-01",
    }


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "-0043", "44 BC"), ("ru", "-0043", "44 до н. э."), ("uk", "-0043", "44 до н. е."),
        ("ru", "-0043-03-15", "15 марта 44 года до н. э."), ("uk", "-0043-03-15", "15 березня 44 року до н. е."),
        ("en", "0000", "1 BC"), ("ru", "0079", "79 н. э."), ("uk", "0079-08", "серпень 79 року н. е."), ("ru", "0987", "987"),
    ],
)  # fmt: skip
def test_they_are_said_in_every_language(language: str, text: str, words: str) -> None:
    """The year before the year 1 is 1 BC; the era stands after the date; from 100 on, years of our era need none."""
    assert Wording(catalogues()[language]).date(Edtf.parse(text)) == words


@pytest.mark.parametrize(
    ("text", "words", "short"),
    [
        ("-0043", "", "44 BC"),
        ("-0043-03", "Mar", "Mar 44 BC"),
        ("-0099/-0043", "", "100 BC to 44 BC"),
        ("-0043-01/-0043-03", "Jan", "Jan to Mar 44 BC"),
    ],
)
def test_charts_say_no_more_than_is_known(text: str, words: str, short: str) -> None:
    """A date of which only the year is known gets no month in a timeline; a spell within a year says the year once."""
    assert Wording().short_day(Edtf.parse(text)) == words
    assert Wording().short_date(Edtf.parse(text)) == short


@pytest.mark.parametrize("text", ["10000", "-9999", "-12345", "Y10000", "Y-17E7", "2024/12024"])
def test_longer_years_are_refused_by_name(text: str) -> None:
    """The message says which years can be drawn."""
    with pytest.raises(ValueError, match=re.escape(text)) as refused:
        Edtf.parse(text)
    assert "9999 BC ('-9998') to '9999'" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "quote", "language"),
    [
        ("-0043", "killed in 44 BC", "en"), ("-0043", "on 15 March 44 B.C.E.", "en"), ("-0043", "в 44 году до н. э.", "ru"),
        ("-0043", "у 44 р. до н. е.", "uk"), ("-0043", "44 v. Chr. ermordet", "de"), ("-0043", "公元前44年", "zh"),
        ("-0043", "en 44 av. J.-C.", "fr"), ("0987", "In 987 the abbey", "en"), ("1250", "in 1250", "en"), ("0079", "in AD 79", "en"),
    ],
)  # fmt: skip
def test_words_bear_an_early_year(text: str, quote: str, language: str) -> None:
    """A year is found by the number that it is called by, with the mark of its era."""
    assert not lacking(Edtf.parse(text), quote, language)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("-0044", "killed in 44 BC"),
        ("0044", "killed in 44 BC"),
        ("-0043", "44 nests"),
        ("1250", "1,250 nests"),
        ("0987", "987,000 nests"),
    ],
)
def test_other_numbers_bear_none(text: str, quote: str) -> None:
    """A year counted wrongly, one of the other era, and amounts are not taken for it."""
    assert lacking(Edtf.parse(text), quote, "en")


@given(st.integers(-9998, 9998))
def test_years_follow_each_other(year: int) -> None:
    """Every year has 365 or 366 days, also over the beginning of our era, and its last day comes before the next one's first."""
    assert new_year(year + 1) - new_year(year) in (365, 366)
    last, following = day_of(year, 12, 31), day_of(year + 1, 1, 1)
    assert last < following
    assert following > last
    assert (following - last).days == 1
    assert day_after(last, 1) == following


def test_an_early_day_stands_before_every_other() -> None:
    """Early days sort among themselves and with the library's, and one that does not exist is refused."""
    days = [
        dt.date(1, 1, 1),
        EarlyDay(0, 12, 31),
        EarlyDay(-43, 3, 15),
        dt.date(2021, 1, 1),
        EARLIEST,
    ]
    assert sorted(days) == [
        EARLIEST,
        EarlyDay(-43, 3, 15),
        EarlyDay(0, 12, 31),
        dt.date(1, 1, 1),
        dt.date(2021, 1, 1),
    ]
    assert EarlyDay(-43, 3, 15).isoformat() == "-0043-03-15"
    for year, month, day in ((-43, 2, 29), (-43, 13, 1), (1, 1, 1), (-9999, 1, 1)):
        with pytest.raises(ValueError, match=r"exist|not from"):
            EarlyDay(year, month, day)
