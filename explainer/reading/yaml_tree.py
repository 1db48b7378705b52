"""YAML 1.2 as a tree of plain text with places: nothing is resolved, nothing is built, nothing can explode.

The C parser's events are turned into mappings, lists and strings. Aliases, anchors, tags, several documents,
duplicate keys and deep nesting are problems. What a scalar means is decided later, by the field it stands in.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from explainer.characters import stray
from explainer.problems import Place, Problems
from explainer.records.base import PLACES

MAX_DEPTH = 20
MAX_VALUES = 200_000
"""In one file; a thousand facts have less."""
MOST = 1000
"""Problems that are told of one file."""
MAX_SCALAR = 20_000
"""Characters of one value: it is shown in a line or a paragraph, and Markdown takes the square of its length."""
Tree = dict[str, Any] | list[Any] | str | None
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_QUESTION = re.compile(r"(?:[{\[,]\s*+|^[ \t]*+)\?(?=\S)", re.MULTILINE)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Builder:
    """Takes parser events one by one; ``done`` holds the finished tree."""

    def __init__(self, path: str, problems: Problems) -> None:
        self.path, self.problems = path, problems
        self.stack: list[tuple[Any, str | None]] = []
        self.done: Tree = None
        self.documents = 0
        self.values = 0

    def place(self, mark: Any) -> Place:
        return Place(self.path, mark.line + 1, mark.column + 1)

    def take(self, event: Any) -> bool:
        """Use one event; false when the file is not worth reading further."""
        self.values += 1
        refused = _refusal(event) or _too_much(event, self.values)
        if refused:
            self.problems.add(self.place(event.start_mark), *refused)
            return False
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.problems.add(self.place(event.start_mark), "yaml-syntax", "a second document begins here", "one document a file")
                    return False
            case yaml.ScalarEvent() if found := stray(event.value):
                what = "an HTML entity" if found.entity else "an escape"
                message = f"{found} stands in this value, by {what}"
                self.problems.add(self.place(event.start_mark), "hidden-character", message, "write the words without it")
                return False
            case yaml.ScalarEvent():
                self.put(None if event.value == "" and event.implicit[0] else event.value, event)
            case yaml.MappingStartEvent():
                return self.open({PLACES: {"": self.place(event.start_mark)}}, event)
            case yaml.SequenceStartEvent():
                return self.open([], event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()
        return True

    def open(self, container: Any, event: Any) -> bool:
        if len(self.stack) >= MAX_DEPTH:
            self.problems.add(self.place(event.start_mark), "yaml-depth", f"nested deeper than {MAX_DEPTH} levels", "flatten it")
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
        if not isinstance(value, str) or not _KEY.fullmatch(value):
            self.problems.add(place, "yaml-key", f"{value!r:.60} cannot be a key", "keys are lower-case words")
            return "?"
        if value in container[PLACES]:
            first = container[PLACES][value]
            self.problems.add(place, "duplicate-key", f"'{value}' was written before, at line {first.line}", "keep one of the two")
        container[PLACES][value] = place
        return value


def _refusal(event: Any) -> tuple[str, str, str] | None:
    """Why an event may not stand in a seed file."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "yaml-alias", f"anchors and aliases (&{event.anchor}) are not read", "write the value out"
    if getattr(event, "tag", None) and event.tag != "!":
        return "yaml-tag", f"the tag '{event.tag}' is not read", "leave the tag out; the schema knows what the value is"
    return None


def too_many(path: str, found: int, problems: Problems) -> bool:
    """Whether a file has so many problems that the rest of it is better read when these are mended."""
    if found >= MOST:
        problems.add(Place(path), "file-size", f"the file has more than {MOST:,} problems, and was not read further", "mend these first")
    return found >= MOST


def _too_much(event: Any, values: int) -> tuple[str, str, str] | None:
    """What would take minutes to read, or to print."""
    if values > MAX_VALUES:
        return "file-size", f"the file holds more than {MAX_VALUES:,} values", "split the file"
    if len(getattr(event, "value", None) or "") > MAX_SCALAR:
        return "file-size", f"this value has {len(event.value):,} characters; at most {MAX_SCALAR:,}", "shorten it, or split it"
    return None


def _check_questions(path: str, text: str, problems: Problems) -> None:
    """Refuse ``{?foo: bar}``: the parser reads the key ``foo``, and YAML says that it is ``?foo``."""
    if not _QUESTION.search(text):
        return
    try:
        for token in yaml.scan(text, Loader=_Loader):
            end = token.end_mark.index
            if isinstance(token, yaml.KeyToken) and end > token.start_mark.index and text[end : end + 1].strip():
                place = Place(path, token.start_mark.line + 1, token.start_mark.column + 1)
                problems.add(place, "yaml-key", "a question mark stands before a key", "leave it out; keys are lower-case words")
    except yaml.YAMLError:
        return  # what is no YAML is told where it is read


def read_tree(path: str, text: str, problems: Problems) -> Tree:
    """The file as a tree. Each mapping holds the places of its keys under ``PLACES``; on trouble, problems and ``None``."""
    before = len(problems)
    _check_questions(path, text, problems)
    builder = _Builder(path, problems)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if not builder.take(event) or too_many(path, len(problems) - before, problems):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = builder.place(mark) if mark else Place(path)
        problems.add(place, "yaml-syntax", f"this is not YAML: {error.problem}", "look at the indentation, quotes and colons near here")
    except yaml.YAMLError as error:
        problems.add(Place(path), "yaml-syntax", f"this is not YAML: {str(error).splitlines()[0]}", "save the file as plain UTF-8")
    return builder.done if len(problems) == before else None
