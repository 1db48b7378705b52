"""The site engine: MkDocs or Zensical. This is the only module that knows them.

Both engines read the same configuration. The engine gets a plain tree of Markdown files and that
configuration, and no plugin of ours. It builds beside the live site, because it empties its output
folder before it reads a page.

Record pages are not built one by one: the engine makes a page with slots, and each record page
fills those slots (see ``Shells``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import itertools
import json
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal, Self
from urllib.parse import quote

import yaml

from explainer.common import anchors, disk, programs
from explainer.common.allowed.scripts import theme_folders
from explainer.common.problems import MachineFailed, Place, Problem, Problems, Refused
from explainer.common.suggestions import did_you_mean
from explainer.common.trees import FileState, Tree, notes
from explainer.incremental.cache import Cache, code
from explainer.incremental.files import Files
from explainer.model.digests import digest
from explainer.model.records import Record
from explainer.model.settings import Entry, Settings

# Stand-ins for characters that have a meaning in HTML
#
# A theme prints some texts of the configuration as they are, some escaped, and some inside a
# script. So the engine gets a stand-in for each such character: a code point that no text has.
# Finished pages and files then get the right escape in each place.

_STAND_INS: Final = {"&": "\ufdd4", "<": "\ufdd5", ">": "\ufdd6", '"': "\ufdd7", "'": "\ufdd8"}
_THERE: Final = str.maketrans(_STAND_INS)
_BACK: Final = str.maketrans({stand_in: sign for sign, stand_in in _STAND_INS.items()})
_ANY: Final = re.compile("[\ufdd4-\ufdd8]")
_SCRIPT: Final = re.compile(r"(<script\b[^<>]*>)(.*?)(</script>|\Z)", re.DOTALL | re.IGNORECASE)


def with_placeholders(text: str) -> str:
    """Return a text with a stand-in for each character that has a meaning in HTML."""
    return text.translate(_THERE)


def all_stood_in(value: Any) -> Any:
    """Return a tree of mappings and lists with ``stood_in`` applied to every text."""
    if isinstance(value, str):
        return with_placeholders(value)
    if isinstance(value, Mapping):
        return {key: all_stood_in(each) for key, each in value.items()}
    return [all_stood_in(each) for each in value] if isinstance(value, list | tuple) else value


def replace_placeholders(page: str) -> str:
    """Return a page with an HTML entity for each stand-in.

    Within scripts, where entities mean nothing, it is an escape of JavaScript and JSON instead.
    """
    if not _ANY.search(page):
        return page
    page = _SCRIPT.sub(
        lambda match: match.group(1) + _ANY.sub(_escape, match.group(2)) + match.group(3), page
    )
    return _ANY.sub(lambda match: html.escape(match.group().translate(_BACK)), page)


# The frame: configured words that the theme prints on every page
#
# Pages in another language need other words there. Each text is put between two code points that
# no author's text may have. So it is found in a finished page by where the engine printed it, and
# an equal text in the page's content is left alone.

Part = Literal["site_name", "copyright", "to_dark", "to_light"]
"""A part of the frame: the site's name, the copyright, or the label of a palette's toggle."""
_PARTS: Final[Mapping[Part, str]] = {
    "site_name": "\ufddb",
    "copyright": "\ufddc",
    "to_dark": "\ufddd",
    "to_light": "\ufdde",
}
_PART_OF: Final = {sign: part for part, sign in _PARTS.items()}
_PART_END: Final = "\ufddf"
_PART: Final = re.compile(f"([\ufddb-\ufdde])([^\ufddb-\ufddf]*){_PART_END}")


def mark_frame_text(part: Part, text: str) -> str:
    """Return a text of the configuration, marked as a part of the frame, for the engine."""
    return f"{_PARTS[part]}{with_placeholders(text)}{_PART_END}"


def replace_frame_texts(page: str, words: Mapping[Part, str]) -> str:
    """Return a page with the given words in its frame; other parts keep the words they have."""
    new = {part: with_placeholders(text) for part, text in words.items()}
    return _PART.sub(lambda match: new.get(_PART_OF[match[1]], match[2]), page)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group().translate(_BACK)):04x}"


# The engine's configuration: the author's ``mkdocs.yml`` and what the generator adds

ENGINES = ("mkdocs", "zensical")
THEME = "theme"
"""The folder in the working folder with the templates that override the theme's own."""


