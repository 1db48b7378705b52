"""SVG and XML that a browser may open by itself: nothing in them runs, leads on, or asks for anything.

A file of its own is read as XML, whatever a page would make of it, so it is read here by an XML parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat

from explainer.allowed import styles, words
from explainer.allowed.addresses import may_link
from explainer.allowed.drawn import Drawn

SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_FEEDS: Final = ("http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9")
"""What a feed and a sitemap are made of; browsers know no behaviour for either."""
_NOTES: Final = (
    "http://www.inkscape.org/namespaces/inkscape", "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://creativecommons.org/ns#", "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/", "http://www.bohemiancoding.com/sketch/ns", "http://www.serif.com/",
    "http://www.figma.com/figma/ns", "https://vecta.io/nano", "http://krita.org/namespaces/svg/krita",
    "https://boxy-svg.com", "http://ns.adobe.com/",
)  # fmt: skip
"""Where drawing programs keep notes of their own. No browser knows what these are, so they do nothing."""
ELEMENTS: Final = words(
    """svg g path rect circle ellipse line polyline polygon text tspan textpath title desc metadata defs symbol use image style switch a
    lineargradient radialgradient stop clippath mask pattern marker filter feblend fecolormatrix fecomponenttransfer fecomposite
    feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur
    femerge femergenode femorphology feoffset fepointlight fespecularlighting fespotlight fetile feturbulence"""
)
"""In lower case. Left out is what runs (script, handler), what holds HTML (foreignObject), what changes attributes after they were looked
at (animate, set and their like), and what loads (feImage, iframe, audio, video)."""
STYLED: Final = words("""style fill stroke clip-path mask filter marker marker-start marker-mid marker-end cursor font font-family""")
"""Attributes that are read as styles are, and may so hold an address."""
ATTRIBUTES: Final = STYLED | words(
    """id class lang role tabindex type media version viewbox preserveaspectratio width height x y x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy
    d points transform rotate textlength lengthadjust startoffset method spacing side pathlength offset stop-color stop-opacity fill-opacity
    fill-rule stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color
    color-interpolation color-interpolation-filters color-rendering clip clip-rule display visibility overflow direction unicode-bidi
    dominant-baseline alignment-baseline baseline-shift text-anchor text-decoration text-rendering shape-rendering image-rendering
    letter-spacing word-spacing writing-mode font-size font-size-adjust font-stretch font-style font-variant font-weight kerning
    glyph-orientation-horizontal glyph-orientation-vertical vector-effect paint-order mix-blend-mode isolation pointer-events
    enable-background solid-color solid-opacity flood-color flood-opacity lighting-color gradientunits gradienttransform spreadmethod
    clippathunits maskunits maskcontentunits patternunits patterncontentunits patterntransform markerunits markerwidth markerheight refx
    refy orient filterunits primitiveunits filterres in in2 result mode operator k1 k2 k3 k4 values stddeviation scale xchannelselector
    ychannelselector surfacescale diffuseconstant specularconstant specularexponent kernelmatrix order divisor bias targetx targety edgemode
    kernelunitlength preservealpha azimuth elevation z pointsatx pointsaty pointsatz limitingconeangle radius basefrequency numoctaves seed
    stitchtiles tablevalues slope intercept amplitude exponent href xlink:href xml:space xml:lang xml:id contentscripttype contentstyletype
    baseprofile zoomandpan systemlanguage requiredfeatures requiredextensions"""
)
"""In lower case, besides ``aria-`` and ``data-``. Left out is what runs (``on…``) and what moves addresses (``xml:base``)."""
_WORDS: Final = words("id class lang role xml:id xml:lang systemlanguage requiredfeatures requiredextensions type")
"""Attributes that browsers never read as styles, whatever they hold."""
_LIKE_STYLE = re.compile(r"""["'\\@(]""")
"""What a value holds that could be an address if it were read as a style."""
_RASTER = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z", re.IGNORECASE)
_ENCODINGS = ("utf-8", "utf8", "us-ascii")
_DOCTYPE: Final = re.compile(
    r"""(\ufeff?(?:<\?xml\s[^<>?]*+\?>)?(?:\s++|<!--(?:[^-]|-(?!-))*+-->)*+)
    (<!DOCTYPE\s++svg(?:\s++PUBLIC
    \s++(["'])-//W3C//DTD\ SVG\ (?:1\.[012](?:\ (?:Basic|Tiny))?|2000[0-9]{4}(?:\ Stylable)?|20010904)//EN\3
    \s++(["'])https?://www\.w3\.org/(?:[A-Za-z0-9._-]+/)+svg[0-9a-z.-]*\.dtd\4)?\s*+>)""",
    re.VERBOSE,
)
"""The beginning of a drawing with a document type that browsers know no entities by: none is named, or it is SVG's own. By other names
(those of XHTML and MathML) they know all of HTML's entities, ``&colon;`` among them, which the parser here leaves out of what it reads."""


class _Refused(Exception):
    """What cannot be read on, since whatever follows might mean something else."""


