"""What may stand in a site: hostile elements, drawings, stylesheets, files and editions, each refused by name."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, copy_small, lend, run

from explainer.assemble.page_index import Rules, read
from explainer.cli.reporting import report
from explainer.common import policy
from explainer.common.allowed import drawings
from explainer.common.allowed import files as allowed_files
from explainer.common.allowed import styles as allowed_styles
from explainer.common.allowed.scripts import FRAMES, Scripts
from explainer.common.problems import Place, Problem, escape_invisible
from explainer.history import edition_pages
from explainer.history.editions import SLOT, edition_id, edition_paths, record_bytes
from explainer.render.exports.downloads import csv_of, without_guard

PAGE = (
    '<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; base-uri \'none\'; '
    "form-action 'none'\"><meta charset=utf-8><title>x</title></head><body>{}</body></html>"
)
ELEMENTS = {
    "srcdoc": "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "frame": "<iframe src=https://evil.example/></iframe>",
    "frame within": "<iframe src=/assets/x.html></iframe>", "object": "<object data=x.svg></object>", "embed": "<embed src=x.svg>",
    "base": "<base href=//evil.example/>", "base for links": "<base target=_top>", "form": "<form action=//evil.example><button>go</button></form>",
    "submit": "<form><button type=submit>go</button></form>", "formaction": "<button formaction=//evil.example>go</button>",
    "image button": "<input type=image src=x>", "hidden field": "<input type=hidden name=a>", "clobbered": "<input name=querySelectorAll>",
    "clobbering form": "<form name=body></form>", "template": "<template><b>x</b></template>", "declared shadow": "<div><template shadowrootmode=open>x</template></div>",
    "noscript": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>", "math": "<math><mi href='javascript:alert(1)'>x</mi></math>",
    "refresh": "<meta http-equiv=refresh content='0; url=../'>", "refresh spelt": "<meta http-equiv=ReFresh content='0;url=//evil.example'>",
    "cookie": "<meta http-equiv=set-cookie content=a=b>", "named meta": "<meta name=google-site-verification content=x>",
    "preload": "<link rel=preload href=//evil.example>", "prefetch": "<link rel='dns-prefetch' href=//evil.example>", "import": "<link rel=import href=x>",
    "module": "<link rel=modulepreload href=x.js>", "web app": "<link rel=manifest href=x.json>", "two rels": "<link rel='alternate stylesheet' href=//evil.example/x.css>",
    "style from elsewhere": "<link rel=stylesheet href=//evil.example/x.css>", "script": "<script>alert(1)</script>", "module script": "<script type=module>1</script>",
    "import map": "<script type=importmap>{}</script>", "rules": "<script type=speculationrules>{}</script>", "empty type": "<script type=''>1</script>",
    "script from elsewhere": "<script src=//evil.example/x.js></script>", "script of data": "<script src=assets/x.json></script>",
    "script of data:": "<script src=data:text/javascript,1></script>", "handler": "<p OnClick=alert(1)>x</p>", "style": "<p style=color:red>x</p>",
    "javascript": "<a href='java&Tab;script:alert(1)'>x</a>", "data": "<a href='data:text/html,x'>x</a>", "vbscript": "<a href=' vbscript:x'>x</a>",
    "blob": "<a href='blob:x'>x</a>", "slashes": "<a href='\\\\evil.example'>x</a>", "ping": "<a ping=//evil.example href=x>x</a>",
    "target": "<a target=_top href=x>x</a>", "opener": "<a rel=opener href=x>x</a>", "map": "<map><area href=javascript:1></map>", "video": "<video src=x></video>",
    "editable": "<p contenteditable>x</p>", "custom": "<x-a>x</x-a>", "portal": "<portal src=x></portal>", "plaintext": "<plaintext>",
    "svg script": "<svg><script>alert(1)</script></svg>", "svg script linked": "<svg><script href=x.js /></svg>", "svg foreign": "<svg><foreignObject><p>x</p></foreignObject></svg>",
    "svg animate": "<svg><a><animate attributeName=href values=javascript:alert(1) /><text>x</text></a></svg>", "svg set": "<svg><set attributeName=onmouseover to=alert(1) /></svg>",
    "svg link": "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>", "svg use": "<svg><use href='//evil.example/x.svg#a'/></svg>",
    "svg image": "<svg><image href='https://evil.example/x.png'/></svg>", "svg paint": "<svg><path fill='url(https://evil.example/x#a)'/></svg>",
    "svg load": "<svg onload=alert(1)></svg>", "style element": "<style>@import '//evil.example'</style>", "marquee": "<marquee onstart=alert(1)>x</marquee>",
    "popover elsewhere": "<p popover>x</p>", "autofocus": "<a autofocus href=x>x</a>", "null": "a\0b",
}  # fmt: skip


@pytest.mark.parametrize("name", ELEMENTS)
def test_a_hostile_element_is_refused(name: str) -> None:
    """What is on no list is a fault of the page; the same words in an attribute, a comment or a text box are words."""
    rules = Rules(Scripts("mkdocs"))
    assert read("about/index.html", PAGE.format("<p>Words.</p>").encode(), rules).faults == ()
    assert read("about/index.html", PAGE.format(ELEMENTS[name]).encode(), rules).faults
    words = (
        ELEMENTS[name]
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace('"', "&quot;")
        .replace("\0", "")
    )
    quoted = f'<p title="{words}">{words}</p><textarea>{words}</textarea><!-- <b> -->'
    assert read("about/index.html", PAGE.format(quoted).encode(), rules).faults == ()


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe<\0p\0",
        b"\xef\xbb\xbf" + PAGE.format("x").encode(),
        b"+ADw-script+AD4-",
        b"",
        b"\xff",
    ],
)
def test_a_page_in_another_encoding_is_refused(data: bytes) -> None:
    """Pages are UTF-8 without a mark, and say so."""
    assert read("about/index.html", data, Rules(Scripts("mkdocs"))).faults


def test_only_a_moved_page_leads_on_and_within_the_site() -> None:
    """The same line is taken on the page of an address that was renamed, and nowhere else; it never leads to another host."""
    page = PAGE.format("").replace(
        "<title>", '<meta http-equiv="refresh" content="0; url=../../facts/loans/"><title>'
    )
    rules = Rules(Scripts("mkdocs"), frozenset({"facts/old/index.html"}))
    assert read("facts/old/index.html", page.encode(), rules).faults == ()
    assert read("facts/new/index.html", page.encode(), rules).faults
    for to in (
        "//evil.example/",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "../x' onload='1",
    ):
        assert read(
            "facts/old/index.html", page.replace("../../facts/loans/", to).encode(), rules
        ).faults, to


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">{}</svg>'
DRAWINGS = {
    "script": "<script>alert(1)</script>", "script of XHTML": '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
    "prefixed": '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>', "handler": '<g onclick="alert(1)"/>',
    "foreign": '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', "frame": '<x:iframe xmlns:x="http://www.w3.org/1999/xhtml" src="x"/>',
    "link": '<a xlink:href="javascript:alert(1)"><text>x</text></a>', "link with an entity": '<a href="java&#9;script:alert(1)"><text>x</text></a>',
    "animate": '<a><animate attributeName="href" values="javascript:alert(1)"/></a>', "set": '<set attributeName="onclick" to="alert(1)"/>',
    "use": '<use href="https://evil.example/x.svg#a"/>', "use of data": '<use href="data:image/svg+xml,x#a"/>', "image": '<image href="https://evil.example/x.png"/>',
    "image of svg": '<image href="data:image/svg+xml;base64,AA=="/>', "filter": '<filter><feImage href="https://evil.example/x"/></filter>',
    "style": "<style>@import url(https://evil.example/x.css);</style>", "escaped style": "<style>a{b:\\75rl(https://evil.example/)}</style>",
    "paint": '<path fill="url(https://evil.example/#a)"/>', "style attribute": '<path style="fill:url(//evil.example/#a)"/>', "base": '<g xml:base="https://evil.example/"/>',
    "handler element": '<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">alert(1)</handler>', "math": '<m:mi xmlns:m="http://www.w3.org/1998/Math/MathML" href="javascript:1"/>',
    "events": '<g xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load"/>',
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_hostile_drawing_is_refused(name: str) -> None:
    """An SVG file that a browser could open by itself runs nothing and asks nobody."""
    assert drawings.svg_faults(SVG.format(DRAWINGS[name]).encode())


def _nested(part: str, inner: str, shown: str, levels: int = 9) -> str:
    """Parts that each show the one before ten times; ``{}`` is its number."""
    parts = [
        part.format(0, '<path d="M0 0h1"/>'),
        *(part.format(at, inner.format(at - 1) * 10) for at in range(1, levels)),
    ]
    return "".join(parts) + shown.format(levels - 1)


_CLIP = '<clipPath id="a{0}">{1}</clipPath>'
ENDLESS = {
    "uses": _nested('<g id="a{0}">{1}</g>', '<use href="#a{0}"/>', '<use href="#a{0}"/>'),
    "uses by codes": _nested('<g id="a{0}">{1}</g>', '<use href="#%61{0}"/>', ""),
    "old links": _nested('<g id="a{0}">{1}</g>', '<use xlink:href="#a{0}"/>', "").replace("xlink:", 'xmlns:l="http://www.w3.org/1999/xlink" l:'),
    "patterns": _nested('<pattern id="a{0}">{1}</pattern>', '<path fill="url(#a{0})"/>', '<path fill="url(#a{0})"/>'),
    "masks": _nested('<mask id="a{0}">{1}</mask>', '<path style="mask: url(&quot;#a{0}&quot;)"/>', '<path mask="url(#a{0})"/>'),
    "clips": _nested(_CLIP, '<path clip-path="url(#a{0})"/>', '<path clip-path="url(#a{0})"/>'),
    "escaped": _nested(_CLIP, '<path clip-path="u\\72l(#\\61 {0})"/>', '<path clip-path="url(#a{0})"/>'),
    "classes": "<style>" + "".join(f".c{at}{{clip-path:url(#a{at})}}" for at in range(9)) + "</style>" + _nested(_CLIP, '<path class="c{0}"/>', '<path class="c{0}"/>'),
    "rules in rules": "<style>@media all{" + "".join(f".c{at}{{clip-path:url(#a{at})}}" for at in range(9)) + "}</style>" + _nested(_CLIP, '<path class="c{0}"/>', ""),
    "properties": "<style>" + "".join(f".c{at}{{--x:url(#a{at})}}" for at in range(9)) + "path{fill:var(--x)}</style>" + _nested('<pattern id="a{0}">{1}</pattern>', '<path class="c{0}"/>', ""),
    "markers": _nested('<marker id="a{0}">{1}</marker>', '<path d="M0 0L1 1 2 2" marker-mid="url(#a{0})"/>', ""),
    "many points": '<marker id="a"><path d="' + "M0 0" * 300 + '"/>' + "<path/>" * 300 + '</marker><path marker="url(#a)" d="' + "L1 1" * 300 + '"/>',
    "handed on": '<pattern id="a">' + "<path/>" * 300 + '</pattern><g fill="url(#a)">' + "<path/>" * 300 + "</g>",
    "itself": '<g id="a"><use href="#a"/></g>', "one another": '<mask id="a"><g mask="url(#b)"/></mask><mask id="b"><g mask="url(#a)"/></mask>',
    "often": "<style>" + "*{fill:url(#a)}" * 2000 + "</style>" + "<g/>" * 2000,
}  # fmt: skip


@pytest.mark.parametrize("name", ENDLESS)
def test_a_small_drawing_that_stands_for_a_huge_one_is_refused(name: str) -> None:
    """No drawing takes a browser longer than its size tells, by whatever its parts show one another."""
    (fault,) = drawings.svg_faults(SVG.format(ENDLESS[name]).encode())
    assert "show" in fault or "name" in fault, fault


def _filtered(effects: str, shapes: int = 500, by: str = 'filter="url(#f)"') -> str:
    return f'<filter id="f">{effects}</filter>' + f"<path {by}/>" * shapes


_LINE = '<path d="M0 0H990"/>'
SLOW = {
    "blurs": _filtered('<feGaussianBlur stdDeviation="100"/>' * 10), "few long effects": _filtered('<feMorphology radius="400"/>' * 10, 10),
    "a wide kernel": _filtered(f'<feConvolveMatrix order="15" kernelMatrix="{"1 " * 225}"/>', 20), "noise": _filtered('<feTurbulence numOctaves="200"/>' * 4),
    "lights": _filtered("<feSpecularLighting><fePointLight/></feSpecularLighting>" * 10), "by style": _filtered("<feOffset/>" * 10, by='style="filter:url(#f)"'),
    "by class": "<style>.a{filter:u\\72l(#f)}</style>" + _filtered("<feOffset/>" * 10, by='class="a"'),
    "functions": "<style>path{filter:blur(9px) blur(9px) drop-shadow(1px 1px red)}</style>" + "<path/>" * 500,
    "functions in attributes": '<path filter="blur(9px) sepia(1)"/>' * 500, "functions in styles": '<path style="-webkit-filter: blur(9px) sepia(1)"/>' * 500,
    "behind": "<style>@media all{g path{backdrop-filter:blur(9px) sepia(1)}}</style>" + "<g><path/></g>" * 500,
    "handed on effects": "<style>*{--x:blur(9px) blur(9px)} path{filter:var(--x)}</style>" + "<path/>" * 500,
    "used": _filtered("<feOffset/>" * 10, 1).replace("<path", '<path id="p"') + '<use href="#p"/>' * 500,
    "dashes": '<g stroke-dasharray=".01">' + _LINE * 20 + "</g>", "dashes by style": '<g style="stroke-dasharray: .01, .01">' + _LINE * 40 + "</g>",
    "dashes by class": "<style>.a{stroke-dasharray:.01}</style>" + _LINE.replace("/>", ' class="a"/>') * 20,
    "dashes of a root": "<style>svg{stroke-dasharray:.01px}</style>" + _LINE * 20, "dashes in percent": '<g stroke-dasharray="0.1%">' + _LINE * 20 + "</g>",
    "dashes in letters": '<g font-size=".001" stroke-dasharray="1em">' + _LINE * 20 + "</g>", "dashes worked out": "<style>path{stroke-dasharray:calc(1px / 99)}</style>" + _LINE * 20,
    "dashes of a property": "<style>path{--d:.001;stroke-dasharray:var(--d)}</style>" + _LINE * 20, "one long line": '<path stroke-dasharray="1" d="M0 0H9e6"/>',
    "circles": '<circle r="9000" stroke-dasharray=".1"/>' * 20, "boxes": '<rect width="9000" height="1" stroke-dasharray=".01"/>' * 2, "lines": '<line x2="90000" stroke-dasharray=".1"/>' * 5,
    "arcs": '<path d="M0 0a9 9000 0 1 1 .1 .1" stroke-dasharray=".05"/>' * 5, "a path's own length": '<path d="M0 0H9" pathLength="9000000" stroke-dasharray="1"/>' * 2,
    "unscaled": '<svg viewBox="0 0 .01 .01"><path d="M0 0H9" vector-effect="non-scaling-stroke" stroke-dasharray=".01"/></svg>' * 20,
    "unscaled and enlarged": '<g transform="scale(100)">' + '<path d="M0 0H99" style="vector-effect:non-scaling-stroke;stroke-dasharray:.1"/>' * 30 + "</g>",
    "dashes of what is used": '<defs><path id="p" d="M0 0H990"/></defs><g stroke-dasharray=".1">' + '<use href="#p"/>' * 200 + "</g>",
}  # fmt: skip
_DASHED = 'fill="none" stroke="#000"'
_USED = "<defs>{}</defs>" + '<use href="#q"/>' * 400
SLOW |= {
    "dashed letters": f'<text font-size="100000" {_DASHED} stroke-dasharray=".1">MMMM</text>',
    "letters by style": f'<style>text{{font:bold 99999px serif;stroke-dasharray:1}}</style><text {_DASHED}>MMMM</text>',
    "letters of a size not told": f'<g {_DASHED} stroke-dasharray="4"><text style="font-size:99em">M<tspan>M</tspan></text></g>',
    "letters far apart": f'<text letter-spacing="1e7" text-decoration="underline" {_DASHED} stroke-dasharray="1">MM</text>',
    "a circle by style": '<circle style="r:100000px;stroke:#000;stroke-dasharray:1"/>',
    "a circle by class": "<style>.a{r:calc(1px * 9)}</style>" + f'<circle class="a" {_DASHED} stroke-dasharray="9"/>',
    "a box by name": "<style>rect{width:9e6px}</style>" + f'<rect {_DASHED} stroke-dasharray="1"/>',
    "a path by style": "<style>#p{d:path('M0 0H9e9')}</style>" + f'<path id="p" {_DASHED} stroke-dasharray="9"/>',
    "a part of a large drawing": f'<svg viewBox="0 0 200000 200000"><circle r="50%" {_DASHED} stroke-dasharray="1"/></svg>',
    "a part of a drawing of parts": f'<svg width="999%"><svg width="999%"><line x2="100%" {_DASHED} stroke-dasharray="9"/></svg></svg>',
    "a circle in letters": f'<g font-size="9999999"><circle r="9em" {_DASHED} stroke-dasharray="9"/></g>',
    "dashes smaller than any": f'<g font-size="1e-6"><path d="M0 0q1 9 0 9" {_DASHED} stroke-dasharray="1em"/></g>',
    "many dashes a round": f'<path d="M0 0q1 99 99 999" {_DASHED} stroke-dasharray="{"0 " * 30000}1 1"/>',
    "curves that go on": f'<path d="M0 0q0 1e3 1e-9 0{"t0 0" * 9999}" {_DASHED} stroke-dasharray=".1"/>',
    "ends of a path": f'<path d="M1e3 0{"L0 9zm0 0" * 9999}" {_DASHED} stroke-dasharray=".1"/>',
    "enlarged much": '<g transform="scale(1e5)">' + f'<path d="M0 0q1 9 0 9" {_DASHED} vector-effect="non-scaling-stroke" stroke-dasharray="4"/>' * 200 + "</g>",
    "enlarged again": '<g transform="scale(50)">' * 3 + f'<path d="M0 0q1 9 0 9" {_DASHED} vector-effect="non-scaling-stroke" stroke-dasharray="4"/>' * 200 + "</g>" * 3,
    "an effect of the same twice": '<filter id="f">' + "<feBlend/>" * 34 + '</filter><rect filter="url(#f)"/>',
    "by names": '<filter id="f">' + "".join(f'<feComposite in="r{at}" in2="r{at}" result="r{at + 1}"/>' for at in range(34)) + "</filter>",
    "merged": '<filter id="f">' + ("<feMerge>" + "<feMergeNode/>" * 10 + "</feMerge>") * 12 + '</filter><rect filter="url(#f)"/>',
    "shadows of letters": "<style>text{text-shadow:0 0 9px red,0 0 9px red}</style>" + "<text>M</text>" * 500,
    "backgrounds": "<style>svg{background:" + ",".join(["conic-gradient(red,blue)"] * 500) + "}</style>",
    "octaves": '<filter id="f"><feTurbulence numOctaves="99999"/></filter>' + '<rect filter="url(#f)"/>' * 60,
    "pictures in pictures": '<g opacity=".9">' * 200 + "<path/>" + "</g>" * 200, "blends in blends": '<g style="mix-blend-mode:hue">' * 200 + "</g>" * 200,
    "clips in clips": '<clipPath id="c"><path/></clipPath>' + '<g clip-path="url(#c)">' * 200 + "</g>" * 200, "filters in filters": '<g filter="blur(3px)">' * 100 + "</g>" * 100,
    "blends": _USED.format('<g id="q">' + '<g style="mix-blend-mode:hue"><path/></g>' * 10 + "</g>"),
    "patterns all over": _USED.format('<pattern id="p"><path/></pattern><g id="q">' + '<path fill="url(#p)"/>' * 10 + "</g>"),
}  # fmt: skip
HEAVY = {
    "a long path": _USED.format('<path id="q" d="M0 0' + "l9 9h-8" * 9000 + '"/>'), "a long text": _USED.format('<text id="q">' + "words " * 9000 + "</text>"),
    "a long style": _USED.format('<g id="q"><style>' + ".a{b:c}" * 9000 + "</style></g>"), "a long list": _USED.format(f'<g id="q" transform="{"scale(1)" * 9000}"/>'),
    "a long clip": '<clipPath id="c"><path d="' + "M0 0" * 9000 + '"/></clipPath>' + '<path clip-path="url(#c)"/>' * 900,
    "any beside any": "<style>" + "*~*{a:b}" * 7000 + "</style>" + "<g/>" * 4000, "beside": "<style>" + "path~g{a:b}" * 5000 + "</style><path/>" + "<g/>" * 4000,
    "within": "<style>" + ".z>g g g{a:b}" * 5000 + '</style><g class="z">' + "<g>" * 2000 + "</g>" * 2000 + "</g>",
    "that has": "<style>*:has(~z){fill:red}</style>" + "<g/>" * 5000, "of": "<style>@media all{g:nth-last-child(2n of z){fill:red}}</style>" + "<g/>" * 5000,
    "nested rules": "<style>g{~z{fill:red}}</style>" + "<g/>" * 5000,
}  # fmt: skip


@pytest.mark.parametrize("name", HEAVY)
def test_a_drawing_with_long_parts_or_slow_selectors_is_refused(name: str) -> None:
    """Long parts are not shown often, and stylesheets do not have each element held against all others again and again."""
    (fault,) = drawings.svg_faults(SVG.format(HEAVY[name]).encode())
    assert "characters" in fault or "styles name" in fault, fault


DASHES = (
    "-0.000001", "-1", "-1e9999 1", "NaN", "inf", "1e999", "-1e999", "-1px", "-5%", "calc(-1px)", "-1em", "1e-999", "0", "-0", "1e400px, -1",
    "5 -3", ".001 -1e-9", "var(--x)", "calc(infinity*1px)", "calc(NaN)", "1e-320", "-1e-320 1e308 1e308", "",
)  # fmt: skip


@pytest.mark.parametrize("dashes", DASHES)
def test_no_dash_makes_a_drawing_lighter(dashes: str) -> None:
    """Whatever the length of a dash is, what stands beside it is counted as before."""
    line = '<path d="M0 0h1000000000000" stroke-dasharray="{}"/>'
    for one in (
        line.format(dashes),
        line.replace("stroke-dasharray=", "style=").format(f"stroke-dasharray:{dashes}"),
    ):
        for size in ("h1000000000000", "h-1e999", "h1e-999", "h0"):
            beside = one.replace("h1000000000000", size)
            assert drawings.svg_faults(SVG.format(ENDLESS["uses"] + beside).encode()), beside
            assert drawings.svg_faults(SVG.format(beside + SLOW["blurs"]).encode()), beside


def test_ordinary_dashed_drawings_are_taken() -> None:
    """Dashed grids with words beside, in shares of the whole and in millimetres; styles whose selectors only pass by a dashed part."""
    axis = (
        '<g stroke-dasharray="2 2">'
        + '<line x2="800" stroke="#ccc"/><text x="3" y="4" font-size="12">1,234 tonnes</text>' * 60
        + "</g>"
    )
    grid = (
        '<g stroke-dasharray="4 2">'
        + '<line x2="100%"/>' * 60
        + '</g><rect width="100%" height="100%" stroke-dasharray="4"/>'
    )
    millimetres = '<rect width="100mm" height="50mm" stroke-dasharray="2mm 1mm"/>' * 100
    graph = "<style>#m .dashed{stroke-dasharray:3}svg .dotted{stroke-dasharray:2}@media print{.x{stroke-dasharray:1}}</style>"
    graph += (
        '<g id="m">'
        + '<text style="font-size:1.2em">Words</text><path class="dashed" d="M0 0C10 10 200 300 400 400"/>'
        * 300
        + "</g>"
    )
    program = (
        '<path style="opacity:0.5;stroke-dasharray:4, 2" d="m 12,13 c 1,2 3,4 5,6 s 4,5 6,7 z m 3,4 l 3,4 z"/>'
        * 400
    )
    program += (
        '<g style="opacity:1;stroke-dasharray:none"><text style="font-size:10.58px;letter-spacing:0px">Words</text></g>'
        * 400
    )
    plot = '<clipPath id="p"><path/></clipPath><path id="d" d="M0 3C.79 3 1.5 2.6 2.1 2.1z"/><g clip-path="url(#p)">'
    plot += '<use href="#d" style="fill:#1f77b4" clip-path="url(#p)" opacity=".6"/>' * 3000 + "</g>"
    coast = '<g stroke-dasharray="3"><path d="' + "M12.5 33.7l2.1 3.4 1 9 .3.4z" * 4000 + '"/></g>'
    rules = "<style>" + ".a g:hover,.b>g:not(.c),g g{fill:red}" * 30 + "</style>" + "<g/>" * 3000
    for each in (axis, grid, millimetres, graph, program, plot, coast, rules):
        assert (
            drawings.svg_faults(SVG.replace("0 0 1 1", "0 0 900 900").format(each).encode()) == []
        )


@pytest.mark.parametrize("name", SLOW)
def test_a_small_drawing_that_takes_long_is_refused(name: str) -> None:
    """No drawing takes a browser longer than its size tells, by its effects and its dashes; with less of the same it is taken."""
    (fault,) = drawings.svg_faults(SVG.format(SLOW[name]).encode())
    assert "effects or dashes" in fault, fault


def test_drawings_may_have_effects_and_dashes() -> None:
    """Twenty icons with a shadow, borders in dashes over a whole map, and what drawing programs write where there are none."""
    shadow = '<filter id="f"><feGaussianBlur/><feOffset/><feFlood/><feComposite/><feMerge><feMergeNode/><feMergeNode/></feMerge></filter>'
    icons = shadow + '<g filter="url(#f)"><path/><path/></g>' * 20
    borders = (
        '<g style="stroke-dasharray: 4, 2; stroke-dashoffset: 0">'
        + '<path d="M0 0L900 900 100 40"/>' * 500
        + "</g>"
    )
    kept = (
        '<path vector-effect="non-scaling-stroke" stroke-dasharray="4 2" d="M0 0L900 900"/>' * 100
    )
    plain = (
        '<g transform="scale(2)"><path style="vector-effect:none;stroke-dasharray:4,2" d="M0 0L900 900"/></g>'
        * 500
    )
    none = (
        '<path style="stroke-dasharray:none;filter:none;vector-effect:none" d="M0 0H990"/>' * 3000
    )
    colours = (
        "<style>:root{--c:rgb(1 2 3);--s:1.5}path{fill:var(--c);stroke-dasharray:0}</style>"
        + _LINE * 5000
    )
    kernel = '<filter id="k"><feConvolveMatrix order="3" kernelMatrix="0 -1 0 -1 5 -1 0 -1 0"/></filter><path filter="url(#k)"/>'
    for each in (icons, borders, plain, none, colours, kernel):
        assert drawings.svg_faults(SVG.format(each).encode()) == []
    assert drawings.svg_faults(SVG.replace("0 0 1 1", "0 0 900 900").format(kept).encode()) == []
    assert drawings.svg_faults(SVG.format(kept).encode())


def test_drawings_may_show_their_parts_often() -> None:
    """A plot with a thousand marks, groups with clips and gradients in one another, and a long chain of small parts are taken."""
    plot = '<g id="m"><path/><path/></g>' + '<use href="#m"/>' * 5000
    groups = '<clipPath id="c"><path/></clipPath><linearGradient id="f"><stop/></linearGradient>'
    groups += '<g clip-path="url(#c)">' * 30 + '<path fill="url(#f)"/>' * 3000 + "</g>" * 30
    chain = '<g id="x0"/>' + "".join(
        f'<g id="x{at}"><use href="#x{at - 1}"/></g>' for at in range(1, 100)
    )
    for each in (
        plot,
        groups,
        chain,
        "<style>.a{fill:url(#none)}</style>" + '<path class="a"/>' * 5000,
    ):
        assert drawings.svg_faults(SVG.format(each).encode()) == []


WHOLE = {
    "stylesheet": b'<?xml-stylesheet href="x.xsl"?>' + SVG.format("").encode(), "entities": b'<!DOCTYPE svg [<!ENTITY a "x">]>' + SVG.format("").encode(),
    "latin": b'<?xml version="1.0" encoding="iso-8859-1"?>' + SVG.format("").encode(), "wide": SVG.format("").encode("utf-16"),
    "no namespace": b"<svg><path/></svg>", "page": b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "broken": b"<svg", "nothing": b"", "bytes": bytes(range(256)),
    "laughs": b'<!DOCTYPE svg [<!ENTITY a "' + b"x" * 999 + b'"><!ENTITY b "' + b"&a;" * 999 + b'">]>' + SVG.format("&b;").encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_a_drawing_of_another_kind_is_refused(name: str) -> None:
    """Files are UTF-8, declare nothing of their own, and bring no stylesheet that runs."""
    assert drawings.svg_faults(WHOLE[name])


ASKING = '<style>&commat;import "https&colon;//evil.example/x.css";</style>'
"""Asks for a style where a browser knows HTML's entities in a drawing."""
_DTD = '<!DOCTYPE svg PUBLIC "{}" "{}">'
SVG_TYPES = (
    "", "<!DOCTYPE svg>", '<?xml version="1.0"?><!-- <!DOCTYPE svg [ --><!DOCTYPE  svg >', "\ufeff<!DOCTYPE svg>",
    _DTD.format("-//W3C//DTD SVG 1.1//EN", "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"),
    _DTD.format("-//W3C//DTD SVG 1.1 Tiny//EN", "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11-tiny.dtd"),
    _DTD.format("-//W3C//DTD SVG 20010904//EN", "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd").replace('"', "'"),
    _DTD.format("-//W3C//DTD SVG 1.0//EN", "http://www.w3.org/TR/SVG/DTD/svg10.dtd").replace(" ", "\n"),
)  # fmt: skip
"""Document types that drawings are taken with; the last is broken by line ends in a name."""
FOREIGN_TYPES = (
    *(_DTD.format(f"-//{name}//EN", to)
    for to in ("http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd", "xhtml11.dtd", "")
    for name in (
        "W3C//DTD XHTML 1.0 Strict", "W3C//DTD XHTML 1.0 Transitional", "W3C//DTD XHTML 1.0 Frameset", "W3C//DTD XHTML 1.1",
        "W3C//DTD XHTML Basic 1.0", "W3C//DTD XHTML 1.1 plus MathML 2.0", "W3C//DTD XHTML 1.1 plus MathML 2.0 plus SVG 1.1",
        "W3C//DTD MathML 2.0", "WAPFORUM//DTD XHTML Mobile 1.0", "W3C//DTD SVG 9.9",
    )),
    '<!DOCTYPE svg SYSTEM "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">', "<!DOCTYPE svg SYSTEM 'htmlmathml-f.ent'>",
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "xhtml11.dtd">', "<!DOCTYPE html>", "<!DOCTYPE svg []>",
    '<!-- a --><!DOCTYPE svg><!DOCTYPE svg PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x">',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg.dtd" [<!ENTITY colon ":">]>',
)  # fmt: skip
"""Types by which some browser knows more entities, or might."""


