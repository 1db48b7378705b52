"""Whether a kept edition can have been made by ``release``: its page holds what our templates write, and runs our script alone.

The name of an edition is a sum that anybody can work out, so it says that nothing was changed, and not who made it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Annotated, Any, Final

import tinycss2
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from selectolax.lexbor import LexborHTMLParser

from explainer import policy
from explainer.allowed import drawings, elements, styles, words
from explainer.allowed.addresses import is_within
from explainer.characters import strays
from explainer.history import agreeing
from explainer.isolates import BEGIN, END
from explainer.values.days import iso_day

_ELEMENTS: Final = drawings.ELEMENTS - {"image", "metadata", "switch", "use"} | words(
    """html head meta title link base style body div main header footer h1 p a strong em bdi span q del ins time br script
    -comment -doctype -text"""
)
"""What embed/body.html.j2 and the drawings in it are made of; links in a drawing are the page's own."""


_ATTRIBUTES: Final = words(
    """aria-hidden aria-label charset class content cx cy d data-paper data-value dir height href http-equiv id lang name points r rel role
    rx ry target text-anchor transform viewbox width x x1 x2 xmlns y y1 y2"""
)
"""What their elements have: nothing by which one is hidden, or drawn in another colour, size or place than its class says."""
_CLASSES: Final = words(
    """measure notice stage small medium wide corrected chart-page svg-chart tall columns dots ranges steps timeline mark is-lit is-disputed
    arrow base col first fourth group grid hollow label leader level note open point second span spell spread step strong third tick tip
    track unsaid unsure value"""
)
"""Their classes, and those of the drawings of ``explainer/charts``."""
_LEVEL: Final = re.compile(r"translate\(0 -?[\d.]+\)")
"""A mark that is moved up or down, beside others at its place."""
_HIDING: Final = re.compile(
    r"(?:display:none|visibility:(?:hidden|collapse)|opacity:0*\.?0*(?![\d.])|font-size:0*\.?0*(?![\d.])|content-visibility:|font:0)"
)
_BANDS: Final = {".small", ".medium", ".wide", ".small,.medium", ".medium,.wide", ".measured .small,.measured .medium"}
"""The drawings for each width, of which one is shown at a time."""
_TOLD: Final = {
    "referrer": "no-referrer",
    "viewport": "width=device-width, initial-scale=1",
}
"""What the head says besides a description. It never says that the page is not to be found, since its address may be quoted."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)

    claim: str
    value: str | None


class _Content(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)

    title: str
    subtitle: str | None = None
    caption: str | None = None
    alt: str | None = None
    sources: list[str] | None = None
    rows: list[_Row]
    corrections: list[str]


class _Record(BaseModel):
    """The record of an edition, as ``release`` writes it; records from before there were pictures name none."""

    model_config = ConfigDict(extra="forbid", strict=True)

    chart: str
    date: Annotated[str, AfterValidator(iso_day)]
    follows: str | None
    height: Annotated[int, Field(gt=0, lt=20_000)]
    heights: dict[str, Annotated[int, Field(gt=0, lt=20_000)]]
    picture: str | None = None
    content: _Content


def record_of(data: bytes) -> dict[str, Any] | str:
    """The record that some bytes hold, or what is wrong with them, whatever they are."""
    try:
        values = json.loads(data)
        _Record.model_validate(values)
    except (ValueError, RecursionError) as error:  # a ValidationError is a ValueError
        if isinstance(error, ValidationError):
            first = error.errors(include_url=False, include_input=False)[0]
            return f"{'.'.join(map(str, first['loc'])) or 'it'}: {first['msg']}"
        return "it is not JSON"
    return dict(values)


def faults(
    body: str, scripts: Collection[str], record: Mapping[str, Any], known_styles: Collection[str] | None = styles.RELEASED
) -> Iterator[tuple[str, int]]:
    """What none of our templates writes into an embed's page, and what it says and its record does not, each with where about it stands.

    ``scripts`` are the source expressions of every script that embeds were ever released with, and ``known_styles`` those of every style;
    ``None`` for a trusted project, whose stylesheet may be its own.
    """
    page = LexborHTMLParser(body)
    for node in page.root.traverse(include_text=False) if page.root else ():
        tag = (node.tag or "").lower()
        values = {name: value or "" for name, value in node.attributes.items()}
        for fault in _in_element(tag, values):
            yield fault, _where(body, fault, tag)
    # the isolates are what drawings write around names that run the other way
    yield from ((f"{found} stands in it", found.at) for found in strays(body) if body[found.at] not in (BEGIN, END))
    own_styles = [node.text() for node in page.css("style")]
    for node in page.css("script"):
        code = node.text()
        if node.attributes or policy.of(code) not in scripts:
            yield "it has a script that no release of ours has", _find(body, code[:40]) or _find(body, "<script")
    if len(own_styles) > 1:
        yield "it has more than one style", _find(body, own_styles[1][:40])
    for node in page.css("style"):
        found = [*styles.faults_in(node), *_hiding(node.text())]
        if known_styles is not None and policy.of(node.text()) not in known_styles:
            found.append("it has a style that no release of ours has")
        yield from ((fault, _find(body, node.text()[:40])) for fault in found)
    yield from _policy(body, page, own_styles, scripts)
    yield from ((fault, _find(body, near)) for fault, near in agreeing.faults(page, record))


def _policy(body: str, page: LexborHTMLParser, own_styles: list[str], scripts: Collection[str]) -> Iterator[tuple[str, int]]:
    """Whether the page begins with the one policy that allows its style and its script alone."""
    told = [node.attributes for node in (list(page.head.iter()) if page.head else [])]
    first = next((each for each in told if "charset" not in each), {})
    if first.get("http-equiv") != "Content-Security-Policy" or body.lower().count("content-security-policy") != 1:
        yield "it does not begin with its one policy", 0
    allowed = first.get("content") or ""
    of_styles = [policy.of(style) for style in own_styles]
    yield from ((fault, _find(body, "content-security-policy")) for fault in policy.faults(_PINNED, allowed, scripts, of_styles))
    if not body.isascii() and not any((each.get("charset") or "").lower() == "utf-8" for each in told[:2]):
        yield "it does not say that it is UTF-8 where it begins", 0


def _hiding(css: str) -> Iterator[str]:
    """Words that a style adds, and what it hides besides the drawings for other widths."""
    for rule in _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        said = tinycss2.serialize(rule.content)
        plain = re.sub(r"\s*([:;,(){}])\s*", r"\1", said.lower())
        selector = re.sub(r"\s*,\s*", ",", tinycss2.serialize(rule.prelude).strip())
        if _HIDING.search(plain) and selector not in _BANDS:
            yield f"the style hides '{selector[:60]}'"
        if any(sign.isalnum() for found in _CONTENT.findall(said) for sign in found):
            yield f"the style adds words to '{selector[:60]}'"


_CONTENT: Final = re.compile(r"(?<![\w-])content\s*:([^;}]*)", re.IGNORECASE)


def _rules(nodes: Iterable[Any]) -> Iterator[Any]:
    """The rules of a stylesheet with selectors, those within conditions too."""
    left = list(nodes)
    while left:
        node = left.pop()
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.content:
            left += tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)


_PINNED: Final = "embed/chart/edition/index.html"
"""Any edition's page: all have the strictest policy."""