def config_yaml(
    settings: Settings, words: Mapping[str, Mapping[str, object]], address: str,
    figures: Sequence[object] = (), engine: str = "mkdocs", languages: Sequence[str] = (),
) -> str:  # fmt: skip
    """Return the configuration for the engine's run in the working folder, as YAML.

    Args:
        settings: The author's ``mkdocs.yml``.
        words: The interface's texts. ``words`` has our own, ``frames`` the theme's for each
            language, ``homes`` the names of the languages that have a first page.
        address: The site's URL; empty if it is not known.
        figures: The large figures that the 404 page shows.
        engine: One of ``ENGINES``.
        languages: The site's languages besides its main one.
    """
    made: dict[str, object] = {
        **_texts(settings),
        "docs_dir": "docs",
        "site_dir": "html",
        "theme": {**_theme(settings), "custom_dir": THEME},
        "extra": {
            **_extra(settings),
            **_spoken(words, engine),
            **({"figures": [vars(each) for each in figures]} if figures else {}),
        },
        "not_in_nav": "".join(
            f"{path}/\n"
            for path in ("facts", "sources", "charts", "glossary", "coverage", *languages)
        ),
        "extra_css": ["assets/explainer.css"],
        "plugins": _listed(settings.plugins),
        "markdown_extensions": [*_listed(settings.markdown_extensions), anchors.__name__],
        "use_directory_urls": True,
    }
    if settings.plugins is None:  # let each engine use its own default
        del made["plugins"]
    if settings.nav is not None:
        made["nav"] = [_item(entry) for entry in settings.nav]
    if settings.validation:
        made["validation"] = _written(settings.validation)
    if address:
        made["site_url"] = address
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False)


def _texts(settings: Settings) -> dict[str, str]:
    """Return the texts that the theme prints on every page, by setting."""
    texts = {
        key: getattr(settings, key)
        for key in ("site_name", "site_description", "site_author", "copyright")
    }
    marked: dict[str, Part] = {"site_name": "site_name", "copyright": "copyright"}
    return {
        key: mark_frame_text(marked[key], text) if key in marked else with_placeholders(text)
        for key, text in texts.items()
        if text is not None
    }


def _theme(settings: Settings) -> dict[str, object]:
    theme = _written(settings.theme)
    palette = [_with_marked_toggle(each) for each in theme.pop("palette", [])]
    if palette:  # one palette without a toggle must not be a list, or the theme prints a toggle
        theme["palette"] = (
            palette[0] if len(palette) == 1 and "toggle" not in palette[0] else palette
        )
    return {
        **theme,
        "name": settings.theme.name,
        "language": settings.theme.language,
        "font": False,
    }


def _with_marked_toggle(palette: Mapping[str, Any]) -> dict[str, Any]:
    """Return a palette for the engine, with its toggle's label marked as a part of the frame."""
    found: dict[str, Any] = all_stood_in(palette)
    if "name" in palette.get("toggle", {}):
        found["toggle"]["name"] = mark_frame_text(
            toggled(palette.get("scheme")), palette["toggle"]["name"]
        )
    return found


def toggled(scheme: object) -> Part:
    """Return the part of the frame that is the label of a palette's toggle."""
    return "to_light" if scheme == "slate" else "to_dark"


def _extra(settings: Settings) -> dict[str, object]:
    extra = settings.extra
    social = [
        {
            "icon": each.icon,
            "link": with_placeholders(each.link),
            "name": with_placeholders(each.name),
        }
        for each in extra.social
    ]
    generator = {} if extra.generator is None else {"generator": extra.generator}
    return {**generator, **({"social": social} if social else {})}