@pytest.mark.parametrize("kind", SVG_TYPES[:-1])
def test_no_entity_means_something_to_browsers_alone(kind: str) -> None:
    """Under a type of SVG's own a drawing is taken, and no entity but XML's five, wherever it stands; numbers are as good as letters."""
    good = SVG.format(
        "<text>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;<!-- &colon; --><![CDATA[&colon;]]></text>"
    )
    assert drawings.svg_faults((kind + good).encode()) == []
    for entity in (
        "&colon;",
        "&nbsp;",
        "&sol;",
        "&QUOT;",
        "&AMP;",
        "&a;",
        "&\N{CYRILLIC SMALL LETTER A};",
    ):
        for inside in (
            f'<a href="javascript{entity}alert(1)"/>',
            f"<style>{entity}import</style>",
            f"<title>{entity}</title>",
        ):
            assert drawings.svg_faults((kind + SVG.format(inside)).encode()), (entity, inside)
    assert drawings.svg_faults((kind + SVG.format('<a href="javascript&#58;alert(1)"/>')).encode())


@pytest.mark.parametrize("kind", [*FOREIGN_TYPES, SVG_TYPES[-1]])
def test_a_document_type_that_is_not_of_svg_is_refused(kind: str) -> None:
    """Whatever stands below it, and in a feed too."""
    assert drawings.svg_faults((kind + SVG.format("")).encode())
    assert drawings.feed_faults((kind + '<feed xmlns="http://www.w3.org/2005/Atom"/>').encode())


