"""Stylesheets and drawings that ask another host or read a file of the machine, each refused; those of drawing programs pass."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import tinycss2
from support import ROOT, copy_small, run

from explainer.assemble.page_index import Rules, read
from explainer.common.allowed import drawings
from explainer.common.allowed.scripts import Scripts, theme_folders
from explainer.common.allowed.styles import faults
from explainer.read import raster
from explainer.render import embeds
from explainer.render.prose.classes import AUTHORS, is_free, reserved

ASKING = [
    'a{b:image-set("@namespace" 1x),url(http://h/x)}',
    'a{background:image-set("\\\\\\\\h/x" 1x)}',
    'a{background:image-set("/\\9 /h/x" 1x)}',
    'a{b:image-set("http:h/x")}',
    '@import "x";',
    '@\\69mport "x"',
    "a{cursor:url(//h/x)}",
    'a{b:src("http://h")}',
    'a{--u:"http://h/x";b:image-set(var(--u) 1x)}',
    "a{--u:attr(data-x)}",
    "a{b:image-set(attr(data-x) 1x)}",
    '@charset "iso-2022-jp";',
    "a{b:url(http://h/x",
    'a{b:"x',
    'a{content:image-set("http:e/x" 1x)}',
    "a{content:url(http:e)}",
    "@font-face{src:url(https://h/f.woff)}",
    '@font-face{src:"//h"}',
    'a{background:-webkit-image-set("\\\nhttp://h" 1x)}',
    '@namespace "http://x" ; a{b:url("http://h")}',
    "a{b:@namespace url(http://h)}",
    "@namespace x{} a{b:url(http:h)}",
    'a{src:local("x"),url(\\68ttp://h)}',
    'a{b:cross-fade("http://h/x", "y")}',
    'a{b:image-set(format("x"), var(--y,"http://h/x"))}',
    "a{behavior:url(x.htc)}",
    "a{b:expression(alert(1))}",
    "a{b:URL(HTTP://h)}",
    "a{b:u\\rl(http://h)}",
    "}a{b:c}",
    'a{content:"x" url(http://h)}',
    '--x:"http://h/x"',
    'a{mask:url("javascript:1")}',
    'a{b:url("blob:x")}',
    'a{--x:{} content:"http://h"}',
    'a{b:image("x" "http:h")}',
    "a{b:image-set('https\t://h' 1x)}",
    "a{b:url(data:text/html,x)}",
    '@supports (content:"http://h"){}<!--',
    'a{list-style:"http://h"}',
]
QUIET = [
    "*{stroke-linejoin: round; stroke-linecap: butt}",
    "@namespace svg url(http://www.w3.org/2000/svg);a{b:c}",
    '@namespace "http://www.w3.org/1999/xhtml";',
    'a[href^="http://"]{content:"http://x"}',
    'a:hover{content:attr(data-x, "http:x")}',
    '@font-face{font-family:"A: B";src:url(f.woff2) format("woff2"),local("A: b")}',
    'a{--label:"Source: "}',
    "a{b:url(../x.png)}",
    'a::before{content:"Note: see " counter(x) ": a//b"}',
    'q{quotes:"//" "//"}',
    "a{b:url(\"data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'/>\")}",
    'a{b:image-set("x.png" 1x)}',
    "html:lang(ru){a:b}",
    'a{&:hover{content:"http://x"}}',
    "/* http://x </a> */",
    'a{grid-template-areas:"a b" "c d"}',
    "a{b:c",
    '.js-plotly-plot .plotly{direction:ltr;font-family:"Open Sans",verdana,arial}',
    'fill: rgb(0, 0, 0); fill-opacity: 1; clip-path:url(#clip); -inkscape-font-specification:"Sans, Normal"',
    "a{width:attr(data-w px)}",
]


@pytest.mark.parametrize("css", ASKING)
def test_a_stylesheet_that_asks_elsewhere_is_refused(css: str) -> None:
    """Every string and address is looked at as browsers cut it, wherever it stands."""
    assert faults(css)


@pytest.mark.parametrize("css", QUIET)
def test_an_ordinary_stylesheet_passes(css: str) -> None:
    """Namespaces, selectors, words of pseudo-elements, fonts and files of the site are no requests."""
    assert faults(css) == ()


def test_our_stylesheets_and_the_themes_pass() -> None:
    """Nothing that comes with the generator or with a theme is refused."""
    found = [
        *(ROOT / "templates").rglob("*.css"),
        *(
            path
            for engine in ("mkdocs", "zensical")
            for folder in theme_folders(engine)
            for path in folder.rglob("*.css")
        ),
    ]
    assert len(found) > 8
    for path in found:
        assert faults(path.read_text(encoding="utf-8")) == (), path


@pytest.mark.parametrize(
    "trap",
    [
        *("(" * 1_000_000, "/*" * 500_000, "\\" * 1_000_000, "[]" * 500_000),
        *(
            pytest.param(trap, marks=pytest.mark.audit)
            for trap in ('(")"' * 250_000, "a:" * 500_000)
        ),
    ],
    ids=lambda trap: trap[:4],
)
def test_a_long_stylesheet_ends(trap: str) -> None:
    """Brackets, comments and escapes by the megabyte are read to their end, or refused."""
    faults(trap)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:i="http://www.inkscape.org/namespaces/inkscape" width="40" height="40">{}</svg>'
WITHIN = [
    "<style><style/>@import url(http://h/x);</style>", "<style><i:x>/*</i:x>@import url(http://h/x);<i:x>*/</i:x></style>", "<style>@im<i:x>zz</i:x>port url(http://h/x);</style>",
    "<style><![CDATA[@import]]> url(http://h/x);</style>", "<style>a{b:c}<g/></style>", '<g style="mask:image-set(&quot;http:h/x&quot; 1x)"/>', '<g mask="u&#92;rl(http://h/x)"/>',
    '<g cursor="url(//h/x), auto"/>', '<g transform="url(http://h/x)"/>', '<image href="/tmp/x.png"/>', '<image xlink:href="x.png"/>', '<image href="file:///x.png"/>',
    '<image href="data:image/svg+xml,x"/>', '<use href="x.svg#a"/>', '<filter id="f"><feImage href="/tmp/x.png"/></filter>', '<rect fill="url(/tmp/x.svg#a)"/>',
]  # fmt: skip
DRAWN = [
    '<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>', '<g style="clip-path: url(#p0)" transform="translate(3 4) rotate(-90)"/>',
    '<text style="font: 10px \'DejaVu Sans\', sans-serif; text-anchor: middle" transform="rotate(-0 2 3)">x</text>', '<g clip-path="url(&quot;#a&quot;)" font-family="&quot;Open Sans&quot;, arial"/>',
    '<g style="-inkscape-font-specification:\'Sans:Bold\';fill:#000"/>', '<image href="data:image/png;base64,iVBORw0KGgo="/>', '<use href="#a"/>', '<path d="M0 0" marker-end="url(#b)"/>',
]  # fmt: skip


@pytest.mark.parametrize("inner", WITHIN)
def test_a_drawing_that_asks_elsewhere_is_refused(inner: str) -> None:
    """In a file, and before resvg draws it: nothing is read of what it names."""
    assert drawings.svg_faults(SVG.format(inner).encode())
    with pytest.raises(raster.BadDrawing):
        raster.pngs([(SVG.format(inner), 1.0)])


@pytest.mark.parametrize("inner", DRAWN)
def test_a_drawing_of_a_drawing_program_passes(inner: str) -> None:
    """What matplotlib, d3, plotly and Inkscape write is taken."""
    assert drawings.svg_faults(SVG.format(inner).encode()) == []


@pytest.mark.parametrize(
    "inner",
    [
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
        '<s:image xmlns:s="http://www.w3.org/2000/svg" href="data:image/png;base64,iVBORw0KGgo="/>',
    ],
)
def test_no_picture_is_drawn_into_a_picture(inner: str) -> None:
    """A file of some kilobytes may be a picture of gigabytes; ours hold none, so one that a template brings is refused before it is drawn."""
    with pytest.raises(raster.BadDrawing, match="holds a picture"):
        raster.pngs([(SVG.format(inner), 1.0)])


@pytest.mark.parametrize("name", ["card", "poster"])
def test_a_template_draws_no_file_of_the_machine(name: str, tmp_path: Path) -> None:
    """A project's own template for a picture that shows a file elsewhere stops the build, by its name; nothing is published."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(
        raster.pngs([(SVG.format('<rect width="40" height="40" fill="red"/>'), 1.0)])[0]
    )
    project = copy_small(tmp_path / "project")
    text = (ROOT / "templates" / "charts" / f"{name}.svg.j2").read_text(encoding="utf-8")
    own = project / "templates" / "charts" / f"{name}.svg.j2"
    own.parent.mkdir(parents=True)
    own.write_text(
        text.replace("</svg>", f'<image href="{secret}" width="40" height="40"/></svg>'),
        encoding="utf-8",
    )
    done = run(
        "--project", project, "--site-url", "https://example.org/", "--output", tmp_path / "site"
    )
    assert done.code == 1, done.said
    assert f"templates/charts/{name}.svg.j2:1:1: hostile-output: " in done.stderr
    assert not (tmp_path / "site").exists()


