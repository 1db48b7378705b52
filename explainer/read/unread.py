"""Finds files of a project that nothing reads.

Otherwise a misspelt file name would silently remove content from the site.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from difflib import get_close_matches
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from explainer.common.allowed import files as allowed_files
from explainer.common.problems import Place, Problems
from explainer.model.ledger import Ledger
from explainer.read.files import Folder
from explainer.read.ledger import KINDS

BESIDE_PAGES: Final = ("CNAME", ".nojekyll", "ads.txt", "app-ads.txt", "humans.txt", "favicon.ico")
"""Files of ``site_src/`` that are published unchanged at the site's root.

So are the files below ``WELL_KNOWN``.
"""
WELL_KNOWN: Final = ".well-known/"
_MADE: Final = (
    "robots.txt",
    "sitemap.xml",
    "feed.xml",
    "feed.json",
    "llms.txt",
    "manifest.json",
    "404.html",
    "embed.js",
    "citation.cff",
)
_LISTS: Final = tuple(kind for kind in KINDS if not kind.endswith("/"))
_FOLDERS: Final = tuple(kind for kind in KINDS if kind.endswith("/"))
_YAML: Final = (".yaml", ".yml")
_MARKDOWN: Final = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""Suffixes of Markdown files in other programs. Only the first is allowed here, in lower case."""
_NOT_TEXT: Final = "its source names it by 'text: …'; else move it out of seeds/"
_KINDS_ELSEWHERE: Final = {
    **dict.fromkeys(
        (
            ".jpg",
            ".jpeg",
            ".png",
            ".gif",
            ".webp",
            ".avif",
            ".svg",
            ".heic",
            ".heif",
            ".tif",
            ".tiff",
            ".bmp",
            ".ico",
        ),
        "pictures belong into site_src/assets/; move it there, or out of seeds/",
    ),
    **dict.fromkeys(
        (
            ".doc",
            ".docx",
            ".odt",
            ".rtf",
            ".pdf",
            ".epub",
            ".html",
            ".htm",
            ".pages",
            ".xls",
            ".xlsx",
            ".ods",
            ".csv",
            ".ppt",
            ".pptx",
        ),
        "a kept text is a .txt file in UTF-8 below seeds/texts/; save its words so, and name that"
        " by 'text: …' of its source",
    ),
    **dict.fromkeys(
        (".mp3", ".mp4", ".mov", ".wav", ".ogg", ".m4a", ".webm", ".zip", ".gz", ".7z"),
        "seeds/ holds records and kept texts alone; move it out of the folder",
    ),
}
"""What to do about kinds of files that ``seeds/`` never contains, under any name."""
_ELSEWHERE: Final = "move it out of the folder"
_NOTE: Final = "; a note may be named README.md or LICENSE"


def check(folder: Folder, ledger: Ledger, ours: Collection[str], problems: Problems) -> None:
    """Add a problem for each file that nothing reads in ``seeds/``, ``site_src/``, ``templates/``.

    ``ours`` holds the paths of the generator's templates.

    Files that editors and systems leave behind are ignored. So are notes such as ``README.md`` in
    ``seeds/`` and ``templates/``.
    """
    texts = {source.text for source in ledger.sources.values() if source.text}
    # if some sources cannot be read, it is not known which texts are used
    texts_known = not any(
        problem.place.path.startswith("seeds/sources/") for problem in problems.found
    )
    hints: dict[str, Callable[[str], str | None]] = {
        "seeds": partial(_hint_for_seed, texts if texts_known else None),
        "site_src": _hint_for_page,
        "templates": partial(_hint_for_template, ours, _own_templates(folder)),
    }
    for below, hint_for in hints.items():
        for path in folder.all(below) if folder.exists(below) else ():
            if allowed_files.is_editor_file(path) or folder.is_link(
                path
            ):  # links are refused elsewhere
                continue
            if not allowed_files.is_text(path):
                problems.add(
                    Place(path),
                    "unread-file",
                    f"the name of '{path}' is not UTF-8",
                    "give the file another name",
                )
            elif hint := hint_for(path.removeprefix(f"{below}/")):
                problems.add(Place(path), "unread-file", f"nothing reads '{path}'", hint)


