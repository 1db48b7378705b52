"""Time grows no faster than what is read: repeated text that other ways of reading would go through again for each repetition.

A reader that takes the square of its input would need hours for these, so the generous limit of a process cannot be met by a fast
machine, nor missed by a slow one.
"""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest
from support import ROOT

from explainer.assemble.styles import names_of_page
from explainer.assemble.tracing import _place_in
from explainer.history.edition_pages import page_faults
from explainer.publish.html_limits import MAX_BLOCKS, MAX_DEPTH, shape_fault

CPU_SECONDS = 120
_BEGIN = """
import json
from explainer.assemble.finish import mended
from explainer.assemble.styles import left_open_scheme, names_of_page, needed_names, read, switched_schemes
from explainer.assemble.tracing import _place_in
from explainer.common.console import escape_workflow_commands
from explainer.engine import _judge, replace_placeholders
from explainer.history.edition_pages import page_faults
from explainer.publish.direction import marks_to_bdi
from explainer.publish.html_limits import shape_fault
from explainer.read.lettering import _TEXT
from explainer.render.prose.paragraphs import reading_of
record = {"chart": "c", "content": {"title": "t", "alt": "a. " * 50_000, "rows": [], "corrections": [], "sources": []}}
N = 300_000
"""
READINGS = {
    "styles without an end": "names_of_page('<style ' * N)",
    "styles without an end of their own": "names_of_page('<style>' * N + '</style')",
    "tags without an end": "names_of_page('<a ' * N)",
    "tags in quotes": """names_of_page('<a "' * N); names_of_page("<a '" * N + '"'); names_of_page('<a x="<b' * N)""",
    "words among marks": "_place_in('p', '\\\\*' * 60_000 + 'a', '*' * 200 + 'b')",
    "words that are marks alone": "_place_in('p', '*`_' * 60_000, '*_*' * 60)",
    "addresses": "_place_in('p', '](  ' * 60_000 + 'abc', 'bc'); _place_in('p', 'abc' * 60_000, 'abc')",
    "comments, texts and addresses of a stylesheet": """[read(text * N) for text in ('/*a', '"a', "'a", 'url(a', 'url( ', ' ', 'u', ',')]""",
    "selectors": "needed_names(['[- ' * N]); needed_names(['[a=' * N]); needed_names([':a(' * N])",
    "tags of the theme": "mended('<label ' * N); mended('<label a' * N + '>'); left_open_scheme('<body ' * N + '<input ' * N)",
    "scripts without an end": r"replace_placeholders('\ufdd4' + '<script>' * N); replace_placeholders('\ufdd4' + '<script ' * N)",
    "what an engine says": "_judge('mkdocs', 0, 'A' * N, None); _judge('mkdocs', 0, 'A a ' * N, None)",
    "signs of commands": "escape_workflow_commands(':' * N); escape_workflow_commands('#' * N); escape_workflow_commands('##a' * N); escape_workflow_commands('##' + 'a' * N)",
    "faults of many elements": "assert len(list(page_faults(''.join(f'<q{at}>x</q{at}>' for at in range(30_000)), [], record))) == 100",
    "faults of one element": "list(page_faults('<p ' + ' '.join(f'q{at}' for at in range(9_000)) + '>', [], record))",
    "elements in elements": "list(page_faults('<span>' * 100_000 + 'x', [], record)); list(page_faults('<svg>' * 100_000, [], record))",
    "sentences": "list(page_faults('<meta name=description content=\\'' + 'b. ' * 100_000 + '\\'>', [], record))",
    "drawings and labels without an end": r"""
drawings = ['<svg/>' * N, '<svg>' * N, '<svg ' * N, '<svg a="' * N]
assert [marks_to_bdi('\u2068a\u2069' + text) for text in drawings] == ['<bdi>a</bdi>' + text for text in drawings]
label = '<label class="md-header__button md-icon" for="__drawer">'
assert mended(label * 30_000) == label * 30_000
form = '<form class="md-header__option" data-md-component="palette">'
assert switched_schemes(form * 30_000) == form * 30_000
choice = '<input class="md-option" data-md-color-scheme="a"><label class="md-header__button md-icon" title="a">'
assert switched_schemes(form + choice * 30_000 + '</form>').count('<button') <= 1
assert not reading_of('a <a class="para">' * 30_000).sentences[1:]
_TEXT.sub('', '<text ' * N); _TEXT.sub('', '<text>' * N)
""",
    "what is too long": "assert len(list(page_faults('x' * 1_000_001, [], record))) == 1",
    "shapes": "[shape_fault(text * N) for text in ('<p>', '<p>x</p>', '<!--', '<style ', '<style>', '<a \\'', '<', '</p>', '<!---->', '<br>')]",
}  # fmt: skip


@pytest.mark.parametrize("name", READINGS)
def test_time_grows_with_the_text(name: str) -> None:
    """A few hundred thousand repetitions are read within two minutes of a processor; none takes a second of a usual one."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))

    command = [sys.executable, "-c", _BEGIN + READINGS[name]]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limited
    )
    assert done.returncode == 0, done.stderr[-500:]


def test_names_are_found_beside_styles() -> None:
    """Names in styles are none of the page's; those before, between and behind are, and behind a style that does not end."""
    page = '<p class="a"><style>.x{} <b class="no"></style><i class="c" title="x > y"><style data-x><u id="no2"></style><s id="d">'
    found = names_of_page(f"{page}<style><em class='e'>")
    assert {".a", ".c", "#d", ".e", "p", "i", "s", "em", "[title=x > y]"} <= found
    assert not {".no", "#no2", "u"} & found


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("see\n[x](a/b.md)", "a/b.md", (2, 5)),
        ("a/b.md [x]( <a/b.md> )", "a/b.md", (1, 14)),
        ("[x]: a/b.md\n", "a/b.md", (1, 6)),
        ("one\ntwo *four*teen", "fourteen", (2, 6)),
        ("a\\*b\\_c", "a*b_c", (1, 1)),
        ("ünï `co de`", "code", (1, 6)),
        ("ab", "ab", None),
        ("nothing", "other", None),
    ],
)  # fmt: skip
def test_words_are_found_as_authors_write_them(
    text: str, words: str, place: tuple[int, int] | None
) -> None:
    """As an address before as words, with marks of Markdown in between, at the line and column of their first letter."""
    found = _place_in("p.md", text, words)
    assert (found and (found.line, found.column)) == place


