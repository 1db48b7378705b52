"""Parses YAML 1.2 into a tree of plain text with places, and explains what is wrong if it cannot.

No value is resolved and no object is built, so a file cannot expand in memory. The events of the C
parser become mappings, lists and strings. Aliases, anchors, tags, directives, several documents,
duplicate keys and deep nesting are problems. The field that a scalar is for gives it its meaning
later.

The seeds and ``mkdocs.yml`` have the same parser. In ``mkdocs.yml``, any text can be a key, such
as a page's title, and each value has its own place.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from explainer.common.characters import stray
from explainer.common.problems import Place, Problems
from explainer.model.records import PLACES

# Syntax errors in plain words
#
# A parser notices a mistake where it can read no further: an unclosed quotation mark is noticed
# lines below. So the lines above are searched for mistakes that people often make.

Fault = tuple[Place, str, str]
"""The place to correct, what is wrong, and what to do."""
_ENTRY = re.compile(r"(?P<head>[ \t]*(?:-[ ]+)*(?P<key>[A-Za-z][\w-]*):[ ]+)(?P<value>\S.*)")
"""A line with a key and a value."""
_REMARK = re.compile(r"\s+#.*$")
_GLUED_COLON = re.compile(r"(?P<head>[ ]*(?:-[ ]+)?)(?P<key>[a-z][a-z_]*):(?P<value>[^\s:/].*)")
_GLUED_DASH = re.compile(r"[ ]*-(?P<key>[a-z][a-z_]*:)(?:[ ]|$)")
_SIGNS: Final = "%@`*&!|>?"
"""Characters that have another meaning in YAML at the beginning of a value."""
_REACH: Final = 200
"""How many lines above the parser's place are searched."""
_LONGEST: Final = 1000
"""How many characters of a line are searched."""
_PLAIN: Final = {
    "mapping values are not allowed": "a second colon stands in this value",
    "did not find expected key": "no key stands where one belongs",
    "could not find expected ':'": "a key without a colon stands here or in the line above",
    "did not find expected '-' indicator": (
        "this line belongs to nothing above it: its indentation fits no other line's"
    ),
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
"""The parser's messages in plain words, by a part of each message."""
_LOOK: Final = "look at the indentation, quotes and colons near here"


def fault_of(text: str, place: Place, problem: str) -> Fault:
    """Return what is wrong with a text that the parser could not read beyond ``place``.

    ``problem`` is the parser's message.
    """
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
    said = next(
        (plain for piece, plain in _PLAIN.items() if piece in problem),
        f"it breaks off here ({problem})",
    )
    hint = (
        r"write '…' around it in place of the double marks, or \\ for each backslash"
        if "escape" in problem
        else _LOOK
    )
    return place, said, hint


def _tab(line: str, place: Place, problem: str) -> Fault | None:
    if "tab character" not in problem and not (
        "cannot start any token" in problem and "\t" in line
    ):
        return None
    return place, _PLAIN["tab character"], "indent with spaces; YAML takes no tabs"


def _glued(lines: list[str], at: int, path: str) -> Fault | None:
    """Find a key or a dash without a space after it, in the parser's line or the one above."""
    for number in (at, at - 1):
        line = lines[number] if number >= 0 else ""
        if match := _GLUED_DASH.match(line):
            place = Place(path, number + 1, match.start("key"))
            return place, "no space stands behind the dash", f"write '- {match['key']}'"
        if match := _GLUED_COLON.fullmatch(_REMARK.sub("", line)):
            place = Place(path, number + 1, match.end("key") + 1)
            return (
                place,
                f"no space stands behind '{match['key']}:'",
                f"write '{match['key']}: {match['value']:.60}'",
            )
    return None


def _quotation(lines: list[str], at: int, path: str) -> Fault | None:
    """Find a quotation mark that is not closed, or is closed too early, as by an apostrophe."""
    for number in range(at, max(-1, at - _REACH), -1):
        match = _ENTRY.fullmatch(_REMARK.sub("", lines[number]).rstrip())
        mark = match["value"][0] if match else ""
        if match is None or mark not in ("'", '"'):
            continue
        place = Place(path, number + 1, len(match["head"]) + 1)
        inner = (
            match["value"][1:].replace("''", "")
            if mark == "'"
            else re.sub(r"\\.", "", match["value"][1:])
        )
        if mark not in inner:
            return (
                place,
                f"the quotation mark {mark} that opens here is not closed",
                f"write {mark} behind the value too",
            )
        if number == at and inner.index(mark) < len(inner) - 1 and inner.endswith(mark):
            what = (
                "an apostrophe closes the value that ' opens"
                if mark == "'"
                else "a quotation mark inside the value closes it"
            )
            words = match["value"][1:-1].replace("''", "'")
            hint = (
                f'put double quotation marks around it: {match["key"]}: "{words:.80}"'
                if '"' not in words
                else f"write {mark} twice inside"
            )
            return (
                place,
                what,
                hint if mark == "'" else f"put '…' around it: {match['key']}: '{words:.80}'",
            )
    return None


def _sign(line: str, place: Place) -> Fault | None:
    """Find a value that begins with a character that has a meaning in YAML."""
    match = _ENTRY.fullmatch(_REMARK.sub("", line).rstrip())
    if (
        match is None
        or match["value"][0] not in _SIGNS
        or re.fullmatch(r"[|>][+-]?\d?", match["value"])
    ):
        return None
    words = match["value"].replace("'", "''")
    hint = f"put the value in quotes: {match['key']}: '{words:.80}'"
    return (
        Place(place.path, place.line, len(match["head"]) + 1),
        f"a value cannot begin with '{match['value'][0]}'",
        hint,
    )


def _colon(line: str, place: Place) -> Fault | None:
    """Find a value that contains a colon and a space."""
    match = _ENTRY.fullmatch(_REMARK.sub("", line).rstrip())
    if (
        match is None
        or match["value"][0] in "'\"{[|>#"
        or not re.search(r":(?:\s|$)", match["value"])
    ):
        return None
    words = match["value"].replace("'", "''")
    hint = (
        f"a colon and a space begin a value; put these words in quotes: {match['key']}:"
        f" '{words:.80}'"
    )
    return place, "a second colon stands in this value", hint


def _bracket(lines: list[str], at: int, path: str) -> Fault | None:
    """Find a bracket that is not closed, in the parser's line or the one above."""
    for number in (at, at - 1):
        match = _ENTRY.fullmatch(_REMARK.sub("", lines[number]).rstrip()) if number >= 0 else None
        value = match["value"] if match else ""
        for opening, closing in ("[]", "{}"):
            if match and value[0] == opening and closing not in value:
                place = Place(path, number + 1, len(match["head"]) + 1)
                return (
                    place,
                    f"'{opening}' opens a list and no '{closing}' closes it",
                    f"write '{closing}' at its end",
                )
    return None


def _indented(lines: list[str], at: int, place: Place) -> Fault | None:
    """Find a key that is not in the same column as the keys around it."""
    if not re.match(r"[ ]*(?:-[ ]+)?[a-z][a-z_]*:", lines[at]):
        return None
    column = len(lines[at]) - len(lines[at].lstrip(" -"))
    above = next(
        (
            line
            for line in reversed(lines[:at])
            if line.strip() and not line.lstrip().startswith("#")
        ),
        "",
    )
    wanted = len(above) - len(above.lstrip(" -"))
    if column == wanted or not re.match(r"[ ]*(?:-[ ]+)?[a-z][a-z_]*:[ ]+\S", above):
        return None
    said = (
        f"this line begins with {column} spaces, and the line above it, of which it seems to be a"
        f" neighbour, with {wanted}"
    )
    return place, said, f"begin the lines of one record in one column: with {wanted} spaces"


# The parser

MAX_DEPTH = 20
MAX_VALUES = 200_000
"""The most values of one file, counted as parser events; a thousand facts have fewer."""
MOST = 1000
"""The most problems that are reported for one file."""
MAX_SCALAR = 20_000
"""The most characters of one value.

A value is shown in a line or a paragraph, and Markdown's time grows with the square of its length.
"""
Tree = dict[str, Any] | list[Any] | str | None
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_QUESTION = re.compile(r"(?:[{\[,]\s*+|^[ \t]*+)\?(?=\S)", re.MULTILINE)
_PARTED = "between { and } a comma begins a new key; put words that hold a comma in quotes"
_MERGE = "<<"
"""The key that merges another mapping into its own, in programs that support it."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


class LocatedText(str):
    """A scalar with its place. It is empty if no value was written."""

    place: Place


class LocatedList(list[Any]):
    """A list with the place where it begins."""

    place: Place


class LocatedMapping(dict[str, Any]):
    """A mapping with the place where it begins. The places of its values are under ``PLACES``."""

    place: Place
    keys_at: dict[str, Place]
    """The place of each key itself."""


def located(text: str, place: Place) -> LocatedText:
    """Return a text with its place."""
    found = LocatedText(text)
    found.place = place
    return found


class _Builder:
    """Builds a tree from parser events. ``done`` is the finished tree."""

    def __init__(self, path: str, problems: Problems) -> None:
        self.path, self.problems = path, problems
        self.stack: list[tuple[Any, str | None]] = []
        self.done: Tree = None
        self.documents = 0
        self.values = 0
        self.doubled: list[dict[str, Any]] = []
        """The mappings with a second ``id``, in which another record seems to begin."""

    def place(self, mark: Any) -> Place:
        return Place(self.path, mark.line + 1, mark.column + 1)

    def take(self, event: Any) -> bool:
        """Add one event to the tree. Return False if the rest of the file is not worth reading."""
        self.values += 1
        self.documents += isinstance(event, yaml.DocumentStartEvent)
        refused = (
            _refusal(event) or _too_much(event, self.values) or _no_document(event, self.documents)
        )
        if refused:
            self.problems.add(self.place(event.start_mark), *refused)
            return False
        match event:
            case yaml.ScalarEvent() if found := stray(event.value):
                what = "an HTML entity" if found.entity else "an escape"
                message = f"{found} stands in this value, by {what}"
                self.problems.add(
                    self.place(event.start_mark),
                    "hidden-character",
                    message,
                    "write the words without it",
                )
                return False
            case yaml.ScalarEvent():
                self.put(self.scalar(event), event)
            case yaml.MappingStartEvent():
                return self.open(self.mapping(self.place(event.start_mark)), event)
            case yaml.SequenceStartEvent():
                return self.open(self.list(self.place(event.start_mark)), event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()
        return True

    def scalar(self, event: Any) -> str | None:
        return None if event.value == "" and event.implicit[0] else event.value

    def mapping(self, place: Place) -> dict[str, Any]:
        return {PLACES: {"": place}}

    def list(self, _: Place) -> list[Any]:
        return []

    def open(self, container: Any, event: Any) -> bool:
        if len(self.stack) >= MAX_DEPTH:
            self.problems.add(
                self.place(event.start_mark),
                "yaml-depth",
                f"nested deeper than {MAX_DEPTH} levels",
                "flatten it",
            )
            return False
        self.put(container, event)
        self.stack.append((container, None))
        return True

    def put(self, value: Tree, event: Any) -> None:
        if not self.stack:
            self.done = value
            return
        container, key = self.stack[-1]
        if isinstance(container, list):
            container.append(value)
        elif key is None:
            self.stack[-1] = (container, self.key(container, value, event))
        else:
            if value is not None:
                container[key] = value
            self.stack[-1] = (container, None)

    def key(self, container: dict[str, Any], value: Tree, event: Any) -> str:
        place = self.place(event.start_mark)
        if not isinstance(value, str) or not self.is_key(value):
            shown = (
                f"{str(value)!r:.60}"
                if isinstance(value, str)
                else f"a {'list' if isinstance(value, list) else 'mapping'}"
            )
            parted = isinstance(value, str) and value[:1].isdigit()
            hint = _PARTED if parted else self.hint_for_key(value)
            self.problems.add(
                place,
                "yaml-key",
                f"{shown if value is not None else 'nothing'} cannot be a key",
                hint,
            )
            return "?"
        places = self.places_of_keys(container)
        if value in places and not any(each is container for each in self.doubled):
            message, hint = (
                f"'{value:.80}' was written before, at line {places[value].line}",
                "keep one of the two",
            )
            if (
                value == "id"
            ):  # reported once, though the second record's other keys are duplicates too
                self.doubled.append(container)
                hint = (
                    "if another record begins here, write a dash in front: '- id: …'; else keep one"
                    " of the two"
                )
            self.problems.add(place, "duplicate-key", message, hint)
        places[value] = place
        return value

    key_hint = "keys are lower-case words"

    def hint_for_key(self, value: Tree) -> str:
        """Return the hint for a text that cannot be a key."""
        meant = re.sub(r"[\s-]+", "_", value.strip().lower()) if isinstance(value, str) else ""
        return f"write '{meant}'; {self.key_hint}" if self.is_key(meant) else self.key_hint

    def is_key(self, text: str) -> bool:
        return _KEY.fullmatch(text) is not None

    def places_of_keys(self, container: Any) -> dict[str, Place]:
        return container[PLACES]  # type: ignore[no-any-return]


class _LocatingBuilder(_Builder):
    """A builder for files in which any text can be a key, and whose values have their places."""

    key_hint = "a key is one line of words"

    def scalar(self, event: Any) -> str | None:
        return located(event.value, self.place(event.start_mark))

    def mapping(self, place: Place) -> dict[str, Any]:
        found = LocatedMapping({PLACES: {"": place}})
        found.place, found.keys_at = place, {}
        return found

    def list(self, place: Place) -> list[Any]:
        found = LocatedList()
        found.place = place
        return found

    def put(self, value: Tree, event: Any) -> None:
        container, key = self.stack[-1] if self.stack else (None, None)
        if isinstance(container, LocatedMapping) and key is not None:
            container[PLACES][key] = self.place(event.start_mark)
        super().put(value, event)

    def is_key(self, text: str) -> bool:
        return text not in ("", PLACES, _MERGE) and "\n" not in text

    def places_of_keys(self, container: Any) -> dict[str, Place]:
        return container.keys_at  # type: ignore[no-any-return]


def _refusal(event: Any) -> tuple[str, str, str] | None:
    """Return the problem of an event that no file may contain, or None."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return (
            "yaml-alias",
            f"anchors and aliases (&{event.anchor:.60}) are not read",
            "write the value out",
        )
    if getattr(event, "tag", None):
        return (
            "yaml-tag",
            f"the tag '{event.tag:.60}' is not read",
            "leave the tag out; the schema knows what the value is",
        )
    return None


