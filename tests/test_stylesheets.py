"""Stylesheets: read and written without loss, cut to what can be met, and right for a page whose scheme no script has set."""

from __future__ import annotations

import re

import pytest

from explainer.assemble import styles
from explainer.assemble.styles import Names, Styles, asked, read, split, without_unused, written
from explainer.incremental.cache import Cache

PAGE = '<html><head><link rel="stylesheet" href="../a/s.css"></head><body dir="ltr"><p class="lead num&#45;kind">x</p><ul><li>y</ul></body></html>'


@pytest.mark.parametrize(
    ("css", "short"),
    [
        ("a { color : red ; }\n\nb{}", "a{color:red}b{}"),
        ("/* x; y{ */a{b:c}/**/", "a{b:c}"),
        ('a::before { content: "}; /* , */"; }', 'a::before{content:"}; /* , */"}'),
        ("a{b:url(data:image/svg+xml;x,{y}) , c}", "a{b:url(data:image/svg+xml;x,{y}),c}"),
        (
            "@media (min-width: 3em) { a > b , c + d { e: f !important } }",
            "@media (min-width: 3em){a>b,c+d{e:f!important}}",
        ),
        ('@charset "UTF-8"; a{b:c}', '@charset "UTF-8";a{b:c}'),
        ("a:nth-child(2n + 1) { b: calc(1px + 2px) }", "a:nth-child(2n+1){b:calc(1px + 2px)}"),
        ("a{b:c", "a{b:c}"),
    ],
)
def test_a_stylesheet_is_written_in_few_letters(css: str, short: str) -> None:
    """Comments, line ends and spaces go; what stands in quotes, in an address or in arithmetic stays; a second time nothing changes."""
    assert written(read(css)) == short
    assert written(read(short)) == short


def test_lists_of_selectors_are_parted_at_their_own_commas() -> None:
    """A comma within brackets or in an attribute's value parts nothing."""
    assert list(split('a,:is(b,c) d, [x="y,z"]')) == ["a", ":is(b,c) d", '[x="y,z"]']


def cut(css: str, *found: str, page: str = PAGE) -> str:
    """What is left of a stylesheet for a page and some names that a script brings."""
    items = read(css)
    return written(
        without_unused(items, (styles.names_of_page(page) | Names(found)) & asked(items))
    )


@pytest.mark.parametrize(
    ("selector", "kept"),
    [
        (".lead", True),
        (".num-kind", True),
        (".lead:hover::after", True),
        ("ul>li", True),
        (".other", False),
        (".lead .other", False),
        ("p.lead,.other", "p.lead"),
        (":is(.other,.lead) li", True),
        (":is(.other,.more) li", False),
        ("p:not(.other)", True),
        ("ul:has(> .other)", False),
        ("[dir=ltr] p", True),
        ("[dir=rtl] p", False),
        ("[dir]", True),
        ("#top", False),
        (":root", True),
        ("*", True),
        ("article p", False),
        (".\\31 0", False),
    ],
)
def test_rules_stay_where_they_can_meet_something(selector: str, kept: bool | str) -> None:
    """Of each rule those selectors stay whose every class, id, element and attribute some page or script names."""
    left = {True: f"{selector}{{a:b}}", False: ""}.get(kept, f"{kept}{{a:b}}")
    assert cut(f"{selector}{{a:b}}") == left


def test_what_no_rule_reads_goes_too() -> None:
    """Properties that nothing reads, animations that nothing names, and what is empty then."""
    css = ":root{--a:var(--b);--b:1;--c:2;--d:3}.other{x:var(--c)}.lead{x:var(--a);animation:come 1s}@keyframes come{to{a:b}}@keyframes go{to{a:b}}"
    assert (
        cut(css)
        == ":root{--a:var(--b);--b:1}.lead{x:var(--a);animation:come 1s}@keyframes come{to{a:b}}"
    )
    assert cut(":root{--d:3}@media print{.other{a:b}}") == ""
    assert cut(":root{--d:3}", "--d") == ":root{--d:3}", "a script may read it"


def test_what_a_script_names_may_come() -> None:
    """Classes, elements and attributes that a script names count; of the theme's, classes of blocks that a page has."""
    named = styles.names_of_script(
        'x("details",{class:"card__head is-open"});e.hidden=!0;e.setAttribute("data-size","big");c.classList.add("js")'
    )
    assert {".card__head", ".is-open", "details", "[hidden]", ".js"} <= named
    css = ".card__head{a:b}.js p{a:b}[data-size=big]{a:b}[data-size=small]{a:b}[dir=rtl]{a:b}"
    assert cut(css, *named) == ".card__head{a:b}.js p{a:b}[data-size=big]{a:b}"
    assert ".card__head" in styles.names_within(Names({".card"}), named)
    assert ".card__head" not in styles.names_within(Names({".other"}), named)
    assert ".js" in styles.names_within(Names(), named)


def test_an_open_scheme_is_the_systems() -> None:
    """Each rule for a scheme is followed by the same for a page without one, under the media query by which the script would choose."""
    choice = '<input data-md-color-media="(prefers-color-scheme: {})" data-md-color-scheme="{}">'
    page = f'<body class="x" data-md-color-scheme="default" dir="ltr">{choice.format("light", "default")}{choice.format("dark", "slate")}'
    schemes = styles.scheme_choices(page)
    assert schemes == {
        "(prefers-color-scheme: light)": "default",
        "(prefers-color-scheme: dark)": "slate",
    }
    assert styles.left_open_scheme(page).startswith('<body class="x" dir="ltr">')
    plain = '<body data-md-color-scheme="default">'
    assert (styles.scheme_choices(plain), styles.left_open_scheme(plain)) == ({}, plain), (
        "no choice, so the one scheme stands"
    )
    made = written(
        styles.with_open_scheme(
            read(
                '[data-md-color-scheme="slate"] a,b{c:d}@media print{[data-md-color-scheme]{e:f}}'
            ),
            schemes,
        )
    )
    still = ":where(body):not([data-md-color-scheme])"
    assert made == (
        f'[data-md-color-scheme="slate"] a,b{{c:d}}@media (prefers-color-scheme: dark){{{still} a{{c:d}}}}'
        f"@media print{{[data-md-color-scheme]{{e:f}}{still}{{e:f}}}}"
    )


def test_a_page_links_one_stylesheet_or_carries_it() -> None:
    """Linked sheets become one file, named by what is in it; a page with a drawing holds its own rules, and one that must stay is left alone."""
    css = {
        "a/s.css": b".lead{a:b}.chart{c:d}.other{e:f}",
        "a/s.css.map": b"",
        "a/f.css": b"@font-face{src:url(x.woff)}",
    }
    drawn = PAGE.replace("<p", '<figure class="chart"></figure><p')
    fonts = PAGE.replace("a/s.css", "a/f.css")
    styles = Styles(
        {"x/index.html": PAGE, "y/index.html": drawn, "z/index.html": fonts}, css, Cache()
    )
    (path,) = styles.files
    assert re.fullmatch(r"assets/stylesheets/site\.[0-9a-f]{8}\.css", path)
    assert styles.files[path] == b'@charset "UTF-8";.lead{a:b}.chart{c:d}'
    assert styles.replaced == {"a/s.css", "a/s.css.map"}
    assert f'<link rel="stylesheet" href="../{path}">' in styles.put("x/index.html", PAGE)
    assert f'<style data-from="../{path}">.lead{{a:b}}.chart{{c:d}}</style>' in styles.put(
        "y/index.html", drawn
    )
    assert styles.put("z/index.html", fonts) == fonts
