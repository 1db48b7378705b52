"""Amounts and dates as people write them: what a record's message suggests in their place is what was meant, and can be read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from explainer.common.problems import Place, Problems
from explainer.model.dates import Edtf
from explainer.model.habits import amount_hint, dates_meant
from explainer.model.quantities import Quantity
from explainer.model.records import PLACES, PageHead, Record
from explainer.read.ledger import KINDS
from explainer.read.records import record_of

AMOUNTS = {
    "4,120": "4120", "1,234,567": "1234567", "1.234.567": "1234567", "1 234 567": "1234567", "1’234": "1234", "1_000": "1000",
    "88,5": "88.5", "1.234,5": "1234.5", "88%": "88", "88 percent": "88", "$120": "120", "120 €": "120", "310-340": "310..340",
    "310–340": "310..340", "310 to 340": "310..340", "between 310 and 340": "310..340", "310 bis 340": "310..340", "от 5 до 7": "5..7",
    "~3900": "about 3900", "c. 3,900": "about 3900", "circa 3900": "about 3900", "около 3900": "about 3900", "> 500": "over 500",
    "more than 500": "over 500", "≥ 500": "at least 500", "< 20": "under 20", "less than 20": "under 20", "at most 60": "up to 60",
    "nearly 440,000": "almost 440000", "4.1 thousand": "4100", "1.2 million": "1200000", "1,5 Mrd.": "1500000000", "3 bn people": "3000000000",
    "about 1.2m": "about 1200000", "−5": "-5",
}  # fmt: skip
DATES = {
    "14.05.2023": ["2023-05-14"], "14/05/2023": ["2023-05-14"], "05/14/2023": ["2023-05-14"], "10/02/2024": ["2024-02-10", "2024-10-02"],
    "2023/5/4": ["2023-05-04"], "2023-5-4": ["2023-05-04"], "20230504": ["2023-05-04"], "14 May 2023": ["2023-05-14"],
    "May 14, 2023": ["2023-05-14"], "14th May 2023": ["2023-05-14"], "14. Mai 2023": ["2023-05-14"], "14 mai 2023": ["2023-05-14"],
    "14 мая 2023": ["2023-05-14"], "14 травня 2023": ["2023-05-14"], "14 de mayo de 2023": ["2023-05-14"], "May 2023": ["2023-05"],
    "02/2024": ["2024-02"], "2019-2023": ["2019/2023"], "2019–2023": ["2019/2023"], "1990s": ["199X"], "c. 1850": ["1850~"],
    "since 2020": ["2020/.."], "Q3 2015": ["2015-35"], "summer 2022": ["2022-22"], "‘2024-02-10’": ["2024-02-10"],
}  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), AMOUNTS.items())
def test_an_amount_is_suggested_as_it_is_written_here(written: str, meant: str) -> None:
    """The first form that is suggested is the one meant, and is read."""
    hint = amount_hint(written)
    assert hint.removeprefix("write ").split(";")[0].split(", or ")[0] == meant, hint
    Quantity.parse(meant)


@pytest.mark.parametrize(
    "written", ["", "many", "a lot", "3,5,7", "12-10", "1,2 or 3", "n/a", "5 x 7", "9" * 100]
)
def test_nothing_is_suggested_where_it_is_not_plain_what_was_meant(written: str) -> None:
    """A wrong suggestion costs more than none."""
    assert amount_hint(written) == ""


@pytest.mark.parametrize(("written", "meant"), list(DATES.items()))
def test_a_date_is_suggested_as_it_is_written_here(written: str, meant: list[str]) -> None:
    """Each date that is suggested is one that may be meant, and is read; both where day and month may be exchanged."""
    assert dates_meant(written) == meant
    for each in meant:
        Edtf.parse(each)


@pytest.mark.parametrize(
    "written",
    ["", "soon", "last year", "31/31/2023", "1/2/24", "12 Foo 2023", "yesterday", "x" * 100],
)
def test_no_date_is_suggested_where_none_is_plain(written: str) -> None:
    """What may be any day brings no suggestion."""
    assert dates_meant(written) == []


SHAPES: tuple[Any, ...] = (
    [], {PLACES: {'': Place('a.yaml')}}, "", " ", "x" * 30_000, "-1", "%", "‘’", [[["x"]]], [{PLACES: {'': Place('a.yaml')}, "x": "y"}], {PLACES: {'': Place('a.yaml')}, "x": ["y"]}, ["x"] * 500, "9" * 50,
    None, "no", "\u2028", "https://", "2024-13-45", "about", "{{ fact() }}",
)  # fmt: skip
_OF_PROGRAMS = re.compile(
    r"Input should|pydantic|valid (?:string|dictionary|list|integer)|after validation|\bdict\b|\btuple\b"
)


@pytest.mark.parametrize("kind", [*KINDS.values(), PageHead], ids=lambda kind: kind.__name__)
def test_no_value_of_a_wrong_shape_brings_a_programs_words(kind: type[Record]) -> None:
    """Whatever stands behind whichever key, what is said of it is said in words for editors, with what to do."""
    told = 0
    for name in kind.model_fields.keys() - {"places"}:
        for shape in SHAPES:
            problems = Problems()
            record_of(kind, "a.yaml", {PLACES: {"": Place("a.yaml")}, name: shape}, problems)
            for each in problems:
                told += 1
                assert each.hint, each
                assert not _OF_PROGRAMS.search(f"{each.message} {each.hint}"), each
    assert told > len(kind.model_fields)
