"""Prose: what is code and what is words, which calls are found, and which addresses are ordinary."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_rendering import NAMES, SETTINGS, Shown

from explainer.common.allowed.addresses import may_link
from explainer.common.problems import Problems
from explainer.incremental.cache import Cache
from explainer.render.pages.authored import fits_page_size
from explainer.render.prose.calls import CALLS, find_calls, place_of
from explainer.render.prose.markup import check_markup
from explainer.render.prose.mask import BLANK, mask_code

marks = st.text(st.sampled_from("`~{}%#<>\n ax\"'()=:.[]\\"), max_size=60)


@given(marks)
def test_masking_keeps_every_place(text: str) -> None:
    """A masked text has the length and the lines of the text, and differs from it only by blanks."""
    masked = mask_code(text)
    assert len(masked) == len(text)
    assert all(b in (a, BLANK) for a, b in zip(text, masked, strict=True))
    assert [at for at, ch in enumerate(text) if ch == "\n"] == [
        at for at, ch in enumerate(masked) if ch == "\n"
    ]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("a `b` c", ["b"]),
        ("a ``b ` c`` d", ["b ` c"]),
        ("a ` b", []),
        ("a `b\n\nc` d", []),
        ("a `b\nc` d", ["b", "c"]),
        ("```\nb\n```\nc", ["b"]),
        ("```html\nb\n```", ["b", "html"]),
        ("~~~\nb\n```\nc\n~~~\nd", ["b", "c"]),
        ("````\nb\n```\nc\n````\nd", ["b", "c"]),
        ("```\nb", []),
        ("a\n\n   ```\nb\n   ```\nc", ["b"]),
        ("a `b` `c` d", ["b", "c"]),
        ("a \\`b` c", []),
    ],
)
def test_what_is_code(text: str, hidden: list[str]) -> None:
    """Fences and spans are code where they end; an unclosed fence, a lone mark and an escaped one begin none, as in Markdown."""
    masked = mask_code(text)
    for word in "abcd":
        if word in text:
            assert (word in masked) != any(word in part for part in hidden), masked


IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True)


@given(
    st.sampled_from(sorted(CALLS)),
    IDS,
    st.sampled_from(["", " ", "\n"]),
    st.sampled_from(["'", '"']),
    st.data(),
)
def test_a_call_is_found_as_it_was_written(
    name: str, word: str, blank: str, quote: str, data: st.DataObject
) -> None:
    """A call is found with its name, its words and its place, however its blanks and quotes are written."""
    named = {key: data.draw(IDS) for key in CALLS[name] if data.draw(st.booleans())}
    inside = ", ".join(
        [f"{quote}{word}{quote}", *(f"{key}={quote}{value}{quote}" for key, value in named.items())]
    )
    text = f"First.\n\nIt is {{{{{blank}{name}({inside}){blank}}}}} here."
    problems = Problems()
    (call,) = find_calls("x.md", text, problems)
    assert not len(problems)
    assert (call.name, call.args, call.named) == (name, (word,), named)
    assert (call.place.line, call.place.column) == (3, 7)
    assert text[call.start : call.end].startswith("{{")
    assert text[call.start : call.end].endswith("}}")


@given(st.text(st.sampled_from("{}%#fact(\"'x,=) |.[]+\n-`"), max_size=50))
def test_braces_are_a_call_or_a_problem(text: str) -> None:
    """No pair of braces outside code is passed over: it is a call, or a problem at its place."""
    problems = Problems()
    calls = find_calls("x.md", text, problems)
    masked = mask_code(text)
    if ("{{" in masked or "{%" in masked) and not calls:
        assert {problem.rule for problem in problems} & {"prose-code", "prose-call"}
    for problem in problems:
        assert problem.hint
        assert problem.place.line <= text.count("\n") + 1


def test_calls_in_code_are_words() -> None:
    """What stands in a code span or a fence is no call."""
    problems = Problems()
    assert find_calls("x.md", "`{{ fact('x') }}`\n\n```\n{% raw %}\n```\n", problems) == []
    assert not len(problems)


@given(st.text(max_size=40), st.integers(0, 40))
def test_places_count_from_one(text: str, offset: int) -> None:
    """An offset is on the line that so many line ends stand before."""
    offset = min(offset, len(text))
    place = place_of("x.md", text, offset)
    lines = text[:offset].split("\n")
    assert (place.line, place.column) == (len(lines), len(lines[-1]) + 1)


SAFE = [
    "",
    "x.md",
    "../x.md#a",
    "#a",
    "https://x.example.org/a:b",
    "http://x.example.org",
    "mailto:x@example.org",
    "HTTPS://X.EXAMPLE.ORG",
    "x/y.md?z=a:b",
    "/x",
    "a.b",
]
UNSAFE = [
    "javascript:alert(1)", "JAVASCRIPT:x", "java\tscript:x", "java\nscript:x", " javascript:x", "\x01javascript:x", "java&#115;cript:x",
    "java&#x73;cript:x", "java&Tab;script:x", "javascript&colon;x", "&#106;avascript:x", "data:text/html,x", "data:image/svg+xml,x", "vbscript:x",
    "file:///etc/passwd", "//x.example.org", "\\/\\/x.example.org", "&#47;/x.example.org", "blob:x", "about:blank", "ftp://x.example.org", "x:y",
    "view-source:x", "intent:x", "javascript:", "jAvAsCrIpT&#58;x", "java&amp;#115;cript:x",
]  # fmt: skip


EVERY = ("attr_list", "footnotes", "def_list", "abbr", "admonition", "smarty", "md_in_html")
"""Extensions that ``mkdocs.yml`` may list."""


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        ('A b.\n{: name="body" x="{.y}" }', "2:1", "prose-html"),
        ('![z](index.md){: name="querySelectorAll" x="{.y}" }', "1:15", "prose-html"),
        ("- a ` b\n- <b onclick=x>c` d", "2:3", "prose-html"),
        ("# a ` b\n\n<i>x` c", "3:1", "prose-html"),
        ("1. a\n    - b ` c\n    - <img src=x onerror=1> ` d", "3:7", "prose-html"),
        ("|a`|b|\n|---|---|\n|<b>`|c|", "3:2", "prose-html"),
        ("~~~ a b\n<script>alert(1)</script>\n~~~", "2:1", "prose-html"),
        ("~~~ a b\n[x](javascript:alert(1))\n~~~", "2:3", "prose-address"),
        ("A\n{: contenteditable=true }", "2:1", "prose-html"),
        ("[a](index.md){: ping=https://example.org target=_blank }", "1:14", "prose-html"),
        ("*a*{: popovertarget=x data-copies=y }", "1:4", "prose-html"),
        ("# A {#__config}", "1:5", "prose-html"),
        ("A\n{: .md-search }", "2:1", "prose-html"),
        ("A\n{: .menu }", "2:1", "prose-html"),
        ("A\n\nB\n{: #b .lede .pop }", "4:1", "prose-html"),
        ("A\n{: class='by-hand' }", "2:1", "prose-html"),
        ("# A {: .headerlink }", "1:5", "prose-html"),
        ("A *b*{.para}", "1:6", "prose-html"),
        ("A\n{: .dispute }", "2:1", "prose-html"),
        ("A\n{: .checked }", "2:1", "prose-html"),
        ("A\n{: .verdict }", "2:1", "prose-html"),
        ("[x](index.md){: .chart-explore }", "1:14", "prose-html"),
        ("[x](#fnref:1){: .footnote-backref }", "1:14", "prose-html"),
        ("| a |\n|---|\n| b {: .drawing-wide } |", "3:5", "prose-html"),
        ("A\n\n!!! menu\n    x", "3:1", "prose-html"),
        ("``` { .py .pop }\nx\n```", "1:5", "prose-html"),
        ("A\n\n```menu\nx\n```", "3:1", "prose-html"),
        ("[x](https://library.example.org@evil.example/)", "1:3", "prose-address"),
        ("[x](https://evil.example\\@library.example.org/)", "1:3", "prose-address"),
        ("[x](mailto:a@b.org?bcc=c@d.org)", "1:3", "prose-address"),
        ("<https://аррӏе.com/>", "1:1", "prose-address"),
        ("[x][y]\n\n[y]: https://gооgle.com/", "3:1", "prose-address"),
        ("A" + "\u0301" * 9, "1:6", "hidden-character"),
        ('{{ cite("x") }}{: name="body" }', "1:16", "prose-html"),
        ("| a | b |\n|---|---|\n| c {: data-x=1 } | d |", "3:5", "prose-html"),
        ("term {: href=x }\n: b", "1:6", "prose-html"),
        ('!!! note "x"\n    hi\n    {: hidden=hidden }', "3:5", "prose-html"),
        ("``` { .py data-x=1 }\nx\n```", "1:5", "prose-html"),
        ("- a\n\n    ```{ .py data-x=1 }\n    x\n    ```", "3:8", "prose-html"),
        ('<div markdown="1">x</div>', "1:1", "prose-html"),
        ("[x][y]\n\n[y]: data:text/html,x", "3:1", "prose-address"),
        ("- a\n" + "".join(f"{'    ' * depth}- a\n" for depth in range(1, 80)), "1:1", "page-size"),
    ],
)
def test_what_markdown_makes_is_looked_at(text: str, place: str, rule: str) -> None:
    """Attributes, elements and addresses are told as Markdown makes them, whatever the text looks like, at the author's place."""
    problems = Problems()
    check_markup("x.md", text, Cache(), problems, EVERY, find_calls("x.md", text, Problems()))
    assert (f"x.md:{place}", rule) in [(str(problem.place), problem.rule) for problem in problems]