def svg_faults(data: bytes) -> list[str]:
    """What may not stand in an SVG file."""
    reader = _Reader()
    found = [*_read(data, reader.element, reader.text, reader.end), *reader.faults]
    if not found and (fault := reader.drawn.fault()):
        found.append(fault)
    return list(dict.fromkeys(found))


def feed_faults(data: bytes) -> list[str]:
    """What may not stand in any other XML file: only feeds and sitemaps are known."""
    found: list[str] = []

    def element(name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG001 - the parser's
        space, _, local = name.rpartition(" ")
        if space not in _FEEDS:
            found.append(f"<{local[:40]}> is no part of a feed or a sitemap")

    return list(dict.fromkeys([*_read(data, element), *found]))


def element_faults(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """What may not stand in an element of a drawing, in a file or in a page; names are in lower case."""
    if tag not in ELEMENTS:
        yield f"<{tag[:40]}> may not stand in a drawing"
    for name, value in attributes.items():
        if name not in ATTRIBUTES and not name.startswith(("aria-", "data-")):
            yield f"<{tag[:40]}> has the attribute '{name[:40]}', which may not stand in a drawing"
        elif name in ("href", "xlink:href"):
            if not _may_name(tag, value):
                yield f"<{tag[:40]}> leads to '{value[:60]}'"
        elif name in STYLED or (name in ATTRIBUTES - _WORDS and _LIKE_STYLE.search(value)):
            yield from styles.faults(value, addresses=False)


def _may_name(tag: str, address: str) -> bool:
    if tag == "a":
        return may_link(address)
    return address.startswith("#") or (tag == "image" and _RASTER.match(address) is not None)


def root_of(data: bytes) -> dict[str, str]:
    """The attributes of a drawing's first element, by their names in lower case; none where it cannot be read."""
    found: list[dict[str, str]] = []
    for _ in _read(data, lambda _, attributes: found.append(dict(_named(attributes)))):
        return {}
    return found[0] if found else {}


class _Reader:
    """The elements of an SVG file, one after the other."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.drawn = Drawn()
        self._style: list[str] | None = None
        self._first = True

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Look at one, as it opens."""
        space, _, local = name.rpartition(" ")
        tag = local.lower()
        named = dict(_named(attributes))
        self.drawn.begin(tag, named)
        if self._style is not None:
            self.faults.append(f"<{local[:40]}> stands in a <style>, which holds words alone")
        if self._first and (space, tag) != (SVG, "svg"):
            self.faults.append("it does not begin with <svg> in the namespace of SVG")
        self._first = False
        if space.startswith(_NOTES):
            return
        if space != SVG:
            self.faults.append(f"<{local[:40]}> of '{space[:60]}' may not stand in a drawing")
            return
        self._style = [] if tag == "style" and self._style is None else self._style
        self.faults += element_faults(tag, named)

    def text(self, text: str) -> None:
        """Take the words of an element."""
        self.drawn.text(text)
        if self._style is not None:
            self._style.append(text)

    def end(self, name: str) -> None:
        """Look at a style, as it closes."""
        self.drawn.end()
        if self._style is not None and name.lower() == f"{SVG} style":
            css = "".join(self._style)
            self.faults += styles.faults(css, addresses=False)
            self.drawn.style(css)
            self._style = None


def _named(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The attributes by their names in lower case; those of drawing programs are left out."""
    for name, value in attributes.items():
        space, _, local = name.rpartition(" ")
        if not space:
            yield local.lower(), value
        elif space == _XLINK and local == "href":
            yield "xlink:href", value
        elif space == _XML:
            yield f"xml:{local}", value
        elif space != _XLINK and not space.startswith(_NOTES):
            yield f"{space} {local}", value


def _read(data: bytes, element: object, text: object = None, end: object = None) -> Iterator[str]:
    """Read a file, and tell why it cannot be read on."""
    try:
        plain = data.decode("utf-8")
    except UnicodeDecodeError:
        yield "it is not UTF-8"
        return
    if match := _DOCTYPE.match(plain):  # without it, an entity that is none of XML's own five ends the reading
        data = (match[1] + re.sub(r"[^\n]", " ", match[2]) + plain[match.end() :]).encode()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = element, text, end  # type: ignore[assignment]
    parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = _declared, _doctype
    parser.ProcessingInstructionHandler = _instruction
    try:
        parser.Parse(data, True)
    except (_Refused, expat.ExpatError, ValueError, LookupError) as error:
        yield str(error) if isinstance(error, _Refused) else f"it is not XML: {error}"


def _declared(version: str, encoding: str | None, standalone: int) -> None:  # noqa: ARG001 - the parser's
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise _Refused(f"it says that it is '{encoding[:40]}', and files are UTF-8")


def _doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:  # noqa: ARG001 - the parser's
    if internal:
        raise _Refused("its document type declares entities or attributes of its own")
    raise _Refused("its document type is not SVG's own, and may bring entities that mean something only to browsers")


def _instruction(target: str, data: str) -> None:  # noqa: ARG001 - the parser's
    raise _Refused(f"it has a processing instruction, '{target[:40]}', which may bring a stylesheet that runs")
