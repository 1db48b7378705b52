"""What an author's ``mkdocs.yml`` may say: every key and every option that is read, each with the
values it may have.

What is not here is refused. The theme prints many settings as they are, loads others from other
hosts, and runs code for some; so a setting is let in one by one, when it is known where its value
goes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

from explainer.common.addresses import misleading, site_address
from explainer.model.records import Address, Record, YesNo

REPORT: Final = re.compile(r"(https?://[^\s<>\"]+|mailto:[^\s<>\"]+@[^\s<>\"]+)\Z")
"""An address at which errors can be reported."""
_REPORTS: Final = {
    "type": "string",
    "examples": ["https://github.com/OWNER/REPOSITORY", "mailto:editor@example.org"],
}
_UNSEEN: Final = frozenset({"Cc", "Co", "Cs", "Zl", "Zp"})
"""Unicode's categories of characters that are no part of a line of text: controls, private and half
characters, ends of lines."""
_ICON: Final = re.compile(r"[a-z0-9]+(/[a-z0-9]+(-[a-z0-9]+)*)+")
_PICTURE: Final = re.compile(
    r"[A-Za-z0-9_][\w-]*(\.[\w-]+)*(/[A-Za-z0-9_][\w-]*(\.[\w-]+)*)*\.(svg|png|ico|webp|jpg|jpeg|gif)",
    re.ASCII,
)
_PAGE: Final = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*/)*index\.md")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A tag of a language."""
_DEPTH: Final = re.compile(r"[1-6](-[1-6])?")


def _words(value: Any) -> str:
    """Some text without blanks at its ends."""
    if not isinstance(value, str):
        raise ValueError("this must be text, not a list or a mapping")
    if not value.strip():
        raise ValueError("this is empty; write something or leave the key out")
    return value.strip()


def one_line(longest: int) -> Callable[[Any], str]:
    """A reader of plain text of one line and at most so many characters."""

    def read(value: Any) -> str:
        text = _words(value)
        if len(text) > longest:
            raise ValueError(f"this has {len(text):,} characters; at most {longest}")
        for character in text:
            if unicodedata.category(character) in _UNSEEN or _is_noncharacter(character):
                raise ValueError(
                    f"this holds U+{ord(character):04X}, which is no part of a line of text; write"
                    " one line of plain words"
                )
        return text

    return read


def _is_noncharacter(character: str) -> bool:
    """Whether Unicode keeps a code point for programs' own use, so that no text has it."""
    return 0xFDD0 <= ord(character) <= 0xFDEF or ord(character) & 0xFFFE == 0xFFFE


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = one_line(200)(value)
        if not pattern.fullmatch(text):
            raise ValueError(f"'{text[:60]}' is no {what}")
        return text

    return read


def _site_url(value: Any) -> str:
    one_line(1000)(value)
    return site_address(value)  # with its blanks, which it names


def _report(value: Any) -> str:
    text = one_line(1000)(value)
    if not REPORT.match(text):
        raise ValueError(
            f"'{text[:60]}' is no address to report errors at; write a repository's address,"
            " mailto:… or https://…"
        )
    if why := misleading(text.replace("{claim}", "claim")):
        raise ValueError(f"'{text[:60]}' may lead elsewhere than it seems to: {why}")
    return text


def _secure(address: str) -> str:
    if not address.startswith("https://"):
        raise ValueError(f"'{address[:60]}' does not begin with https://")
    return address


def _only(wanted: bool, why: str) -> Callable[[Any], bool]:
    def read(value: Any) -> bool:
        if value != ("true" if wanted else "false"):
            raise ValueError(f"this can only be {str(wanted).lower()}: {why}")
        return wanted

    return read


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        text = _words(value)
        if not re.fullmatch("[0-9]", text) or not least <= int(text) <= most:
            raise ValueError(f"'{text[:20]}' is no whole number from {least} to {most}")
        return int(text)

    return read


