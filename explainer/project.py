"""A project as read from its folder: ledger, settings, templates and assets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from explainer.common import policy
from explainer.common.addresses import site_address
from explainer.common.allowed import files as allowed_files
from explainer.common.allowed import styles as allowed_styles
from explainer.common.allowed.scripts import FRAMES, theme_assets
from explainer.common.problems import Place, Problems
from explainer.common.trees import FOLDERS
from explainer.engine import check_icons
from explainer.history import editions
from explainer.history.editions import Edition
from explainer.incremental.cache import Cache
from explainer.model.ledger import Ledger
from explainer.model.settings import Entry, Settings
from explainer.options import Options
from explainer.publish.catalogue import ENGLISH, OURS, Catalogue, read_catalogues
from explainer.publish.templates import Sources, read_sources
from explainer.read import unread
from explainer.read.files import Folder
from explainer.read.ledger import cached_ledger
from explainer.read.lettering import FontChooser, read_lettering
from explainer.read.settings import SETTINGS, read_settings
from explainer.read.translations import marked

_THEME = "templates/theme/"
_ICONS = f"{_THEME}.icons/"
"""The theme's folder of icons.

Its name begins with a dot. Other such folders are ignored as leftovers of editors.
"""
_HOST = re.compile(
    rb"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]\s*"
)
_KNOWN_NAME = re.compile(r"(?:\.well-known/)?[A-Za-z0-9][\w-]*\.(?:txt|json)", re.ASCII)
_THEMES = ("assets/javascripts", "assets/stylesheets")
"""Folders of the theme whose files get new names with every version of the theme."""
_SCRIPTS = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".wasm")
"""File name extensions of scripts, in lower case."""
_ASSET = re.compile(r"[A-Za-z0-9_][\w.-]*(/[A-Za-z0-9_][\w.-]*)*", re.ASCII)


@dataclass(frozen=True)
class Project:
    """All the input of a build. It is read once, by ``Project.read``."""

    folder: Folder
    ledger: Ledger
    settings: Settings
    today: str
    """The date that the build uses as today, in ISO 8601."""
    seeds: dict[str, bytes]
    """The content of each file under ``seeds/``, by path; for the manifest."""
    editions: dict[str, tuple[Edition, ...]] = field(default_factory=dict)
    """The released editions by chart id, oldest first."""
    address: str = ""
    """The URL of the published site, with a slash at the end; empty if it is not set."""
    report: str = ""
    """The address at which readers report errors; empty if it is not set."""
    lettering: FontChooser = field(default_factory=FontChooser)
    """The fonts of the pictures that the build draws."""
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    """The words of the interface by language; the site's own language comes first.

    The project's catalogues override the generator's.
    """
    engine: str = "mkdocs"
    trusted: bool = False
    """Whether the project's own scripts and theme templates may be used (``--trust``)."""
    templates: Sources = field(default_factory=dict, repr=False)
    """The sources of the templates. The project's override the generator's."""
    theme: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The templates that override those of the engine's theme, by path below ``templates/theme/``.

    They are the generator's. Those of a trusted project override them.
    """
    own_frames: frozenset[str] = frozenset()
    """The CSP source expression of the project's own embed script, ``templates/embed/frame.js``.

    Empty if the project is not trusted or has no such script.
    """

    @classmethod
    def read(cls, options: Options, problems: Problems, cache: Cache | None = None) -> Project:
        """Read the project in the folder ``options.project``.

        Adds a problem to ``problems`` for all that cannot be read.
        """
        folder, ours = Folder(options.project), Folder(OURS.parent)
        folder.check(FOLDERS, problems)
        settings = read_settings(folder, problems)
        main = settings.theme.language
        seeds = {
            path: data
            for path in folder.list("seeds")
            if (data := folder.read_bytes(path, problems)) is not None
        }
        ledger = cached_ledger(folder, seeds, problems, main, cache)
        newest = ledger.newest_date
        today = options.today or (
            newest.last.isoformat() if newest and newest.last else "2000-01-01"
        )
        _check_templates(folder, problems, trusted=options.trust)
        address = site_address(options.site_url) if options.site_url else settings.site_url or ""
        own = _own_frames(folder) if options.trust else frozenset[str]()
        kept = editions.read(
            seeds, problems, FRAMES | own, None if options.trust else allowed_styles.RELEASED
        )
        renamed = [
            was.removeprefix("charts/") for was in ledger.renamed if was.startswith("charts/")
        ]
        editions.check_charts(kept, {*ledger.charts, *renamed}, problems)
        editions.check_released(folder.root, seeds, problems)
        unread.check(
            folder,
            ledger,
            {path.removeprefix("templates/") for path in ours.list("templates")},
            problems,
        )
        catalogues = _catalogues(folder, settings, problems, cache)
        report = options.report or settings.extra.report or ""
        lettering = read_lettering(folder, problems)
        templates, theme = (
            read_sources((folder, "templates"), (ours, "templates")),
            _theme(ours, folder, problems, trusted=options.trust),
        )
        check_icons(settings, theme, options.engine, problems)
        return cls(
            folder,
            ledger,
            settings,
            today,
            seeds,
            kept,
            address,
            report,
            lettering=lettering,
            catalogues=catalogues,
            engine=options.engine,
            trusted=options.trust,
            templates=templates,
            theme=theme,
            own_frames=own,
        )

    @property
    def main(self) -> str:
        """The tag of the main language: that of the site's own pages and of its seeds."""
        return next(iter(self.catalogues), ENGLISH)

    @property
    def languages(self) -> list[str]:
        """The other languages in which the project has pages."""
        pages = self.folder.list("site_src", ".md")
        return [
            each
            for each in self.catalogues
            if each != self.main and any(path.startswith(f"site_src/{each}/") for path in pages)
        ]

    @property
    def menu(self) -> list[tuple[str, str]]:
        """The title and the path of each titled page in the navigation of ``mkdocs.yml``."""
        return [
            (entry.title, entry.path)
            for entry in _leaves(self.settings.nav or ())
            if entry.title and entry.path
        ]

    @property
    def entries(self) -> list[Entry]:
        """The entries of the navigation that are links; the links in sections are among them."""
        return list(_leaves(self.settings.nav or ()))

    @property
    def frame(self) -> list[str]:
        """The texts of ``mkdocs.yml`` that every page shows: the site's name and its copyright."""
        return [text for text in (self.settings.site_name, self.settings.copyright) if text]

    @property
    def words(self) -> dict[str, Place]:
        """The place of each text of ``mkdocs.yml`` that may be translated, by the text."""
        found = {
            entry.title: entry.place("title")
            for entry in _leaves(self.settings.nav or ())
            if entry.title and entry.path
        }
        named = {key: getattr(self.settings, key) for key in ("copyright", "site_name")}
        return {**found, **{text: self.settings.place(key) for key, text in named.items() if text}}

    @property
    def spoken(self) -> Mapping[str, Mapping[str, object]]:
        """The words of the interface that the engine's theme prints.

        ``words`` are those of the main language. ``frames`` are the words of the page frame, by
        language. ``homes`` are the names of the other languages that have a home page, by language.
        """
        frames = {each: self.catalogues[each].frame for each in (self.main, *self.languages)}
        return {
            "words": next(iter(self.catalogues.values())).sections["theme"],
            "frames": frames,
            "homes": self._homes,
        }

    @property
    def _homes(self) -> dict[str, str]:
        """The name of each other language that has a home page (``index.md``), by language."""
        return {
            each: self.catalogues[each].name
            for each in self.languages
            if self.folder.exists(f"site_src/{each}/index.md")
        }

    def translation(self, language: str) -> dict[str, str]:
        """The translations into a language, by the original text. Missing ones are left out."""
        return {
            each.original: each.translation
            for each in self.ledger.translations.get(language, ())
            if each.translation
        }

    def say(self, text: str, language: str) -> str:
        """Return the translation of a text of ``mkdocs.yml``.

        If there is none, return the text itself with the marks of a missing translation around it.
        """
        return self.translation(language).get(text) or marked(text)

    def assets(self, problems: Problems) -> dict[str, bytes]:
        """Return the pictures, stylesheets and scripts of the site, by path in the site.

        They are the generator's and those of the project in ``templates/assets/`` and
        ``site_src/assets/``. Files in ``templates/assets/`` override the generator's. Files in
        ``site_src/assets/`` override nothing that the generator or the theme brings. Adds a problem
        for each file that would, and for each that may not be published.
        """
        ours = {f"assets/{path}": data for path, data in _below(Folder(OURS), "assets", problems)}
        found = ours | (
            {} if _is_ours(self.folder) else self._own_assets("templates/assets", problems)
        )
        content = self._own_assets("site_src/assets", problems)
        brought = {
            **dict.fromkeys([*theme_assets(self.engine), *_THEMES], "the theme"),
            **dict.fromkeys(found, "the generator"),
        }
        shadowing = dict(_shadowing(content, brought))
        for path, other in shadowing.items():
            message = (
                f"'site_src/{path}' would stand in the place of '{other}', which {brought[other]}"
                " brings"
            )
            problems.add(
                Place(f"site_src/{path}"),
                "path-taken",
                message,
                "give it another name, or put it into a folder of its own",
            )
        return found | {path: data for path, data in content.items() if path not in shadowing}

    def _own_assets(self, below: str, problems: Problems) -> dict[str, bytes]:
        """Return the files in a folder of the project that may be published, by path in the site.

        Adds a problem for each of the others.
        """
        found: dict[str, bytes] = {}
        for name, data in _below(self.folder, below, problems):
            place = Place(f"{below}/{name}")
            if not _ASSET.fullmatch(name):
                hint = "name it with letters, digits, dots, hyphens and underscores"
                problems.add(
                    place, "page-name", f"'{place.path[:80]}' cannot be a file's address", hint
                )
                continue
            faults = allowed_files.asset_faults(name, data, trusted=self.trusted)
            for fault in faults:
                problems.add(
                    place, "hostile-output", f"'{place.path}': {fault}", _hint_for_asset(name)
                )
            if not faults:
                found[f"assets/{name}"] = data
        return found

    def beside_pages(self, problems: Problems) -> dict[str, bytes]:
        """Return the files that hosts and programs look for at the root of a site, by path there.

        They are those of ``site_src/`` that are in ``BESIDE_PAGES`` or below ``.well-known/``. Adds
        a problem for each that may not be published because of its name or content.
        """
        found: dict[str, bytes] = {}
        for path in self.folder.list("site_src"):
            name = path.removeprefix("site_src/")
            if name not in unread.BESIDE_PAGES and not name.startswith(unread.WELL_KNOWN):
                continue
            data = self.folder.read_bytes(path, problems)
            fault = _fault_beside_pages(name, data) if data is not None else None
            if fault:
                problems.add(
                    Place(path), "hostile-output", f"'{path}': {fault}", "mend it, or take it out"
                )
            elif data is not None:
                found[name] = data
        return found


