"""MkDocs and Zensical: their configuration, their runs, and the pages of records that fill a page of theirs."""

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
from explainer.common.trees import Noted, Tree, notes
from explainer.incremental.cache import Cache, code
from explainer.incremental.files import Files
from explainer.model.digests import digest
from explainer.model.records import Record
from explainer.model.settings import Entry, Settings

# Signs that mean something in HTML, on their way through the engine.
#
# A theme prints some words of a configuration as they are, others escaped, and others within a
# script. So the engine is given a
# stand-in for each such sign, a code point that no text has, and finished pages and files get
# what belongs in their place.

_STAND_INS: Final = {"&": "\ufdd4", "<": "\ufdd5", ">": "\ufdd6", '"': "\ufdd7", "'": "\ufdd8"}
_THERE: Final = str.maketrans(_STAND_INS)
_BACK: Final = str.maketrans({stand_in: sign for sign, stand_in in _STAND_INS.items()})
_ANY: Final = re.compile("[\ufdd4-\ufdd8]")
_SCRIPT: Final = re.compile(r"(<script\b[^<>]*>)(.*?)(</script>|\Z)", re.DOTALL | re.IGNORECASE)


def stood_in(text: str) -> str:
    """A text as an engine may be given it: nothing in it means anything in HTML."""
    return text.translate(_THERE)


def all_stood_in(value: Any) -> Any:
    """The same for every text in a tree of mappings and lists."""
    if isinstance(value, str):
        return stood_in(value)
    if isinstance(value, Mapping):
        return {key: all_stood_in(each) for key, each in value.items()}
    return [all_stood_in(each) for each in value] if isinstance(value, list | tuple) else value


def as_html(page: str) -> str:
    """A page with an entity for each stand-in; within scripts, which know no entities, with an escape of JavaScript and JSON."""
    if not _ANY.search(page):
        return page
    page = _SCRIPT.sub(lambda match: match.group(1) + _ANY.sub(_escape, match.group(2)) + match.group(3), page)
    return _ANY.sub(lambda match: html.escape(match.group().translate(_BACK)), page)


# Words of the configuration that the theme prints on every page, and that are others in another
# language. Each stands between two signs that no text of an author's may have, so it is known in a
# finished page by where the engine printed it, and a text of the page that happens to be the same
# is left alone.

Part = Literal["site_name", "copyright", "to_dark", "to_light"]
"""A part of the frame: the site's name, its copyright, and what a toggle of the palette leads to."""
_PARTS: Final[Mapping[Part, str]] = {"site_name": "\ufddb", "copyright": "\ufddc", "to_dark": "\ufddd", "to_light": "\ufdde"}
_PART_OF: Final = {sign: part for part, sign in _PARTS.items()}
_PART_END: Final = "\ufddf"
_PART: Final = re.compile(f"([\ufddb-\ufdde])([^\ufddb-\ufddf]*){_PART_END}")


def framed(part: Part, text: str) -> str:
    """Some words of the configuration as the engine is given them."""
    return f"{_PARTS[part]}{stood_in(text)}{_PART_END}"


def with_frame(page: str, words: Mapping[Part, str]) -> str:
    """A page of the engine's with other words in the parts of its frame; a part that has none keeps its own."""
    new = {part: stood_in(text) for part, text in words.items()}
    return _PART.sub(lambda match: new.get(_PART_OF[match[1]], match[2]), page)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group().translate(_BACK)):04x}"


# The engine's configuration: what an author's ``mkdocs.yml`` says, and what the generator adds to
# it.

ENGINES = ("mkdocs", "zensical")
THEME = "theme"
"""The folder within the working folder with the templates that take the place of the theme's own."""