def _spoken(words: Mapping[str, Mapping[str, object]], engine: str) -> dict[str, object]:
    """Return the interface's texts for the theme.

    Each language's frame also gets ``theme``: the language of the engine's own texts, which is
    English if the engine's theme does not have the language.
    """
    frames = {
        each: {**frame, "theme": each if _knows(engine, each) else "en"}
        for each, frame in words.get("frames", {}).items()
        if isinstance(frame, Mapping)
    }
    homes = [{"lang": each, "name": name} for each, name in words.get("homes", {}).items()]
    return {
        "words": all_stood_in(words.get("words", {})),
        "frames": all_stood_in(frames),
        "homes": homes,
    }


def _written(value: Any) -> Any:
    """Return the fields of a record that the author wrote, as mappings and lists."""
    if isinstance(value, Record):
        there = {
            name: getattr(value, name)
            for name in type(value).model_fields
            if name != "places" and name in value.model_fields_set
        }
        return {name: _written(each) for name, each in there.items() if each is not None}
    return [_written(each) for each in value] if isinstance(value, tuple) else value


def extensions_of(settings: Settings) -> tuple[str | dict[str, Any], ...]:
    """Return the Markdown extensions that a project asks for, in the form the engine takes."""
    return tuple(
        each for each in _listed(settings.markdown_extensions) if isinstance(each, str | dict)
    )


def _listed(named: Record | None) -> list[object]:
    """Return a record's names as a list; a name that has options is a mapping to them."""
    options = _written(named) if named else {}
    if "tables" in options:  # by default, cells get inline styles, which no page may have
        options["tables"] = {"use_align_attribute": True}
    return [{name: options[name]} if options[name] else name for name in options]


def _item(entry: Entry) -> object:
    """Return an entry of the navigation in the form the engine takes."""
    target: object = (
        [_item(each) for each in entry.inside]
        or entry.path
        or (entry.address and with_placeholders(entry.address))
    )
    return target if entry.title is None else {with_placeholders(entry.title): target}


def _knows(engine: str, language: str) -> bool:
    """Return whether an engine's theme is translated into a language."""
    return any(
        (each / "partials" / "languages" / f"{language}.html").is_file()
        for each in theme_folders(engine)
    )


def check_icons(
    settings: Settings, theme: Collection[str], engine: str, problems: Problems
) -> None:
    """Add a problem for each icon that is in neither the engine's theme nor the project's own.

    ``theme`` holds the paths of the files in the project's own theme.
    """
    folders = [each / ".icons" for each in theme_folders(engine)]
    own = [
        PurePosixPath(path).relative_to(".icons") for path in theme if path.startswith(".icons/")
    ]
    for icon, place in _icons(settings):
        if PurePosixPath(f"{icon}.svg") not in own and not any(
            (folder / f"{icon}.svg").is_file() for folder in folders
        ):
            above, _, name = icon.rpartition("/")
            others = [
                path.stem for folder in folders for path in sorted((folder / above).glob("*.svg"))
            ]
            others += [path.stem for path in own if path.parent == PurePosixPath(above)]
            hint = did_you_mean(
                name, others, "write one like material/weather-night", f"'{above}/{{}}'"
            )
            problems.add(place, "engine-config", f"there is no icon '{icon}'", hint)


def _icons(settings: Settings) -> Iterator[tuple[str, Place]]:
    """Yield every icon that the settings name, and its place."""
    theme = settings.theme
    toggles = [palette.toggle for palette in theme.palette if palette.toggle]
    yield from ((each.icon, each.place("icon")) for each in toggles)
    yield from ((each.icon, each.place("icon")) for each in settings.extra.social)
    if theme.icon:
        yield from ((icon, theme.icon.place(name)) for name, icon in _written(theme.icon).items())


def navigation_pages(config: str) -> frozenset[str] | None:
    """Return the pages in the navigation, whose titles other pages print.

    Returns None if the configuration has no navigation: then any page's title may be printed.
    """
    nav = yaml.safe_load(config).get("nav")
    return None if nav is None else frozenset(_leaves(nav))


def _leaves(item: object) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    for each in item.values() if isinstance(item, dict) else item if isinstance(item, list) else ():
        yield from _leaves(each)


