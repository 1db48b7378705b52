"""Whether what stands beside a unit makes it another one: "85 m²", "85 square metres", "12 kW·h", "90 degrees Fahrenheit", "320人泊"."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from explainer.values.vocabulary import is_spaced

_FILE: Final = Path(__file__).resolve().parents[1] / "values" / "unit_modifiers.tsv"
_LONGER: Final = _FILE.with_name("longer_units.tsv")
_POWER_SIGN: Final = re.compile(r"\s?(?:[²³]|\^\s?[23](?!\d)|\*\*[23](?!\d))")
_SQUARED_NAME: Final = re.compile(r"[²³]|\^[23]|[a-zм][23]$")
_PRODUCT: Final = re.compile(r"[·⋅∙]\s?[^\W\d_]")
_FAHRENHEIT: Final = re.compile(r"\s?(?:°\s?)?(?:f(?![^\W\d_])|fahrenheit|фаренгейт|по фаренгейту|за фаренгейтом|华氏|華氏|화씨)")
_CELSIUS: Final = re.compile(r"\s?(?:°\s?)?(?:c(?![^\W\d_])|celsi|цельси|по цельсию|за цельсієм|摄氏|攝氏|섭씨)")
_BEFORE: Final = 24


def is_of_another_unit(text: str, start: int, end: int, names: frozenset[str]) -> bool:
    """Whether a noun of folded text is a part of the name of another unit than those that ``names`` holds."""
    noun = text[start:end]
    return (
        _is_a_power(text, start, end, noun, names)
        or (_matches("power", noun) and _is_times_hours(text, end, names))
        or _is_of_the_other_scale(text, end, noun, names)
        or _is_a_part(text, start, end, noun, names)
    )


def _is_a_power(text: str, start: int, end: int, noun: str, names: frozenset[str]) -> bool:
    """Whether a length is squared or cubed, or one of another kind, as a nautical mile is."""
    if not _is_length(noun) or any(_says_power(name) for name in names):
        return False
    if _POWER_SIGN.match(text, end) or _words("after").match(text, end):
        return True
    return _words("before").search(text[max(0, start - _BEFORE) : start]) is not None


def _is_length(noun: str) -> bool:
    return noun in _read()["signs"] or any(part in noun for part in _read()["length"])


@cache
def _says_power(name: str) -> bool:
    """Whether a noun that an author names says itself that it is squared, cubed or nautical."""
    said = re.compile("|".join(map(_word, (*_read()["before"], *_read()["after"]))))
    return bool(_SQUARED_NAME.search(name) or said.search(name))


def _is_times_hours(text: str, end: int, names: frozenset[str]) -> bool:
    """Whether a unit of power is one of energy: kW·h, kilowatt-hours."""
    if any(_words("hours").search(name) for name in names):
        return False
    return bool(_PRODUCT.match(text, end) or _words("hours").match(text, end))


def _is_of_the_other_scale(text: str, end: int, noun: str, names: frozenset[str]) -> bool:
    """Whether degrees are told by a scale that the names do not speak of, though they speak of the other."""
    if "°" not in noun and not noun.startswith(("deg", "grad", "град", "stop", "度", "도")):
        return False
    named = [each for each in (_FAHRENHEIT, _CELSIUS) if any(each.search(name) for name in names)]
    told = [each for each in (_FAHRENHEIT, _CELSIUS) if each.match(text, end)]
    return bool(named and told) and not any(each in named for each in told)


def _is_a_part(text: str, start: int, end: int, noun: str, names: frozenset[str]) -> bool:
    """Whether a counter of a script without spaces is a part of a longer unit: 人 of 人泊, 元 of 美元."""
    before, behind = _longer().get(noun, (None, None))
    begun = before.search(text[max(0, start - _BEFORE) : start]) if before else None
    more = behind.match(text, end) if behind else None
    wholes = ([begun.group() + noun] if begun else []) + ([noun + more.group()] if more else [])
    return any(not any(whole in name for name in names) for whole in wholes)


@cache
def _longer() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    """What right before a counter, and what right behind it, makes it another unit, by the counter."""
    lines = (line.split("\t") for line in _LONGER.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    found: dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]] = {}
    for counter, words in lines:
        before = "|".join(word[1:] for word in words.split(" ") if word.startswith("<"))
        behind = "|".join(word for word in words.split(" ") if not word.startswith("<"))
        found[counter] = (re.compile(f"(?:{before})$") if before else None, re.compile(behind) if behind else None)
    return found


@cache
def _words(key: str) -> re.Pattern[str]:
    """What finds the words under a key: ``before`` at the end of the words before a unit, the others right behind one."""
    made = "|".join(_word(word) for word in sorted(_read()[key], key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:{made})[\s\-]*$" if key == "before" else rf"[\s\-‐‑]*(?:{made})")


def _word(word: str) -> str:
    stem, spaced = re.escape(word.rstrip("*")), is_spaced(word[0])
    begin = r"(?<!\w)" if spaced else ""
    return begin + stem + (r"\w{0,8}" if word.endswith("*") else "") + (r"(?!\w)" if spaced else "")


def _matches(key: str, noun: str) -> bool:
    return any(noun == word or (word.endswith("*") and noun.startswith(word[:-1])) for word in _read()[key])


@cache
def _read() -> dict[str, tuple[str, ...]]:
    lines = (line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {key: tuple(words.replace("_", " ").split(" ")) for key, words in lines}
