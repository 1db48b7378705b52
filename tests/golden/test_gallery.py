"""Every kind of chart with ordinary and with hard data, compared as normalised SVG with what it was; and held to its numbers."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from pathlib import Path

import gallery
import pytest

from build import gather
from explainer.common.problems import Problems
from explainer.options import Options
from explainer.publish.tables import Table
from explainer.render.charts import KINDS, WIDTHS, draw, svg
from explainer.render.charts.shapes import Box, Dot, Drawing, Label, Line, Mark
from explainer.render.context import Context

GOLDEN = Path(__file__).resolve().parent / "gallery"
DRAWN = gallery.pairs(gallery.shapes())


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """The gallery, gathered: its tables, and the templates that print them."""
    project = gallery.project(tmp_path_factory.mktemp("gallery") / "project")
    problems = Problems()
    made = gather(Options(project=project, output=project / "site"), problems)[1]
    assert not [each for each in problems if each.rule.startswith("chart")]
    return made


def normalised(markup: str) -> str:
    """One element a line, indented as it stands within others."""
    found, depth = [], 0
    for part in re.findall(r"<[^>]+>[^<]*", re.sub(r"\s+", " ", markup)):
        depth -= part.startswith("</")
        found.append("  " * depth + part.strip())
        depth += not part.startswith("</") and not part.split(">")[0].endswith("/")
    return "\n".join(found) + "\n"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("kind", "name"), DRAWN)
def test_a_chart_is_drawn_as_it_was(
    context: Context, kind: str, name: str, width: str, request: pytest.FixtureRequest
) -> None:
    """No line, word or place of a drawing changes unseen; ``pytest tests/golden --write-golden`` takes a change for right."""
    table = context.tables[f"{kind}-{name}"]
    new = normalised(svg(context.templates, table, draw(table, context.wording)[width], "../"))
    path = GOLDEN / kind / f"{name}-{width}.svg"
    if request.config.getoption("--write-golden", default=False):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(new, encoding="utf-8", newline="\n")
    assert path.is_file(), f"{path} is missing"
    assert new == path.read_text(encoding="utf-8")


def test_the_gallery_holds_nothing_else() -> None:
    """Every golden drawing is one that is still drawn."""
    wanted = {f"{kind}/{name}-{width}.svg" for kind, name in DRAWN for width in WIDTHS}
    assert {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.svg")} == wanted


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("kind", "name"), DRAWN)
def test_every_row_has_one_mark_and_no_word_lies_over_another(
    context: Context, kind: str, name: str, width: str
) -> None:
    """Hard data loses no claim, and brings no words over words and nothing out of the picture."""
    table = context.tables[f"{kind}-{name}"]
    drawing = draw(table, context.wording)[width]
    assert sorted(mark.row.claim.path for mark in drawing.marks) == sorted(
        row.claim.path for row in table.rows
    )
    assert not list(drawing.faults())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, name in DRAWN if kind != "timeline"]
)
def test_places_are_in_proportion_to_values(
    context: Context, kind: str, name: str, width: str
) -> None:
    """Every number of every mark stands where the scale of the two outermost numbers puts it, to a pixel."""
    table = context.tables[f"{kind}-{name}"]
    places = dict(
        place for mark in draw(table, context.wording)[width].marks for place in _places(kind, mark)
    )
    low, high = min(places), max(places)
    if low == high:
        return
    each = (places[high] - places[low]) / float(high - low)
    for number, place in places.items():
        assert place == pytest.approx(places[low] + each * float(number - low), abs=1.0), number
    if kind in ("columns", "steps"):
        assert each < 0, "more is higher"
    else:
        assert each > 0, "more is farther right"


def _places(kind: str, mark: Mark) -> list[tuple[Decimal, float]]:
    """The numbers of a mark, and where its shapes put them."""
    amount = mark.row.amount
    if kind == "columns":
        return [(amount.numbers[-1], _far_end(mark))] if amount.b is None else []
    dots = [shape for shape in mark.shapes if isinstance(shape, Dot)]
    spans = [
        shape
        for shape in mark.shapes
        if isinstance(shape, Line) and shape.role.startswith("span") and "open" not in shape.role
    ]
    if kind == "steps":
        return [(amount.numbers[-1], dots[0].y), *((amount.a, span.y2) for span in spans)]
    ends = [(amount.numbers[0], span.x1) for span in spans] + [
        (amount.numbers[-1], span.x2) for span in spans
    ]
    return ends or [(amount.a, dot.x) for dot in dots]


def _far_end(mark: Mark) -> float:
    (box,) = (shape for shape in mark.shapes if isinstance(shape, Box))
    return box.y if mark.row.amount.a >= 0 else box.y + box.height


@pytest.mark.parametrize(("kind", "name"), DRAWN)
def test_the_interactive_drawing_holds_every_row(context: Context, kind: str, name: str) -> None:
    """Plotly's data hold as many points as there are rows, and every amount, or for a timeline every date, among their numbers."""
    table = context.tables[f"{kind}-{name}"]
    figure = KINDS[kind].figure(table, context.wording)
    points = [trace for trace in figure["data"] if trace.get("hoverinfo") != "skip"]
    assert sum(len(trace["y"]) for trace in points) == len(table.rows)
    said = {value for trace in points for key in ("x", "y", "base") for value in trace.get(key, ())}
    for along in ("x", "y"):
        said |= {
            base + far
            for trace in points
            for base, far in zip(trace.get("base", ()), trace[along], strict=False)
        }
    assert _wanted(table) <= said


