"""Hostile words in every field that an author can fill: planted into a copy of the small project, and built beside plain ones."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BeforeValidator
from support import CASES, copy_small, run
from support import replace as edit

from explainer.model.records import PageHead, Record, Translation, _line, _text
from explainer.read.ledger import KINDS

PLAIN = "quiet words"
PAYLOADS = {
    "plain": PLAIN,
    "script": "<script>alert(origin)</script>",
    "close": "</title></style></textarea></template></script><script>alert(origin)</script>",
    "attribute": '" onfocus="alert(origin)" autofocus x=\' onload=\'alert(origin)\' y="',
    "picture": "<img src=x onerror=alert(origin)><svg/onload=alert(origin)>",
    "address": "[go](javascript:alert(origin)) ![x](https://evil.example/x.png) <https://evil.example/>",
    "entity": "&lt;script&gt;alert(origin)&lt;/script&gt; java&Tab;script:alert(origin)",
    "markdown": "*a* _b_ `<b>` # c\\\\ [^a] {: .x onclick=alert(origin) } ~~~ | a | b |",
    "comment": "<!-- --!> <![CDATA[ ]]> <?php ?> --><b>",
    "template": "{% include x %} {# x #} ${alert(origin)} {{config",
    "marks": "q̈̈̈̈ ﷽ ‘’“” ﬀ 𝒳 \U0001f1fa\U0001f1e6",
}
"""Each is one line, since a title is one. ``plain`` is what the others are held beside."""
SITES = {
    "mixed": [text for name, text in PAYLOADS.items() if name != "plain"],
    **{name: [text] for name, text in PAYLOADS.items()},
}
"""What stands in the fields of each site, in turn: all of them, or one everywhere."""
HOSTILE = [
    "mixed",
    *(pytest.param(name, marks=pytest.mark.audit) for name in PAYLOADS if name != "plain"),
]
"""Those sites, as parameters; the audit has one for each payload."""
NOT_FREE = {
    "Evidence.quote",
    "Chart.kind",
    "Fact.derived",
    "Point.derived",
    "Claim.derived",
    "Noun.one",
    "Noun.many",
    "Series.unit",
    "Fact.unit",
    "Counted.unit",
    "Noun.zero",
    "Noun.two",
    "Noun.few",
    "Noun.other",
    "Noun.genitive_one",
    "Noun.genitive_other",
    *(
        f"{record}.mentions"
        for record in ("Claim", "Definition", "Fact", "Point", "Series", "Term")
    ),
    "Correction.page",
    "Allowed.words",
    "Correction.touched",
    "KnownError.expect",
    "PageHead.original",
    "SetAside.begins",
    "SetAside.number",
    "SetAside.of",
    "SetAside.through",
    "Translation.original",
    "Unchecked.claim",
}
"""Texts that have a form of their own: words of a kept text or of another record, an id, a path, a formula, a noun, a sum."""
FURTHER = CASES / "overlays" / "further"
"""One more record of each kind that the small project lacks."""
ADDED = ("note", "short", "label", "inferred", "basis", "region", "copy_of")
"""Fields that any record of their kind may have; where the small project leaves one out, it is put in."""
_TOKEN = re.compile(r"zq[a-j]+zp?")


@dataclass(frozen=True)
class Planted:
    """One field with hostile words: where, what, and the rule that refused it, if one did."""

    field: str
    token: str
    text: str
    after: str = ""
    """The words that stood there, and stand before it."""
    rule: str = ""


def free_fields(model: type[Record]) -> Iterator[str]:
    """The fields of a record that hold any words."""
    for name, field in model.model_fields.items():
        words = any(
            isinstance(each, BeforeValidator) and each.func in (_line, _text)
            for each in field.metadata
        )
        if (
            words or re.search("_(line|text)", repr(field.annotation))
        ) and f"{model.__name__}.{name}" not in NOT_FREE:
            yield name


def build_hostile(
    payloads: Sequence[str], folder: Path, sub_path: str, prose: Sequence[str] = ()
) -> None:
    """Plant payloads everywhere, in turn, and others as paragraphs of Markdown; take out what is refused, and build.

    The site stands at ``www/<sub_path>``, the record beside it.
    """
    project = copy_small(folder / "project")
    shutil.copytree(FURTHER, project, dirs_exist_ok=True)
    lead_to(project, further="Further", wrong="Wrong")
    derived = "      derived: loans-year:y2023 - loans-year:y2020\n"  # the planted bases of the two differ
    edit(
        project / "seeds/series/loans-year.yaml",
        derived,
        derived + "      assumes: both count alike\n",
    )
    planted = plant(project, payloads)
    if prose:
        planted |= plant_prose(project, prose)
    refused: list[Planted] = []
    for _ in range(6):
        done = run("check", "--project", project, "--format", "json")
        if done.code == 0:
            break
        assert done.code == 1, done.said
        refused += _take_out(project, planted, json.loads(done.stdout)["problems"])
    site = folder / "www" / sub_path
    site.parent.mkdir(parents=True)
    for _ in range(6):
        command = (
            "--project",
            project,
            "--output",
            site,
            "--site-url",
            f"https://explainer.example/{sub_path}",
            "--format",
            "json",
        )
        done = run(*command)
        if done.code != 1 or not prose:
            break
        refused += _take_out(
            project, planted, json.loads(done.stdout)["problems"]
        )  # a link in Markdown that leads to nothing
    out = {one.token for one in refused}
    record = {
        "code": done.code, "said": done.said, "refused": [asdict(one) for one in refused],
        "accepted": [asdict(one) for token, one in planted.items() if token not in out],
    }  # fmt: skip
    (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")


def read_record(folder: Path) -> tuple[int, str, list[Planted], list[Planted]]:
    """How the build ended and what it said; what was accepted, and what was refused."""
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    return (
        record["code"],
        record["said"],
        [Planted(**one) for one in record["accepted"]],
        [Planted(**one) for one in record["refused"]],
    )


def plant(project: Path, payloads: Sequence[str]) -> dict[str, Planted]:
    """Put a payload at the end of every free text, each with a token of its own, one scalar a line."""
    planted: dict[str, Planted] = {}
    for (
        below,
        model,
    ) in KINDS.items():  # translations come last: they hold to the words that were planted
        for path in sorted((project / "seeds").rglob("*.yaml")):
            if path.relative_to(project / "seeds").as_posix().startswith(below):
                tree = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
                tree = list(_followed(tree, planted)) if model is Translation else tree
                for record in tree if isinstance(tree, list) else [tree]:
                    _plant(model, record, payloads, planted)
                path.write_text(_dump(tree), encoding="utf-8")
    for path in sorted((project / "site_src").rglob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        tree = yaml.load(head, Loader=yaml.BaseLoader)
        _plant(PageHead, tree, payloads, planted)
        path.write_text(f"---\n{_dump(tree)}---\n{body}", encoding="utf-8")
    return planted


def plant_prose(project: Path, texts: Sequence[str]) -> dict[str, Planted]:
    """A page that has each text in a paragraph of its own, as an author's Markdown."""
    for path in (project / "site_src").rglob(
        "*.md"
    ):  # a page of such words is too hard to read, unless it is long and easy
        path.write_text(
            path.read_text(encoding="utf-8") + "\n\n" + "It is so. " * 800 + "\n", encoding="utf-8"
        )
    planted = {
        token: Planted("prose", token, text)
        for number, text in enumerate(texts)
        if (token := _token(number) + "p")
    }
    body = "\n\n".join(
        [*(f"{token} {one.text}" for token, one in planted.items()), "It is so. " * 800]
    )
    (project / "site_src" / "hostile.md").write_text(
        f"---\ntitle: A\ndescription: A.\n---\n\n# A\n\n{body}\n", encoding="utf-8"
    )
    lead_to(project, hostile="A")
    return planted


