"""Which files a site may hold: their names, their kinds, and what each kind may contain."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from explainer.common.allowed import drawings, pictures
from explainer.common.allowed import styles as allowed_styles

# Which kinds of files a site may have, and what is looked at in each: all that a browser could
# open or run.
#
# Hosts tell the kind of a file by the end of its name, in small or capital letters. A kind that
# is not written here may be one that some
# browser opens as a page (``.xhtml``, ``.mhtml``, ``.svgz``, ``.xsl``, no suffix at all on a host
# that guesses), so it is refused.

PICTURES: Final = frozenset({"png", "jpg", "jpeg", "gif", "webp", "avif", "ico"})
FONTS: Final = frozenset({"woff", "woff2", "ttf", "otf"})
RECORDINGS: Final = frozenset({"mp3", "m4a", "ogg", "oga", "wav", "mp4", "m4v", "webm", "vtt"})
DOCUMENTS: Final = frozenset({"csv", "tsv", "txt", "xlsx", "ods", "zip", "pdf"})
"""Opened by other programs, or as plain text. What a PDF file holds runs in the browser's own reader, apart from the site."""
JSON: Final = frozenset({"json", "geojson"})
SCRIPTS: Final = frozenset({"js", "mjs"})
_INERT: Final = FONTS | RECORDINGS | DOCUMENTS
_OF_THE_SITE: Final = frozenset({"bib", "ris", "cff", "gz", "map", "html"}) | SCRIPTS
"""What the generator and the themes add: citations, the sitemap packed, what tells a script's lines, pages and scripts."""
_ROOT: Final = frozenset({"CNAME", ".nojekyll"})
_WITHOUT_SUFFIX: Final = frozenset({"LICENSE"})
"""Of a theme's scripts."""