def _hint_for_seed(texts: Collection[str] | None, path: str) -> str | None:
    """Return the hint for a file of ``seeds/``, or None if it is read.

    ``texts`` holds the paths of the texts that sources name, or is None if they are not known.
    """
    if (
        path in _LISTS
        or allowed_files.is_note(path)
        or path.startswith("editions/")
        or path in (texts or ())
    ):
        return None
    if texts is not None and (kind := _KINDS_ELSEWHERE.get(PurePosixPath(path).suffix.lower())):
        return kind
    if path.startswith("texts/"):
        return None if texts is None else _NOT_TEXT
    if path.startswith(_FOLDERS) and PurePosixPath(path).suffix in _YAML:
        return None
    return _hint(path, _seeds_like(path))


def _seeds_like(path: str) -> Iterator[str]:
    """Yield the names under which a file of ``seeds/`` would be read."""
    stem = PurePosixPath(path).name.split(".")[0] or "x"
    if path.startswith(_FOLDERS):
        yield str(PurePosixPath(path).with_name(f"{stem}.yaml"))
        return
    yield from _LISTS
    yield from (f"{folder}{stem}.yaml" for folder in _FOLDERS)
    yield f"texts/{PurePosixPath(path).name}"


def _hint_for_page(path: str) -> str | None:
    if (
        PurePosixPath(path).suffix == ".md"
        or path in BESIDE_PAGES
        or path.startswith(("assets/", WELL_KNOWN))
    ):
        return None
    if path.lower() in _MADE:
        return (
            f"the site makes its own '{path.lower()}', and yours would stand in its place; take"
            " it out"
        )
    name = PurePosixPath(path)
    if name.suffix.lower() in _MARKDOWN:
        return f"did you mean '{name.with_suffix('.md')}'? Else {_ELSEWHERE}"
    if allowed_files.is_note(path):
        return "notes lie in seeds/ or beside the project's folders; here every .md file is a page"
    return _hint(
        path,
        [
            *BESIDE_PAGES,
            str(name.with_suffix(".md")).lower(),
            f"assets/{name.name}",
            f"{WELL_KNOWN}{name.name}",
        ],
        note="",
    )


def _hint_for_template(ours: Collection[str], own: str, path: str) -> str | None:
    """Return the hint for a file of ``templates/``, or None if it is read.

    ``own`` is the text of all the project's templates, which may include others by name.
    """
    is_ours = path in ours or path.startswith(("assets/", "theme/"))
    is_catalogue = path.startswith("languages/") and path.endswith(".yaml")
    if (
        is_ours
        or is_catalogue
        or allowed_files.is_note(path)
        or f'"{path}"' in own
        or f"'{path}'" in own
    ):
        return None
    return _hint(path, [*sorted(ours), f"languages/{PurePosixPath(path).stem}.yaml"])


def _own_templates(folder: Folder) -> str:
    """Return the text of all the project's own templates.

    Files that cannot be read are skipped; they are reported where they are used.
    """
    paths = folder.list("templates", ".j2", ".html") if folder.exists("templates") else []
    found = [folder.read_bytes(path, Problems()) for path in paths]
    return "\n".join(data.decode(errors="replace") for data in found if data is not None)


def _hint(path: str, known: Collection[str] | Iterator[str], note: str = _NOTE) -> str:
    """Return the hint: a similar name that would be read, or else to move the file away."""
    by_fold = {allowed_files.folded_name(each): each for each in known}
    close = get_close_matches(allowed_files.folded_name(path), by_fold, 1, 0.7)
    what = _ELSEWHERE + note
    return f"did you mean '{by_fold[close[0]]}'? Else {what}" if close else what
