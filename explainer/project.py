"""A project as read: its ledger, its configuration, its templates and assets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from explainer.addressing import site_address
from explainer.engine import check_icons
from explainer.history import editions, released
from explainer.history.editions import Edition
from explainer.ledger import Ledger
from explainer.options import Options
from explainer.problems import Place, Problems
from explainer.reading.again import ledger_of
from explainer.reading.files import Folder
from explainer.reading.settings import SETTINGS, read_settings
from explainer.records.settings import Entry, Settings
from explainer.shelf import Shelf
from explainer.translating import marked
from explainer.wording.catalogue import ENGLISH, Catalogue, read_catalogues

OURS = Path(__file__).resolve().parent.parent / "templates"
"""The templates that come with the generator."""
_ASSET = re.compile(r"[A-Za-z0-9_][\w.-]*(/[A-Za-z0-9_][\w.-]*)*", re.ASCII)


@dataclass(frozen=True)
class Project:
    """Everything that a build reads, read once."""

    folder: Folder
    ledger: Ledger
    settings: Settings
    today: str
    """The day taken for today, ISO 8601."""
    seeds: dict[str, bytes]
    """Every file under seeds/, for the manifest."""
    editions: dict[str, tuple[Edition, ...]] = field(default_factory=dict)
    """The editions of each chart, oldest first."""
    address: str = ""
    """Where the site will stand, with a slash at its end; empty where nobody said."""
    report: str = ""
    """Where readers report errors; empty where nobody said."""
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    """The words of the interface, by language, the site's own first: ours, and the project's in front of them."""

    @classmethod
    def read(cls, options: Options, problems: Problems, shelf: Shelf | None = None) -> Project:
        """Read a project; whatever cannot be read is in ``problems``."""
        folder = Folder(options.project)
        settings = read_settings(folder, problems)
        main = settings.theme.language
        ledger = ledger_of(folder, problems, main, shelf)
        newest = ledger.newest_date
        today = options.today or (newest.last.isoformat() if newest and newest.last else "2000-01-01")
        for path in folder.list("templates") if folder.exists("templates") else ():
            folder.read_bytes(path, problems)  # the engine and the templates follow links; nothing of them may lead outside
        seeds = {path: data for path in folder.list("seeds") if (data := folder.read_bytes(path, problems)) is not None}
        address = site_address(options.site_url) if options.site_url else settings.site_url or ""
        kept = editions.read(seeds, problems)
        renamed = [was.removeprefix("charts/") for was in ledger.renamed if was.startswith("charts/")]
        editions.check_charts(kept, {*ledger.charts, *renamed}, problems)
        released.check(folder.root, seeds, problems)
        catalogues = _catalogues(folder, settings, problems, shelf)
        report = options.report or settings.extra.report or ""
        project = cls(folder, ledger, settings, today, seeds, kept, address, report, catalogues)
        check_icons(settings, project.theme_folder, options.engine, problems)
        return project

    @property
    def main(self) -> str:
        """The language of the site, and of its seeds."""
        return next(iter(self.catalogues), ENGLISH)

    @property
    def languages(self) -> list[str]:
        """The languages besides the site's own in which there are pages."""
        pages = self.folder.list("site_src", ".md")
        return [each for each in self.catalogues if each != self.main and any(path.startswith(f"site_src/{each}/") for path in pages)]

    @property
    def menu(self) -> list[tuple[str, str]]:
        """The pages that ``mkdocs.yml`` puts into the navigation, by their names there."""
        return [(entry.title, entry.path) for entry in _leaves(self.settings.nav or ()) if entry.title and entry.path]

    @property
    def frame(self) -> list[str]:
        """The words of ``mkdocs.yml`` that stand on every page."""
        return [text for text in (self.settings.site_name, self.settings.copyright) if text]

    @property
    def words(self) -> dict[str, Place]:
        """Every text of ``mkdocs.yml`` that may be translated, and where it stands."""
        found = {entry.title: entry.place("title") for entry in _leaves(self.settings.nav or ()) if entry.title and entry.path}
        named = {key: getattr(self.settings, key) for key in ("copyright", "site_name")}
        return {**found, **{text: self.settings.place(key) for key, text in named.items() if text}}

    @property
    def spoken(self) -> Mapping[str, Mapping[str, object]]:
        """The words of the interface that the engine's theme prints: ours, and for each language those of the theme's frame."""
        frames = {each: self.catalogues[each].frame for each in (self.main, *self.languages)}
        return {"words": next(iter(self.catalogues.values())).sections["theme"], "frames": frames}

    def translation(self, language: str) -> dict[str, str]:
        """The words of a language, by those of the site's own."""
        return {each.original: each.translation for each in self.ledger.translations.get(language, ()) if each.translation}

    def say(self, text: str, language: str) -> str:
        """A text of ``mkdocs.yml`` in a language; marked as missing where it has no translation."""
        return self.translation(language).get(text) or marked(text)

    @property
    def template_folders(self) -> list[Path]:
        """The project's own templates first, ours after."""
        own = self.folder.root / "templates"
        return [own, OURS] if own.is_dir() and own != OURS else [OURS]

    @property
    def theme_folder(self) -> Path:
        """The engine's theme overrides: the project's where it has them."""
        return next(folder / "theme" for folder in self.template_folders if (folder / "theme").is_dir())

    def assets(self, problems: Problems) -> dict[str, bytes]:
        """Pictures, styles and scripts by path below the site: ours, and the project's in front of them."""
        found: dict[str, bytes] = {}
        for folder, below in ((Folder(OURS), "assets"), (self.folder, "templates/assets"), (self.folder, "site_src/assets")):
            for path in folder.list(below) if folder.exists(below) else ():
                name = path.removeprefix(below + "/")
                data = folder.read_bytes(path, problems)
                if data is not None and not _ASSET.fullmatch(name):
                    hint = "name it with letters, digits, dots, hyphens and underscores"
                    problems.add(Place(path), "page-name", f"'{name[:80]}' cannot be a file's address", hint)
                elif data is not None:
                    found["assets/" + name] = data
        return found


def _catalogues(folder: Folder, settings: Settings, problems: Problems, shelf: Shelf | None) -> dict[str, Catalogue]:
    main = settings.theme.language
    found = {
        **read_catalogues(Folder(OURS), "languages", problems, shelf),
        **read_catalogues(folder, "templates/languages", problems, shelf),
    }
    if main not in found:
        hint = f"add the catalogue templates/languages/{main}.yaml, or set theme: language: to one of {', '.join(found)}"
        problems.add(_place_of_language(settings), "catalogue", f"'{main[:20]}' is a language whose words this site does not have", hint)
        return found
    return {main: found.pop(main), **found}


def _place_of_language(settings: Settings) -> Place:
    """Where the language is named, or ``mkdocs.yml`` itself, where it is not."""
    named = "language" in settings.theme.model_fields_set and "language" in settings.theme.places
    return settings.theme.place("language") if named else Place(SETTINGS)


def _leaves(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """The entries of the menu that lead somewhere, sections opened out."""
    for entry in entries:
        if entry.inside:
            yield from _leaves(entry.inside)
        else:
            yield entry