def test_faults_of_an_edition_have_their_places() -> None:
    """Each is told once, at the letter where it stands, behind letters that are longer in small."""
    record = {"chart": "c", "content": {"title": "t", "rows": [], "corrections": []}}
    body = "<p>İİİ</p><BLINK>x</BLINK><blink>y</blink>"
    assert ("<blink> is no part of an embed", body.index("<BLINK>")) in list(
        page_faults(body, [], record)
    )


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>" * (MAX_DEPTH + 1), "open at once"),
        ("<div></x>" * (MAX_DEPTH + 1), "open at once"),
        ("<div/>" * (MAX_DEPTH + 1), "does not close itself"),
        ("<div>" + "<b/>" * (MAX_DEPTH + 1) + "</div>", "does not close itself"),
        ("<div><svg>" + "<p/>" * (MAX_DEPTH + 1) + "</svg></div>", "does not close itself"),
        ("<div><textarea>" + "<b>" * (MAX_DEPTH + 1) + "</textarea></div>", "open at once"),
        ("<div><title>" + "<i>" * (MAX_DEPTH + 1) + "</title></div>", "open at once"),
        ("[a" * 9_900, "Markdown"),
        ("<b>[a</b>", "Markdown"),
        ("<p>x</p>\n*x", "Markdown"),
        ("<span>`</span>", "Markdown"),
        ("<p>x</p>\nwords" + " " * 20 + "words", "Markdown"),
        ("words <div>[a</div>", "Markdown"),
        ("    <div>[a</div>", "Markdown"),
        ("<b></b><div>[a</div>", "Markdown"),
        ("words <script>[a</script>", "Markdown"),
        ("<svg><text>[a</text></svg>", "Markdown"),
        ("<dialog>[a</dialog>", "Markdown"),
        ("<!-- [a -->", "Markdown"),
        ("<hr>[a", "Markdown"),
        ("<div></div>[a", "Markdown"),
        ("<!-- --!>[a -->", "a comment contains"),
        ("<!--><div>-->[a", "Markdown"),
        ('<div "></div>[a">', "no attribute"),
        ("<div a`b>[a</div>", "no attribute"),
        ("<div\u2003a>[a</div>", "no attribute"),
        ("<div></div a='>'>", "behind its name"),
        ("<div markdown>*x*</div>", "'markdown'"),
        ("<div MarkDown = '1'>*x*</div>", "'markdown'"),
        ("<p a='x'markdown='block'>*x*</p>", "'markdown'"),
        ("<div>" * 11, "left open"),
        ("<p>x</p>" * (MAX_BLOCKS + 1), "stand in no other"),
        ("x<br>" * (MAX_BLOCKS + 1), "stand in no other"),
        ("word " * 5_000, "outside of every block"),
        ("<b>" + "word " * 5_000 + "</b>", "outside of every block"),
        ("<p class='x", "has no end"),
        ("<style>p{}", "has no end"),
        ("<![CDATA[x]]>", "no HTML"),
        ("<?php ?>", "no HTML"),
        ("<p " + "".join(f"a{at}='' " for at in range(61)) + ">", "attributes"),
    ],
)
def test_shapes_that_engines_read_slowly(html: str, words: str) -> None:
    """Each is told in words that name what to change."""
    assert words in (shape_fault(html) or "")


def test_pieces_of_a_paragraph_are_short() -> None:
    """They may hold any words, which are escaped, but few tags, for a page has many of them."""
    assert shape_fault("<a href='x'>[a] *b* 5 % -- c's</a>", in_paragraph=True) is None
    assert "tags" in (shape_fault("<b></b>" * 16, in_paragraph=True) or "")
    assert "letters" in (shape_fault("x" * 2_001, in_paragraph=True) or "")


@pytest.mark.parametrize(
    "html",
    [
        '<div class="a" data-markdown title="markdown = 1"><p>[a]* `b`</p></div>\n<p>*c*</p>',
        "<div>a</div><div>b</div>\n  <hr>\n<p>c</p>",
        "<!-- words -->\n<p>a &amp; b</p>\nwords &amp; <a href=x/y>more</a>, in 2025 - so",
        '<div><svg viewBox="0 0 1 1"><path d="M0 0"/><text>[a]</text></svg><br/></div>',
        "<section><style>a[b]{}</style><script>a[b] && '<div>'</script></section>",
        "<math><mspace/></math>",
    ],
)
def test_html_that_every_parser_reads_alike_has_no_fault(html: str) -> None:
    """Blocks on lines of their own and behind others, whatever text is in them."""
    assert shape_fault(html) is None


def test_long_lists_have_no_fault() -> None:
    """A list of ten thousand things in one block, text with signs, void elements, and quoted brackets."""
    listed = "".join(
        f'<li><a href="x/{at}/" title="a > b">x &lt; y</a><br></li>' for at in range(10_000)
    )
    assert (
        shape_fault(
            f"<!doctype html><h2>T</h2><ul>{listed}</ul><script>if (a < b) {{}}</script><p>1 < 2</p>"
        )
        is None
    )