# The environment of the engine's process: it has the day, and nothing else that could change a page

_KEPT: Final = ("LD_LIBRARY_PATH",)
"""Variables that Python may need to find its own libraries."""
DAY: Final = "SOURCE_DATE_EPOCH"


def environment(today: str) -> dict[str, str]:
    """Return all environment variables for a build on a day, such as "2025-07-08"."""
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    return {
        **kept,
        "PATH": programs.search_path(),
        "PYTHONPATH": str(programs.ROOT),
        "PYTHONHASHSEED": "0",
        DAY: epoch(today),
        "NO_MKDOCS_2_WARNING": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }


def epoch(today: str) -> str:
    """Return the start of a day in seconds since 1970, for ``SOURCE_DATE_EPOCH``.

    Earlier days give 0, because engines accept no earlier day.
    """
    return str(max(0, int(dt.datetime.fromisoformat(f"{today}T00:00:00+00:00").timestamp())))


# One run of the engine, in its own process

_MACHINE = re.compile(
    r"(?:OSError|PermissionError): \[Errno \d+\] (.*)|^[^A-Z\n]*+([A-Z][^\n]*?) \(os error \d+\)",
    re.MULTILINE,
)
_DIRTY = "WARNING -  A 'dirty' build is being performed"
"""The warning that MkDocs prints whenever it runs with ``--dirty``."""