def _below(folder: Folder, below: str, problems: Problems) -> Iterator[tuple[str, bytes]]:
    """Yield the path below a folder and the content of each file that can be read."""
    for path in folder.list(below) if folder.exists(below) else ():
        data = folder.read_bytes(path, problems)
        if data is not None:
            yield path.removeprefix(below + "/"), data


def _hint_for_asset(name: str) -> str:
    """Return what to do about a file that may not be published.

    For an SVG this is to save it as plain SVG. Drawing programs can do that, but their default is
    another form.
    """
    if not name.lower().endswith(".svg"):
        return "take it out, or save the file in another form"
    return (
        "take it out, or save it again as plain SVG, with text as paths, pictures embedded and no"
        " effects; or as PNG"
    )


def _shadowing(content: Iterable[str], brought: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each path of ``content`` that collides with a path of ``brought``, and the latter.

    They collide if some file system takes them for the same path, or if one is a folder above the
    other.
    """
    of = {allowed_files.folded_name(path): path for path in brought}
    folders = {
        "/".join(parts[:end]): path
        for path in brought
        for parts in [allowed_files.folded_name(path).split("/")]
        for end in range(2, len(parts))
    }
    for path in content:
        parts = allowed_files.folded_name(path).split("/")
        above = ("/".join(parts[:end]) for end in range(2, len(parts) + 1))
        other = next((of[each] for each in above if each in of), None) or folders.get(
            allowed_files.folded_name(path)
        )
        if other is not None:
            yield path, other


def _fault_beside_pages(name: str, data: bytes) -> str | None:
    """Return what is wrong with a file for the root of the site, or ``None``."""
    if name == ".nojekyll":
        return "it holds something, and it is there to be empty" if data.strip() else None
    if name == "CNAME":
        return (
            None
            if _HOST.fullmatch(data)
            else "it holds the name of one host and nothing else, as in www.example.org"
        )
    if name == "favicon.ico":
        found = allowed_files.asset_faults(name, data, trusted=False)
        return "it is not an icon" if data[:4] != b"\0\0\1\0" else next(iter(found), None)
    if not _KNOWN_NAME.fullmatch(name):
        return "only plain names that end in .txt or .json are published there"
    if name.endswith(".json"):
        return next(iter(allowed_files.asset_faults(name, data, trusted=False)), None)
    return None if _is_words(data) else "it is not text in UTF-8"


def _is_words(data: bytes) -> bool:
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def _own_frames(folder: Folder) -> frozenset[str]:
    """Return the CSP source expression of the project's ``templates/embed/frame.js``, if any."""
    path = "templates/embed/frame.js"
    text = folder.read_text(path, Problems()) if folder.exists(path) else None
    return frozenset() if text is None else frozenset({policy.source_expression(text.strip())})


def _check_templates(folder: Folder, problems: Problems, *, trusted: bool) -> None:
    """Add a problem for each of the project's own templates that is a link or is not text.

    Unless the project is trusted, also add one for each that would run outside of the sandbox:
    scripts and templates of the theme.
    """
    if _is_ours(folder):
        return
    for path in sorted({*folder.list("templates"), *_theme_paths(folder)}):
        if path.endswith(".j2"):
            folder.read_text(path, problems)
        else:
            folder.read_bytes(path, problems)
        below = path.removeprefix("templates/").casefold()
        what = (
            "a template of the theme, which the engine runs"
            if below.startswith("theme/")
            else _script(below)
        )
        if what and not trusted:
            hint = "read it; if you trust it, say so with --trust; else take it out"
            problems.add(Place(path), "untrusted", f"'{path[:80]}' is {what}", hint)


def _theme_paths(folder: Folder) -> list[str]:
    """Return the paths of the project's files that the engine may use as templates of the theme.

    Leftovers of editors are left out. Everything in the folder of icons is included.
    """
    meant = (
        (path, path.removeprefix(_ICONS if path.startswith(_ICONS) else _THEME))
        for path in folder.all(_THEME)
    )
    return [
        path
        for path, name in meant
        if allowed_files.is_text(path) and not allowed_files.is_editor_file(name)
    ]


def _theme(ours: Folder, folder: Folder, problems: Problems, *, trusted: bool) -> dict[str, bytes]:
    """Return the overrides of the theme's templates, by path below ``templates/theme/``.

    They are the generator's. Those of a trusted project override them file by file. The engine gets
    a copy of them and no folder of the project, so it can run nothing that was not checked.
    """
    theirs = _theme_paths(folder) if trusted and not _is_ours(folder) else []
    own = {path: data for path in theirs if (data := folder.read_bytes(path, problems)) is not None}
    found = {path: ours.read_bytes(path, problems) or b"" for path in ours.list(_THEME)} | own
    for path, other in allowed_files.clashes(found):
        at = path if path in own else other
        problems.add(
            Place(at),
            "path-taken",
            f"some disks take '{path}' for '{other}', or one lies below the other",
            "rename one of them",
        )
    return {path.removeprefix(_THEME): data for path, data in found.items()}


def _is_ours(folder: Folder) -> bool:
    """Whether the project is the generator's own repository, which holds its templates."""
    return folder.root / "templates" == OURS


def _script(path: str) -> str:
    """Return what to call a script in a message; empty if the file is not a script."""
    return "a script, which runs in readers' browsers" if path.endswith(_SCRIPTS) else ""


def _catalogues(
    folder: Folder, settings: Settings, problems: Problems, cache: Cache | None
) -> dict[str, Catalogue]:
    main = settings.theme.language
    own = f"templates/languages/{main}.yaml"
    found = {
        **read_catalogues(Folder(OURS), "languages", problems, cache),
        **read_catalogues(folder, "templates/languages", problems, cache),
    }
    if main not in found and folder.exists(own):
        return found  # the catalogue is faulty, and its problem is already reported
    if main not in found:
        hint = f"add the catalogue {own}, or set theme: language: to one of {', '.join(found)}"
        problems.add(
            _place_of_language(settings),
            "catalogue",
            f"'{main[:20]}' is a language whose words this site does not have",
            hint,
        )
        return found
    return {main: found.pop(main), **found}


def _place_of_language(settings: Settings) -> Place:
    """Return the place of ``theme: language:``; that of ``mkdocs.yml`` if it is not set there."""
    named = "language" in settings.theme.model_fields_set and "language" in settings.theme.places
    return settings.theme.place("language") if named else Place(SETTINGS)


def _leaves(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Yield the entries that are links, those in sections included."""
    for entry in entries:
        if entry.inside:
            yield from _leaves(entry.inside)
        else:
            yield entry
