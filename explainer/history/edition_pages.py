"""Checks the page of a released edition against its record and against our templates.

The id of an edition is a hash that anybody can compute. It shows that nothing was changed, but not
who made the edition. So ``faults_of_making`` checks that the page holds only what our templates
write, and runs no script but ours.

``faults_of_words`` compares the page with the record. Both files come from the same author, so this
does not show that they are true. It shows that readers of the page see what programs read in the
record, and what the chart's history is written from. It compares:

- the title, the measure, the caption, the description and the names of the drawings;
- each mark with the value and the claim of a row;
- each number beside a mark, except years;
- the addresses of sources and corrections.

It does not check the names of sources and series, the words beside numbers, the numbers along an
axis, the positions of marks, the day of the check, or the text of corrections.
"""

from __future__ import annotations

import json
import re
import string
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Annotated, Any, Final

import tinycss2
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from selectolax.lexbor import LexborHTMLParser, LexborNode

from explainer.common import policy
from explainer.common.allowed import drawings, elements, word_set
from explainer.common.allowed import styles as allowed_styles
from explainer.common.allowed.addresses import is_within
from explainer.common.characters import ISOLATE_END, ISOLATE_START, invisible_characters
from explainer.model.edtf import iso_day

# The page compared with its record

_NUMBER: Final = re.compile(
    r"\d{1,3}(?:[,.'’\u00a0\u202f ]\d{2,3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
)
_ONE_NUMBER: Final = re.compile(r"\d+")
_WORDS_OF_DAYS: Final = 24
"""The most words in the sentence that says when a chart was checked and will be checked again."""
_NAMES: Final = ("tick", "track", "group")
"""Classes of text in a drawing that belongs to no mark.

These are the numbers along an axis and the names of series. No record holds them.
"""
_DATE: Final = re.compile(r"(?P<year>-?\d{4})-\d{2}")
_YEAR: Final = re.compile(r"[12]\d{3}")
_CLAIM: Final = re.compile(r"(?:\.\./){3}facts/(?P<of>[^/#]+)/#(?P<claim>[^/#]+)")
_SOURCE: Final = re.compile(r"(?:\.\./){3}sources/(?P<id>[^/#]+)/")
_CORRECTION: Final = re.compile(r"(?:\.\./){3}corrections/#(?P<id>[^/#]+)")