Name = Annotated[
    str, PlainValidator(one_line(200)), WithJsonSchema({"type": "string", "maxLength": 200})
]
Sentence = Annotated[
    str, PlainValidator(one_line(500)), WithJsonSchema({"type": "string", "maxLength": 500})
]
Icon = Annotated[
    str,
    PlainValidator(_matching(_ICON, "icon's path; write one like material/weather-night")),
    WithJsonSchema({"type": "string", "examples": ["material/weather-night"]}),
]
Picture = Annotated[
    str,
    PlainValidator(
        _matching(_PICTURE, "picture's path below the site's root; write one like assets/logo.svg")
    ),
    WithJsonSchema({"type": "string", "examples": ["assets/logo.svg"]}),
]
PagePath = Annotated[
    str,
    PlainValidator(_matching(_PAGE, "page of this site; pages are named as in about/index.md")),
    WithJsonSchema({"type": "string", "examples": ["about/index.md"]}),
]
Language = Annotated[
    str,
    PlainValidator(_matching(LANGUAGE, "language's tag; write one like en or uk")),
    WithJsonSchema({"type": "string", "examples": ["en"]}),
]
Depth = Annotated[
    str,
    PlainValidator(_matching(_DEPTH, "depth of headings; write one like 3 or 2-4")),
    WithJsonSchema({"type": ["string", "integer"], "examples": [3, "2-4"]}),
]
NoFont = Annotated[
    bool,
    PlainValidator(_only(wanted=False, why="a font would be fetched from another host")),
    WithJsonSchema({"const": False}),
]
Always = Annotated[
    bool,
    PlainValidator(_only(wanted=True, why="the generator builds no other way")),
    WithJsonSchema({"const": True}),
]
Feature = Literal[
    "content.code.annotate",
    "content.code.copy",
    "content.code.select",
    "content.footnote.tooltips",
    "content.tooltips",
    "header.autohide",
    "navigation.expand",
    "navigation.footer",
    "navigation.indexes",
    "navigation.path",
    "navigation.prune",
    "navigation.sections",
    "navigation.tabs",
    "navigation.tabs.sticky",
    "navigation.top",
    "navigation.tracking",
    "search.highlight",
    "search.suggest",
    "toc.follow",
    "toc.integrate",
]
Colour = Literal[
    "red",
    "pink",
    "purple",
    "deep-purple",
    "indigo",
    "blue",
    "light-blue",
    "cyan",
    "teal",
    "green",
    "light-green",
    "lime",
    "yellow",
    "amber",
    "orange",
    "deep-orange",
    "brown",
    "grey",
    "blue-grey",
    "black",
    "white",
    "custom",
]
Severity = Literal["warn", "info", "ignore"]


class Toggle(Record):
    """The button that leads to the next palette."""

    icon: Icon
    """A path among the theme's icons."""
    name: Name
    """What the button does, for those who hear it or point at it."""


class Palette(Record):
    """One of the site's colour schemes."""

    media: (
        Literal[
            "(prefers-color-scheme: light)",
            "(prefers-color-scheme: dark)",
            "(prefers-color-scheme)",
        ]
        | None
    ) = None
    """Readers with this setting see it first."""
    scheme: Literal["default", "slate"] | None = None
    """Light or dark."""
    primary: Colour | None = None
    """The colour of the header; `custom` is the generator's own."""
    accent: Colour | None = None
    """The colour of what a pointer is on; `custom` is the generator's own."""
    toggle: Toggle | None = None


class Icons(Record):
    """Icons of the theme's frame, each a path among the theme's icons."""

    logo: Icon | None = None
    menu: Icon | None = None
    close: Icon | None = None
    search: Icon | None = None
    previous: Icon | None = None
    next: Icon | None = None
    top: Icon | None = None


class Theme(Record):
    """The site's frame."""

    name: Literal["material"] = "material"
    """The one theme; both engines have it."""
    language: Language = "en"
    """The language of the site and of its seeds; there is a catalogue of its words."""
    direction: Literal["ltr", "rtl"] | None = None
    """The direction of the page's frame, where it is not the language's own."""
    features: Annotated[tuple[Feature, ...], Field(max_length=40)] = ()
    """Features of the theme."""
    palette: Annotated[tuple[Palette, ...], Field(max_length=8)] = ()
    """The colour schemes: one, or a list through which readers switch."""
    font: NoFont = False
    """None: a font would be fetched from another host."""
    icon: Icons | None = None
    """Icons of the frame."""
    favicon: Picture | None = None
    """The picture in a browser's tab, by its path below the site's root."""
    logo: Picture | None = None
    """A picture in place of the logo's icon, by its path below the site's root."""


class LicenceNamed(Record):
    """The licence of charts and data."""

    name: Name
    """As in CC BY 4.0."""
    url: Annotated[Address, AfterValidator(_secure)] = ""
    """Begins with https://."""


class Social(Record):
    """A link in the footer, to the site's publisher elsewhere."""

    icon: Icon
    """A path among the theme's icons."""
    link: Address
    """Begins with https:// or http://."""
    name: Name
    """Where it leads, for those who hear it or point at it."""


class Extra(Record):
    """Settings of the generator, and of the theme."""

    generator: YesNo | None = None
    """Whether the footer names the site engine."""
    licence: LicenceNamed | None = None
    """The licence of charts and data."""
    report: Annotated[str, PlainValidator(_report), WithJsonSchema(_REPORTS)] | None = None
    """Where readers report errors: a repository's address, a page's with ``{claim}`` in it, or
    ``mailto:…``."""
    social: Annotated[tuple[Social, ...], Field(max_length=20)] = ()
    """Links in the footer."""


class NoOptions(Record):
    """A plugin or an extension that is listed without options."""


class Plugins(Record):
    """The plugins of the engine."""

    search: NoOptions | None = None
    """The search; its script and its index are the generator's own."""


class Smarty(Record):
    """Typographic dashes, quotes and ellipses."""

    smart_dashes: YesNo | None = None
    smart_quotes: YesNo | None = None
    smart_angled_quotes: YesNo | None = None
    smart_ellipses: YesNo | None = None


class Tables(Record):
    """Tables in Markdown."""

    use_align_attribute: Always = True
    """Only true, since a page has no ``style`` attributes."""


