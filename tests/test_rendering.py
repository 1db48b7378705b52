"""Rendering: whatever an author types is shown as it was typed, whatever Markdown would make of it."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from support import ROOT

from explainer.common.problems import Refused
from explainer.publish.templates import Templates, escape_markdown, escape_markdown_in_html


def extensions() -> tuple[list[str], dict[str, dict]]:
    """The Markdown extensions that the site is built with."""
    names, settings = [], {}
    for entry in yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))[
        "markdown_extensions"
    ]:
        name = entry if isinstance(entry, str) else next(iter(entry))
        names.append(name)
        settings[name] = {} if isinstance(entry, str) else entry[name]
    return names, settings


NAMES, SETTINGS = extensions()


class Shown(HTMLParser):
    """What a reader sees of some HTML, and the tags it is made of."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.values = "", [], []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag and its values."""
        self.tags.append(tag)
        self.values.extend(attrs)

    def handle_data(self, data: str) -> None:
        """Keep what is shown."""
        self.text += data


def shown(source: str) -> Shown:
    """What Markdown makes of a text, as a reader sees it."""
    return Shown(markdown.markdown(source, extensions=NAMES, extension_configs=SETTINGS))


NASTY = [
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](//evil)", "**x**", "__x__ *y* _z_", "`x`", "``` x ```", "# x", "- x", "+ x", "1. x",
    "1) x", "> x", "---", "===", "| a | b |", "[^1]", "[^1]: x", "{: onclick=x }", "{#x}", "{{ x }}", "{% x %}", "&lt;b&gt;", "&amp;amp;", "&#60;",
    "&", "<", ">", "\\", "\\*x\\*", "*[x]: y", "[x]: y", "<https://x.example.org>", "https://x.example.org", "x@example.org", "a<b>c", "x  \ny", "~~x~~",
    "==x==", "^x^", "x^2^", ":smile:", "$x$", "!!! note", "--8<-- \"x\"", "</p>", "<!-- x -->", "&copy;", "&nbsp;", "'x' \"y\"", "…", "«x»", "٣", "\u00a0x",
    "a\tb", "    x", "\\(x\\)", "!x", "![", "](", "<x", "x>", "&x;", "&#x3c;", "&#0;", "wzxhzdk:0", "klzzwxh:0001", "\x02amp\x03",
]  # fmt: skip
plain = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40)
marks = st.text(st.sampled_from("<>&*_`[](){}#!|~^=:$@'\"-+\\.;x1 "), min_size=1, max_size=30)
texts = st.one_of(
    plain,
    marks,
    st.sampled_from([text for text in NASTY if "\n" not in text and "\x02" not in text]),
)


def seen(text: str) -> str:
    """A text as HTML shows it, where runs of blanks are one."""
    return " ".join(text.split())


@given(texts)
@example("klzzwxh:0001")
@example("wzxhzdk:0")
def test_escaped_text_is_shown_as_it_was_typed(text: str) -> None:
    """Within a paragraph, the text is shown to the letter, and brings no element and no attribute of its own."""
    page = shown(f"It is {escape_markdown(text)} here.")
    assert seen(page.text) == seen(f"It is {text} here.")
    assert page.tags == ["p"]
    assert page.values == []


@given(texts)
def test_a_heading_is_shown_as_it_was_typed(text: str) -> None:
    """In a heading too; the engine adds an id, and nothing else."""
    if not text.strip():
        return
    page = shown(f"# x {escape_markdown(text)} x")
    assert seen(page.text) == seen(f"x {text} x")
    assert page.tags == ["h1"]
    assert [name for name, _ in page.values] == ["id"]


@given(texts, texts)
def test_words_in_an_element_are_shown_as_they_were_typed(text: str, title: str) -> None:
    """In an element within a paragraph, words and attribute values come through Markdown unchanged."""
    source = f'<a class="x" title="{html.escape(title)}">{html.escape(text)}</a>'
    page = shown(f"It is {escape_markdown_in_html(source)} here.")
    assert seen(page.text) == seen(f"It is {text} here.")
    assert page.tags == ["p", "a"]
    assert dict(page.values)["title"] == title
    assert set(dict(page.values)) == {"class", "title"}