def _no_document(event: Any, documents: int) -> tuple[str, str, str] | None:
    """Return the problem of a document that may not begin like this, or here, or None."""
    if not isinstance(event, yaml.DocumentStartEvent):
        return None
    if event.version or event.tags:
        hint = "take the line that begins with % out; every file is read as YAML 1.2"
        return "yaml-syntax", "directives (%YAML, %TAG) are not read", hint
    return (
        ("yaml-syntax", "a second document begins here", "one document a file")
        if documents > 1
        else None
    )


def too_many(path: str, found: int, problems: Problems) -> bool:
    """Return whether a file has so many problems that it is not read further, and add that one."""
    if found >= MOST:
        problems.add(
            Place(path),
            "file-size",
            f"the file has more than {MOST:,} problems, and was not read further",
            "mend these first",
        )
    return found >= MOST


def _too_much(event: Any, values: int) -> tuple[str, str, str] | None:
    """Return the problem of what would take minutes to read or to print, or None."""
    if values > MAX_VALUES:
        return "file-size", f"the file holds more than {MAX_VALUES:,} values", "split the file"
    if len(getattr(event, "value", None) or "") > MAX_SCALAR:
        return (
            "file-size",
            f"this value has {len(event.value):,} characters; at most {MAX_SCALAR:,}",
            "shorten it, or split it",
        )
    return None