def configured(
    settings: Settings, words: Mapping[str, Mapping[str, object]], address: str,
    figures: Sequence[object] = (), engine: str = "mkdocs", languages: Sequence[str] = (),
) -> str:  # fmt: skip
    """The configuration that the engine runs with in the working folder, as YAML.

    ``words`` are the interface's: those of the theme's frame for each language under ``frames``, and those of ours under ``words``.
    ``address`` is the site's, empty where nobody said it, ``figures`` are for the page of a wrong address, ``languages`` those
    besides the site's own.
    """
    made: dict[str, object] = {
        **_texts(settings),
        "docs_dir": "docs",
        "site_dir": "html",
        "theme": {**_theme(settings), "custom_dir": THEME},
        "extra": {**_extra(settings), **_spoken(words, engine), **({"figures": [vars(each) for each in figures]} if figures else {})},
        "not_in_nav": "".join(f"{path}/\n" for path in ("facts", "sources", "charts", "glossary", "coverage", *languages)),
        "extra_css": ["assets/explainer.css"],
        "plugins": _listed(settings.plugins),
        "markdown_extensions": [*_listed(settings.markdown_extensions), anchors.__name__],
        "use_directory_urls": True,
    }
    if settings.plugins is None:  # each engine has its own
        del made["plugins"]
    if settings.nav is not None:
        made["nav"] = [_item(entry) for entry in settings.nav]
    if settings.validation:
        made["validation"] = _written(settings.validation)
    if address:
        made["site_url"] = address
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False)


def _texts(settings: Settings) -> dict[str, str]:
    """The words that the theme prints on every page."""
    texts = {key: getattr(settings, key) for key in ("site_name", "site_description", "site_author", "copyright")}
    marked: dict[str, Part] = {"site_name": "site_name", "copyright": "copyright"}
    return {key: framed(marked[key], text) if key in marked else stood_in(text) for key, text in texts.items() if text is not None}


def _theme(settings: Settings) -> dict[str, object]:
    theme = _written(settings.theme)
    palette = [_with_marked_toggle(each) for each in theme.pop("palette", [])]
    if palette:  # one that nobody switches is no list: the theme then prints no switch
        theme["palette"] = palette[0] if len(palette) == 1 and "toggle" not in palette[0] else palette
    return {**theme, "name": settings.theme.name, "language": settings.theme.language, "font": False}


def _with_marked_toggle(palette: Mapping[str, Any]) -> dict[str, Any]:
    """A palette as the engine takes it."""
    found: dict[str, Any] = all_stood_in(palette)
    if "name" in palette.get("toggle", {}):
        found["toggle"]["name"] = framed(toggled(palette.get("scheme")), palette["toggle"]["name"])
    return found


def toggled(scheme: object) -> Part:
    """What the toggle of a palette leads to."""
    return "to_light" if scheme == "slate" else "to_dark"


def _extra(settings: Settings) -> dict[str, object]:
    extra = settings.extra
    social = [{"icon": each.icon, "link": stood_in(each.link), "name": stood_in(each.name)} for each in extra.social]
    generator = {} if extra.generator is None else {"generator": extra.generator}
    return {**generator, **({"social": social} if social else {})}


def _spoken(words: Mapping[str, Mapping[str, object]], engine: str) -> dict[str, object]:
    """The interface's words as the theme prints them: for each language, those of the theme too, where it has any; and the names of the
    languages that have a first page.
    """
    frames = {
        each: {**frame, "theme": each if _knows(engine, each) else "en"}
        for each, frame in words.get("frames", {}).items()
        if isinstance(frame, Mapping)
    }
    homes = [{"lang": each, "name": name} for each, name in words.get("homes", {}).items()]
    return {"words": all_stood_in(words.get("words", {})), "frames": all_stood_in(frames), "homes": homes}


def _written(value: Any) -> Any:
    """What an author wrote of a record, as mappings and lists."""
    if isinstance(value, Record):
        there = {name: getattr(value, name) for name in type(value).model_fields if name != "places" and name in value.model_fields_set}
        return {name: _written(each) for name, each in there.items() if each is not None}
    return [_written(each) for each in value] if isinstance(value, tuple) else value


def extensions_of(settings: Settings) -> tuple[str | dict[str, Any], ...]:
    """The extensions of Markdown that a project asks for, as the engine takes them."""
    return tuple(each for each in _listed(settings.markdown_extensions) if isinstance(each, str | dict))


def _listed(named: Record | None) -> list[object]:
    """A record of names as the engine takes it: a list of names, those with options as mappings."""
    options = _written(named) if named else {}
    if "tables" in options:  # without it, cells have styles of their own, which no page may have
        options["tables"] = {"use_align_attribute": True}
    return [{name: options[name]} if options[name] else name for name in options]