@pytest.mark.parametrize(
    "text",
    ["# A {#id}\n\n{not attributes} and `<b>` *x*{.a}", "```html\n<b onclick=x>\n```", "- a\n\n    text `<b>`", "a[^1]\n\n[^1]: [b](https://x.org/?a=b&c=d)",
     "term\n: b", "*[HTML]: words\n\nHTML", '!!! note "Title"\n    hi', '[a](index.md "t")', "# body\n\n# attributes", "A\n{: .lede }", "A\n{: .kicker }", "A\n{: .our-note .Zebra }", "!!! tip inline end\n    x", "```c++\nx\n```", "[x](https://mastodon.social/@a)", "3. a\n4. b",
     "<https://x.org> <mailto:a@b.org> <a@b.org>", '"q" -- it\'s a < b & c', "| a | b |\n|:--|--:|\n| c | d |", "~~~\n<b>\n~~~", '{{ cite("x") }}, {{ fact("y") }}'],
)  # fmt: skip
def test_ordinary_markdown_passes(text: str) -> None:
    """Ids, classes, notes, definitions, tables, titles and code are Markdown as ever."""
    problems = Problems()
    check_markup("x.md", text, Cache(), problems, EVERY, find_calls("x.md", text, Problems()))
    assert problems.found == []


def _table(columns: int, rows: int, row: str, cell: str = "|a") -> str:
    """A table whose rows are shorter than its first."""
    return f"{cell * columns}\n{'|-' * columns}\n" + row * rows