def _check_questions(path: str, text: str, problems: Problems) -> None:
    """Add a problem for ``{?foo: bar}``: the parser's key is ``foo``, but in YAML it is ``?foo``.

    The scanner takes longer for each token, the more brackets are open. So it stops at the depth
    at which the file is refused anyway.
    """
    if not _QUESTION.search(text):
        return
    depth = 0
    try:
        for token in yaml.scan(text, Loader=_Loader):
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > MAX_DEPTH:
                return
            end = token.end_mark.index
            if (
                isinstance(token, yaml.KeyToken)
                and end > token.start_mark.index
                and text[end : end + 1].strip()
            ):
                place = Place(path, token.start_mark.line + 1, token.start_mark.column + 1)
                problems.add(
                    place,
                    "yaml-key",
                    "a question mark stands before a key",
                    "leave it out; keys are lower-case words",
                )
    except yaml.YAMLError:
        return  # syntax errors are reported by the parser


def read_tree(path: str, text: str, problems: Problems) -> Tree:
    """Return a file as a tree, or None after adding problems.

    Each mapping holds the places of its keys under ``PLACES``.
    """
    return _read(_Builder(path, problems), text)


def read_located(path: str, text: str, problems: Problems) -> Tree:
    """Return a file as a tree of ``LocatedText``, ``LocatedList`` and ``LocatedMapping``.

    Returns None after adding problems if it cannot be read.

    Any text can be a key. A value that was left out is an empty text with its place.
    """
    return _read(_LocatingBuilder(path, problems), text)


