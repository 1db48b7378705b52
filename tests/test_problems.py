"""The collector of problems: everything once, in order, in time that grows with what is collected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.common.problems import Place, Problem, Problems, Refused

places = st.builds(
    Place, st.sampled_from(["a.yaml", "b.yaml", "b.md"]), st.integers(1, 30), st.integers(1, 30)
)
found = st.builds(
    Problem,
    places,
    st.sampled_from(["unit", "order"]),
    st.sampled_from(["x", "y"]),
    st.sampled_from(["", "z"]),
)


@given(st.lists(found, max_size=12))
def test_each_once_and_in_order(problems: list[Problem]) -> None:
    """However often and in whatever order rules report, an editor reads each problem once, by file and line."""
    collector = Problems()
    collector.extend([*problems, *reversed(problems)])
    assert list(collector) == sorted(set(problems))
    assert len(collector) == len(set(problems))


def test_nothing_wrong_stops_nothing() -> None:
    """A collector without problems lets the build go on; one with problems refuses with all of them."""
    collector = Problems()
    collector.stop()
    collector.add(Place("b.yaml", 2), "unit", "x")
    collector.add(Place("b.yaml", 1), "order", "y", "z")
    with pytest.raises(Refused) as refused:
        collector.stop()
    assert [str(problem) for problem in refused.value.problems] == [
        "b.yaml:1:1: order: y\n    hint: z",
        "b.yaml:2:1: unit: x",
    ]


class Counted(Place):
    """A place that counts how often it is compared."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return super().__eq__(other)

    __hash__ = Place.__hash__


def test_many_problems_are_not_compared_with_each_other() -> None:
    """A file with thousands of mistakes costs no more for each than a file with a few."""
    Counted.compared = 0
    collector = Problems()
    for line in range(2000):
        collector.add(Counted("a.yaml", line), "duplicate-key", "x")
    assert Counted.compared < 20_000