def test_a_long_beginning_of_a_drawing_is_read_in_one_go() -> None:
    """A megabyte of what may stand before a document type takes no longer for each of its letters."""
    for before in (
        " ",
        "<!---->",
        "<!-- - ",
        "<!--" + "- ",
        "<?xml ",
        '<!DOCTYPE svg PUBLIC "',
        "<!DOCTYPE " + "svg ",
    ):
        assert drawings.svg_faults((before * (1_000_000 // len(before))).encode())


def test_drawings_of_programs_are_taken() -> None:
    """What drawing programs save is taken, their own notes included, and so is every SVG file of ours."""
    notes = 'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
    inside = (
        '<sodipodi:namedview id="v" inkscape:zoom="1"/><metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
        '<defs><linearGradient id="g"><stop offset="0" style="stop-color:#000"/></linearGradient></defs><style>.a{fill:url(#g)}</style>'
        '<path style="fill:url(#g);stroke:none" d="M0 0" inkscape:label="x"/><use xlink:href="#g"/><a href="https://example.org/"><text>x</text></a>'
        '<image href="data:image/png;base64,AAAA"/>'
    )
    drawn = SVG.replace("viewBox", f"{notes} viewBox").format(inside)
    declared = '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert drawings.svg_faults((declared + drawn).encode()) == []
    assert drawings.svg_faults((ROOT / "templates/assets/favicon.svg").read_bytes()) == []


CSS = (
    "@import 'x.css';", "@IMPORT url(//evil.example)", "a{b:url(https://evil.example/x.png)}", "a{b:u\\72l(//evil.example)}", "a{b:image-set('//evil.example/x' 1x)}",
    "a{content:'/*'}@import '//evil.example';a{content:'*/'}", "a{b:url(/*x)}@import 'y';/**/", "a{behavior:url(x)}", "a{width:expression(1)}", "a{b:url(javascript:1)}",
    "a{b:url('data:text/html,x')}", "a{-moz-binding:none}", "a{b:url(//evil.example", "</style><script>", "a{b:'x\n}/*'*/@import 'z'",
)  # fmt: skip


@pytest.mark.parametrize("css", [*CSS, "a { width: " + "9" * 5_000 + "px }"])
def test_a_hostile_stylesheet_is_refused(css: str) -> None:
    """A stylesheet imports nothing and asks no other host for anything, however that is written."""
    assert list(allowed_styles.faults(css))


def test_ordinary_stylesheets_are_taken() -> None:
    """Our own, and one with addresses in comments, in its namespace and of its own files."""
    assert (
        list(
            allowed_styles.faults(
                (ROOT / "templates/assets/explainer.css").read_text(encoding="utf-8")
            )
        )
        == []
    )
    assert (
        list(
            allowed_styles.faults(
                "/* https://x.example */ @namespace svg url(http://www.w3.org/2000/svg); a{b:url(../x.woff2);scroll-behavior:smooth}"
            )
        )
        == []
    )


BAD_FILES = {
    "x.HTML": b"<script>", "x.htm": b"<script>", "x.xhtml": b"", "x.Xht": b"", "x.svgz": b"", "x.xml": b"<a/>", "x.xsl": b"", "x.mhtml": b"", "x.shtml": b"",
    "x.js": b"1", "x.MJS": b"1", "x.wasm": b"", "x.swf": b"", "x.hta": b"", "x": b"<script>", "x.php": b"", "x.html.": b"", "x.SVG": b"<svg onload='1'/>",
    "x.json": b"alert(1)", "x.webmanifest": b"{}", "x.css": b"@import 'x'", "x.appcache": b"", "x.eml": b"", "x.unknown": b"", "x.rdf": b"<a/>", "x.ts": b"",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_a_browser_could_open_is_refused(name: str) -> None:
    """By the end of its name in letters of any case: pages, scripts, unknown kinds, and what is not what its name says."""
    assert allowed_files.asset_faults(name, BAD_FILES[name], trusted=False)


def test_trust_lets_scripts_through_and_nothing_else() -> None:
    """With --trust a project's own script is published; a page beside the pages is not."""
    assert [
        name
        for name in BAD_FILES
        if not allowed_files.asset_faults(name, BAD_FILES[name], trusted=True)
    ] == ["x.js", "x.MJS"]


def test_clashing_names() -> None:
    """Paths that some disks take for one, and a file where another has a folder."""
    assert list(allowed_files.clashes(["a/B.png", "a/b.png"])) == [("a/b.png", "a/B.png")]
    assert list(allowed_files.clashes(["é.png", "e\u0301.png"])) != []
    assert list(allowed_files.clashes(["a.js", "a.js/b.png", "c/d.png"])) == [
        ("a.js/b.png", "a.js")
    ]
    assert list(allowed_files.clashes(["a/b.png", "a/c.png", "ab"])) == []


def edition() -> tuple[Path, str]:
    """The body of an edition of this repository's, and where it is kept."""
    path = sorted((ROOT / "seeds" / "editions" / "legal-acts").glob("*.html"))[0]
    return path, path.read_text(encoding="utf-8")


def recorded(body: Path) -> dict[str, Any]:
    """The record beside the body of an edition."""
    found = edition_pages.record_of(body.with_suffix(".json").read_bytes())
    assert isinstance(found, dict)
    return found


def test_the_editions_of_this_repository_are_taken() -> None:
    """Every page that was ever released here holds nothing but what our templates write."""
    found = sorted((ROOT / "seeds" / "editions").rglob("*.html"))
    assert len(found) > 5
    for path in found:
        assert (
            list(
                edition_pages.page_faults(path.read_text(encoding="utf-8"), FRAMES, recorded(path))
            )
            == []
        ), path


def test_a_trusted_project_may_have_a_style_of_its_own() -> None:
    """It is held to what it asks for, hides and writes; without trust no style is taken that we did not release."""
    path, body = edition()
    for css, taken in (
        ("a{color:red}", True),
        ("h1{display:none}", False),
        ("a{b:url(//evil.example)}", False),
    ):
        (style,) = re.findall("<style>(.*?)</style>", body, re.DOTALL)
        hashes = [
            html.escape(policy.source_expression(each), quote=True).replace("&#x27;", "&#39;")
            for each in (style, style + css)
        ]
        changed = body.replace("</style>", f"{css}</style>").replace(*hashes)
        assert (
            list(edition_pages.page_faults(changed, FRAMES, recorded(path), None)) == []
        ) == taken, css
        assert list(edition_pages.page_faults(changed, FRAMES, recorded(path)))


FORGED = {
    "script": ("</main>", "</main><script>alert(1)</script>"), "script in its place": ("<script>", "<script>alert(1);"),
    "script with a type": ("<script>", "<script type=module>"), "handler": ("<main ", "<main onfocus=alert(1) "), "frame": ("</main>", "<iframe src=x></iframe></main>"),
    "srcdoc": ("</main>", "<iframe srcdoc='<script>1</script>'></iframe></main>"), "form": ("</main>", "<form><input></form></main>"),
    "refresh": ("<base ", "<meta http-equiv=refresh content='0;url=//evil.example'><base "), "host": ("</h1>", "</h1><img src=https://evil.example/x.png>"),
    "link": ("</h1>", "</h1><a href=https://evil.example/>x</a>"), "base": ("<base ", "<base href=//evil.example/ "), "prefetch": ("<base ", "<link rel=prefetch href=//e.example><base "),
    "style": ("<style>", "<style>@import '//evil.example';"), "style address": ("<style>", "<style>a{b:url(//evil.example)}"), "second style": ("</style>", "</style><style>a{}</style>"),
    "svg script": ("<text ", "<script>alert(1)</script><text "), "svg animate": ("<text ", "<animate attributeName=href /><text "), "svg foreign": ("<text ", "<foreignObject></foreignObject><text "),
    "policy": ("default-src &#39;none&#39;", "default-src &#39;self&#39;"), "policy inline": ("script-src ", "script-src 'unsafe-inline' "), "policy hash": ("script-src ", "script-src 'sha256-AAAA' "),
    "policy connect": ("; base-uri", "; connect-src *; base-uri"), "no policy": ("http-equiv", "name"), "late policy": ("<head>", "<head><title>x</title>"),
    "second policy": ("<base ", "<meta http-equiv=content-security-policy content=x><base "), "template": ("</main>", "<template>x</template></main>"),
    "object": ("</main>", "<object data=x></object></main>"), "javascript": ("</h1>", "</h1><a href=javascript:alert(1)>x</a>"), "noscript": ("</main>", "<noscript>x</noscript></main>"),
    "encoding": ('<meta charset="utf-8">', '<meta charset="utf-7">'), "button": ("</main>", "<button popovertarget=a>x</button></main>"),
    "another canonical": ("../../../charts/legal-acts/", "https://evil.example/"), "another chart": ("../../../charts/legal-acts/", "../../../charts/losses/"),
    "robots": ("<base ", '<meta name="robots" content="noindex"><base '), "told twice": ("<base ", '<meta name="referrer" content="unsafe-url"><base '),
    "hidden": ("<p class=\"measure\"", '<p hidden class="measure"'), "hidden mark": ("<text ", '<text display="none" '), "faint": ("<text ", '<text opacity="0" '),
    "tiny": ("<text ", '<text font-size="0" '), "moved away": ("<text ", '<text transform="translate(9999 0)" '), "kept from readers": ("<svg ", '<svg aria-hidden="true" '),
    "unknown class": ('<p class="measure"', '<p class="measure pop"'), "hiding style": ("<style>", "<style>.measure{display:none}"),
    "hiding by condition": ("<style>", "<style>@media all{h1{visibility:hidden}}"), "style that speaks": ("<style>", '<style>h1::after{content:"Nine thousand died"}'),
    "turned": ("<h1>", "<h1>\u202e"), "invisible": ("<h1>", "<h1>\u200b"), "by entity": ("<h1>", "<h1>&#x202e;"), "another title": ("<h1>", "<h1>Not "),
    "another head": ("<title>", "<title>Not "), "another measure": ('<p class="measure">', '<p class="measure">Not '), "paragraph": ("<footer>", "<footer><p>Nine thousand died</p>"),
    "paragraph above": ("</header>", "<p>Nine thousand died</p></header>"), "loose words": ("</header>", "Nine thousand died</header>"),
    "second heading": ("</header>", "<h1>Nine thousand died</h1></header>"), "another drawing's name": ('role="group" aria-label="', 'role="group" aria-label="9,999 died. '),
    "a source that is none": ("../../../sources/", "../../../sources/none-"), "a correction that is none": ("../../../sources/", "../../../corrections/#"),
    "number in a label": ('<text class="label" ', '<text class="label" x="1" y="1">9,431 died</text><text class="label" '),
    "number in words": ("</title>\n<", " 9,431</title>\n<"), "mark without a row": ("../../../facts/legal-acts/#", "../../../facts/legal-acts/#no-"),
    **{f"style: {css}": ("</style>", f"{css}</style>") for css in (
        'h1{display:list-item;list-style:inside "900,000 dead. "}', ".value{clip-path:inset(50%)}", "footer{transform:scale(0)}",
        "footer{--a:none;display:var(--a)}", "footer{opacity:.001}", "footer{opacity:calc(0)}", "footer{text-indent:-999px;overflow:hidden}",
        '@counter-style a{system:cyclic;symbols:"9,000 died"}h1{display:list-item;list-style:inside a}', "footer{color:transparent}",
        "footer{position:absolute;left:-9999px}", "footer{height:0;overflow:hidden}", "footer{filter:opacity(0)}", "footer{zoom:0}",
        'h1{quotes:"9,000 died" ""}h1::before{content:open-quote}', "h1::before{counter-reset:x 99;content:counter(x)}", "a{.x &{color:red}}",
        'text{text-emphasis:"9"}', "footer{mask:linear-gradient(#0000,#0000)}", "main{grid-template:0 0/0}", "text{translate:99px}", " ", "/**/",
        "footer{display:/**/none}", "@layer a{footer{display:none}}", "footer{text-overflow:'9,000';overflow:hidden;width:9px}",
        "path{d:path('M0 0H99')}", "circle{cx:9px;r:0}", "footer{content-visibility:auto}",
    )},
    "another value": ('data-value="', 'data-value="9'),
}  # fmt: skip


def forged(name: str) -> str:
    """The body of that edition as somebody has forged it."""
    old, new = FORGED[name]
    body = edition()[1]
    assert old in body
    body = body.replace(old, new, 1)
    if "style" in name or "script" in name:  # the forger names in the policy what he adds
        for tag, code in re.findall(
            r"<(script|style)[^>]*>(.*?)</(?:script|style)>", body, re.DOTALL
        ):
            body = body.replace(f"{tag}-src ", f"{tag}-src {policy.source_expression(code)} ", 1)
    return body


def plant(project: Path, body: str) -> str:
    """Lay an edition among a project's, with the right name for its content; the path of its body."""
    path = edition()[0]
    record = json.loads(path.with_suffix(".json").read_bytes()) | {
        "chart": "loans-by-year",
        "follows": None,
    }
    picture = path.with_suffix(".png").read_bytes()
    data = record_bytes(record | {"picture": hashlib.sha256(picture).hexdigest()})
    at = edition_paths("loans-by-year", edition_id(data, body.encode()))
    (project / at[0]).parent.mkdir(parents=True, exist_ok=True)
    for each, content in zip(at, (data, body.encode(), picture), strict=True):
        (project / each).write_bytes(content)
    return at[1]


def refused(project: Path) -> set[str]:
    """The files that a check names as no editions."""
    done = run("check", "--project", project, "--format", "json")
    assert done.code == 1, done.said
    return {
        each["place"]["path"]
        for each in json.loads(done.stdout)["problems"]
        if each["rule"] == "edition-file"
    }


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_edition_has_faults(name: str) -> None:
    """What was changed by hand is seen in the body itself."""
    assert list(edition_pages.page_faults(forged(name), FRAMES, recorded(edition()[0])))


def test_forged_editions_are_refused(tmp_path: Path) -> None:
    """Made by hand with the right names for their content: each is named with its place, and nothing is published."""
    project = copy_small(tmp_path / "project")
    planted = {plant(project, forged(name)) for name in FORGED}
    assert len(planted) == len(FORGED)
    assert refused(project) == planted


@pytest.mark.audit
@pytest.mark.parametrize("name", FORGED)
def test_a_forged_edition_alone_is_refused(tmp_path: Path, name: str) -> None:
    """Each is also refused where it is the only one."""
    project = copy_small(tmp_path / "project")
    assert {plant(project, forged(name))} == refused(project)


RECORDS = [
    {"date": "x"}, {"date": 5}, {"date": None}, {"date": "2024-03-03T00:00:00"}, {"content": {}}, {"content": None}, {"content": {"rows": [1]}}, {"follows": [1]},
    {"follows": 1}, {"height": "x"}, {"height": 10**30}, {"heights": {"small": None}}, {"further": 1}, {"chart": 5},
]  # fmt: skip


@pytest.mark.parametrize("change", RECORDS)
def test_a_forged_record_is_refused(change: dict[str, object]) -> None:
    """A record has the keys and the kinds of values that a release writes."""
    record = json.loads(edition()[0].with_suffix(".json").read_bytes())
    assert isinstance(edition_pages.record_of(record_bytes(record)), dict)
    assert isinstance(edition_pages.record_of(record_bytes(record | change)), str)


@pytest.mark.parametrize(
    "data", [b"", b"[" * 100_000, b"\xff", b"[]", b"5", b"null", b'{"chart": NaN}', b"{}"]
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    """Whatever the bytes are, they are a record or a sentence on why they are none."""
    assert isinstance(edition_pages.record_of(data), str)
    assert SLOT in edition()[1]


def test_what_cannot_be_seen_is_printed_as_an_escape(capsys: pytest.CaptureFixture[str]) -> None:
    """In every format: controls, line feeds, marks of direction and bytes that are no letters; JSON gives the same text back."""
    import sys  # noqa: PLC0415

    name = "seeds/a\x1b[2J\n::error::x\u202etxt.\udcff\u200b.yaml"
    problem = Problem(Place(name), "unread-file", f"nothing reads '{name}'", f"move {name}")
    for style in ("text", "github", "json"):
        report([problem], style, sys.stdout, [name])
        out = capsys.readouterr().out
        assert not set("\x1b\u202e\udcff\u200b\x9b") & set(out), style
        assert not any(line.startswith("::error::x") for line in out.split("\n")), style
    assert json.loads(out)["remarks"] == [name]
    assert escape_invisible(name) == r"seeds/a\x1b[2J\n::error::x\u202etxt.\xff\u200b.yaml"
    assert "\x1b" not in str(problem)
    assert escape_invisible("Чужий – é 中") == "Чужий – é 中"


BETWEEN = (
    "The neighbours;",
    "x\t",
    "x\n",
    "x\r\n",
    "x; ",
    'x;"',
    "x;\u00a0",
    "x;'",
    ";",
    "a;b;;",
    'x\t " ',
)


@pytest.mark.parametrize("parting", [";", "\t", ","])
def test_no_cell_within_a_cell_begins_as_a_formula(parting: str) -> None:
    """However a spreadsheet parts the cells of a line, none begins with a sign of a formula, be it behind blanks or quotation marks."""
    signs = [
        chr(code)
        for code in range(0x110000)
        if not 0xD800 <= code < 0xE000
        and unicodedata.normalize("NFKC", chr(code))[0] in "=+-@\N{MINUS SIGN}"
    ]
    assert len(signs) > 15
    texts = [f"{before}{sign}cmd|' /C calc'!A0, x" for before in BETWEEN for sign in signs]
    for text in texts:
        said = csv_of([["a", text, "b"]])
        (row,) = csv.reader(io.StringIO(said, newline=""))
        assert without_guard(row[1]) == text
        cells = [cell for line in re.split("[\r\n]+", said) for cell in line.split(parting)]
        quoted = [
            cell
            for row in csv.reader(io.StringIO(said, newline=""), delimiter=parting)
            for cell in row
        ]
        within = (
            [part for cell in (*cells, *quoted) for part in re.split("[;\t\r\n]", cell)]
            if parting != ","
            else quoted
        )
        assert not [cell for cell in within if cell.strip(' \u00a0"')[:1] in signs], said


def test_ordinary_texts_stay_as_they_are_in_csv() -> None:
    """What holds no formula has no apostrophe: hyphens and signs within, lists of names, and amounts."""
    texts = [
        "a+b; c=d",
        "Sarah; Ann-Marie",
        "-5",
        "-5..-3",
        "first line\nsecond-line",
        "a@b.org; c@d.org",
        "5 = 5",
    ]
    assert [
        row[0] for row in csv.reader(io.StringIO(csv_of([[text] for text in texts]), newline=""))
    ] == texts


def test_a_long_text_is_guarded_in_one_go() -> None:
    """A megabyte of what may stand before a formula takes no longer for each of its letters."""
    for piece in ("\t", "; ", '";', "' ", "\n'", "=", ";="):
        text = piece * (1_000_000 // len(piece))
        assert (
            without_guard(
                csv_of([[text]])
                .strip("\r\n")
                .removeprefix('"')
                .removesuffix('"')
                .replace('""', '"')
            ).rstrip()
            == text.rstrip()
        )


@pytest.mark.parametrize("sign", "=+-@\t＝＋－＠﹢﹣﹦﹫−⁺₌")
def test_no_cell_begins_as_a_formula(sign: str) -> None:
    """Spreadsheets take the wide and small forms of these signs for the signs themselves."""
    assert csv_of([[f"{sign}SUM(A1)"]]).strip('"\r\n').startswith("'")
    assert csv_of([["-5", "-5..-3", "a+b"]]) == "-5,-5..-3,a+b\r\n"


def test_a_name_that_is_no_text_is_named(tmp_path: Path) -> None:
    """A file whose name is not UTF-8 is a problem in each folder that is read, in every format."""
    project = copy_small(tmp_path / "project")
    for below in ("seeds/facts", "seeds", "site_src", "site_src/assets", "templates"):
        (project / below).mkdir(exist_ok=True)
        (project / below).joinpath("\udcff.yaml").write_text("- x", encoding="utf-8")
    for style in ("text", "json", "github"):
        done = run("check", "--project", project, "--format", style)
        assert done.code == 1, done.said
        assert done.said.count("unread-file") >= 5, done.said
        done.said.encode()


def test_files_beside_the_pages(good: Path, tmp_path: Path) -> None:
    """CNAME and its like stand at the root of the site as they are; pages named after an index at their own address; bad ones are named."""
    project = copy_small(tmp_path / "project")
    there = {
        "CNAME": "loans.example.org\n",
        ".nojekyll": "",
        ".well-known/security.txt": "Contact: mailto:a@example.org\n",
        "ads.txt": "x\n",
    }
    for name, text in there.items():
        (project / "site_src" / name).parent.mkdir(exist_ok=True)
        (project / "site_src" / name).write_text(text, encoding="utf-8")
    (project / "site_src" / "price-index.md").write_text(
        "---\ntitle: x\ndescription: x\n---\nWords, [the start](index.md).\n", encoding="utf-8"
    )
    about = project / "site_src" / "about.md"
    about.write_text(
        about.read_text("utf-8") + "\nSee [prices](price-index.md).\n", encoding="utf-8"
    )
    done = run("--project", lend(good, project))
    assert done.code == 0, done.said
    for name, text in there.items():
        assert (project / "site" / name).read_text(encoding="utf-8") == text
    assert (project / "site" / "price-index" / "index.html").is_file()
    assert not (project / "site" / "price-").exists()
    for name, text in {
        "CNAME": "a\nb",
        ".nojekyll": "x",
        ".well-known/x.html": "x",
        ".well-known/security.txt": "\0",
    }.items():
        (project / "site_src" / name).write_text(text, encoding="utf-8")
    done = run("check", "--project", project, "--format", "json")
    found = {each["place"]["path"] for each in json.loads(done.stdout)["problems"]}
    assert found == {
        f"site_src/{name}"
        for name in ("CNAME", ".nojekyll", ".well-known/x.html", ".well-known/security.txt")
    }
    (project / "site_src" / "robots.txt").write_text("x", encoding="utf-8")
    assert "the site makes its own 'robots.txt'" in run("check", "--project", project).said