class Toc(Record):
    """Anchors of headings, and the list of a page's sections."""

    permalink: YesNo | None = None
    """Whether a sign beside each heading links to it."""
    toc_depth: Depth | None = None
    """How deep the list goes."""
    baselevel: (
        Annotated[int, PlainValidator(_whole(1, 6)), WithJsonSchema({"enum": [1, 2, 3, 4, 5, 6]})]
        | None
    ) = None
    """The level of the highest heading."""


class Extensions(Record):
    """Extensions of Markdown that both engines know, and that neither read other files nor call
    other hosts.
    """

    abbr: NoOptions | None = None
    admonition: NoOptions | None = None
    attr_list: NoOptions | None = None
    def_list: NoOptions | None = None
    fenced_code: NoOptions | None = None
    footnotes: NoOptions | None = None
    md_in_html: NoOptions | None = None
    sane_lists: NoOptions | None = None
    smarty: Smarty | None = None
    tables: Tables | None = None
    toc: Toc | None = None


class Entry(Record):
    """An entry of the menu: a page, an address elsewhere, or a section with entries of its own."""

    title: Name | None = None
    """What the menu calls it; a page without one is called by its own title."""
    path: PagePath | None = None
    """A page, by its file in the engine's tree."""
    address: Address | None = None
    """A page of another site."""
    inside: tuple[Entry, ...] = ()
    """A section's entries."""


class LinkChecks(Record):
    """What the engine makes of odd links in pages."""

    not_found: Severity | None = None
    anchors: Severity | None = None
    absolute_links: Severity | None = None
    unrecognized_links: Severity | None = None


class NavChecks(Record):
    """What the engine makes of oddities in the menu."""

    omitted_files: Severity | None = None
    not_found: Severity | None = None
    absolute_links: Severity | None = None


class Checks(LinkChecks, NavChecks):
    """The engine's own checks. The generator checks the finished pages by itself as well, and that
    cannot be switched off.
    """

    nav: NavChecks | None = None
    links: LinkChecks | None = None


class Settings(Record):
    """The whole of ``mkdocs.yml``."""

    site_name: Name
    """The site's name."""
    site_description: Sentence | None = None
    """What the site is about, in a sentence."""
    site_author: Name | None = None
    """Who is named as the author where pages, charts and the site are cited; without it, the site
    by its name."""
    site_url: (
        Annotated[
            str, PlainValidator(_site_url), WithJsonSchema({"type": "string", "format": "uri"})
        ]
        | None
    ) = None
    """Where the site will stand; ``--site-url`` stands before it."""
    copyright: Sentence | None = None
    """A line in the footer."""
    theme: Theme = Field(default_factory=Theme)
    """The site's frame."""
    extra: Extra = Field(default_factory=Extra)
    """Settings of the generator, and of the theme."""
    plugins: Plugins | None = None
    """A list of the engine's plugins."""
    markdown_extensions: Extensions = Field(default_factory=Extensions)
    """A list of extensions of Markdown."""
    nav: tuple[Entry, ...] | None = None
    """The menu: a list of ``title: page``, of ``title: address``, and of ``title:`` with a list
    below it."""
    validation: Checks | None = None
    """The engine's own checks."""
    strict: Always = True
    """Only true: every warning of the engine stops a build."""
    use_directory_urls: Always = True
    """Only true: addresses of pages end with a slash."""


_SETS: Final = "the generator sets it"
_CALLS: Final = "it would call another host"
_RUNS: Final = "it would run a program of the project's"
_COMMANDS: Final = "it is for commands of MkDocs that are not used here"
REFUSED: Final = {
    "INHERIT": "it would read a file outside the project; write the settings themselves",
    "hooks": _RUNS,
    "extra_templates": "pages are written in site_src/",
    "extra_css": "put styles into templates/",
    "extra_javascript": "a page has no scripts but the generator's own",
    "docs_dir": _SETS,
    "site_dir": "use --output",
    "repo_url": _CALLS,
    "repo_name": "it belongs to repo_url, which would call another host",
    "edit_uri": "pages are made, not edited; extra: report: gives readers a way to tell you",
    "edit_uri_template": (
        "pages are made, not edited; extra: report: gives readers a way to tell you"
    ),
    "exclude_docs": "take the page out of site_src/",
    "draft_docs": "take the page out of site_src/",
    "not_in_nav": _SETS,
    "remote_branch": _COMMANDS,
    "remote_name": _COMMANDS,
    "dev_addr": "use build.py serve",
    "watch": _COMMANDS,
    "theme.custom_dir": "the project's own templates stand in templates/theme/",
    "theme.static_templates": _SETS,
    "theme.locale": "write language",
    "theme.variant": "only one engine knows it",
    "extra.analytics": _CALLS,
    "extra.consent": _CALLS,
    "extra.alternate": "the menu of languages is made from the folders of site_src/",
    "extra.homepage": _SETS,
    "extra.words": _SETS,
    "extra.frames": _SETS,
    "extra.figures": _SETS,
    "extra.polyfills": "a page has no scripts but the generator's own",
    "extra.version": _CALLS,
    "extra.scope": _SETS,
}
"""Settings that are known and refused, by their keys with a dot between, and why or what to do
instead."""