def lead_to(project: Path, **titles: str) -> None:
    """Put pages in the navigation, since one that nothing leads to is refused."""
    config = project / "mkdocs.yml"
    entries = "".join(f"  - {title}: {page}/index.md\n" for page, title in titles.items())
    config.write_text(
        config.read_text(encoding="utf-8").replace("\nnav:\n", f"\nnav:\n{entries}"),
        encoding="utf-8",
    )


def _token(number: int) -> str:
    return (
        "zq" + "".join("abcdefghij"[int(digit)] for digit in str(number)) + "z"
    )  # no digits: a typed number is refused


def _dump(tree: Any) -> str:
    return yaml.dump(tree, allow_unicode=True, sort_keys=False, width=10**6, default_style='"')


def _plant(
    model: type[Record],
    record: dict[str, Any],
    payloads: Sequence[str],
    planted: dict[str, Planted],
) -> None:
    for name in free_fields(model):
        if name in ADDED:
            record.setdefault(name, "Some words")
        if isinstance(record.get(name), str):
            record[name] = _hostile(f"{model.__name__}.{name}", record[name], payloads, planted)
        elif isinstance(record.get(name), list):
            record[name] = [
                _hostile(f"{model.__name__}.{name}", text, payloads, planted)
                for text in record[name]
            ]
    for name, field in model.model_fields.items():
        inner = next((each for each in _models(field.annotation)), None)
        value = (record.get(name) or ()) if inner else ()
        for each in [value] if isinstance(value, dict) else value:
            if isinstance(each, dict):  # a name may be text
                _plant(inner, each, payloads, planted)


