"""Dates as EDTF writes them, levels 0 to 2, and strings that are nearly such dates."""

from __future__ import annotations

from hypothesis import strategies as st

_four = st.text("0123456789", min_size=4, max_size=4)
_year = st.one_of(
    _four,
    _four,
    _four.map(lambda digits: f"-{digits}"),
    st.builds(
        lambda digits, open_digits: digits[:open_digits] + "X" * (4 - open_digits),
        _four,
        st.integers(0, 3),
    ),
    st.builds(
        lambda digits, open_digits: "-" + digits[:open_digits] + "X" * (4 - open_digits),
        _four,
        st.integers(0, 3),
    ),
    st.text("0123456789X", min_size=4, max_size=4),
    st.sampled_from(
        ["0000", "0001", "9999", "-9998", "1900", "2000", "Y17000", "Y-17E7", "1950S2", "Y3388E2S3"]
    ),
)
_month = st.one_of(
    st.integers(1, 12).map("{:02d}".format),
    st.integers(21, 41).map(str),
    st.sampled_from(["XX", "1X", "0X", "X1", "00", "13"]),
)
_day = st.one_of(
    st.integers(1, 31).map("{:02d}".format),
    st.sampled_from(["XX", "0X", "1X", "2X", "3X", "X5", "00", "32"]),
)
_mark = st.sampled_from(["", "", "", "", "~", "?", "%"])


@st.composite
def singles(draw: st.DrawFn) -> str:
    """A year, a month, a day, a season or a quarter; open in part, and doubtful, as it may be."""
    parts = [draw(_year), *([draw(_month)] if draw(st.booleans()) else [])]
    if len(parts) == 2 and draw(st.booleans()):
        parts.append(draw(_day))
    return "-".join(
        f"{draw(_mark)}{part}{draw(_mark)}" if draw(st.integers(0, 3)) == 0 else part
        for part in parts
    )


_end = st.one_of(singles(), singles(), singles(), st.just(".."), st.just(""))
_run = st.one_of(
    singles(),
    st.builds("{}..{}".format, singles(), singles()),
    singles().map("..{}".format),
    singles().map("{}..".format),
)
_listed = st.lists(_run, min_size=1, max_size=4).map(",".join)
valid = st.one_of(
    singles(),
    singles(),
    st.builds("{}/{}".format, _end, _end),
    _listed.map("[{}]".format),
    _listed.map("{{{}}}".format),
)
"""Mostly dates that EDTF allows: single ones, spells and choices."""


@st.composite
def _harmed(draw: st.DrawFn) -> str:
    """A date with one character put in, taken out or replaced."""
    text = draw(valid)
    at, sign = (
        draw(st.integers(0, len(text))),
        draw(st.sampled_from([*"0123456789X-/[]{},.~?%TZYSE: ", "..", "٢", "–", "\n"])),
    )
    how = draw(st.sampled_from(["in", "out", "instead"]))
    return text[:at] + ("" if how == "out" else sign) + text[at + (how != "in") :]


written = st.one_of(valid, valid, _harmed())
"""Dates, and strings that are nearly dates."""

