"""What is wrong with a file that is no YAML, in words for people who know nothing of parsers, and at the line where it was done.

A parser notices a mistake where it can read no further: a quotation mark that nothing closes is noticed lines below. So the lines above
are looked through for the mistakes that people make.
"""

from __future__ import annotations

import re
from typing import Final

from explainer.problems import Place

Fault = tuple[Place, str, str]
"""Where to mend it, what is wrong, and what to do."""
_ENTRY = re.compile(r"(?P<head>[ \t]*(?:-[ ]+)*(?P<key>[A-Za-z][\w-]*):[ ]+)(?P<value>\S.*)")
"""A line with a key and a value."""
_REMARK = re.compile(r"\s+#.*$")
_GLUED_COLON = re.compile(r"(?P<head>[ ]*(?:-[ ]+)?)(?P<key>[a-z][a-z_]*):(?P<value>[^\s:/].*)")
_GLUED_DASH = re.compile(r"[ ]*-(?P<key>[a-z][a-z_]*:)(?:[ ]|$)")
_SIGNS: Final = "%@`*&!|>?"
"""Signs that mean something else to YAML at the beginning of a value."""
_REACH: Final = 200
"""How many lines above the place where the parser stopped are looked through."""
_LONGEST: Final = 1000
"""How many letters of a line are looked at."""
_PLAIN: Final = {
    "mapping values are not allowed": "a second colon stands in this value",
    "did not find expected key": "no key stands where one belongs",
    "could not find expected ':'": "a key without a colon stands here or in the line above",
    "did not find expected '-' indicator": "this line belongs to nothing above it: its indentation fits no other line's",
    "block sequence entries are not allowed": "a dash stands where no list can begin",
    "cannot start any token": "a value cannot begin with this sign",
    "alphabetic or numeric": "a value cannot begin with * or &",
    "',' or ']'": "the list that '[' opens is not closed by ']'",
    "',' or '}'": "what '{' opens is not closed by '}'",
    "unexpected end of stream": "the quotation mark that opens a value is not closed",
    "unexpected document": "three dashes or dots end the file inside a value",
    "escape character": "a backslash between double quotation marks means something else",
    "tab character": "a tab stands in the indentation",
}
"""What the parser's words mean, by a piece of them."""
_LOOK: Final = "look at the indentation, quotes and colons near here"


def fault_of(text: str, place: Place, problem: str) -> Fault:
    """What is wrong with a text in which the parser stopped at a place for a ``problem``, as it calls it."""
    at = place.line - 1
    lines = [line[:_LONGEST] for line in text.split("\n", place.line)[: place.line]]
    found = (
        _tab(lines[at], place, problem)
        or _glued(lines, at, place.path)
        or _quotation(lines, at, place.path)
        or _sign(lines[at], place)
        or _colon(lines[at], place)
        or _bracket(lines, at, place.path)
        or _indented(lines, at, place)
    )
    if found:
        return found
    said = next((plain for piece, plain in _PLAIN.items() if piece in problem), f"it breaks off here ({problem})")
    hint = r"write '…' around it in place of the double marks, or \\ for each backslash" if "escape" in problem else _LOOK
    return place, said, hint


def _tab(line: str, place: Place, problem: str) -> Fault | None:
    if "tab character" not in problem and not ("cannot start any token" in problem and "\t" in line):
        return None
    return place, _PLAIN["tab character"], "indent with spaces; YAML takes no tabs"


def _glued(lines: list[str], at: int, path: str) -> Fault | None:
    """A key or a dash with no space behind it, in the line where the parser stopped or in the one above."""
    for number in (at, at - 1):
        line = lines[number] if number >= 0 else ""
        if match := _GLUED_DASH.match(line):
            place = Place(path, number + 1, match.start("key"))
            return place, "no space stands behind the dash", f"write '- {match['key']}'"
        if match := _GLUED_COLON.fullmatch(_REMARK.sub("", line)):
            place = Place(path, number + 1, match.end("key") + 1)
            return place, f"no space stands behind '{match['key']}:'", f"write '{match['key']}: {match['value']:.60}'"
    return None


