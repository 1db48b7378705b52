"""The allowed elements and attributes of a finished page: those of our templates, the themes and
Markdown.

Everything else is refused, whoever wrote it. That includes elements that load (object, embed,
video), that send (a form with an address), that are evaluated later (template, noscript), and a
document inside an attribute (srcdoc). It also includes every attribute that runs (``on…``), pings
or styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from explainer.common.addresses import misleading
from explainer.common.allowed import drawings, pictures, word_set
from explainer.common.allowed.addresses import data_of, is_drawing, is_picture, is_within, may_link

_EVERYWHERE: Final = word_set(
    "id class lang dir title role hidden tabindex data-unsearched data-md-component"
    " data-md-scrollfix"
)
_ARIA: Final = word_set(
    """
    aria-atomic aria-checked aria-controls aria-current aria-describedby aria-expanded
    aria-haspopup aria-hidden aria-label aria-labelledby aria-level aria-live aria-modal
    aria-pressed aria-selected
    """
)
_PLAIN: Final = """
    abbr article aside b bdi blockquote br caption cite code dd del dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 head header
    hr i ins kbd legend main mark pre q s samp section small span strong sub summary sup tbody tfoot thead title tr u ul var wbr
"""  # noqa: E501
"""Elements without attributes of their own. They may have the attributes allowed everywhere."""
_WITH: Final = {
    "a": "href hreflang rel target download interestfor data-opens data-value",
    "base": "target",
    "body": "data-md-color-scheme data-md-color-primary data-md-color-accent",
    "button": (
        """type popovertarget popovertargetaction data-copies data-done data-explore data-title data-md-value
        data-md-copy-url data-md-color-media data-md-color-scheme data-md-color-primary data-md-color-accent"""  # noqa: E501
    ),
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "details": "open data-copied data-copy",
    "div": "popover data-schemes data-md-color-scheme data-md-type data-md-value data-md-state",
    "fieldset": "",
    "form": "name",
    "html": "data-paper",
    "iframe": "src height loading",
    "img": "src alt width height loading decoding srcset sizes",
    "input": (
        """type name value checked placeholder required autocapitalize autocomplete autocorrect spellcheck readonly data-md-toggle
        data-md-color-media data-md-color-scheme data-md-color-primary data-md-color-accent data-alt data-height data-small data-medium
        data-wide data-page data-picture"""  # noqa: E501
    ),
    "label": "for",
    "li": "value",
    "link": "href hreflang rel title type",
    "meta": "charset content http-equiv name property",
    "nav": "popover data-md-level",
    "ol": "start reversed type",
    "p": "data-failed",
    "script": "src type data-back data-failed data-frame data-loading data-shown data-ways",
    "section": "data-address data-chart data-root",
    "style": "data-from",
    "table": "",
    "td": "align colspan rowspan headers data-label",
    "textarea": "rows cols readonly spellcheck data-template",
    "th": "align colspan rowspan headers scope",
    "time": "datetime",
}
ELEMENTS: Final = {
    **{tag: frozenset[str]() for tag in _PLAIN.split()},
    **{tag: word_set(attributes) for tag, attributes in _WITH.items()},
}
"""Each HTML element allowed in a page, with its attributes. The attributes allowed on every element
are not repeated.
"""
_PICTURED: Final = drawings.ELEMENTS - {"a", "title", "style", "script", "image"}
"""SVG elements in pages. Links and titles are also HTML elements. A drawing in a page has no style
and no picture of its own.
"""
_DRAWN: Final = {
    "xmlns": "http://www.w3.org/2000/svg",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
}
_LINKED_AS: Final = frozenset(
    {"canonical", "next", "prev", "alternate", "icon", "stylesheet", "license"}
)
"""The allowed values of ``rel`` on a ``<link>``, one at a time. None connects to another host in
advance (preconnect, prefetch) or runs (modulepreload).
"""
_RELATED: Final = frozenset(
    {
        "noreferrer",
        "noopener",
        "nofollow",
        "external",
        "alternate",
        "license",
        "next",
        "prev",
        "me",
        "author",
        "help",
        "tag",
    }
)
_TYPES: Final = {
    "button": {"button", "reset"},  # none that sends a form
    "input": {"radio", "checkbox", "text"},
    "script": {"application/json", "application/ld+json"},  # data; scripts that run have no type
    "link": {
        "application/atom+xml",
        "application/feed+json",
        "application/json+oembed",
        "text/css",
        "image/png",
        "image/svg+xml",
    },
    "ol": {"1", "a", "A", "i", "I"},
}
_NAMED: Final = {
    "form": {"search"},
    "input": {"query", "__palette", "embed-edition", "embed-theme", "embed-width"},
}
"""The allowed names of form fields. Scripts find elements by these names as properties of the
document, so no other name is allowed.
"""
_NAMES: Final = word_set(
    """
    viewport description generator author date robots referrer color-scheme theme-color
    twitter:card twitter:title twitter:description keywords twitter:image twitter:image:alt
    citation_title citation_author citation_publication_date citation_online_date
    citation_public_url citation_language
    """
)
_IGNORED = re.compile(r"[\x00-\x20\x7f]")
_PROPERTIES = re.compile(r"(?:og|article):[a-z_]+(?::[a-z_]+)?\Z")
_REFRESH = re.compile(r"0; url=(?P<address>(?:\.\./)*(?:[A-Za-z0-9_][A-Za-z0-9_./#%-]*)?)\Z")
_FRAMED = re.compile(r"(?:\.\./)*embed/[a-z0-9-]+/\Z")
"""The preview of a chart's embed. The frame for exploring a chart is added by our script."""