def _item(entry: Entry) -> object:
    """An entry of the menu as the engine takes it."""
    target: object = [_item(each) for each in entry.inside] or entry.path or (entry.address and stood_in(entry.address))
    return target if entry.title is None else {stood_in(entry.title): target}


def _knows(engine: str, language: str) -> bool:
    """Whether an engine's theme has words of its own in a language."""
    return any((each / "partials" / "languages" / f"{language}.html").is_file() for each in theme_folders(engine))


def check_icons(settings: Settings, theme: Collection[str], engine: str, problems: Problems) -> None:
    """Name each icon that neither the engine's theme nor the project's own has. ``theme`` are the paths of the latter's files."""
    folders = [each / ".icons" for each in theme_folders(engine)]
    own = [PurePosixPath(path).relative_to(".icons") for path in theme if path.startswith(".icons/")]
    for icon, place in _icons(settings):
        if PurePosixPath(f"{icon}.svg") not in own and not any((folder / f"{icon}.svg").is_file() for folder in folders):
            above, _, name = icon.rpartition("/")
            others = [path.stem for folder in folders for path in sorted((folder / above).glob("*.svg"))]
            others += [path.stem for path in own if path.parent == PurePosixPath(above)]
            hint = did_you_mean(name, others, "write one like material/weather-night", f"'{above}/{{}}'")
            problems.add(place, "engine-config", f"there is no icon '{icon}'", hint)


def _icons(settings: Settings) -> Iterator[tuple[str, Place]]:
    """Every icon that is named, and where."""
    theme = settings.theme
    toggles = [palette.toggle for palette in theme.palette if palette.toggle]
    yield from ((each.icon, each.place("icon")) for each in toggles)
    yield from ((each.icon, each.place("icon")) for each in settings.extra.social)
    if theme.icon:
        yield from ((icon, theme.icon.place(name)) for name, icon in _written(theme.icon).items())


def titled(config: str) -> frozenset[str] | None:
    """The pages whose titles others print, for they stand in the navigation; ``None`` for all, where no navigation is written."""
    nav = yaml.safe_load(config).get("nav")
    return None if nav is None else frozenset(_leaves(nav))


def _leaves(item: object) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    for each in item.values() if isinstance(item, dict) else item if isinstance(item, list) else ():
        yield from _leaves(each)


# What an engine's process is told by its environment: the day, and nothing else that could change
# a page.

_KEPT: Final = ("LD_LIBRARY_PATH",)
"""What Python may need to find its own libraries."""
DAY: Final = "SOURCE_DATE_EPOCH"


def environment(today: str) -> dict[str, str]:
    """The whole of it, for a build on a day."""
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    return {
        **kept, "PATH": programs.search_path(), "PYTHONPATH": str(programs.ROOT), "PYTHONHASHSEED": "0",
        DAY: epoch(today), "NO_MKDOCS_2_WARNING": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8",
    }  # fmt: skip


def epoch(today: str) -> str:
    """Seconds since 1970 at the start of a day, as ``SOURCE_DATE_EPOCH`` takes them; none before, since engines know no earlier day."""
    return str(max(0, int(dt.datetime.fromisoformat(f"{today}T00:00:00+00:00").timestamp())))


# One run of an engine, as a process of its own with an environment of its own.

_MACHINE = re.compile(r"(?:OSError|PermissionError): \[Errno \d+\] (.*)|^[^A-Z\n]*+([A-Z][^\n]*?) \(os error \d+\)", re.MULTILINE)
_DIRTY = "WARNING -  A 'dirty' build is being performed"
"""What MkDocs warns of whenever it is told to leave unchanged pages alone."""