def _quotation(lines: list[str], at: int, path: str) -> Fault | None:
    """A quotation mark that is not closed, or one that closes too early: the apostrophe of a word."""
    for number in range(at, max(-1, at - _REACH), -1):
        match = _ENTRY.fullmatch(_REMARK.sub("", lines[number]).rstrip())
        mark = match["value"][0] if match else ""
        if match is None or mark not in ("'", '"'):
            continue
        place = Place(path, number + 1, len(match["head"]) + 1)
        inner = match["value"][1:].replace("''", "") if mark == "'" else re.sub(r"\\.", "", match["value"][1:])
        if mark not in inner:
            return (
                place,
                f"the quotation mark {mark} that opens here is not closed",
                f"write {mark} behind the value too",
            )
        if number == at and inner.index(mark) < len(inner) - 1 and inner.endswith(mark):
            what = "an apostrophe closes the value that ' opens" if mark == "'" else "a quotation mark inside the value closes it"
            words = match["value"][1:-1].replace("''", "'")
            hint = (
                f'put double quotation marks around it: {match["key"]}: "{words:.80}"' if '"' not in words else f"write {mark} twice inside"
            )
            return place, what, hint if mark == "'" else f"put '…' around it: {match['key']}: '{words:.80}'"
    return None


def _sign(line: str, place: Place) -> Fault | None:
    """A value that begins with a sign of YAML's own."""
    match = _ENTRY.fullmatch(_REMARK.sub("", line).rstrip())
    if match is None or match["value"][0] not in _SIGNS or re.fullmatch(r"[|>][+-]?\d?", match["value"]):
        return None
    words = match["value"].replace("'", "''")
    hint = f"put the value in quotes: {match['key']}: '{words:.80}'"
    return Place(place.path, place.line, len(match["head"]) + 1), f"a value cannot begin with '{match['value'][0]}'", hint


def _colon(line: str, place: Place) -> Fault | None:
    """A value with a colon and a space in it."""
    match = _ENTRY.fullmatch(_REMARK.sub("", line).rstrip())
    if match is None or match["value"][0] in "'\"{[|>#" or not re.search(r":(?:\s|$)", match["value"]):
        return None
    words = match["value"].replace("'", "''")
    hint = f"a colon and a space begin a value; put these words in quotes: {match['key']}: '{words:.80}'"
    return place, "a second colon stands in this value", hint


def _bracket(lines: list[str], at: int, path: str) -> Fault | None:
    """A bracket that nothing closes, in the line where the parser stopped or in the one above."""
    for number in (at, at - 1):
        match = _ENTRY.fullmatch(_REMARK.sub("", lines[number]).rstrip()) if number >= 0 else None
        value = match["value"] if match else ""
        for opening, closing in ("[]", "{}"):
            if match and value[0] == opening and closing not in value:
                place = Place(path, number + 1, len(match["head"]) + 1)
                return place, f"'{opening}' opens a list and no '{closing}' closes it", f"write '{closing}' at its end"
    return None


def _indented(lines: list[str], at: int, place: Place) -> Fault | None:
    """A key whose column differs from that of the keys around it."""
    if not re.match(r"[ ]*(?:-[ ]+)?[a-z][a-z_]*:", lines[at]):
        return None
    column = len(lines[at]) - len(lines[at].lstrip(" -"))
    above = next((line for line in reversed(lines[:at]) if line.strip() and not line.lstrip().startswith("#")), "")
    wanted = len(above) - len(above.lstrip(" -"))
    if column == wanted or not re.match(r"[ ]*(?:-[ ]+)?[a-z][a-z_]*:[ ]+\S", above):
        return None
    said = f"this line begins with {column} spaces, and the line above it, of which it seems to be a neighbour, with {wanted}"
    return place, said, f"begin the lines of one record in one column: with {wanted} spaces"