SAYABLE = {
    "2004-06-XX": ("June 2004", "июнь 2004 года", "червень 2004 року"),
    "2004-XX": ("2004", "2004", "2004"),
    "2004-XX-XX": ("2004", "2004", "2004"),
    "-0043-XX": ("44 BC", "44 до н. э.", "44 до н. е."),
    "156X-12-25": (
        "25 December (year not known: the 1560s)", "25 декабря (год неизвестен: 1560-е годы)", "25 грудня (рік невідомий: 1560-ті роки)",
    ),
    "156X-12": ("December (year not known: the 1560s)", "декабрь (год неизвестен: 1560-е годы)", "грудень (рік невідомий: 1560-ті роки)"),
    "199X": ("the 1990s", "1990-е годы", "1990-ті роки"),
    "190X": ("some time from 1900 to 1909", "1900 — 1909 (точное время неизвестно)", "1900 — 1909 (точний час невідомий)"),
    "19XX": ("some time from 1900 to 1999", "1900 — 1999 (точное время неизвестно)", "1900 — 1999 (точний час невідомий)"),
    "-004X": (
        "some time from 50 BC to 41 BC", "50 до н. э. — 41 до н. э. (точное время неизвестно)",
        "50 до н. е. — 41 до н. е. (точний час невідомий)",
    ),
    "2004-1X": (
        "some time from October to December 2004", "октябрь — декабрь 2004 года (точное время неизвестно)",
        "жовтень — грудень 2004 року (точний час невідомий)",
    ),
    "2004-06-1X": (
        "some time from 10 June to 19 June 2004", "10 июня — 19 июня 2004 года (точное время неизвестно)",
        "10 червня — 19 червня 2004 року (точний час невідомий)",
    ),
    "2025/..": ("since 2025", "2025 — настоящее время", "2025 — дотепер"),
    "2025-07-07/..": ("since 7 July 2025", "7 июля 2025 года — настоящее время", "7 липня 2025 року — дотепер"),
    "2025/": ("from 2025, end not known", "2025 — время окончания неизвестно", "2025 — час завершення невідомий"),
    "/2025": ("until 2025, start not known", "время начала неизвестно — 2025", "час початку невідомий — 2025"),
    "../2025": ("until 2025", "2025 и ранее", "2025 і раніше"),
    "2022-22": ("summer 2022", "лето 2022 года", "літо 2022 року"),
    "2022-24": ("winter 2022", "зима 2022 года", "зима 2022 року"),
    "2022-25": ("spring 2022 (northern hemisphere)", "весна 2022 года (северное полушарие)", "весна 2022 року (північна півкуля)"),
    "2022-31": ("autumn 2022 (southern hemisphere)", "осень 2022 года (южное полушарие)", "осінь 2022 року (південна півкуля)"),
    "2015-35": ("Q3 2015", "III квартал 2015 года", "III квартал 2015 року"),
    "2015-37": ("January to April 2015", "январь — апрель 2015 года", "січень — квітень 2015 року"),
    "2015-40": ("first half of 2015", "первое полугодие 2015 года", "перше півріччя 2015 року"),
    "2015-33/2015-35": ("Q1 2015 to Q3 2015", "I квартал 2015 года — III квартал 2015 года", "I квартал 2015 року — III квартал 2015 року"),
    "2004~": ("about 2004", "примерно 2004", "приблизно 2004"),
    "2004?": ("2004 (uncertain)", "2004 (под вопросом)", "2004 (під питанням)"),
    "2004-06-11%": ("about 11 June 2004 (uncertain)", "примерно 11 июня 2004 года (под вопросом)", "приблизно 11 червня 2004 року (під питанням)"),
    "2004-06~-11": (
        "11 June 2004 (approximate: year, month)", "11 июня 2004 года (приблизительно: год, месяц)",
        "11 червня 2004 року (приблизно: рік, місяць)",
    ),
    "2004-?06-11": ("11 June 2004 (uncertain: month)", "11 июня 2004 года (под вопросом: месяц)", "11 червня 2004 року (під питанням: місяць)"),
    "[1667,1668,1670..1672]": (
        "1667 or 1668 or some time from 1670 to 1672", "1667 или 1668 или 1670 — 1672 (точное время неизвестно)",
        "1667 або 1668 або 1670 — 1672 (точний час невідомий)",
    ),
    "{1667,1668}": ("1667 and 1668", "1667 и 1668", "1667 і 1668"),
    "[..1760-12-03]": ("3 December 1760 or earlier", "3 декабря 1760 года или раньше", "3 грудня 1760 року або раніше"),
    "[1760-12..]": ("December 1760 or later", "декабрь 1760 года или позже", "грудень 1760 року або пізніше"),
    "XXXX-06-07": ("7 June (no year given)", "7 июня (год не указан)", "7 червня (рік не вказано)"),
}  # fmt: skip
"""Dates of every form that can be said, with what is said of each in English, Russian and Ukrainian."""

REFUSED = {
    "XXXX": "neither a year nor a month", "XXXX-XX-05": "a month that is left open", "2004-XX-05": "a month that is left open",
    "1X99": "before one that is known", "2004-X1": "do not follow each other", "2004-06-X1": "do not follow each other",
    "199X-12-1X": "more than one part", "XXXX-1X": "more than one part", "/": "needs a date", "../..": "needs a date", "/..": "needs a date",
    "Y170000002": "9999 BC", "Y17E8": "9999 BC", "-999X": "9999 BC", "1950S2": "digits that are sure", "2004-42": "21 to 41",
    "2022-22-05": "no day", "2004-06-11T10:00:00Z": "time of day", "[]": "year, month and day", "{2004": "year, month and day", "[2004/2005]": "year, month and day",
    "2005..2004": "year, month and day", "[2005..2004]": "before it begins", "156X-02-30": "not a date that exists", "1901-02-29": "exists",
}  # fmt: skip
"""Strings that are refused, with words of the reason."""