def faults(
    tag: str, values: Mapping[str, str], *, alone: bool = False, moved: bool = False
) -> Iterator[str]:
    """Yield what is not allowed in one element of a page.

    ``alone`` is for the page of an embed, whose links open outside the frame. ``moved`` is for a
    page that redirects to the new place of its content.
    """
    tag, values = tag.lower(), {name.lower(): value for name, value in values.items()}
    if tag == "template":
        yield "a <template> stands in the page, and nobody has looked into it"
    elif tag not in ELEMENTS and tag not in _PICTURED:
        yield f"<{tag[:40]}> may not stand in a page"
    else:
        yield from _attributes(tag, values)
    look = _LOOKS.get(tag)
    if look is not None:
        yield from look(values)
    if tag == "base" and (not alone or values != {"target": "_blank"}):
        yield "<base> would lead every link of the page elsewhere"
    if tag == "meta":
        yield from _told(values, moved=moved)


def _attributes(tag: str, values: Mapping[str, str]) -> Iterator[str]:
    known = ELEMENTS.get(tag, frozenset())
    drawn = tag in _PICTURED or tag in ("a", "svg")
    for name, value in values.items():
        if name.startswith("on"):
            yield f"<{tag}> has a script in '{name[:40]}'"
        elif name == "style":
            yield f"<{tag}> has a style attribute, which the policy refuses"
        elif drawn and name in _DRAWN:
            if value != _DRAWN[name]:
                yield f"<{tag}> is of another namespace, '{value[:60]}'"
        elif name not in known and name not in _EVERYWHERE and name not in _ARIA:
            if not drawn or name not in drawings.ATTRIBUTES:
                yield f"<{tag}> has the attribute '{name[:40]}', which may not stand there"
            else:
                yield from drawings.element_faults(tag, {name: value})
    if "name" in values and tag in _NAMED and values["name"] not in _NAMED[tag]:
        yield f"<{tag}> has the name '{values['name'][:40]}'"
    if "type" in values and tag in _TYPES and values["type"] not in _TYPES[tag]:
        yield f"<{tag}> has the type '{values['type'][:40]}'"


def _anchor(values: Mapping[str, str]) -> Iterator[str]:
    address = values.get("href", "")
    if not may_link(address):
        yield f"<a> leads to '{values['href'][:60]}'"
    elif not address.lower().startswith("mailto:") and (why := misleading(address)):
        yield f"<a> leads to '{address[:60]}', and {why}"
    if values.get("target", "_blank") != "_blank":
        yield f"<a> opens in '{values['target'][:40]}'"
    if odd := set(values.get("rel", "").lower().split()) - _RELATED:
        yield f"<a> has the rel '{min(odd)[:40]}'"


def _image(values: Mapping[str, str]) -> Iterator[str]:
    address = values.get("src", "")
    if not may_link(address) and not is_picture(address):
        yield f"<img> leads to '{address[:60]}'"
    elif is_picture(address):
        data = data_of(address)
        look = drawings.held_faults if is_drawing(address) else pictures.faults
        found = ["it cannot be read"] if data is None else look(data)
        yield from (f"<img> holds a picture, and {fault}" for fault in found)
    if "data:" in _IGNORED.sub("", values.get("srcset", "")).lower():
        yield "<img> holds a picture in 'srcset'; keep it in a file"


def _link(values: Mapping[str, str]) -> Iterator[str]:
    rel = values.get("rel", "").lower()
    if rel not in _LINKED_AS:
        yield f"<link> is a '{rel[:40]}'"
    if not may_link(values.get("href", "")) or (
        rel in ("icon", "stylesheet") and not is_within(values.get("href", ""))
    ):
        yield f"<link> leads to '{values.get('href', '')[:60]}'"


def _frame(values: Mapping[str, str]) -> Iterator[str]:
    if not _FRAMED.match(values.get("src", "")):
        yield f"<iframe> shows '{values.get('src', '')[:60]}', and not an embed of this site"


def _script(values: Mapping[str, str]) -> Iterator[str]:
    address = values.get("src")
    if address is not None and (
        not is_within(address)
        or not re.search(r"(?:^|/)assets/[\w./-]+\.js\Z", address)
        or "type" in values
    ):
        yield f"<script> runs '{address[:60]}', which is no script of this site"


def _told(values: Mapping[str, str], *, moved: bool) -> Iterator[str]:
    """Yield what is not allowed in a ``<meta>``."""
    content, equiv = values.get("content", ""), values.get("http-equiv")
    if "charset" in values and values["charset"].lower() != "utf-8":
        yield f"the page says that it is '{values['charset'][:40]}', and pages are UTF-8"
    if "name" in values and values["name"] not in _NAMES:
        yield f"<meta> names '{values['name'][:40]}'"
    if "property" in values and not _PROPERTIES.match(values["property"]):
        yield f"<meta> names '{values['property'][:40]}'"
    if equiv is None:
        return
    if equiv == "refresh":
        if not moved or not _REFRESH.match(content):
            yield f"the page leads its readers on to '{content[:60]}'"
    elif equiv != "Content-Security-Policy":
        yield f"<meta> stands for the header '{equiv[:40]}'"


_LOOKS: Final = {"a": _anchor, "img": _image, "link": _link, "iframe": _frame, "script": _script}


def redirect_target(values: Mapping[str, str]) -> str | None:
    """Return the URL to which a ``<meta>`` redirects at once, or ``None`` if it does not."""
    found = (
        _REFRESH.match(values.get("content", ""))
        if values.get("http-equiv", "").lower() == "refresh"
        else None
    )
    return found["address"] if found else None