def _read(builder: _Builder, text: str) -> Tree:
    path, problems = builder.path, builder.problems
    before = len(problems)
    _check_questions(path, text, problems)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if not builder.take(event) or too_many(path, len(problems) - before, problems):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = _within(text, builder.place(mark)) if mark else Place(path)
        at, said, hint = fault_of(text, place, error.problem or "")
        problems.add(at, "yaml-syntax", f"this is not YAML: {said}", hint)
    except yaml.YAMLError:
        place = _place_of_unknown(path, text)
        problems.add(
            place,
            "yaml-syntax",
            "this is not YAML: no file may hold this character",
            "take this character out",
        )
    return builder.done if len(problems) == before else None


def _within(text: str, place: Place) -> Place:
    """Return a place, or the end of the text if the place is behind it.

    The parser may count one more line than there is.
    """
    last = text.count("\n") + 1
    return place if place.line <= last else Place(place.path, last, len(text) - text.rfind("\n"))


def _place_of_unknown(path: str, text: str) -> Place:
    """Return the place of a character that YAML does not allow, such as U+FFFE."""
    found = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    if found is None:
        return Place(path)
    return Place(
        path,
        text.count("\n", 0, found.start()) + 1,
        found.start() - text.rfind("\n", 0, found.start()),
    )