HEAD = "<!doctype html><html><head>{}</head><body></body></html>"
KNOWN = [
    ("about/index.html", '<link rel="canonical" href="https://example.org/x/about/">'), ("index.html", '<link rel="canonical" href="https://example.org/x/">'),
    ("embed/a/index.html", '<link rel="canonical" href="../../charts/a/">'), ("explore/a/index.html", '<meta name="robots" content="noindex">'),
    ("embed/a/0123456789abcdef/index.html", '<link rel="canonical" href="../../../charts/a/">'), ("about/index.html", '<meta property="og:url" content="https://example.org/x/about/">'),
]  # fmt: skip
FOREIGN = [
    ("about/index.html", '<link rel="canonical" href="https://evil.example/">'), ("about/index.html", '<link rel="Canonical" href="https://example.org/x/">'),
    ("about/index.html", '<link rel="canonical" href="https://example.org.evil.example/x/about/">'), ("about/index.html", '<meta property="og:url" content="//evil.example/">'),
    ("embed/a/index.html", '<link rel="canonical" href="https://evil.example/charts/a/">'), ("embed/a/index.html", '<link rel="canonical" href="../../charts/b/">'),
    ("embed/a/index.html", '<meta name="robots" content="noindex">'), ("about/index.html", '<meta name="robots" content="none">'), ("about/index.html", '<meta name="ROBOTS" content="noindex,nofollow">'),
    ("embed/a/index.html", '<meta name="citation_public_url" content="https://evil.example/">'), ("about/index.html", '</head><body><link rel="canonical" href="https://example.org/x/about/">'),
]  # fmt: skip