def _in_element(tag: str, values: Mapping[str, str]) -> Iterator[str]:
    if tag.startswith("-"):
        return
    if tag not in _ELEMENTS:
        yield f"<{tag[:40]}> is no part of an embed"
        return
    yield from elements.faults(tag, values, alone=True)
    for name, value in values.items():
        odd = next((each for each in value.split() if name == "class" and each not in _CLASSES), None)
        if name.lower() not in _ATTRIBUTES or (name == "transform" and not _LEVEL.fullmatch(value)):
            yield f"<{tag}> has the attribute '{name[:40]}', which no release writes so"
        elif odd is not None:
            yield f"<{tag}> has the class '{odd[:40]}', which no release writes"
        elif name == "aria-hidden" and (tag, values.get("class")) != ("text", "tick"):
            yield f"<{tag}> is kept from readers by '{name}'"
    if tag == "meta" and "name" in values and values["name"] != "description" and _TOLD.get(values["name"]) != values.get("content"):
        yield f"<meta> says '{values['name'][:40]}: {values.get('content', '')[:40]}', which no release does"
    address = values.get("href")
    leaves = address is not None and not is_within(address)
    if tag == "a" and leaves and values.get("rel") != "license":
        yield f"<a> leads to '{(address or '')[:60]}', and links of an embed lead to its site"
    if tag == "link" and values.get("rel") != "canonical":
        yield f"<link> loads '{(address or '')[:60]}'"


def _where(body: str, fault: str, tag: str) -> int:
    """Where the first quoted words of a fault stand, or else the first element of its kind."""
    quoted = re.search(r"'([^']+)'", fault)
    return (_find(body, quoted.group(1)) if quoted else 0) or _find(body, f"<{tag}")


def _find(body: str, words: str) -> int:
    return max(body.lower().find(words.lower()), 0)
