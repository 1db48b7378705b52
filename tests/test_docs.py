"""What the documents say of commands, keys, calls, rooms and figures is what there is; docs/rules.md is held by ``test_cases.py``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import yaml
from support import ROOT

from bench.__main__ import topics
from explainer import cli
from explainer.model import records
from explainer.model.records import How, Kind, Record, Standing
from explainer.render.charts import KINDS
from explainer.render.prose.calls import CALLS

DOCS = [
    ROOT / name
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "docs/authoring.md",
        "docs/rules.md",
        "docs/architecture.md",
        "docs/decisions.md",
        "docs/benchmarks.md",
        "SECURITY.md",
    )
]
AUTHORING = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
DECISIONS = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
_STANDS_FOR = {
    "fact|source|page": "fact an-id",
    "DIR": "folder",
    "REV": "main",
    "DATE": "2026-01-01",
    "mkdocs|zensical": "mkdocs",
    "…": "",
}
"""What a document writes for a choice, and one that may be typed."""
_OTHERS = {"--require-hashes", "--write-golden"}
"""Options of pip and of the tests."""
_FOLDERS = ("bench/", "docs/", "examples/", "explainer/", "requirements/", "templates/", "tests/")


def texts() -> Iterator[tuple[Path, str]]:
    """Each document, its text without the examples that stand for an author's own files."""
    for path in DOCS:
        yield path, path.read_text(encoding="utf-8")


def parser_options() -> set[str]:
    """Every option of the command line, of all verbs."""
    parser = cli._parser()
    verbs = next(action for action in parser._actions if action.dest == "verb")
    assert isinstance(verbs.choices, dict)
    each = [parser, *verbs.choices.values()]
    return {name for one in each for action in one._actions for name in action.option_strings}


def test_every_command_can_be_typed() -> None:
    """Each ``python build.py …`` of the documents is understood by the command line, and each option that they name is one."""
    for path, text in texts():
        for command in re.findall(r"python build\.py((?: [^\s`()]+)*)", text):
            words = command
            for shown, typed in _STANDS_FOR.items():
                words = words.replace(shown, typed)
            cli._parser().parse_args(words.rstrip(".,:;").split())
        named = {
            option.partition(" ")[0] for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)
        }
        own = re.findall(r"`(--[a-z-]+)[^`]*`", text) if path.name != "README.md" else named
        assert set(own) <= parser_options() | _OTHERS, path.name


def test_every_verb_and_option_is_told() -> None:
    """The README or docs/authoring.md names each verb, and they or docs/decisions.md each option."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    verbs = next(action for action in cli._parser()._actions if action.dest == "verb")
    for verb in set(verbs.choices or ()) - {"build"}:
        assert re.search(
            rf"`[^`\n]*\b{verb}\b|build\.py {verb}\b", readme + AUTHORING + ARCHITECTURE
        ), verb
    for option in parser_options() - {"-h", "--help", "--port"}:
        assert option in readme + AUTHORING + DECISIONS, option


def test_every_make_target_is_one() -> None:
    """Each ``make …`` of the documents, the Makefile and the workflows is a target; so is each of the starter's."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    starter = (ROOT / "templates" / "starter" / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile + starter, re.MULTILINE))
    workflows = [
        path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")
    ]
    for text in [*(text for _, text in texts()), *workflows]:
        for target in re.findall(
            r"(?:`|run: |^)make(?: --silent)? ([a-z][a-z-]*)\b(?!=)", text, re.MULTILINE
        ):
            assert target in targets, target


def test_the_calls_are_those_that_prose_may_make() -> None:
    """The table of calls has each call once, and each example in it and its arguments are known."""
    rows = re.findall(r"^\| `\{\{ (\w+)\((.*?)\) \}\}`(.*)\|$", AUTHORING, re.MULTILINE)
    assert sorted(name for name, _, _ in rows) == sorted(CALLS)
    for name, arguments, told in rows:
        assert set(re.findall(r"(\w+)=", arguments + told)) <= set(CALLS[name]), name


def test_the_lists_of_words_are_those_of_the_records() -> None:
    """Kinds of charts, of comparisons, of statements and standings are told, each one, and no other."""
    section = AUTHORING.split("| kind | draws |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == sorted(KINDS, key=section.index)
    assert {*re.findall(r"`([a-z-]+)`", AUTHORING.split("| `how` |")[1].split("\n\n")[0])} >= set(
        get_args(How)
    )
    words = AUTHORING.split("**Kinds** of statement:")[1].split("\n\n")[0]
    assert {*re.findall(r"`([a-z-]+)`", words)} == {*get_args(Kind), *get_args(Standing)}


def test_every_key_in_an_example_is_a_key() -> None:
    """Each example of a record has keys that some record knows; nobody copies one that is refused."""
    known = {field.alias or name for kind in vars(records).values() if isinstance(kind, type) and issubclass(kind, Record)
             for name, field in kind.model_fields.items()} | {"date", "reason"}  # fmt: skip
    known |= {
        name
        for kind in (Record, *Record.__subclasses__())
        for sub in (kind, *kind.__subclasses__())
        for name in sub.model_fields
    }
    for block in re.findall(
        r"^```yaml\n(?!nav:)(.*?)^```", AUTHORING, re.MULTILINE | re.DOTALL
    ):  # a menu's keys are its titles
        assert not (found := set(_keys(yaml.load(block, yaml.BaseLoader))) - known), found


def _keys(tree: object) -> Iterator[str]:
    for key, value in tree.items() if isinstance(tree, dict) else ():
        yield key
        yield from _keys(value)
    for each in tree if isinstance(tree, list) else ():
        yield from _keys(each)


def test_every_package_is_told_in_its_order() -> None:
    """The table in docs/architecture.md has each package once, in the order in which they may import from one another."""
    table = ARCHITECTURE.split("| package of `explainer/` |")[1].split("\n\n")[0]
    told = [re.findall(r"`(\w+)/?`", row)[0] for row in table.splitlines()[2:]]
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"][0]
    assert told == contract["layers"][::-1]


def test_the_architecture_is_soon_read() -> None:
    """docs/architecture.md has no more words than somebody reads before the first change."""
    assert len(ARCHITECTURE.split()) <= 1800


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_file_that_is_named_is_there(path: Path) -> None:
    """Files and folders of the repository that a document names in code marks, or links to, exist."""
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"`([\w./-]+)`", text):
        if name.startswith(_FOLDERS) and not re.search(r"[<*…]", name):
            assert (ROOT / name).exists(), name
    if path.name == "rules.md":
        return  # its links are those of an author's pages, in examples
    for target in re.findall(
        r"\]\((?!https?:|#)([^)#\s]+)",
        re.sub(r"`[^`\n]*`|^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL),
    ):
        assert (path.parent / target).exists(), target


def test_benchmarks_have_their_commands() -> None:
    """docs/benchmarks.md has a table for each topic that can be measured, with its command, and for no other."""
    text = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    tables = re.findall(r"<!-- bench:(\w+) -->\n(.*?)<!-- /bench:\1 -->", text, re.DOTALL)
    assert {name for name, _ in tables} <= set(topics())
    for name, table in tables:
        assert re.match(rf"\d{{4}}-\d\d-\d\d, .*`make bench TOPIC={name}`\n", table), name
    assert set(re.findall(r"make bench TOPIC=(\w+)", text)) <= set(topics())
