"""The words of the frame are exchanged where the engine prints them, and nowhere else; what is printed is no command to a workflow."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from support import run

from explainer import engine
from explainer.cli.reporting import FORMATS, report
from explainer.common import console
from explainer.common.problems import Place, Problem
from explainer.engine import mark_frame_text, replace_frame_texts, replace_placeholders


def test_words_are_exchanged_where_they_are_marked() -> None:
    """The same words in the page's content, in attributes and in scripts stay; marked ones are escaped for where they stand."""
    said = mark_frame_text("copyright", "a & b")
    page = f'<p title="a &amp; b">a &amp; b</p><i title="{said}">{said}</i><script>x = "{said}"</script>{mark_frame_text("site_name", "n")}'
    told = replace_placeholders(replace_frame_texts(page, {"copyright": "<c>"}))
    assert told == (
        '<p title="a &amp; b">a &amp; b</p><i title="&lt;c&gt;">&lt;c&gt;</i><script>x = "\\u003cc\\u003e"</script>n'
    )  # fmt: skip


def test_toggles_are_told_apart() -> None:
    """What leads to the light scheme and what leads to the dark one are two parts, whatever an author calls them."""
    assert engine.toggled("slate") == "to_light"
    assert {engine.toggled(scheme) for scheme in ("default", None, "own")} == {"to_dark"}
    both = mark_frame_text("to_light", "Switch") + mark_frame_text("to_dark", "Switch")
    assert replace_frame_texts(both, {"to_light": "L", "to_dark": "D"}) == "LD"


_WORDS = """- original: The swifts of Mill Lane
  translation: Стрижі
- original: WORDS
  translation: офіційні дані держави
- original: In brief
  translation: Коротко
- original: nests
  one: гніздо
  few: гнізда
  many: гнізд
  other: гнізда
- original: How many swifts' nests are there in Mill Lane?
  translation: Скільки гнізд на вулиці?
- original: The neighbours of Mill Lane
  translation: Сусіди
"""
_ORIGINAL = """# Swifts

Under the roofs, {{ fact("nests", show="unit") }}, say the neighbours.{{ cite("neighbours") }}

[a chart](charts/nests.md "of nests")
"""
_PAGE = """---
title: Сторінка
description: Скільки стрижів гніздиться на вулиці
layout: text
original: 'SUM'
---

# WORDS

Під дахами {{ fact("nests", show="unit") }}, кажуть сусіди.{{ cite("neighbours") }}

[ч](charts/nests.md "WORDS")
"""


@pytest.mark.parametrize("words", ["експертна оцінка", "Сусіди", "Коротко"])
@pytest.mark.parametrize("used", engine.ENGINES)
def test_a_translation_of_the_frame_changes_no_content(
    used: str, words: str, tmp_path: Path
) -> None:
    """A copyright in the words of a claim's kind, of a source or of a heading is translated below the page, and only there."""
    project = tmp_path / "project"
    assert run("new", project).code == 0
    settings = project / "mkdocs.yml"
    settings.write_text(
        re.sub(r"(?m)^copyright:.*\n", "", settings.read_text(encoding="utf-8"))
        + f"\ncopyright: '{words}'\n",
        encoding="utf-8",
    )
    (project / "seeds" / "translations").mkdir()
    (project / "seeds" / "translations" / "uk.yaml").write_text(
        _WORDS.replace("WORDS", f"'{words}'"), encoding="utf-8"
    )
    original = project / "site_src" / "index.md"
    head = original.read_text(encoding="utf-8").split("---\n")[1]
    original.write_text(f"---\n{head}---\n\n{_ORIGINAL}", encoding="utf-8")
    page = project / "site_src" / "uk" / "index.md"
    page.parent.mkdir()
    page.write_text(_PAGE.replace("WORDS", words), encoding="utf-8")
    wanted = re.search(r"original: '?([0-9a-f]{12})", run("--project", project, "check").said)
    assert wanted is not None
    page.write_text(_PAGE.replace("WORDS", words).replace("SUM", wanted[1]), encoding="utf-8")
    done = run("--project", project, "--output", project / "site", "--engine", used)
    assert done.code == 0, done.said
    made = (project / "site" / "uk" / "index.html").read_text(encoding="utf-8")
    foot = re.search(r'<div class="md-copyright__highlight">\s*([^<]*?)\s*</div>', made)
    assert foot is not None
    assert foot[1] == "офіційні дані держави"
    assert made.count("офіційні дані держави") == 1
    assert f'title="{words}"' in made
    assert re.search(rf"<h1[^>]*>\s*{words}", made)
    main = (project / "site" / "index.html").read_text(encoding="utf-8")
    assert "офіційні дані держави" not in main
    assert re.search(rf'<div class="md-copyright__highlight">\s*{words}\s*</div>', main)
    for file in (project / "site").rglob("*"):
        if file.suffix in {".html", ".json", ".xml", ".js", ".txt", ".css"}:
            assert not re.search("[\ufdd0-\ufdef]", file.read_text(encoding="utf-8")), file


HOSTILE = [
    "<b ##[stop-commands]pwned", "x ::set-output name=a::b", "::error::x", "  ##[add-mask]x", "##vso[task.setvariable variable=a]b",
    ":::::warning::", "####[group]x", "##teamcity[x]", "a\n::stop-commands::x", "%0A::add-path::/x",
]  # fmt: skip


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_printed_is_a_command(style: str, text: str) -> None:
    """Within a message, a hint, a path, a remark or a move, in each format; and JSON holds the same texts as were given."""
    out = io.StringIO()
    problem = Problem(
        Place(f"site_src/{text}.md".replace("\n", " ")),
        "prose-html",
        f"'{text}' is HTML",
        f"take {text} out",
    )
    report([problem], style, out, [text], [text] if style != "text" else [])
    said = out.getvalue()
    ours = re.compile(r"^::(?:error|warning|notice)(?: file=[^\n:]*)?::", re.MULTILINE)
    rest = ours.sub("", said) if style == "github" else said
    assert said.strip()
    assert "::" not in rest
    assert not re.search(r"##\w*\[", rest)
    if style == "json":
        found = json.loads(said)
        assert (found["remarks"], found["moves"], found["problems"][0]["hint"]) == (
            [text],
            [text],
            f"take {text} out",
        )


@pytest.mark.parametrize("text", HOSTILE)
def test_every_way_to_print_parts_the_signs(text: str) -> None:
    """Lines and whole texts alike, such as what ``verify`` and the parser of options print."""
    for way in (lambda out: console.print_lines([text], out), lambda out: console.write(text, out)):
        out = io.StringIO()
        way(out)
        assert "::" not in out.getvalue()
        assert not re.search(r"##\w*\[", out.getvalue())


def test_other_text_stays_as_it_is() -> None:
    """A colon, a heading and brackets are no commands."""
    assert (
        console.escape_workflow_commands("a: b, ## Heading [x](y) #1 12:30 [a]: b")
        == "a: b, ## Heading [x](y) #1 12:30 [a]: b"
    )