def run(engine: str, config: Path, today: str, *, dirty: bool = False) -> None:
    """Build the site from the tree beside ``config``, the path of the configuration.

    With ``dirty``, build only the pages whose output is missing; only MkDocs can do this.

    Raises ``Refused`` with the engine's own words if it reports an error or a warning. A dirty run
    cannot use ``--strict``, since it always begins with a warning, so warnings are counted here.
    Raises ``MachineFailed`` if the engine cannot run or write, or takes more than 600 seconds.
    """
    arguments = [
        "build",
        *(["--dirty" if dirty else "--strict"] if engine == "mkdocs" else []),
        "--config-file",
        str(config),
    ]
    command = [sys.executable, "-P", "-m", engine, *arguments]
    try:  # the process inherits the lock of the working folder, and holds it as long as it lives
        done = subprocess.run(
            command,
            env=environment(today),
            cwd=config.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            close_fds=False,
            timeout=600,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineFailed(f"{engine} could not be run: {error}") from error
    _judge(engine, done.returncode, done.stderr, config.parent / "docs")


def _judge(engine: str, code: int, said: str, docs: Path) -> None:
    """Raise ``MachineFailed`` or ``Refused`` if a run of the engine failed or printed warnings."""
    if failed := _MACHINE.search(said):
        raise MachineFailed(
            f"{engine} could not write: {(failed.group(1) or failed.group(2)).strip()}"
        )
    if code < 0:
        raise MachineFailed(
            f"{engine} was stopped by signal {-code}; there may be too little memory"
        )
    if f"No module named {engine}" in said:
        raise MachineFailed(
            f"{engine} is not installed here; install it beside the other requirements"
        )
    faults = [
        line
        for line in said.splitlines()
        if line.startswith(("WARNING", "ERROR", "Aborted")) and not line.startswith(_DIRTY)
    ]
    if code or faults:
        words = faults or said.strip().splitlines()[-3:]
        raise Refused(
            tuple(
                Problem(Place("mkdocs.yml"), "engine", line, f"what the engine read is in {docs}")
                for line in words
            )
        )


# The state of the last run: what its pages were made from, and the files that it made
#
# MkDocs takes about 10 ms a page, and a changed fact changes a few pages. So MkDocs makes only
# those again. A page is kept only if everything that it is made from is the same to the byte, and
# if the file on disk is the one that was made.

_STATE = "engine.json"


@dataclass(frozen=True)
class State:
    """The state of one run of the engine."""

    shared: str
    """The digest of all that every page depends on.

    It covers the configuration, theme, versions, day, the titles in the navigation, and all files
    that are not Markdown.
    """
    docs: Mapping[str, str]
    """The digest of each page's Markdown, by path."""
    html: Mapping[str, FileState]
    """What was noted of each output file, by path."""


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file, by path."""
    return {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}


def read_kept(work: Path) -> State | None:
    """Return the state of the last run, or None if there is none that can be parsed."""
    try:
        state = State(**json.loads((work / _STATE).read_bytes()))
        return replace(state, html=notes(state.html))
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def write_kept(work: Path, state: State) -> None:
    """Write a run's state to the working folder.

    It is written last. A run that is interrupted leaves no state, so the next one makes all pages.
    """
    disk.update_tree(work, {_STATE: json.dumps(vars(state)).encode()})


def forget_kept(work: Path) -> None:
    """Delete the state of the last run."""
    disk.update_tree(work, {}, gone=(_STATE,))


def changed_pages(old: State | None, new: State, made: Tree) -> tuple[str, ...] | None:
    """Return the pages to make again, or None if all must be made again.

    All must be made again if something shared changed, if a page was added or removed, or if a
    file on disk is not the one that was made.
    """
    if (
        old is None
        or old.shared != new.shared
        or old.docs.keys() != new.docs.keys()
        or made.keys() != old.html.keys()
    ):
        return None
    if any(made.sum(path) != noted[3] for path, noted in old.html.items()):
        return None
    return tuple(path for path, digest in new.docs.items() if digest != old.docs[path])


# From a tree of Markdown to HTML: all pages, or only those that changed since the last run

_TITLE = re.compile(rb"^title: .*$", re.MULTILINE)


def make(
    engine: str, work: Path, config: str, theme: Mapping[str, bytes], docs: Files, today: str
) -> Tree:
    """Return the HTML of a tree of Markdown, by path, with the theme's files.

    ``theme`` holds the templates that override the theme's own, by path. What the next run needs
    is left in the working folder, ``work``.

    The search index in the result may hold only the pages that were made in this run; nothing but
    its settings is used.

    Raises ``Refused`` if the engine reports an error or a warning.
    """
    new = _state(engine, config, theme, docs, today)
    old = read_kept(work) if engine == "mkdocs" else None
    before = Tree(work / "html", old.html if old else {})
    some = changed_pages(old, new, before)
    if some == ():
        return before
    forget_kept(work)
    if disk.read_tree(work / THEME) != theme:
        disk.write_tree(work / THEME, theme)
    made = None if some is None or old is None else _some(work, docs, today, some, old, before)
    if made is None:
        made = _all(engine, work, config, docs, today)
    write_kept(work, replace(new, html=made.noted()))
    return made


def _state(engine: str, config: str, theme: Mapping[str, bytes], docs: Files, today: str) -> State:
    """Return the state of a run before it starts, with no output files yet."""
    pages = sorted(path for path in docs if path.endswith(".md"))
    names = navigation_pages(config)
    titles = {
        path: _TITLE.findall(docs[path])[:1] for path in pages if names is None or path in names
    }
    others = {path: docs[path] for path in docs if not path.endswith(".md")}
    parts = [engine, config, today, code(), titles, digests_of(theme), digests_of(others)]
    return State(
        hashlib.sha256(repr(parts).encode()).hexdigest(),
        {path: docs.sum(path) for path in pages},
        {},
    )


def _all(engine: str, work: Path, config: str, docs: Files, today: str) -> Tree:
    disk.write_tree(work / "docs", docs)
    disk.write_tree(work / "html", {})
    disk.update_tree(work, {"mkdocs.yml": config.encode()})
    run(engine, work / "mkdocs.yml", today)
    return Tree(work / "html")


def _some(
    work: Path, docs: Files, today: str, changed: tuple[str, ...], old: State, before: Tree
) -> Tree | None:
    """Return the last run's pages with the changed ones made again.

    Returns None if the result may differ from a full run's: the set of output files has changed.
    """
    outputs = tuple(str(PurePosixPath(path).with_suffix(".html")) for path in changed)
    last, known = {path: before[path] for path in outputs}, before.noted()
    disk.update_tree(work / "docs", {path: docs[path] for path in changed}, aged=True)
    disk.update_tree(work / "html", {}, gone=outputs)
    try:
        run("mkdocs", work / "mkdocs.yml", today, dirty=True)
    except Refused:  # the other pages are still good: the next run need make only these again
        disk.update_tree(work / "html", last)
        docs_then = {**old.docs, **dict.fromkeys(changed, "")}
        write_kept(work, replace(old, docs=docs_then, html=Tree(work / "html", known).noted()))
        raise
    made = Tree(work / "html", known)
    return made if made.keys() == before.keys() else None


# Record pages: the engine makes one page for many of them
#
# The page of a fact, a source or a chart is HTML from our own templates, with the theme around it.
# Pages whose heads have the same keys, with texts in the same places, share one page that the
# engine makes: the shell. A shell has a slot for each text. A record page is its shell with its
# own texts in the slots. So a thousand facts cost the engine no more than one.

RECORD: Final = "record:"
"""The prefix of a link to a record page in Markdown; the rest is the page's path below the root.

The engine does not know these pages, so such links are resolved in the finished HTML.
"""
_PAGE: Final = re.compile(
    r"\A---\n(?P<head>.*?)\n---\n+# (?P<heading>[^\n]*)\n*(?P<body>.*)\Z", re.DOTALL
)
"""A record page as ``Page.markdown`` writes it: a head, one heading, and HTML."""
_TAG: Final = re.compile(r"<[^>]*>")
_OPEN, _CLOSE = "\ufdd9", "\ufdda"
"""Delimiters around a slot's name: code points that no author's text may have."""
_LEFT: Final = re.compile(f"[{_OPEN}{_CLOSE}]")
_ANCHOR: Final = "anchorofshell"
"""The prefix of the heading's slot, so that the engine can make an anchor of that heading.

Engines make anchors from letters only, so the anchor is this prefix and the slot's name.
"""


@dataclass(frozen=True)
class Filling:
    """The contents of a shell's slots for one page, as HTML."""

    anchor: str
    heading: str
    body: str
    head: tuple[str, ...]
    """The texts of the page's head, in order."""

    @classmethod
    def read(cls, page: str) -> Self:
        """Return the contents for a page, from the text of its file."""
        found = _match(page)
        heading, body = found["heading"], found["body"].strip()
        return cls(
            anchors.anchor_beside_html(html.unescape(_TAG.sub("", heading)), body),
            heading,
            body,
            _texts_of(_head(page)),
        )


class Shells:
    """The shells that some record pages need, and the texts for their slots."""

    def __init__(self, records: Files, cache: Cache) -> None:
        """Make a shell for each different head.

        ``records`` are the files of the record pages by their path in the engine's tree, each as
        ``Page.markdown`` writes it.
        """
        self._records = records
        known: dict[str, tuple[str, str]] = cache.notes(cache.room("shells"))
        found = {
            path: known.get(_key(path, records)) or _shell(path, records[path].decode())
            for path in records
        }
        known.clear()
        known.update({_key(path, records): shell for path, shell in found.items()})
        self._docs = {
            f"{address}/index.md": text.encode() for address, text in sorted(found.values())
        }
        self.shell_of = {
            _finished(path): f"{address}/index.html" for path, (address, _) in found.items()
        }
        """The path of each page's shell, by the page's path; both are below the site's root."""

    def add_to(self, docs: Files) -> Files:
        """Add the shells to the engine's tree, and return the same ``docs``."""
        docs.update(self._docs)
        return docs

    def made_from(self, path: str) -> str:
        """Return the digest of what fills a page, by its path in the finished site."""
        return self._records.sum(_file(path))

    def filled(self, path: str, shell: str) -> str:
        """Return the HTML of a page, by its path in the finished site.

        ``shell`` is the HTML of its shell.

        Raises ``Refused`` if a template of the theme does not print a text of the head unchanged.
        """
        address = posixpath.dirname(self.shell_of[path])
        filling = Filling.read(self._records[_file(path)].decode())
        texts = {
            f"{address}/": f"{posixpath.dirname(path)}/",
            f"<p>{_slot('body')}</p>": filling.body,
            f"{_ANCHOR}heading": filling.anchor,
            **{
                slot: text
                for number, text in enumerate(filling.head)
                for slot in (_slot(number), quote(_slot(number)))
            },
        }  # in a URL, a slot is percent-encoded
        slots = re.compile("|".join(map(re.escape, (*texts, _HEADING))))
        if _LEFT.search(slots.sub("", shell)):
            message = (
                "a template of the theme changes a text of 'page.meta' or 'page.title' before it"
                " prints it"
            )
            hint = (
                "print it as it is, without a filter: one page is made for many, and their texts"
                " are put in afterwards"
            )
            raise Refused((Problem(Place("templates/theme"), "engine-config", message, hint),))
        return slots.sub(
            lambda match: texts[match[0]] if match[0] in texts else _heading(match, filling), shell
        )


def _heading(match: re.Match[str], filling: Filling) -> str:
    """Return what fills a slot for the heading: HTML in the ``h1``, elsewhere plain text."""
    before = match.string[: match.start()]
    return (
        filling.heading
        if before.rfind("<h1") > before.rfind("</h1>")
        else _TAG.sub("", filling.heading)
    )


def _file(path: str) -> str:
    return f"{path.removesuffix('.html')}.md"


def _finished(path: str) -> str:
    return f"{path.removesuffix('.md')}.html"


def _key(path: str, records: Files) -> str:
    return f"{posixpath.dirname(posixpath.dirname(path))} {records.sum(path)}"


def _slot(what: object) -> str:
    """Return a slot by its name or number.

    It contains a letter, so that a template that changes it to capitals is noticed.
    """
    return f"{_OPEN}slot{what}{_CLOSE}" if isinstance(what, int) else f"{_OPEN}{what}{_CLOSE}"


_HEADING: Final = f"{_ANCHOR}{_slot('heading')}"


def _shell(path: str, page: str) -> tuple[str, str]:
    """Return the path of a page's shell below the site's root, and the shell's Markdown.

    The shell is in the same folder as the pages of its kind.
    """
    head, folder = _with_slots(_head(page)), posixpath.dirname(posixpath.dirname(path))
    lines = [f"{key}: {json.dumps(value)}" for key, value in head.items()]
    text = "\n".join(["---", *lines, "---", "", f"# {_HEADING}", "", _slot("body"), ""])
    return f"{folder}/shell-{digest(text)[:16]}", text


def _head(page: str) -> dict[str, Any]:
    """Return the head of a page. Each of its lines is a name and a value in JSON."""
    lines = (line.partition(": ") for line in _match(page)["head"].split("\n"))
    return {key: json.loads(value) for key, _, value in lines}


def _match(page: str) -> re.Match[str]:
    found = _PAGE.match(page)
    assert found is not None, page[:200]
    return found


def _with_slots(head: dict[str, Any]) -> dict[str, Any]:
    """Return a head with a slot in place of each text."""
    numbers = itertools.count()
    slotted: dict[str, Any] = _mapped(head, lambda _: _slot(next(numbers)))
    return slotted


def _texts_of(head: dict[str, Any]) -> tuple[str, ...]:
    """Return the texts of a head as HTML, in the order of the slots."""
    texts: list[str] = []
    _mapped(head, texts.append)
    return tuple(map(replace_placeholders, texts))


def _mapped(value: Any, put: Callable[[str], object], key: str = "") -> Any:
    """Return a value of a head with ``put(text)`` in place of each text and number.

    Empty values, zero, booleans and the layout stay as they are, because the theme tests them.
    """
    if isinstance(value, dict):
        return {each: _mapped(inner, put, each) for each, inner in value.items()}
    if isinstance(value, list):
        return [_mapped(inner, put) for inner in value]
    return value if not value or value is True or key == "layout" else put(str(value))


__all__ = [
    "ENGINES",
    "RECORD",
    "THEME",
    "Part",
    "Shells",
    "check_icons",
    "config_yaml",
    "extensions_of",
    "make",
    "replace_frame_texts",
    "replace_placeholders",
    "with_placeholders",
]