def _wanted(table: Table) -> set[object]:
    if table.kind == "timeline":
        return {
            row.start.isoformat()
            for row in table.rows
            if row.start and (row.is_spell or row.start == row.end)
        }
    if table.kind == "columns":  # which end at the number that is farther from zero
        return {float(max(row.amount.numbers, key=abs)) for row in table.rows}
    return {float(row.amount.numbers[-1 if table.kind == "steps" else 0]) for row in table.rows}


def test_an_open_end_is_drawn_open(context: Context) -> None:
    """Only a value that is open at an end has a tip, and it points the way."""
    for kind in ("ranges", "dots", "columns"):
        for mark in draw(context.tables[f"{kind}-open-ended"], context.wording)["wide"].marks:
            up, down = (
                mark.row.amount.form in ("over", "at least"),
                mark.row.amount.form in ("under", "up to", "almost"),
            )
            tips = [shape for shape in mark.shapes if shape.tag == "path"]
            assert bool(tips) == (up or (down and kind != "columns")), (kind, str(mark.row.amount))


def test_a_year_without_a_figure_leaves_its_gap(context: Context) -> None:
    """Columns stand by their years: 2008, 2009, 2015 and 2023 are 1, 6 and 8 bands apart."""
    marks = draw(context.tables["columns-missing"], context.wording)["wide"].marks
    lefts = [mark.shapes[0].x for mark in marks if isinstance(mark.shapes[0], Box)]
    bands = [(b - a) / (lefts[1] - lefts[0]) for a, b in itertools.pairwise(lefts)]
    assert bands == pytest.approx([1, 6, 8])


def test_ranges_that_touch_can_be_told_apart(context: Context) -> None:
    """Where one range begins at the other's end, a gap of a pixel is left between them, and no more."""
    drawing = draw(context.tables["dots-touching"], context.wording)["wide"]
    spans = sorted(
        (shape.x1, shape.x2)
        for mark in drawing.marks
        for shape in mark.shapes
        if isinstance(shape, Line) and shape.role == "span"
    )
    assert [b[0] - a[1] for a, b in itertools.pairwise(spans)] == pytest.approx([1.0, 1.0])


def test_faults_are_found() -> None:
    """The check that holds all drawings finds words over words, words outside, and shapes outside."""
    back = (
        Label("tick", 10, 20, "one"),
        Label("tick", 12, 22, "two"),
        Label("tick", 95, 20, "far out"),
        Dot("point", 99, 50, 5),
    )
    found = list(Drawing(100, 100, back, ()).faults())
    assert [fault.split(" ")[-1] for fault in found] == ["drawing", "drawing", "“two”"]
    assert "lies over" in found[-1]