TABLES = {
    "borders": _table(4_000, 10_000, "|b\n"), "empty rows": _table(9_000, 9_000, "|\n"), "words alone": _table(4_000, 10_000, "b\n"),
    "no border": "a" + _table(4_000, 10_000, "b|c\n"), "quoted": "".join(f"> {row}\n" for row in _table(3_000, 5_000, "|b\n").splitlines()),
    "in a list": "- a\n\n" + "".join(f"    {row}\n" for row in _table(3_000, 5_000, "|b\n").splitlines()),
    "below a heading": "# A\n" + _table(4_000, 10_000, "|b\n"), "many": (_table(500, 1_000, "|b\n") + "\n") * 12,
    "escapes": _table(3_000, 10_000, "|b\n", "\\\\|"), "behind a row": "|b\n" * 9_000 + "# A\n" + _table(3_000, 6_000, "|b\n"),
    "in a note": "[^1]: a\n\n" + "".join(f"    {row}\n" for row in _table(3_000, 5_000, "|b\n").splitlines()),
    "tabs between": _table(3_000, 10_000, "|b\n").replace("|b\n", "|b\t\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_no_larger_than_its_words(name: str) -> None:
    """Markdown makes each row as long as the first; a page whose rows would become very many cells is refused before."""
    problems = Problems()
    assert not fits_page_size("site_src/x.md", TABLES[name][:60_000], problems)
    assert [each.rule for each in problems] == ["page-size"]
    assert "cells" in next(iter(problems)).message or name == "escapes"


def test_large_tables_of_data_pass() -> None:
    """A page that is full of one table has fewer cells than any that is refused."""
    table = (
        "|".join(["", *"abcdefghij", ""])
        + "\n"
        + "|-" * 10
        + "|\n"
        + "| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 0 |\n" * 1_200
    )
    problems = Problems()
    assert fits_page_size("site_src/x.md", table, problems)
    assert not list(problems)


NOTES = {
    "one note": ("[^a]" * 390 + "\n\n") * 36 + "[^a]: x\n",
    "a label over lines": ("[^a\nb]" * 390 + "\n\n") * 20,
    "many notes": "\n\n".join("".join(f"[^{at}]" for at in range(300)) for _ in range(8)),
    "calls": ('{{ cite("a") }}' * 390 + "\n\n") * 2,
    "calls of several sources": "".join(f"{{{{cite ('a{at}')}}}}\n\n" for at in range(501)),
}


@pytest.mark.parametrize("name", NOTES)
def test_a_page_refers_to_notes_within_limits(name: str) -> None:
    """Markdown counts through the references to a note for each further one of them."""
    problems = Problems()
    assert not fits_page_size("site_src/x.md", NOTES[name], problems)
    assert [(each.rule, "note" in each.message) for each in problems] == [("page-size", True)]


def test_ordinary_numbers_of_notes_pass() -> None:
    """Some hundreds of references to one note and to others, and of calls, are refused nowhere."""
    paragraphs = (f"Words[^a] and[^{at}]{{{{ cite('b') }}}}.\n" for at in range(450))
    problems = Problems()
    assert fits_page_size("site_src/x.md", "\n".join(paragraphs), problems)
    assert not list(problems)


@pytest.mark.parametrize("address", SAFE)
def test_ordinary_addresses(address: str) -> None:
    """Pages of the site and web and mail addresses are ordinary."""
    assert may_link(address)


@pytest.mark.parametrize("address", UNSAFE)
def test_odd_addresses(address: str) -> None:
    """Any other scheme is odd, however it is hidden."""
    assert not may_link(address)


@given(
    st.sampled_from(UNSAFE),
    st.sampled_from(
        ["[x]({})", "[x](<{}>)", "![x]({})", "[x][y]\n\n[y]: {}", '[x]({} "t")', "[x]( {} )"]
    ),
)
def test_an_odd_address_is_told_or_leads_nowhere(address: str, form: str) -> None:
    """Wherever an odd address is put into Markdown, it is refused, or Markdown makes no link of it."""
    text = form.format(address.strip().replace("\t", "&#9;").replace("\n", "&#10;"))
    problems = Problems()
    check_markup("x.md", text, Cache(), problems)
    shown = Shown(markdown.markdown(text, extensions=NAMES, extension_configs=SETTINGS))
    leads = [value or "" for name, value in shown.values if name in ("href", "src")]
    assert len(problems) or all(may_link(value) for value in leads), leads


HOSTILE = st.lists(
    st.sampled_from(
        ["<", ">", "script", "b", " ", "\n", "/", "!--", "-->", "=", '"', "'", "onclick", "x", "{:", "}", "{", "#a", ".c", "[", "]", "(", ")",
         "javascript:", "`", "\\", "&lt;", "&#60;", "*", "![", "](", "<!", "?", "style", "<b", "\n\n", "    "]
    ), max_size=10,
).map("".join)  # fmt: skip
TAGS = {
    "p",
    "em",
    "strong",
    "code",
    "pre",
    "a",
    "img",
    "h1",
    "h2",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "br",
    "table",
    "sup",
    "div",
}


@given(HOSTILE)
def test_what_is_not_told_is_harmless(text: str) -> None:
    """Prose in which nothing hostile is told becomes ordinary elements, without handlers, styles or odd addresses."""
    problems = Problems()
    check_markup("x.md", text, Cache(), problems)
    if len(problems):
        return
    shown = Shown(markdown.markdown(text, extensions=NAMES, extension_configs=SETTINGS))
    assert set(shown.tags) <= TAGS
    for name, value in shown.values:
        assert name in ("href", "src", "alt", "title", "id", "class", "rel"), (name, value)
        assert name not in ("href", "src") or may_link(value or "")
