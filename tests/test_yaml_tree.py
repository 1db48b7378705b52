"""The YAML reader: plain text with places, nothing resolved, nothing that grows, nothing hidden."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from explainer.common.characters import stray
from explainer.common.problems import Problems
from explainer.model.records import PLACES
from explainer.read.yaml_tree import MAX_DEPTH, read_tree


def read(text: str) -> tuple[Any, Problems]:
    """A text as a tree, with what was wrong."""
    problems = Problems()
    return read_tree("x.yaml", text, problems), problems


def bare(tree: Any) -> Any:
    """A tree without its places."""
    if isinstance(tree, dict):
        return {key: bare(value) for key, value in tree.items() if key != PLACES}
    return [bare(item) for item in tree] if isinstance(tree, list) else tree


@pytest.mark.parametrize(
    "scalar",
    ["NO", "no", "yes", "on", "off", "true", "null", "Null", "22:22", "1e3", "0o17", "0x1F", "017", "1_000", ".nan", ".inf", "-.inf",
     "2025-07-07", "2025-07-07 10:00:00", "12.50", "+1", "=", "<<", "y", "190:20:30.15"],
)  # fmt: skip
def test_nothing_is_resolved(scalar: str) -> None:
    """Every scalar is the text that was typed; what it means is for its field to say."""
    tree, problems = read(f"a: {scalar}\n")
    assert bare(tree) == {"a": scalar}
    assert not len(problems)


def test_a_lone_tilde_is_text_too() -> None:
    """Nothing at all is the only way to write nothing."""
    assert bare(read("a: ~\nb:\nc: ''\n")[0]) == {"a": "~", "c": ""}


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH])
def test_deep_enough(depth: int) -> None:
    """Everything up to the limit is read."""
    tree, problems = read("[" * depth + "]" * depth)
    assert tree is not None
    assert not len(problems)


@pytest.mark.parametrize(
    "escape",
    [
        "\\u202E",
        "\\u2066",
        "\\u200B",
        "\\u061C",
        "\\u2028",
        "\\uFEFF",
        "\\x01",
        "\\x07",
        "\\0",
        "\\x7F",
        "\\N",
        "\\L",
        "\\e",
        "\\U000E0041",
    ],
)
def test_an_escape_hides_nothing(escape: str) -> None:
    """What may not stand in a file may not come out of an escape either."""
    tree, problems = read(f'a: b\nc: "x{escape}y"\n')
    assert tree is None
    assert {(problem.rule, problem.place.line) for problem in problems} == {("hidden-character", 2)}


@pytest.mark.parametrize("escape", ["\\uD800", "\\uDFFF", "\\U00110000", "\\x"])
def test_an_escape_is_a_character(escape: str) -> None:
    """Half a character, and a code point beyond Unicode, are refused where they stand."""
    tree, problems = read(f'a: b\nc: "x{escape}y"\n')
    assert tree is None
    assert [problem.place.line for problem in problems] == [2]


@pytest.mark.parametrize(
    "escape", ["\\u00E9", "\\t", "\\n", "\\\\", "\\u4E00", "\\U0001F4DA", "\\_"]
)
def test_an_ordinary_escape_is_read(escape: str) -> None:
    """An escape for a letter, a line end or a picture is that letter, line end or picture."""
    tree, problems = read(f'a: "x{escape}y"\n')
    assert not len(problems)
    assert bare(tree) == {"a": yaml.safe_load(f'"x{escape}y"')}


@pytest.mark.parametrize(
    "text",
    [
        "{?foo: bar}",
        "a: {?foo: bar}",
        "- {a: b, ?foo: bar}",
        "[?foo: bar]",
        "{\n  ?foo: bar}",
        '{?"foo": bar}',
        "{?#x\nfoo: bar}",
    ],
)
def test_a_question_mark_is_not_left_out(text: str) -> None:
    """A question mark that stands at a key is a problem, where the parser would leave it out; one with a blank behind it begins a key."""
    assert [problem.rule for problem in read(text)[1]] == ["yaml-key"]
    assert bare(read("{? foo : bar}")[0]) == {"foo": "bar"}
    assert bare(read("a: what?\nb: '?foo'")[0]) == {"a": "what?", "b": "?foo"}


keys = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)
scalars = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Cf", "Zl", "Zp", "Co"]),
    min_size=1,
    max_size=12,
)
scalars = scalars.filter(lambda text: stray(text) is None)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(trees, st.booleans())
def test_what_is_written_is_read(tree: Any, flow: bool) -> None:
    """Any tree of texts that a YAML writer writes is read back as it was."""
    text = yaml.safe_dump(
        tree, allow_unicode=True, default_flow_style=flow, default_style='"', sort_keys=False
    )
    found, problems = read(text)
    assert not len(problems), list(problems)
    assert bare(found) == tree


@given(st.text(st.sampled_from("ab:-#&*!|>'\"[]{}%@`,? \n\t\\<~0"), max_size=60))
def test_any_text_is_a_tree_or_a_reason(text: str) -> None:
    """Whatever stands in a file is read, or refused at a place in it."""
    tree, problems = read(text)
    lines = text.count("\n") + 1
    assert tree is None or not len(problems)
    assert all(
        1 <= problem.place.line <= lines + 1 and problem.place.column >= 1 and problem.hint
        for problem in problems
    )


@pytest.mark.parametrize(
    "piece",
    [
        "- a\n",
        "[a, ",
        "- {a: b}\n",
        "? ",
        "'",
        "#",
        "- |\n  x\n",
        "a" * 1000 + "\n",
        '- "\\u200b"\n',
        "a: b\n",
    ],
)
def test_a_large_file_comes_to_an_end(piece: str) -> None:
    """A file of a hundred thousand characters of one kind is read, or refused."""
    tree, problems = read((piece * (100_000 // len(piece) + 1))[:100_000])
    assert tree is None or not len(problems)