def told(path: str, head: str) -> list[str]:
    """What is wrong with how a page is known."""
    seen = read(
        path, HEAD.format(head).encode(), Rules(Scripts("mkdocs", "https://example.org/x/"))
    )
    return [
        fault for fault in seen.faults if "its address is" in fault or "to search engines" in fault
    ]


@pytest.mark.parametrize(("path", "head"), KNOWN)
def test_a_page_says_its_own_address(path: str, head: str) -> None:
    """A page is known by its own address, and an embed by that of its chart."""
    assert told(path, head) == []


@pytest.mark.parametrize(("path", "head"), FOREIGN)
def test_a_page_says_no_other_address(path: str, head: str) -> None:
    """Neither another host's nor another page's, and no page is hidden from search engines but those that we hide."""
    assert told(path, head)


def test_the_classes_that_authors_may_use_are_documented() -> None:
    """Each stands in the guide for authors, and all that our stylesheets and scripts find is reserved."""
    text = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    assert all(f"`.{name}`" in text for name in AUTHORS)
    for path in (ROOT / "templates").rglob("*.css"):
        for name in re.findall(
            r"\.([a-z][\w-]+)",
            re.sub(
                r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
            ),
        ):
            assert name in AUTHORS or not is_free(name), (path, name)
    assert {
        "menu",
        "pop",
        "by-hand",
        "para",
        "drawing-wide",
        "headerlink",
        "dispute",
        "checked",
        "verdict",
        "chart-explore",
        "footnote-backref",
    } <= reserved()
    assert is_free("our-note")