MEDIA_TYPES: Final = {
    "avif": "image/avif", "bib": "text/plain; charset=utf-8", "cff": "text/plain; charset=utf-8", "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8", "geojson": "application/geo+json", "gif": "image/gif", "gz": "application/gzip",
    "html": "text/html; charset=utf-8", "ico": "image/x-icon", "jpeg": "image/jpeg", "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8", "json": "application/json", "m4a": "audio/mp4", "m4v": "video/mp4",
    "map": "application/json", "mjs": "text/javascript; charset=utf-8", "mp3": "audio/mpeg", "mp4": "video/mp4", "oga": "audio/ogg",
    "ods": "application/vnd.oasis.opendocument.spreadsheet", "ogg": "audio/ogg", "otf": "font/otf", "pdf": "application/pdf",
    "png": "image/png", "ris": "text/plain; charset=utf-8", "svg": "image/svg+xml", "tsv": "text/tab-separated-values; charset=utf-8",
    "ttf": "font/ttf", "txt": "text/plain; charset=utf-8", "vtt": "text/vtt; charset=utf-8", "wav": "audio/wav", "webm": "video/webm",
    "webp": "image/webp", "woff": "font/woff", "woff2": "font/woff2", "xml": "application/xml", "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
"""What a server calls each kind."""


def kind_of(path: str) -> str:
    """The end of a file's name behind its last dot, in lower case; empty where it has none."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""


def faults(path: str, files: Mapping[str, bytes]) -> list[str]:
    """What may not stand in a file of a finished site that is no page, read only where its kind is one that browsers read.

    Pages are looked at by themselves.
    """
    kind = kind_of(path)
    if path in _ROOT or path.rpartition("/")[2] in _WITHOUT_SUFFIX or kind in _INERT or path.startswith(".well-known/"):
        return []
    if kind in PICTURES:
        return pictures.faults(files[path])
    if kind == "html" and not path.endswith(".html"):
        return ["it is a page for a browser, and not one of this site's: theirs end in '.html'"]
    if kind == "xml":
        return drawings.feed_faults(files[path])
    return [] if kind in _OF_THE_SITE else _inside(kind, files[path])


def asset_faults(name: str, data: bytes, *, trusted: bool) -> list[str]:
    """What may not stand in a file that an author lays beside the pages; scripts may, where the project is trusted."""
    kind = kind_of(name)
    if kind in SCRIPTS:
        return [] if trusted else ["it is a script, and a project's own scripts run only where it is built with --trust"]
    if kind in _INERT:
        return []
    if kind in PICTURES:
        return pictures.faults(data)
    if kind in ("html", "htm", "xhtml", "xht", "xml", "mhtml", "mht", "svgz", "shtml"):
        return [f"a browser opens '.{kind}' files as pages, and pages are written as Markdown"]
    return _inside(kind, data)


def _inside(kind: str, data: bytes) -> list[str]:
    """What may not stand in a file of a kind that browsers read."""
    if kind == "svg":
        return drawings.svg_faults(data)
    if kind == "css":
        return _in_text(data, allowed_styles.faults)
    if kind in JSON:
        return _in_text(data, _json)
    known = ", ".join(sorted(PICTURES | _INERT | JSON | {"svg", "css"}))
    return [f"{f'.{kind}' if kind else 'a file without a suffix'} is no kind of file that a site may have; known are {known}"]


def _in_text(data: bytes, look: Callable[[str], Iterable[str]]) -> list[str]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ["it is not UTF-8"]
    return list(dict.fromkeys(look(text)))


def _json(text: str) -> list[str]:
    """Whether it is JSON: such a text does nothing where it is run as a script."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return ["it is not JSON"]
    return []


# Names of files: which are content, which are what editors and systems leave behind, and which
# clash on some disks.

_LEFT_BEHIND = re.compile(
    r"""(?:
      \.(?!well-known\Z|nojekyll\Z)[^.]*            # .DS_Store, .gitkeep, .obsidian/, .vscode/; but not .picture.svg
    | \.[_#~].*                 # ._a.yaml of macOS, .#a.yaml of Emacs, .~lock.a.csv# of LibreOffice
    | .*~                       # Emacs, Vim, gedit, LibreOffice (with .~lock…#)
    | \#.*\#                    # Emacs
    | .*\.(?:swp|swo|swx|bak|orig|rej|tmp|temp|part|crdownload)
    | Thumbs\.db | ehthumbs\.db | desktop\.ini | Icon\r | __MACOSX | __pycache__ | \$RECYCLE\.BIN
    | 4913                      # Vim, while it tries whether it may write
    )\Z""",
    re.VERBOSE | re.IGNORECASE,
)
NOTES: Final = re.compile(r"(?:README|LICEN[SC]E|COPYING|NOTICE|AUTHORS|CONTRIBUTING|CHANGELOG)(?:\.(?:md|txt|rst))?\Z")
"""What people write for each other beside their files, in capital letters as is the custom; nothing reads it."""


def is_left_behind(path: str) -> bool:
    """Whether an editor or a system made a file, or a folder above it, for itself: nobody means it as content."""
    return any(_LEFT_BEHIND.match(part) for part in path.split("/"))


def is_note(path: str) -> bool:
    """Whether a file is a note of people's for each other."""
    return NOTES.match(path.rpartition("/")[2]) is not None


def folded_name(path: str) -> str:
    """What is the same for paths that some disk takes for one: letters small and capital, composed and decomposed, wide and narrow."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())


def clashes(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each path that some disk takes for another, or that lies below a file, with that other."""
    first: dict[str, str] = {}
    for path in sorted(paths):
        known = first.setdefault(folded_name(path), path)
        if known != path:
            yield path, known
    for same, path in first.items():
        above = same.rpartition("/")[0]
        while above:
            if above in first:
                yield path, first[above]
            above = above.rpartition("/")[0]


def is_text(path: str) -> bool:
    """Whether a name is UTF-8; systems hand on others with marks in the place of their bytes."""
    return not any("\ud800" <= letter <= "\udfff" for letter in path)
