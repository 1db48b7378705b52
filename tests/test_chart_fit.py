"""Kinds of charts refuse what they cannot show, and show time as it was: gaps as gaps, months and days by name."""

from __future__ import annotations

import csv
import io
import itertools
import re

import pytest
from plotted import Points, gathered, point

from explainer.common.problems import Problems
from explainer.publish.tables import Table
from explainer.render.charts import KINDS, draw
from explainer.render.charts.shapes import Box, Dot, Label, Path
from explainer.render.exports.downloads import csv_text, record
from explainer.render.prose.blocks import Blocks

OTHER = "lent-and-renewed"
"""A counting rule beside that of all others."""
STATES = (
    "Alder",
    "Birch",
    "Cedar",
    "Elm",
    "Hazel",
    "Larch",
    "Maple",
    "Oak",
    "Pine",
    "Rowan",
    "Willow",
    "Yew",
)
BY_STATE = [point(str(index + 1), "2015", region=state) for index, state in enumerate(STATES)]
TWO_YEARS = [point("3", year, region=state) for year in ("2015", "2016") for state in STATES[:3]]
MONTHS = [
    point(str(100 + number), f"{2001 + number // 12}-{number % 12 + 1:02d}")
    for number in range(240)
]
FEW = BY_STATE[8:12]
UNFIT: dict[str, tuple[str, Points]] = {
    "columns-of-more-names-than-a-phone-has-room-for": ("columns", BY_STATE),
    "columns-of-states-in-two-years": ("columns", TWO_YEARS),
    "columns-of-one-time-that-nothing-tells-apart": (
        "columns",
        [point("1", "2015"), point("2", "2015", definition=OTHER)],
    ),
    "columns-of-a-year-and-its-first-month": (
        "columns",
        [point("1", "2015-01"), point("9", "2015"), point("8", "2016")],
    ),
    "ranges-of-one-speaker": ("ranges", BY_STATE),
    "a-timeline-of-amounts": ("timeline", [point("1.2", "2015"), point("-0.4", "2016")]),
    "a-timeline-that-runs-back": (
        "timeline",
        [
            {
                **{
                    key: value
                    for key, value in point("1", "2015", label="Opened").items()
                    if key not in ("value", "period")
                },
                "date": "2015",
                "until": "2014",
            }
        ],
    ),
    "a-course-of-one-point": ("steps", [point("1", "2015")]),
    "a-course-through-states": ("steps", [*BY_STATE[:2], point("3", "2016", region="Elm")]),
    "a-course-of-two-values-a-day": (
        "steps",
        [point("1", "2015"), point("2", "2015", definition=OTHER), point("3", "2016")],
    ),
    "columns-of-the-seasons-of-a-year": (
        "columns",
        [point(str(season), f"2024-{season}") for season in (21, 22, 23, 24)],
    ),
    "columns-of-a-winter-beside-its-year": (
        "columns",
        [point("1", "2014-28"), point("2", "2014-25")],
    ),
    "a-course-of-the-seasons-of-a-year": (
        "steps",
        [point(str(season), f"2024-{season}") for season in (21, 22, 23, 24)],
    ),
    "dots-that-nothing-tells-apart": (
        "dots",
        [point("1", "2015"), point("2", "2015", definition=OTHER)],
    ),
}
FIT: dict[str, tuple[str, Points]] = {
    "states": ("columns", FEW),
    "dots-of-states": ("dots", BY_STATE),
    "months": ("columns", MONTHS),
    "half-a-year": ("columns", [point(str(value), f"2025-0{value}") for value in range(1, 7)]),
    "days": ("columns", [point(str(value), f"2025-04-{value:02d}") for value in range(1, 7)]),
    "decades": ("columns", [point("5", "198X"), point("7", "199X"), point("6", "2000/2009")]),
    "fiscal-years": (
        "columns",
        [point(str(year), f"{year}-04-01/{year + 1}-03-31") for year in range(2021, 2024)],
    ),
    "semesters": (
        "columns",
        [point(str(number), f"{2023 + number // 2}-{40 + number % 2}") for number in range(4)],
    ),
    "semesters-of-months": (
        "columns",
        [
            point("3", "2023-01/2023-06"),
            point("4", "2023-07/2023-12"),
            point("5", "2024-01/2024-06"),
        ],
    ),
    "some-quarters": (
        "columns",
        [point("3", "2022-34"), point("4", "2023-35"), point("5", "2024-04/2024-06")],
    ),
    "whole-weeks": (
        "columns",
        [point("3", "2024-12-23/2024-12-29"), point("4", "2024-12-30/2025-01-05")],
    ),
    "summers": ("columns", [point("3", "2022-22"), point("4", "2023-22"), point("5", "2024-22")]),
    "northern-seasons": (
        "columns",
        [point("3", "2014-25"), point("4", "2014-26"), point("5", "2014-27")],
    ),
    "many-fiscal-years": (
        "columns",
        [point(str(year), f"{year}-04-01/{year + 1}-03-31") for year in range(1991, 2021)],
    ),
    "quarters": (
        "columns",
        [point(str(start), f"2025-{start:02d}/2025-{start + 2:02d}") for start in (1, 4, 7, 10)],
    ),
    "weeks": ("columns", [point(str(value), f"2025-04-{value:02d}") for value in (1, 8, 15, 29)]),
    "gap": ("columns", [point("120", "1990"), point("130", "1991"), point("90", "2020")]),
    "gap-with-rival": (
        "columns",
        [
            point("12", "2008"),
            point("13", "2009"),
            point("9", "2019"),
            point("11", "2019", show="rival", said_by="The club", standing="disputed"),
        ],
    ),
    "course-with-gap": ("steps", [point("120", "1990"), point("130", "1991"), point("90", "2020")]),
    "course-with-open-ends": (
        "steps",
        [
            point("12", "2021"),
            point("over 13", "2022"),
            point("at least 14", "2023"),
            point("up to 15", "2024"),
            point("under 16", "2025"),
        ],
    ),
    "magnitudes": (
        "columns",
        [point("0.001", "2018"), point("-1000000000000", "2019"), point("1000000000000", "2020")],
    ),
    "rules": ("columns", [point("1", "2015"), point("2", "2016", definition=OTHER)]),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the build says of each unfit chart, by the chart's name."""
    _, problems = gathered(tmp_path_factory.mktemp("unfit"), UNFIT)
    return {
        match[1]: f"{each.place} {each.message} {each.hint}"
        for each in problems
        if (match := re.match(r"'([^']+)', ", each.message)) and each.rule == "chart-fit"
    }


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory):
    """The charts that fit, in one project."""
    made, problems = gathered(tmp_path_factory.mktemp("fit"), FIT)
    assert not problems, [each.message for each in problems]
    return made


