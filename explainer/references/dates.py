"""EDTF dates as CSL-JSON has them, and back as BibLaTeX reads them.

CSL counts years without a year 0: -44 is 44 BC, which EDTF and ISO 8601 write as -0043.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

CslDate = dict[str, Any]
"""``date-parts`` (one date, or the first and the last), and where they are known ``season`` and ``circa``."""

_YEAR: Final = r"(?P<year>Y-?\d+(?:E\d+)?|-?[\dX]{4})(?:S\d+)?"
_DATE: Final = re.compile(_YEAR + r"(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?)?")
_DOUBT: Final = re.compile("[~?%]")
OPEN: Final = [0]
"""What processors of CSL take for an end that is open."""
_SEASONS: Final = range(21, 33)
"""Spring to winter: of no hemisphere, of the northern, of the southern. Above them are quarters and the like."""


@dataclass(frozen=True)
class _Parts:
    """The first and the last reading of one date: year, month and day, as many as are known."""

    first: list[int]
    last: list[int]
    season: int | None = None


def csl_date(edtf: str) -> CslDate | None:
    """An EDTF date as a CSL date variable; ``None`` where it tells no year.

    A year that is known in part (199X) becomes the first and the last year that it may be, and is marked as uncertain.
    Of a date whose month or day is left open, what stands before that is kept.
    """
    bare = _DOUBT.sub("", edtf)
    # brackets hold a choice: one of these dates, and nobody knows which; 1950S2 is about 1950
    circa = bare != edtf or edtf.startswith("[") or "S" in edtf
    separator = r"\.\.|," if edtf.startswith(("[", "{")) else "/"
    written = [each.strip() for each in re.split(separator, bare.strip("[]{}"))]
    dates = [_parts(each) for each in (written[0], written[-1])]
    begin, end = dates
    if begin is None and end is None:
        return None
    if begin is None or end is None:
        known = begin or end
        assert known is not None
        # since then: an open range; until then: the last date that it may be
        found: CslDate = {"date-parts": [known.first, OPEN] if begin else [known.last]}
        circa = circa or begin is None
    else:
        found = {"date-parts": [begin.first] if begin.first == end.last else [begin.first, end.last]}
        circa = circa or any(each.first[0] != each.last[0] for each in dates if each)
        if begin.season and begin == end:
            found["season"] = begin.season
    return {**found, "circa": True} if circa else found


def _parts(text: str) -> _Parts | None:
    match = _DATE.fullmatch(text)
    if match is None or match["year"].strip("-") == "XXXX":
        return None
    first, last = sorted(_year(match["year"].replace("X", digit)) for digit in "09")
    if first != last:
        return _Parts([first], [last])
    month, day = match["month"] or "", match["day"] or ""
    if not month.isdigit():
        return _Parts([first], [last])
    if int(month) > 12:
        season = (int(month) - 21) % 4 + 1 if int(month) in _SEASONS else None
        return _Parts([first], [last], season)
    parts = [first, int(month), *([int(day)] if day.isdigit() else [])]
    return _Parts(parts, parts)


def _year(text: str) -> int:
    """A year as CSL counts it."""
    digits, _, zeros = text.removeprefix("Y").partition("E")
    year = int(f"{digits}{'0' * int(zeros or 0)}")
    return year if year > 0 else year - 1


def edtf_year(year: int) -> str:
    """A year of CSL as ISO 8601 writes it, with at least four digits."""
    year = year if year > 0 else year + 1
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def said_year(year: int) -> str:
    """A year of CSL as styles print it: styles of BibTeX and programs for RIS know no year before the first."""
    return f"{-year} BC" if year < 0 else edtf_year(year)


def edtf_date(date: CslDate) -> str:
    """A CSL date as EDTF, which BibLaTeX reads. Empty where it has no year."""
    parts: list[list[int]] = [end for end in date.get("date-parts", []) if end]
    mark = "~" if date.get("circa") else ""
    season = [20 + date["season"]] if date.get("season") else []
    return "/".join(".." if end == OPEN else _joined([*end, *season]) + mark for end in parts)


def _joined(parts: list[int]) -> str:
    year = edtf_year(parts[0])
    year = f"Y{year}" if len(year.strip("-")) > 4 else year
    return "-".join([year, *(f"{part:02}" for part in parts[1:])])
