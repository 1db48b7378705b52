"""A number that counts the list that its own sentence announces: "Two jobs stand out" before a list of two items.

The sentence speaks of the page then, and not of the world. It begins with the number, or with words that lead to a list ("There are",
"We ask"), and the number counts what texts are made of (things, reasons, steps …) or its verb announces ("stand out", "matter"). "It
killed three birds: a crow, a heron and an owl" counts birds, and has to be borne out.
"""

from __future__ import annotations

import re
from functools import cache

from explainer.lint.flat import Flat
from explainer.lint.lists import pattern
from explainer.lint.scan import Finding

_WORDS = {
    2: "two|zwei|два|две|дві|двое|двоє", 3: "three|drei|три|трое|троє", 4: "four|vier|четыре|чотири",
    5: "five|fünf|пять|п’ять", 6: "six|sechs|шесть|шість", 7: "seven|sieben|семь|сім", 8: "eight|acht|восемь|вісім",
    9: "nine|neun|девять|дев’ять", 10: "ten|zehn|десять", 11: "eleven|elf", 12: "twelve|zwölf",
}  # fmt: skip
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}\.)[ \t]+\S")
_SPLIT = re.compile(r",\s*(?:(?:and|or|und|oder|и|или|та|і|й|або)\s)?|;\s*|\s(?:and|or|und|oder|и|или|та|і|й|або)\s")
_FARTHEST = 4_000
"""How far behind the number the list is looked for."""


@cache
def _values() -> dict[str, int]:
    return {word: value for value, words in _WORDS.items() for word in words.split("|")}


def counts_what_follows(text: str, flat: Flat, found: Finding, sentence: tuple[int, int], language: str = "en") -> bool:
    """Whether a typed number says how many items the list has that its sentence announces: behind a colon, or behind its paragraph."""
    typed = flat.text[found.start : found.end].replace("'", "’").casefold()
    count = int(typed) if re.fullmatch(r"[2-9]|1\d", typed, re.ASCII) else _values().get(typed)
    if count is None:
        return False
    told, colon, named = flat.text[found.end : sentence[1]].partition(":")
    if not _announces(flat.text[sentence[0] : found.start], told, language):
        return False
    if colon and named.strip():
        return len(_SPLIT.split(named.strip(" .!?"))) == count
    last = found.end + len(flat.text[found.end : sentence[1]].rstrip()) - 1
    return count == _items(text, flat.offsets[last])


def _announces(before: str, behind: str, language: str) -> bool:
    """Whether a sentence leads to a list, by what stands before the number and behind it."""
    opening, structure, verb = _leading(language)
    if not opening.fullmatch(before[-80:]):
        return False
    return structure.match(behind) is not None or verb.search(behind[:80]) is not None


@cache
def _leading(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What may stand before the number, the nouns that it may count, and the verbs that announce."""
    opening, structure, verb = (pattern(group, language) for group in ("opening", "structure", "announcing"))
    return (
        re.compile(rf"\W*(?:(?:{opening})[\s,]+){{0,3}}", re.IGNORECASE),
        re.compile(rf"\s(?:[\w’'-]+\s){{0,2}}(?:{structure})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:{verb})(?!\w)", re.IGNORECASE),
    )


def _items(text: str, at: int) -> int:
    """How many items the list has that stands behind the end of a paragraph and an empty line; 0 where there is none."""
    rest = text[at + 1 : at + 1 + _FARTHEST]
    behind = re.match(r"[^\w\n]{0,20}\n[ \t]*\n\s*", rest)
    if behind is None:
        return 0
    items, empty = 0, False
    for line in rest[behind.end() :].split("\n"):
        if _ITEM.match(line):
            items += 1
        elif items == 0 or (empty and line.strip() and not line.startswith((" ", "\t"))):
            break
        empty = not line.strip()
    return items