@given(texts)
def test_a_link_text_is_shown_as_it_was_typed(text: str) -> None:
    """In the words of a link too."""
    page = shown(f"It is [a {escape_markdown(text)} b](x.md).")
    assert seen(page.text) == seen(f"It is a {text} b.")
    assert page.tags == ["p", "a"]


@given(texts)
def test_a_footnote_is_shown_as_it_was_typed(text: str) -> None:
    """In a footnote too."""
    page = shown(f"It is.[^a]\n\n[^a]: So {escape_markdown(text)} it is.")
    assert seen(f"So {text} it is.") in seen(page.text)
    assert set(page.tags) <= {"p", "sup", "a", "div", "hr", "ol", "li"}


@given(texts)
def test_guarding_changes_nothing_that_is_shown(text: str) -> None:
    """Guarded HTML is the same HTML to a browser, and guarding it again changes nothing."""
    source = f'<b title="{html.escape(text)}">{html.escape(text)}</b>'
    one, two = Shown(source), Shown(escape_markdown_in_html(source))
    assert (one.text, one.tags, one.values) == (two.text, two.tags, two.values)
    assert escape_markdown_in_html(escape_markdown_in_html(source)) == escape_markdown_in_html(
        source
    )


@given(texts)
def test_a_block_is_shown_as_it_was_typed(text: str) -> None:
    """In a block of HTML of its own, escaped by the template, words come through Markdown unchanged."""
    page = shown(f"Before.\n\n<div>\n<p>{html.escape(text)}</p>\n</div>\n\nAfter.")
    assert seen(page.text) == seen(f"Before. {text} After.")
    assert page.tags == ["p", "div", "p", "p"]


def test_templates_escape(tmp_path: Path) -> None:
    """A template escapes whatever it prints, and stops at a name that it was not given."""
    (tmp_path / "x.j2").write_text("<p>{{ a }}</p>\n\n\n<p>{{ b }}</p>\n", encoding="utf-8")
    templates = Templates([tmp_path])
    assert templates.render("x.j2", a="<b>&", b='"') == "<p>&lt;b&gt;&amp;</p>\n<p>&#34;</p>"
    with pytest.raises(Refused) as refused:
        templates.render("x.j2", a="")
    (problem,) = refused.value.problems
    assert (problem.place.path, problem.place.line, problem.rule) == (
        f"{tmp_path.name}/x.j2",
        4,
        "template",
    )
    assert "'b' is undefined" in problem.message


def test_a_projects_templates_come_first(tmp_path: Path) -> None:
    """A project's own template stands in front of ours; what it does not have is ours."""
    (tmp_path / "own").mkdir()
    (tmp_path / "ours").mkdir()
    (tmp_path / "own" / "x.j2").write_text("own", encoding="utf-8")
    (tmp_path / "ours" / "x.j2").write_text("ours", encoding="utf-8")
    (tmp_path / "ours" / "y.j2").write_text("ours", encoding="utf-8")
    templates = Templates([tmp_path / "own", tmp_path / "ours"])
    assert (templates.render("x.j2"), templates.render("y.j2")) == ("own", "ours")


OURS = {
    "explore/page.html.j2": ["figure"],
    "embed/body.html.j2": ["style", "slot", "script"],
    "embed/withdrawn.html.j2": ["style"],
    "pages/chart.html.j2": ["panel"],
    "pages/missing.html.j2": ["style"],
    "pages/source.html.j2": ["errors"],
}
"""What may stand as it is: data written for a script, a stylesheet and a script of ours, and what another template has escaped already."""


@pytest.mark.parametrize(
    "template",
    sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.j2")),
)
def test_no_template_trusts_its_words(template: str) -> None:
    """No template turns escaping off but for what is ours by name, writes a style or a handler."""
    text = (ROOT / template).read_text(encoding="utf-8")
    assert re.findall(r"\{\{\s*([^}]*?)\s*\|\s*safe", text) == OURS.get(
        template.removeprefix("templates/"), []
    )
    assert "autoescape" not in text
    assert not re.search(r"\s(style|on[a-z]+)=", text)