@pytest.mark.parametrize(
    "css",
    [
        '@function --f(){result:var(--n,"http://127.0.0.1/x")} svg{background:image-set(--f() 1x)}',
        '@function --f(--a){result:var(--a)} svg{background:image-set(--f({var(--n,"http://127.0.0.1/x")}) 1x)}',
        "@function --f(){result:attr(data-u type(*))} svg{background:image-set(--f() 1x)}",
        'a{background:image-set({"http://127.0.0.1/x"} 1x)}',
        'a{background:var(--n,"http://127.0.0.1/x")}',
        '@property --x{syntax:"*";inherits:false;initial-value:"http://127.0.0.1/x"}',
        "@anything{a{b:c}}",
    ],
)
def test_no_function_hands_an_address_on(css: str) -> None:
    """A string is held to be an address wherever it could come to where one is loaded, by rules that are new too."""
    assert faults(css)


@pytest.mark.parametrize(
    "css",
    [
        'a{content:var(--x,"a/b: c")}', '@page{@top-center{content:"a/b"}}', 'a:lang("en"){quotes:"«" "»"}', "@-webkit-keyframes x{from{top:0}}",
        '@font-face{font-family:"X";src:local("X Y"),url("x.woff2") format("woff2")}', '@counter-style x{symbols:"*"}',
    ],
)  # fmt: skip
def test_words_stay_words(css: str) -> None:
    """What shows a string may say anything in it."""
    assert faults(css) == ()