def labels(context, name: str, width: str = "wide") -> list[Label]:
    """The words of an axis, from left to right."""
    drawing = draw(context.tables[name], context.wording)[width]
    assert not list(drawing.faults())
    assert len(drawing.marks) == len(context.tables[name].rows)
    return sorted(
        (each for each in drawing.labels() if each.role == "tick" and each.anchor == "middle"),
        key=lambda each: (each.y, each.x),
    )


@pytest.mark.parametrize("name", UNFIT)
def test_what_a_kind_cannot_show_is_refused_by_name(refused: dict[str, str], name: str) -> None:
    """The chart's record is named with its place, the kind, why, and a kind or a change that would do."""
    assert "seeds/charts/plotted.yaml:" in refused[name]
    assert re.search(r"'(columns|dots|ranges|steps|only)'|\('only'\)", refused[name])


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_columns_over_categories_are_named_by_what_differs(context, width: str) -> None:
    """Four states of one year are four names in full, and not four times the year."""
    assert [each.text for each in labels(context, "states", width)] == [
        each["region"] for each in FEW
    ]


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize(("name", "whole"), [("many-fiscal-years", "Apr [0-9]{4} to Mar [0-9]{4}"), ("fiscal-years", "Apr 20.. to Mar 20.."),
                                             ("decades", "the 19[89]0s|2000 to 2009")])  # fmt: skip
def test_what_is_no_year_is_never_called_by_its_first_year(
    context, name: str, whole: str, width: str
) -> None:
    """Where not all names fit below the columns, those that do are whole."""
    found = labels(context, name, width)
    assert found
    assert all(re.fullmatch(whole, each.text) for each in found)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_many_months_have_their_years_at_even_distances(context, width: str) -> None:
    """Of 240 months each so many years are named, each at its January."""
    found = labels(context, "months", width)
    years = [int(each.text) for each in found]
    assert len(years) >= 3
    assert len({b - a for a, b in itertools.pairwise(years)}) == 1
    gaps = [b.x - a.x for a, b in itertools.pairwise(found)]
    assert max(gaps) - min(gaps) < 12