def _followed(
    records: list[dict[str, Any]], planted: dict[str, Planted]
) -> Iterator[dict[str, Any]]:
    """Translations, each for the words as they are now: it goes with them, and holds no longer than they stay."""
    for record in records:
        became = [
            f"{one.after} {one.text}" for one in planted.values() if one.after == record["original"]
        ]
        yield from ({**record, "original": original} for original in became or [record["original"]])


def _models(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for each in getattr(annotation, "__args__", ()):
        yield from _models(each)


def _hostile(field: str, text: str, payloads: Sequence[str], planted: dict[str, Planted]) -> str:
    token = _token(len(planted))
    words = f"{token} {payloads[len(planted) % len(payloads)]}"
    # a locator is eight words at most: its own number stays, and the payload is one word
    planted[token] = Planted(
        field, token, "·".join(words.split()) if field == "Evidence.locator" else words, text
    )
    return (
        f"{' '.join(text.split()[:7])} {planted[token].text}"
        if field == "Evidence.locator"
        else f"{text} {words}"
    )


def _take_out(
    project: Path, planted: dict[str, Planted], problems: list[dict[str, Any]]
) -> list[Planted]:
    """Undo what a rule refused; a problem that names no planted field is a fault of its own."""
    out: list[Planted] = []
    lines: dict[Path, list[str]] = {}
    cut: set[tuple[Path, int]] = set()
    others: list[str] = []
    """What a record that was not read brings with it: what names it is told that it is not there."""
    for problem in problems:
        path = project / problem["place"]["path"]
        text = lines.setdefault(path, path.read_text(encoding="utf-8").split("\n"))
        at = problem["place"]["line"] - 1
        assert problem["hint"], problem
        if (
            problem["rule"] == "not-in-words"
        ):  # the claim is named, and its words are at fault, in which another number stands now
            at = next(
                (
                    below
                    for below in range(at, len(text))
                    if '"locator"' in text[below] or '"says"' in text[below]
                ),
                at,
            )
        if (
            problem["rule"] == "translation-numbers"
        ):  # numbers read otherwise in another language: neither it nor the original holds them
            out += _with_original(project, planted, lines, text[at - 1])
        token = _TOKEN.search(text[at])
        if token is None and (path, at) not in cut:  # else a second problem with the same words
            others.append(f"{problem} is at no planted field: {text[at]}")
        if token is None:
            continue
        one = planted[token.group()]
        start = text[at].index(one.token)
        text[at] = text[at][:start].rstrip() + '"' if one.field != "prose" else ""
        cut.add((path, at))
        out.append(replace(one, rule=problem["rule"]))
    assert out, others
    for path, text in lines.items():
        path.write_text("\n".join(text), encoding="utf-8")
    return out


def _with_original(
    project: Path, planted: dict[str, Planted], lines: dict[Path, list[str]], original: str
) -> list[Planted]:
    """Undo the words that a translation is for, where they stand themselves and wherever they are translated."""
    token = _TOKEN.search(original)
    if token is None:
        return []
    out = [planted[token.group()]]
    for path in sorted((project / "seeds").rglob("*.yaml")):
        text = lines.setdefault(path, path.read_text(encoding="utf-8").split("\n"))
        text[:] = [
            f'{line[: line.index(token.group())].rstrip()}"' if token.group() in line else line
            for line in text
        ]
        for at in [
            at
            for at, line in enumerate(text)
            if line.startswith('- "original"') and line in text[:at]
        ]:
            out += [planted[each] for each in _TOKEN.findall(text[at + 1])]
            text[at : at + 2] = ["", ""]  # two fields that had other words at their ends
    return [replace(one, rule="translation-numbers") for one in out]