def content_faults(page: LexborHTMLParser, record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each difference between the page of an edition and its record.

    Each comes with words of the page, by which its place can be found.
    """
    content, chart = record["content"], record["chart"]
    yield from _head(page, content, chart)
    yield from _above(page, content)
    yield from _drawn(page, content)
    yield from _below(page, content, chart)
    for node in page.css("main"):
        if node.attributes.get("id") != chart:
            yield "its page is that of another chart", "<main"
    yield from _loose(page)


def _head(
    page: LexborHTMLParser, content: Mapping[str, Any], chart: str
) -> Iterator[tuple[str, str]]:
    titles = [_plain(node.text()) for node in page.css("head title")]
    if titles != [_plain(content["title"])]:
        yield f"its title is '{(titles or [''])[0][:60]}', and its record has another", "<title"
    for node in page.css("link"):
        address = node.attributes.get("href") or ""
        if address != f"../../../charts/{chart}/":
            yield f"its page says that '{address[:60]}' is the page of its chart", address
    shown = _plain(" ".join(str(content.get(key) or "") for key in ("alt", "subtitle")))
    for node in page.css("meta[name='description']"):
        said = _plain(node.attributes.get("content") or "")
        told = [part for part in re.split(r"(?<=[.!?…。！？؟।])\s", said.removesuffix("…")) if part]
        if len(told) > _MOST_SENTENCES or not all(
            part in shown or part.rstrip(".") in shown for part in told
        ):
            yield f"its description is '{said[:60]}', which its record does not say", said[:40]


def _above(page: LexborHTMLParser, content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Check the title and the measure above the drawings."""
    for selector, key in (("h1", "title"), ("p.measure", "subtitle")):
        said = [_plain(node.text()) for node in page.css(f"body {selector}")]
        if key in content and said != [_plain(content[key] or "")]:
            yield (
                (
                    f"it has '{(said or [''])[0][:60]}' above its drawings, and its record has"
                    f" another {key}"
                ),
                (said or [""])[0][:40],
            )


def _drawn(page: LexborHTMLParser, content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Check that each drawing shows all rows, and that the text of each mark is that of its row."""
    names = {_plain(content.get("alt") or ""), _plain(content["title"])}
    known = _numbers(_texts(content))
    marks = _Marks(content)
    drawings = page.css("svg")
    if not drawings:
        yield "it has no drawing", "<main"
    if len(drawings) > _MOST_DRAWINGS:
        yield f"it has {len(drawings):,} drawings, which no release makes", "<svg"
    for drawing in drawings[:_MOST_DRAWINGS]:
        name = _plain(drawing.attributes.get("aria-label") or "")
        if name not in names:
            yield f"its drawing is called '{name[:60]}', which its record does not say", name[:40]
        seen = set[tuple[str, str]]()
        for mark in drawing.css("a"):
            seen.add(_row_of(mark))
            yield from marks.faults(mark)
        if left := sorted(marks.rows.keys() - seen):
            yield f"its drawing does not show '{left[0][1][:40]}' of '{left[0][0][:60]}'", "<svg"
        for text in drawing.css("text"):
            if text.attributes.get("class") not in _NAMES and not _is_in(text, "a"):
                yield from _unknown(text.text(), known)


def _row_of(mark: LexborNode) -> tuple[str, str]:
    """Return the claim (``fact:claim``) and the value that a mark shows."""
    of = _CLAIM.fullmatch(mark.attributes.get("href") or "")
    return f"{of['of']}:{of['claim']}" if of else "", mark.attributes.get("data-value") or ""


class _Marks:
    """Compares the marks of drawings with the rows of the record."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.rows = {(row["claim"], row["value"] or ""): row for row in content["rows"]}
        self._known = _numbers(_texts(content))
        self._of_rows: dict[tuple[str, str], set[str]] = {}

    def faults(self, mark: LexborNode) -> Iterator[tuple[str, str]]:
        """Yield each difference between a mark and its row, with words to find it by."""
        address, key = mark.attributes.get("href") or "", _row_of(mark)
        if key not in self.rows:
            yield (
                (
                    f"its drawing shows '{key[1][:40]}' for '{(key[0] or address)[:60]}', which its"
                    " record does not have"
                ),
                address,
            )
            return
        if key not in self._of_rows:
            self._of_rows[key] = _numbers(_texts(self.rows[key])) | _wanted(key[1])
        said = " ".join(
            [
                mark.attributes.get("aria-label") or "",
                *(node.text() for node in mark.css("title, text")),
            ]
        )
        yield from _unknown(said, self._known, self._of_rows[key], years=True)
        if not _wanted(key[1]) <= _numbers([said]):
            yield (
                f"its drawing does not say '{key[1][:40]}' where it shows '{key[0][:60]}'",
                address,
            )


def _wanted(value: str) -> set[str]:
    """Return the numbers that a drawing must show for a value.

    Of a date these are only the years, because months are printed as words. The part after ± is not
    needed.
    """
    dated = [_year(match["year"]) for match in _DATE.finditer(value)]
    return _numbers(
        dated or [each.replace(",", "") for each in value.partition("±")[0].split("..")]
    )


def _year(text: str) -> str:
    """Return an ISO 8601 year as people say it: the year 0 of ISO 8601 is 1 BC."""
    return text if not text.startswith("-") else str(abs(int(text)) + 1)


def _below(
    page: LexborHTMLParser, content: Mapping[str, Any], chart: str
) -> Iterator[tuple[str, str]]:
    """Check the paragraphs below the drawings, in any order.

    They are the caption, the corrections, the sources, the days of checks and the link to the
    chart's page.
    """
    caption, plain = _plain(content.get("caption") or ""), list[str]()
    sources, corrections = (
        frozenset(content.get("sources") or ()),
        frozenset(content["corrections"]),
    )
    any_source = content.get("sources") is None or not _are_ids(sources)
    found = False
    for paragraph in page.css("footer p"):
        said = _plain(paragraph.text())
        links = [
            node.attributes.get("href") or ""
            for node in paragraph.css("a")
            if node.attributes.get("rel") != "license"
        ]
        if not links and said == caption and not found:
            found = True
        elif not links:
            plain += [said] if said else []
        for address in links:
            source, correction = _SOURCE.fullmatch(address), _CORRECTION.fullmatch(address)
            if not (
                address.partition("#")[0] == f"../../../charts/{chart}/"
                or (source and (any_source or source["id"] in sources))
                or (correction and correction["id"] in corrections)
            ):
                yield f"it leads to '{address[:60]}', which its record does not name", address
    if caption and not found:
        yield "its caption is not that of its record", "<footer"
    for said in plain[:1] if len(plain) == 1 and _is_of_days(plain[0]) else ():
        plain.remove(said)
    for said in plain:
        yield f"it says '{said[:60]}', which its record does not say", said[:40]


def _are_ids(sources: Iterable[str]) -> bool:
    return all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", each) for each in sources)


def _is_of_days(said: str) -> bool:
    """Whether a sentence may be the one that says when a chart was checked.

    It has at most 24 words and six numbers. All its numbers are days of a month or years.
    """
    numbers = [
        int("".join(str(unicodedata.digit(sign)) for sign in each))
        for each in _ONE_NUMBER.findall(said)
    ]
    days = all(1 <= number <= 31 or 1000 <= number <= 9999 for number in numbers)
    return (
        days
        and any(number > 31 for number in numbers)
        and len(numbers) <= 6
        and len(said.split()) <= _WORDS_OF_DAYS
    )


def _loose(page: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield all words in places where our template prints none."""
    places = {"h1", "p", "text", "title"}
    for node in page.body.traverse(include_text=True) if page.body else ():
        words = (node.text(deep=False) or "").strip() if node.tag == "-text" else ""
        if words and not any(_is_in(node, place) for place in (*places, "script")):
            yield f"it says '{words[:60]}', where no release writes words", words[:40]
    for node in page.css("body p"):
        if not _is_in(node, "footer") and node.attributes.get("class") != "measure":
            yield (
                f"it says '{_plain(node.text())[:60]}', where no release writes words",
                _plain(node.text())[:40],
            )
    for node in page.css("footer h1, svg h1, footer title"):
        yield f"<{node.tag}> stands where no release writes it", f"<{node.tag}"


def _is_in(node: LexborNode, tag: str) -> bool:
    parent = node.parent
    while parent is not None and parent.tag != tag:
        parent = parent.parent
    return parent is not None


def _unknown(said: str, *known: set[str], years: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the numbers in a text that are in none of the sets.

    With ``years``, years are left out, because a record may name a row in other words.
    """
    for each in _NUMBER.findall(_unmarked(said)):
        if years and _YEAR.fullmatch(each):
            continue
        parts = _ONE_NUMBER.findall(each)
        if not _is_in_one(each, known) and not all(_is_in_one(part, known) for part in parts):
            yield f"it says {each}, and its record does not", each


def _is_in_one(number: str, known: Iterable[set[str]]) -> bool:
    return any(_significant(number) in each for each in known)


def _numbers(texts: Iterable[str]) -> set[str]:
    """Return the significant digits of each number in some texts.

    So 1,500,000 is the same as the 1.5 of "1.5 million", and 03 is the same as 3.
    """
    found = set[str]()
    for text in texts:
        for each in _NUMBER.findall(_unmarked(text)):
            found |= {_significant(each), *map(_significant, _ONE_NUMBER.findall(each))}
    return found


def _significant(number: str) -> str:
    digits = "".join(
        str(unicodedata.digit(sign))
        for sign in number
        if sign.isdigit() and unicodedata.digit(sign, -1) >= 0
    )
    return digits.strip("0") or "0"


def _texts(value: Any) -> Iterator[str]:
    """Yield all strings in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _unmarked(text: str) -> str:
    """Return a text without the isolates (U+2068, U+2069) around words of another direction."""
    return text.replace("\u2068", "").replace("\u2069", "")


def _plain(text: Any) -> str:
    """Return a text without isolates and with single spaces; empty if the value is not a string."""
    return " ".join(_unmarked(text).split()) if isinstance(text, str) else ""


# The page compared with what our templates write

_ELEMENTS: Final = drawings.ELEMENTS - {"image", "metadata", "switch", "use"} | word_set(
    """
    html head meta title link base style body div main header footer h1 p a strong em bdi span q
    del ins time br script -comment -doctype -text
    """
)
"""The elements that ``embed/body.html.j2`` and its drawings use, with the parser's node types.

Links in drawings are ``a``, as in the page.
"""


_ATTRIBUTES: Final = word_set(
    """
    aria-hidden aria-label charset class content cx cy d data-paper data-value dir height href
    http-equiv id lang name points r rel role rx ry target text-anchor transform viewbox width x
    x1 x2 xmlns y y1 y2
    """
)
"""The attributes that these elements have.

None of them can hide an element, or give it another colour, size or place than its class does.
"""
_CLASSES: Final = word_set(
    """
    measure notice stage small medium wide corrected chart-page svg-chart tall columns dots
    ranges steps timeline mark is-lit is-disputed arrow base col first fourth group grid hollow
    label leader level note open point second span spell spread step strong third tick tip track
    unsaid unsure value
    """
)
"""The classes of these elements, those of the drawings of ``explainer/render/charts/`` included."""
_LEVEL: Final = re.compile(r"translate\(0 -?[\d.]+\)")
"""The one ``transform`` that is allowed: it moves a mark up or down, beside others at its place."""
_HIDING: Final = re.compile(
    r"(?:display:none|visibility:(?:hidden|collapse)|opacity:0*\.?0*(?![\d.])|font-size:0*\.?0*(?![\d.])|content-visibility:|font:0)"
)
_BANDS: Final = {
    ".small",
    ".medium",
    ".wide",
    ".small,.medium",
    ".medium,.wide",
    ".measured .small,.measured .medium",
}
"""The selectors of the drawings for each width. A style may hide these: one is shown at a time."""
_TOLD: Final = {
    "referrer": "no-referrer",
    "viewport": "width=device-width, initial-scale=1",
}
"""The ``meta`` elements of the head, besides the description.

There is no ``robots`` among them: search engines may index the page, because people may quote its
address.
"""


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
    """The record of an edition, as ``release`` writes it. Old records name no picture."""

    model_config = ConfigDict(extra="forbid", strict=True)

    chart: str
    date: Annotated[str, AfterValidator(iso_day)]
    follows: str | None
    height: Annotated[int, Field(gt=0, lt=20_000)]
    heights: dict[str, Annotated[int, Field(gt=0, lt=20_000)]]
    picture: str | None = None
    content: _Content


def record_of(data: bytes) -> dict[str, Any] | str:
    """Return the record in the bytes of a file, or a message that says what is wrong with them.

    Never raises, whatever the bytes are.
    """
    try:
        values = json.loads(data)
        _Record.model_validate(values)
    except (ValueError, RecursionError) as error:  # a ValidationError is a ValueError
        if isinstance(error, ValidationError):
            first = error.errors(include_url=False, include_input=False)[0]
            return f"{'.'.join(map(str, first['loc'])) or 'it'}: {first['msg']}"
        return "it is not JSON"
    return dict(values)


def page_faults(
    body: str,
    scripts: Collection[str],
    record: Mapping[str, Any],
    known_styles: Collection[str] | None = allowed_styles.RELEASED,
) -> Iterator[tuple[str, int]]:
    """Yield each fault of an edition's page, with its approximate offset in ``body``.

    A fault is anything that none of our templates writes, or that differs from the record. At most
    100 are given.

    ``scripts`` are the CSP source expressions of all scripts that embeds were ever released with,
    and ``known_styles`` those of all styles. ``known_styles`` is ``None`` for a trusted project,
    which may have a stylesheet of its own.
    """
    lowered, seen = _lowered(body), set[tuple[str, int | tuple[str, ...]]]()
    for fault, near in _faults(body, scripts, record, known_styles):
        if (fault, near) not in seen:
            seen.add((fault, near))
            yield fault, near if isinstance(near, int) else _find(lowered, near)
        if len(seen) == _MOST_FAULTS:
            return


_MOST_FAULTS: Final = 100
"""The most faults that are reported of one page. Each costs a search of the whole page."""
_MOST_LETTERS: Final = 1_000_000
_DEEPEST: Final = 40
"""How deep elements may be nested. A release nests them about a dozen deep."""
_MOST_DRAWINGS: Final = 10
"""The most drawings in a page. A release writes one for each width."""
_MOST_SENTENCES: Final = 100
"""The most sentences in a description. A release cuts it to a few lines."""
_Faults = Iterator[tuple[str, int | tuple[str, ...]]]
"""Messages with their places: an offset, or words of which the first one found gives the place."""


def _faults(
    body: str,
    scripts: Collection[str],
    record: Mapping[str, Any],
    known_styles: Collection[str] | None,
) -> _Faults:
    if len(body) > _MOST_LETTERS:
        yield f"it has {len(body):,} letters; a release writes at most {_MOST_LETTERS:,}", 0
        return
    page = LexborHTMLParser(body)
    for node in page.root.traverse(include_text=False) if page.root else ():
        tag = (node.tag or "").lower()
        values = {name: value or "" for name, value in node.attributes.items()}
        for fault in _in_element(tag, values):
            yield fault, _near(fault, tag)
    if _is_deeper(page, _DEEPEST):
        yield f"its elements stand more than {_DEEPEST} deep, one in the other", 0
        return
    # isolates are allowed: drawings write them around names of another direction
    yield from (
        (f"{found} stands in it", found.at)
        for found in invisible_characters(body)
        if body[found.at] not in (ISOLATE_START, ISOLATE_END)
    )
    own_styles = [node.text() for node in page.css("style")]
    for node in page.css("script"):
        code = node.text()
        if node.attributes or policy.source_expression(code) not in scripts:
            yield "it has a script that no release of ours has", (code[:40], "<script")
    if len(own_styles) > 1:
        yield "it has more than one style", (own_styles[1][:40],)
    for node in page.css("style"):
        found = list(allowed_styles.faults_in(node)) or list(_hiding(node.text()))
        if known_styles is not None and policy.source_expression(node.text()) not in known_styles:
            found.append("it has a style that no release of ours has")
        yield from ((fault, (node.text()[:40],)) for fault in found)
    yield from _policy(body, page, own_styles, scripts)
    yield from ((fault, (near,)) for fault, near in content_faults(page, record))


def _is_deeper(page: LexborHTMLParser, most: int) -> bool:
    """Whether the elements of a page are nested more than ``most`` deep."""
    level = [page.root] if page.root else []
    for _ in range(most):
        level = [child for node in level for child in node.iter()]
    return bool(level)


def _policy(
    body: str, page: LexborHTMLParser, own_styles: list[str], scripts: Collection[str]
) -> _Faults:
    """Check that the page begins with its only CSP, and that this allows only its style and script.

    Also check that it declares UTF-8 there, unless it is ASCII.
    """
    told = [node.attributes for node in (list(page.head.iter()) if page.head else [])]
    first = next((each for each in told if "charset" not in each), {})
    if (
        first.get("http-equiv") != "Content-Security-Policy"
        or body.lower().count("content-security-policy") != 1
    ):
        yield "it does not begin with its one policy", 0
    allowed = first.get("content") or ""
    of_styles = [policy.source_expression(style) for style in own_styles]
    yield from (
        (fault, ("content-security-policy",))
        for fault in policy.faults(_PINNED, allowed, scripts, of_styles)
    )
    if not body.isascii() and not any(
        (each.get("charset") or "").lower() == "utf-8" for each in told[:2]
    ):
        yield "it does not say that it is UTF-8 where it begins", 0


def _hiding(css: str) -> Iterator[str]:
    """Yield a fault for each rule of a style that adds words, or hides more than other widths."""
    for rule in _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        said = tinycss2.serialize(rule.content)
        plain = re.sub(r" ?([:;,(){}]) ?", r"\1", " ".join(said.lower().split()))
        selector = re.sub(r" ?, ?", ",", " ".join(tinycss2.serialize(rule.prelude).split()))
        if _HIDING.search(plain) and selector not in _BANDS:
            yield f"the style hides '{selector[:60]}'"
        if any(sign.isalnum() for found in _CONTENT.findall(said) for sign in found):
            yield f"the style adds words to '{selector[:60]}'"


_CONTENT: Final = re.compile(r"(?<![\w-])content\s*:([^;}]*)", re.IGNORECASE)


def _rules(nodes: Iterable[Any]) -> Iterator[Any]:
    """Yield the rules with selectors in a stylesheet, those in at-rules included."""
    left = list(nodes)
    while left:
        node = left.pop()
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.content:
            left += tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)


_PINNED: Final = "embed/chart/edition/index.html"
"""A path like that of any edition's page. All these pages have the strictest policy."""


def _in_element(tag: str, values: Mapping[str, str]) -> Iterator[str]:
    if tag.startswith("-"):
        return
    if tag not in _ELEMENTS:
        yield f"<{tag[:40]}> is no part of an embed"
        return
    yield from elements.faults(tag, values, alone=True)
    for name, value in values.items():
        odd = next(
            (each for each in value.split() if name == "class" and each not in _CLASSES), None
        )
        if name.lower() not in _ATTRIBUTES or (name == "transform" and not _LEVEL.fullmatch(value)):
            yield f"<{tag}> has the attribute '{name[:40]}', which no release writes so"
        elif odd is not None:
            yield f"<{tag}> has the class '{odd[:40]}', which no release writes"
        elif name == "aria-hidden" and (tag, values.get("class")) != ("text", "tick"):
            yield f"<{tag}> is kept from readers by '{name}'"
    if (
        tag == "meta"
        and "name" in values
        and values["name"] != "description"
        and _TOLD.get(values["name"]) != values.get("content")
    ):
        yield (
            f"<meta> says '{values['name'][:40]}: {values.get('content', '')[:40]}', which no"
            " release does"
        )
    address = values.get("href")
    leaves = address is not None and not is_within(address)
    if tag == "a" and leaves and values.get("rel") != "license":
        yield f"<a> leads to '{(address or '')[:60]}', and links of an embed lead to its site"
    if tag == "link" and values.get("rel") != "canonical":
        yield f"<link> loads '{(address or '')[:60]}'"


def _near(fault: str, tag: str) -> tuple[str, ...]:
    """Return the words by which the place of an element's fault is searched for.

    They are the first words that the fault quotes, then the element's tag.
    """
    quoted = re.search(r"'([^']+)'", fault)
    return (*([quoted.group(1)] if quoted else []), f"<{tag}")


_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def _lowered(text: str) -> str:
    """Return a text with its ASCII letters in lower case.

    The length stays the same, which ``str.lower`` does not ensure.
    """
    return text.translate(_LOWER)


def _find(lowered: str, words: Iterable[str]) -> int:
    """Return the offset of the first of some words that is found after the beginning; 0 if none."""
    return next((at for each in words if (at := lowered.find(_lowered(each))) > 0), 0)
