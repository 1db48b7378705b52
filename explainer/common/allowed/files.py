"""Check the files of a site: their names, their kinds, and what each kind may contain.

Hosts determine the kind of a file by its suffix, in lower or upper case. An unlisted kind may be
one that some browser opens as a page (``.xhtml``, ``.mhtml``, ``.svgz``, ``.xsl``, or no suffix on
a host that guesses), so it is refused. The content of each kind that a browser could open or run is
checked.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from explainer.common.allowed import drawings, pictures
from explainer.common.allowed import styles as allowed_styles

PICTURES: Final = frozenset({"png", "jpg", "jpeg", "gif", "webp", "avif", "ico"})
FONTS: Final = frozenset({"woff", "woff2", "ttf", "otf"})
RECORDINGS: Final = frozenset({"mp3", "m4a", "ogg", "oga", "wav", "mp4", "m4v", "webm", "vtt"})
DOCUMENTS: Final = frozenset({"csv", "tsv", "txt", "xlsx", "ods", "zip", "pdf"})
"""Files that are opened by other programs or as plain text. A PDF file opens in the browser's own
viewer, separated from the site.
"""
JSON: Final = frozenset({"json", "geojson"})
SCRIPTS: Final = frozenset({"js", "mjs"})
_INERT: Final = FONTS | RECORDINGS | DOCUMENTS
_OF_THE_SITE: Final = frozenset({"bib", "ris", "cff", "gz", "map", "html"}) | SCRIPTS
"""Files that the generator and the themes add: citations, the compressed sitemap, source maps,
pages and scripts.
"""
_ROOT: Final = frozenset({"CNAME", ".nojekyll"})
_WITHOUT_SUFFIX: Final = frozenset({"LICENSE"})
"""Licence files of a theme's scripts."""

MEDIA_TYPES: Final = {
    "avif": "image/avif",
    "bib": "text/plain; charset=utf-8",
    "cff": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "gif": "image/gif",
    "gz": "application/gzip",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "m4a": "audio/mp4",
    "m4v": "video/mp4",
    "map": "application/json",
    "mjs": "text/javascript; charset=utf-8",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "ogg": "audio/ogg",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "ris": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttf": "font/ttf",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media type that a server sends for each kind."""


def kind_of(path: str) -> str:
    """Return the suffix of a file's name in lower case without its dot, or an empty string."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""


def faults(path: str, files: Mapping[str, bytes]) -> list[str]:
    """Return what is not allowed in a file of a finished site. Pages are checked elsewhere.

    The file is read only if browsers open its kind.
    """
    kind = kind_of(path)
    if (
        path in _ROOT
        or path.rpartition("/")[2] in _WITHOUT_SUFFIX
        or kind in _INERT
        or path.startswith(".well-known/")
    ):
        return []
    if kind in PICTURES:
        return pictures.faults(files[path])
    if kind == "html" and not path.endswith(".html"):
        return ["it is a page for a browser, and not one of this site's: theirs end in '.html'"]
    if kind == "xml":
        return drawings.feed_faults(files[path])
    return [] if kind in _OF_THE_SITE else _inside(kind, files[path])


def asset_faults(name: str, data: bytes, *, trusted: bool) -> list[str]:
    """Return what is not allowed in a file that an author adds beside the pages.

    Scripts are allowed if the project is trusted.
    """
    kind = kind_of(name)
    if kind in SCRIPTS:
        return (
            []
            if trusted
            else [
                "it is a script, and a project's own scripts run only where it is built with"
                " --trust"
            ]
        )
    if kind in _INERT:
        return []
    if kind in PICTURES:
        return pictures.faults(data)
    if kind in ("html", "htm", "xhtml", "xht", "xml", "mhtml", "mht", "svgz", "shtml"):
        return [f"a browser opens '.{kind}' files as pages, and pages are written as Markdown"]
    return _inside(kind, data)


def _inside(kind: str, data: bytes) -> list[str]:
    """Return what is not allowed in a file of a kind that browsers open."""
    if kind == "svg":
        return drawings.svg_faults(data)
    if kind == "css":
        return _in_text(data, allowed_styles.faults)
    if kind in JSON:
        return _in_text(data, _json)
    known = ", ".join(sorted(PICTURES | _INERT | JSON | {"svg", "css"}))
    return [
        f"{f'.{kind}' if kind else 'a file without a suffix'} is no kind of file that a site may"
        f" have; known are {known}"
    ]


def _in_text(data: bytes, look: Callable[[str], Iterable[str]]) -> list[str]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ["it is not UTF-8"]
    return list(dict.fromkeys(look(text)))


def _json(text: str) -> list[str]:
    """Return a fault if the text is not JSON. JSON does nothing if it is run as a script."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return ["it is not JSON"]
    return []


# File names: content, files that editors and systems leave behind, and names that clash

_LEFT_BEHIND = re.compile(
    r"""(?:
      \.(?!well-known\Z|nojekyll\Z)[^.]*            # .DS_Store, .gitkeep, .obsidian/, .vscode/; but not .picture.svg
    | \.[_#~].*                 # ._a.yaml of macOS, .#a.yaml of Emacs, .~lock.a.csv# of LibreOffice
    | .*~                       # Emacs, Vim, gedit, LibreOffice (with .~lock…#)
    | \#.*\#                    # Emacs
    | .*\.(?:swp|swo|swx|bak|orig|rej|tmp|temp|part|crdownload)
    | Thumbs\.db | ehthumbs\.db | desktop\.ini | Icon\r | __MACOSX | __pycache__ | \$RECYCLE\.BIN
    | 4913                      # Vim, while it tries whether it may write
    )\Z""",  # noqa: E501
    re.VERBOSE | re.IGNORECASE,
)
NOTES: Final = re.compile(
    r"(?:README|LICEN[SC]E|COPYING|NOTICE|AUTHORS|CONTRIBUTING|CHANGELOG)(?:\.(?:md|txt|rst))?\Z"
)
"""Notes of people for each other beside their files, with names in capital letters by custom. The
build does not use them.
"""


def is_editor_file(path: str) -> bool:
    """Return whether an editor or a system made a file, or a folder above it, for its own use."""
    return any(_LEFT_BEHIND.match(part) for part in path.split("/"))


def is_note(path: str) -> bool:
    """Return whether a file is a note of people for each other."""
    return NOTES.match(path.rpartition("/")[2]) is not None


def folded_name(path: str) -> str:
    """Return the same name for all paths that some file system treats as one.

    Upper and lower case, composed and decomposed, and wide and narrow letters become the same.
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())


def clashes(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each path that clashes with another on some file system, with that other path.

    Two paths clash if they are the same there, or if one is a folder below which the other would be
    a file.
    """
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
    """Return whether a name is UTF-8. Other names contain surrogates in place of their bytes."""
    return not any("\ud800" <= letter <= "\udfff" for letter in path)