def run(engine: str, config: Path, today: str, *, dirty: bool = False) -> None:
    """Build the tree; where ``dirty``, only pages whose output is missing, and MkDocs alone can.

    Raises ``Refused`` with the engine's own words where it finds fault: every warning counts, with or without ``--strict``,
    which a dirty run cannot have, since it begins with a warning.
    """
    arguments = ["build", *(["--dirty" if dirty else "--strict"] if engine == "mkdocs" else []), "--config-file", str(config)]
    command = [sys.executable, "-P", "-m", engine, *arguments]
    try:  # the process holds the lock of the working folder as long as it lives
        done = subprocess.run(
            command, env=environment(today), cwd=config.parent, stdin=subprocess.DEVNULL, capture_output=True,
            encoding="utf-8", errors="replace", close_fds=False, timeout=600, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineFailed(f"{engine} could not be run: {error}") from error
    _judge(engine, done.returncode, done.stderr, config.parent / "docs")


def _judge(engine: str, code: int, said: str, docs: Path) -> None:
    """Raise what the end of a run comes to."""
    if failed := _MACHINE.search(said):
        raise MachineFailed(f"{engine} could not write: {(failed.group(1) or failed.group(2)).strip()}")
    if code < 0:
        raise MachineFailed(f"{engine} was stopped by signal {-code}; there may be too little memory")
    if f"No module named {engine}" in said:
        raise MachineFailed(f"{engine} is not installed here; install it beside the other requirements")
    faults = [line for line in said.splitlines() if line.startswith(("WARNING", "ERROR", "Aborted")) and not line.startswith(_DIRTY)]
    if code or faults:
        words = faults or said.strip().splitlines()[-3:]
        raise Refused(tuple(Problem(Place("mkdocs.yml"), "engine", line, f"what the engine read is in {docs}") for line in words))


# What an engine's run leaves for the next: which pages it was made from, and what came of each.
#
# MkDocs takes about 10 ms a page, and a changed fact changes a few. So MkDocs is told to make
# those alone, beside the
# others. A page is kept only where everything that it was made from is the same to the byte, and
# what stands on the disk
# is what was made.

_STATE = "engine.json"


@dataclass(frozen=True)
class State:
    """One run of the engine."""

    shared: str
    """A sum over all that every page is made from: configuration, theme, versions, the day, the titles in the navigation."""
    docs: Mapping[str, str]
    """The sum of each page's Markdown, by path."""
    html: Mapping[str, Noted]
    """What is known of each file that came of it, by path."""


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file."""
    return {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}


def read_kept(work: Path) -> State | None:
    """The last run's state; ``None`` where there is none that can be read."""
    try:
        state = State(**json.loads((work / _STATE).read_bytes()))
        return replace(state, html=notes(state.html))
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def write_kept(work: Path, state: State) -> None:
    """Keep a run's state. Until then, a run that is broken off leaves none, and the next one starts afresh."""
    disk.update_tree(work, {_STATE: json.dumps(vars(state)).encode()})


def forget_kept(work: Path) -> None:
    """From here on nothing is kept."""
    disk.update_tree(work, {}, gone=(_STATE,))


def changed_pages(old: State | None, new: State, made: Tree) -> tuple[str, ...] | None:
    """The pages to make anew; ``None`` where all must be: something shared changed, a page came or went, or the disk holds other bytes."""
    if old is None or old.shared != new.shared or old.docs.keys() != new.docs.keys() or made.keys() != old.html.keys():
        return None
    if any(made.sum(path) != noted[3] for path, noted in old.html.items()):
        return None
    return tuple(path for path, digest in new.docs.items() if digest != old.docs[path])


# From a tree of Markdown to the engine's pages: all of them, or, beside what is kept from the
# last run, those that changed.

_TITLE = re.compile(rb"^title: .*$", re.MULTILINE)


def make(engine: str, work: Path, config: str, theme: Mapping[str, bytes], docs: Files, today: str) -> Tree:
    """The HTML of a tree, by path, beside the theme's files. ``theme`` are the templates that take the place of the theme's own, by path.

    The search index beside it holds the pages that were made last, perhaps not all; nobody reads more of it than its settings.

    Raises ``Refused`` where the engine finds fault, and leaves what it needs for the next run in the working folder.
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
    """What a run is made from."""
    pages = sorted(path for path in docs if path.endswith(".md"))
    names = titled(config)
    titles = {path: _TITLE.findall(docs[path])[:1] for path in pages if names is None or path in names}
    others = {path: docs[path] for path in docs if not path.endswith(".md")}
    parts = [engine, config, today, code(), titles, digests_of(theme), digests_of(others)]
    return State(hashlib.sha256(repr(parts).encode()).hexdigest(), {path: docs.sum(path) for path in pages}, {})


def _all(engine: str, work: Path, config: str, docs: Files, today: str) -> Tree:
    disk.write_tree(work / "docs", docs)
    disk.write_tree(work / "html", {})
    disk.update_tree(work, {"mkdocs.yml": config.encode()})
    run(engine, work / "mkdocs.yml", today)
    return Tree(work / "html")


def _some(work: Path, docs: Files, today: str, changed: tuple[str, ...], old: State, before: Tree) -> Tree | None:
    """The last run's pages with some made anew; ``None`` where that cannot be told to be what a whole run would make."""
    outputs = tuple(str(PurePosixPath(path).with_suffix(".html")) for path in changed)
    last, known = {path: before[path] for path in outputs}, before.noted()
    disk.update_tree(work / "docs", {path: docs[path] for path in changed}, aged=True)
    disk.update_tree(work / "html", {}, gone=outputs)
    try:
        run("mkdocs", work / "mkdocs.yml", today, dirty=True)
    except Refused:  # the others are still good: only these are to be made when the author has mended them
        disk.update_tree(work / "html", last)
        docs_then = {**old.docs, **dict.fromkeys(changed, "")}
        write_kept(work, replace(old, docs=docs_then, html=Tree(work / "html", known).noted()))
        raise
    made = Tree(work / "html", known)
    return made if made.keys() == before.keys() else None


# Pages of records: one page of the engine's is filled for each of them.
#
# The page of a fact, a source or a chart is HTML from our own templates, with the theme around
# it. So the engine makes one page, the
# *shell*, for all pages whose heads have the same keys with a text in the same places. A *slot*
# stands there for each text, and every page
# of a record is that shell with its own texts in the slots. A thousand facts then cost the engine
# no more than one.

RECORD: Final = "record:"
"""Begins a link to the page of a record on its way through the engine, which knows no such page; the rest is its path below the root."""
_PAGE: Final = re.compile(r"\A---\n(?P<head>.*?)\n---\n+# (?P<heading>[^\n]*)\n*(?P<body>.*)\Z", re.DOTALL)
"""A page of a record as ``Page.markdown`` writes it: a head, one heading, and HTML."""
_TAG: Final = re.compile(r"<[^>]*>")
_OPEN, _CLOSE = "\ufdd9", "\ufdda"
"""Stand around the name of a slot: code points that no text of an author's may have, so nobody can write a slot."""
_LEFT: Final = re.compile(f"[{_OPEN}{_CLOSE}]")
_ANCHOR: Final = "anchorofshell"
"""Stands before the slot of the heading: an engine makes anchors of letters alone, so that of the heading is this and the slot's name."""


@dataclass(frozen=True)
class Filling:
    """What fills the slots of a shell, as HTML."""

    anchor: str
    heading: str
    body: str
    head: tuple[str, ...]
    """The texts of the page's head, in their order."""

    @classmethod
    def read(cls, page: str) -> Self:
        """From the file of a page."""
        found = _match(page)
        heading, body = found["heading"], found["body"].strip()
        return cls(anchors.free(html.unescape(_TAG.sub("", heading)), body), heading, body, _texts_of(_head(page)))


class Shells:
    """The shells that some pages of records need, and what fills them."""

    def __init__(self, records: Files, cache: Cache) -> None:
        """``records`` are the pages' files by path in the engine's tree, each as ``Page.markdown`` writes it."""
        self._records = records
        known: dict[str, tuple[str, str]] = cache.notes(cache.room("shells"))
        found = {path: known.get(_key(path, records)) or _shell(path, records[path].decode()) for path in records}
        known.clear()
        known.update({_key(path, records): shell for path, shell in found.items()})
        self._docs = {f"{address}/index.md": text.encode() for address, text in sorted(found.values())}
        self.shell_of = {_finished(path): f"{address}/index.html" for path, (address, _) in found.items()}
        """The shell of each page, both by their paths below the site's root."""

    def add_to(self, docs: Files) -> Files:
        """Put the shells beside the pages of prose, for the engine to read; the same files."""
        docs.update(self._docs)
        return docs

    def made_from(self, path: str) -> str:
        """A digest of all that fills a page, by its path in the finished site."""
        return self._records.sum(_file(path))

    def filled(self, path: str, shell: str) -> str:
        """A page by its path in the finished site. ``shell`` is the HTML of its shell.

        Raises ``Refused`` where a template of the theme does not print each text of a head as it is.
        """
        address = posixpath.dirname(self.shell_of[path])
        filling = Filling.read(self._records[_file(path)].decode())
        texts = {
            f"{address}/": f"{posixpath.dirname(path)}/",
            f"<p>{_slot('body')}</p>": filling.body,
            f"{_ANCHOR}heading": filling.anchor,
            **{slot: text for number, text in enumerate(filling.head) for slot in (_slot(number), quote(_slot(number)))},
        }  # as an address a slot is encoded
        slots = re.compile("|".join(map(re.escape, (*texts, _HEADING))))
        if _LEFT.search(slots.sub("", shell)):
            message = "a template of the theme changes a text of 'page.meta' or 'page.title' before it prints it"
            hint = "print it as it is, without a filter: one page is made for many, and their texts are put in afterwards"
            raise Refused((Problem(Place("templates/theme"), "engine-config", message, hint),))
        return slots.sub(lambda match: texts[match[0]] if match[0] in texts else _heading(match, filling), shell)


def _heading(match: re.Match[str], filling: Filling) -> str:
    """What stands in a slot for the heading: the heading within its element, elsewhere its words."""
    before = match.string[: match.start()]
    return filling.heading if before.rfind("<h1") > before.rfind("</h1>") else _TAG.sub("", filling.heading)


def _file(path: str) -> str:
    return f"{path.removesuffix('.html')}.md"


def _finished(path: str) -> str:
    return f"{path.removesuffix('.md')}.html"


def _key(path: str, records: Files) -> str:
    return f"{posixpath.dirname(posixpath.dirname(path))} {records.sum(path)}"


def _slot(what: object) -> str:
    """A slot by its name. It has a letter, so that a template that prints it in capitals is found out."""
    return f"{_OPEN}slot{what}{_CLOSE}" if isinstance(what, int) else f"{_OPEN}{what}{_CLOSE}"


_HEADING: Final = f"{_ANCHOR}{_slot('heading')}"


def _shell(path: str, page: str) -> tuple[str, str]:
    """The address below the site's root of a page's shell, beside the page's own, and the shell's Markdown."""
    head, folder = _with_slots(_head(page)), posixpath.dirname(posixpath.dirname(path))
    lines = [f"{key}: {json.dumps(value)}" for key, value in head.items()]
    text = "\n".join(["---", *lines, "---", "", f"# {_HEADING}", "", _slot("body"), ""])
    return f"{folder}/shell-{digest(text)[:16]}", text


def _head(page: str) -> dict[str, Any]:
    """The head of a page, whose lines are each a name and a value in JSON."""
    lines = (line.partition(": ") for line in _match(page)["head"].split("\n"))
    return {key: json.loads(value) for key, _, value in lines}


def _match(page: str) -> re.Match[str]:
    found = _PAGE.match(page)
    assert found is not None, page[:200]
    return found


def _with_slots(head: dict[str, Any]) -> dict[str, Any]:
    """A head with a slot in the place of each text."""
    numbers = itertools.count()
    slotted: dict[str, Any] = _mapped(head, lambda _: _slot(next(numbers)))
    return slotted


def _texts_of(head: dict[str, Any]) -> tuple[str, ...]:
    """The texts of a head, in the order of its slots, as HTML."""
    texts: list[str] = []
    _mapped(head, texts.append)
    return tuple(map(as_html, texts))


def _mapped(value: Any, put: Callable[[str], object], key: str = "") -> Any:
    """A value of a head with ``put`` of each text and number in its place.

    What is empty, nought, true or false stays as it is, and so does the layout: the theme asks for them.
    """
    if isinstance(value, dict):
        return {each: _mapped(inner, put, each) for each, inner in value.items()}
    if isinstance(value, list):
        return [_mapped(inner, put) for inner in value]
    return value if not value or value is True or key == "layout" else put(str(value))


# The site engine: the one room that knows MkDocs, or Zensical, which reads the same
# configuration.
#
# The engine sees a plain Markdown tree and one configuration, and no plugin of ours. It builds
# beside the live
# site, because it empties its output folder before it reads a page.

__all__ = [
    "ENGINES",
    "RECORD",
    "THEME",
    "Part",
    "Shells",
    "as_html",
    "check_icons",
    "configured",
    "extensions_of",
    "make",
    "stood_in",
    "with_frame",
]