@pytest.mark.parametrize(
    "size",
    ['width="12000" height="12000"', 'viewBox="0 0 90000 90000"', 'width="1e5" height="9000"'],
)
def test_no_picture_is_larger_than_any_page_needs(
    size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template of a project cannot make pictures that take the machine's memory: they are drawn smaller."""
    monkeypatch.setattr(raster, "_PIXELS", 40_000)
    (png,) = raster.pngs(
        [
            (
                f'<!-- <svg width="1" height="1"> --><svg xmlns="http://www.w3.org/2000/svg" {size}/>',
                2.0,
            )
        ]
    )
    assert int.from_bytes(png[16:20]) * int.from_bytes(png[20:24]) <= 41_000


def test_what_cannot_be_drawn_is_told() -> None:
    """A size that is none is the template's fault, and no traceback."""
    with pytest.raises(raster.BadDrawing, match="cannot be drawn"):
        raster.pngs([('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>', 1.0)])


NESTED = {
    "functions": "a(" * 5_000, "names": "scale(" * 160_000, "brackets": "[" * 5_000, "braces": "{" * 5_000, "mixed": "a([{" * 2_000,
    "closed": "scale(" * 5_000 + ")" * 5_000, "behind strings": 'a(")"' * 5_000, "behind single strings": "a(')'" * 5_000,
    "of other kinds": "a(]" * 5_000, "behind comments": "a(/*)*/" * 5_000, "behind escapes": "a(\\)" * 5_000,
    "behind an address": "url(a(b)" + "a(" * 5_000, "behind an escaped address": 'u\\72l(a")' + "a(" * 5_000, "behind a quote": "\\\"" + "a(" * 5_000,
    "long numbers": "scale(" + "9" * 5_000 + ")",
}  # fmt: skip


@pytest.mark.parametrize("name", NESTED)
def test_no_nesting_is_too_deep_to_be_refused(name: str) -> None:
    """Brackets in brackets are refused in words wherever a style may stand, in drawings, stylesheets and pages, however they are hidden."""
    value, quoted = NESTED[name], NESTED[name].replace('"', "&quot;").replace("'", "&apos;")
    for attribute in (
        "transform",
        "fill",
        "filter",
        "mask",
        "width",
        "font-size",
        "stroke-dasharray",
    ):
        found = drawings.svg_faults(
            SVG.format("{}").replace("{}", f'<g {attribute}="{quoted}"/>').encode()
        )
        assert any("brackets" in each or "digits" in each for each in found), attribute
    for part in ('<g style="transform:{}"/>', "<style>a{{transform:{}}}</style>"):
        assert drawings.svg_faults(
            SVG.replace(
                "{}", part.replace("{{", "{").replace("}}", "}").replace("{}", quoted)
            ).encode()
        ), part
    drawings.svg_faults(
        SVG.replace("{}", f'<i:x transform="{quoted}"/>').encode()
    )  # what no browser draws may pass
    assert faults(f"a{{transform:{value}}}")
    assert faults(value)


@pytest.mark.parametrize(
    "trap",
    [
        "a" * 990_000,
        "a " * 400_000,
        "scale " * 150_000,
        "scale(" * 150_000,
        "scale(2" * 100_000,
        "-1" * 400_000,
        "_(" * 100 + "a" * 900_000,
    ],
)
def test_a_long_transformation_is_read_in_one_go(trap: str) -> None:
    """A megabyte of a transformation is read once, in an attribute and in a style."""
    drawings.svg_faults(SVG.replace("{}", f'<g transform="{trap}"/>').encode())
    drawings.svg_faults(SVG.replace("{}", f'<g style="scale:{trap}"/>').encode())


@pytest.mark.parametrize(
    ("transform", "times"),
    [("scale(3)", 3), ("SCALE (2, 5) rotate(9)", 5), ("scale(2)scale(4)", 8), ("matrix(1-2 3 4 5 6)", 10), ("translate(90) rotate(80)", 1), ("none", 1), ("2.5", 2.5),
     ("skewX(3)", 1000), ("scale(200%)", 1000), ("scale(calc(2 * 3))", 1e12), ("scale(var(--x))", 1e12), ("matrix(-.5-.5.5.5 0 0)", 2), ("scale(1e3)", 1000), ("", 1)],
)  # fmt: skip
def test_how_much_larger_a_transformation_makes(transform: str, times: float) -> None:
    """Numbers are read as browsers read them, with blanks, signs and points between them or none."""
    assert drawings._growth(tinycss2.parse_component_value_list(transform)) == times


STYLES = {
    "rules": "\n.svg-chart" * 90_000, "blocks": "\n@media (forced-colors: active) {\n" * 28_000, "comments": "/*" * 500_000, "blanks": " " * 1_000_000,
    "colours": '[data-md-color-scheme="default"]  ' * 30_000, "open colours": '[data-md-color-scheme="default"]{' * 30_000, "attributes": 'a:is("' + "[a" * 400_000,
    "deep": "@media all{" * 90 + "a{b:c}",
    "addresses": "url(a" * 200_000, "comments in a row": "/*/" * 300_000,
}  # fmt: skip


@pytest.mark.parametrize("name", STYLES)
def test_a_long_stylesheet_of_a_project_is_cut_in_one_go(name: str) -> None:
    """What embeds take of a project's stylesheet, and what pages leave of it, is found in one reading of it."""
    css = STYLES[name]
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_CPU, (20, 20))\n"
        "from explainer.assemble import styles; from explainer.render import embeds\n"
        "from explainer.common.allowed.styles import faults\n"
        "css = sys.stdin.read()\n"
        "embeds._drawing_rules(css), embeds._forced_rules(css), embeds._colours(css, 'default'), embeds._squeezed(css)\n"
        "found = styles.read(css) if not faults(css) else ()\n"
        "styles.written(found), styles._needs(css[:900_000])\n"
        "print('read')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=css,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "read\n", done.stderr[-300:]


def test_embeds_take_the_same_rules_as_before() -> None:
    """Rules for drawings stand at the beginning of a line, whatever stands around them."""
    css = ".svg-chart a{b:c}\n.svg-chart d\n,e {f:g}x .svg-chart{h:i}\n@media x{\n.svg-chart{j:k}\n}.svg-chart{l:m}\n.svg-chart{n{o:p}\n.svg-chart"
    assert embeds._drawing_rules(css) == (
        ".svg-chart a{b:c}",
        ".svg-chart d\n,e {f:g}",
        ".svg-chart{j:k}",
    )
    forced = "@media (forced-colors: active) {\n a{b:c}\n}"
    assert embeds._forced_rules(
        f"{forced}\nx{{}}\n{forced}\n@media (forced-colors: active) {{\n"
    ) == (forced, forced)
    assert embeds._squeezed("a { b : c ; } /* d */ e{f:g}/* h") == "a{b : c} e{f:g}"