@pytest.mark.parametrize(("name", "said"), [
    ("half-a-year", ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "2025"]), ("days", ["1 Apr", "2 Apr", "3 Apr", "4 Apr", "5 Apr", "6 Apr", "2025"]),
    ("decades", ["the 1980s", "the 1990s", "2000 to 2009"]),
    ("fiscal-years", ["Apr 2021 to Mar 2022", "Apr 2022 to Mar 2023", "Apr 2023 to Mar 2024"]),
    ("semesters", ["first half", "second half", "first half", "second half", "2023", "2024"]),
    ("semesters-of-months", ["Jan to Jun", "Jul to Dec", "Jan to Jun", "2023", "2024"]),
    ("some-quarters", ["Q2", "Q3", "Q2", "2022", "2023", "2024"]),
    ("whole-weeks", ["23 Dec to 29 Dec", "30 December 2024 to 5 January 2025", "2024"]),
    ("summers", ["summer", "summer", "summer", "2022", "2023", "2024"]),
    ("northern-seasons", ["spring", "summer", "autumn", "2014"]),
    ("quarters", ["Q1", "Q2", "Q3", "Q4", "2025"]), ("weeks", ["1 Apr", "8 Apr", "15 Apr", "29 Apr", "2025"]),
])  # fmt: skip
def test_parts_of_a_year_are_named(context, name: str, said: list[str]) -> None:
    """Months, days and quarters by name, the year once below them."""
    assert [each.text for each in labels(context, name)] == said


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize(
    ("name", "steps"), [("gap", [1, 29]), ("gap-with-rival", [1, 10]), ("weeks", [7, 7, 14])]
)
def test_columns_keep_their_distance_in_time(
    context, name: str, steps: list[int], width: str
) -> None:
    """The distances of columns are those of their periods, also where a rival claim stands in between."""
    drawing = draw(context.tables[name], context.wording)[width]
    places = sorted(
        {
            min(each.x for each in mark.shapes if isinstance(each, Box))
            for mark in drawing.marks
            if mark.row.claim.show == "main"
        }
    )
    found = [b - a for a, b in itertools.pairwise(places)]
    assert [round(each / found[0] * steps[0]) for each in found] == pytest.approx(
        steps, abs=1 + 0.2 * max(steps)
    )
    assert found[-1] == max(found)


def test_rivals_of_one_period_stand_side_by_side(context) -> None:
    """Two claims of one year are two columns that do not meet, and the rival says whose it is."""
    drawing = draw(context.tables["gap-with-rival"], context.wording)["wide"]
    boxes = sorted(
        (each.x, each.x + each.width)
        for mark in drawing.marks
        for each in mark.shapes
        if isinstance(each, Box)
    )
    assert all(one[1] <= other[0] + 0.01 for one, other in itertools.pairwise(boxes))
    assert {"The club", "11 ≠"} <= {each.text for each in drawing.labels()}


def test_the_table_names_what_the_chart_shows(context) -> None:
    """Region, basis and counting rule stand in every form of the table where rows differ in them, and nowhere else."""

    def columns(name: str) -> list[str]:
        return next(csv.reader(io.StringIO(csv_text(context.tables[name]))))

    states: Table = context.tables["states"]
    rows = list(csv.DictReader(io.StringIO(csv_text(states))))
    assert [row["region"] for row in rows] == [each["region"] for each in FEW]
    assert [row["region"] for row in record(states)["rows"]] == [each["region"] for each in FEW]
    assert "basis" not in columns("states")
    assert columns("rules")[-1] == "definition"
    assert not {"region", "basis", "definition"} & set(columns("gap"))
    for name, head in (("states", "Region"), ("rules", "Counting rule")):
        html = Blocks(context, "", Problems(), {}).figure(context.tables[name])
        assert f'<th scope="col">{head}</th>' in html
    assert "<td>Rowan</td>" in Blocks(context, "", Problems(), {}).figure(states)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_course_shows_where_a_value_is_open(context, width: str) -> None:
    """A tip above what is over or at least a figure, below what is under or up to one, and none at a figure alone; Explore the same."""
    table = context.tables["course-with-open-ends"]
    drawing = draw(table, context.wording)[width]
    ways = []
    for mark in drawing.marks:
        dot = next(shape for shape in mark.shapes if isinstance(shape, Dot))
        tips = [
            shape.points[1][1]
            for shape in mark.shapes
            if isinstance(shape, Path) and shape.role == "arrow"
        ]
        ways.append(["up" if y < dot.y else "down" for y in tips])
    assert ways == [[], ["up"], ["up"], ["down"], ["down"]]
    traces = KINDS["steps"].figure(table, context.wording)["data"]
    assert [symbol for trace in traces for symbol in trace["marker"].get("symbol", [])] == [
        "circle",
        "triangle-up",
        "triangle-up",
        "triangle-down",
        "triangle-down",
    ]
