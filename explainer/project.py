"""A project as read: its ledger, its configuration, its templates and assets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explainer.addressing import site_address
from explainer.engine import main_language, read_config
from explainer.history import editions, released
from explainer.history.editions import Edition
from explainer.ledger import Ledger
from explainer.options import Options
from explainer.problems import Place, Problems
from explainer.reading.again import ledger_of
from explainer.reading.files import Folder
from explainer.shelf import Shelf
from explainer.translating import marked
from explainer.wording.catalogue import ENGLISH, Catalogue, read_catalogues

OURS = Path(__file__).resolve().parent.parent / "templates"
"""The templates that come with the generator."""
_SCRIPTS = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".wasm")
"""How the names of scripts end, in small letters."""
_ASSET = re.compile(r"[A-Za-z0-9_][\w.-]*(/[A-Za-z0-9_][\w.-]*)*", re.ASCII)


@dataclass(frozen=True)
class Project:
    """Everything that a build reads, read once."""

    folder: Folder
    ledger: Ledger
    config: dict[str, Any]
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
        config = read_config(folder, problems)
        main = main_language(config)
        ledger = ledger_of(folder, problems, main, shelf)
        newest = ledger.newest_date
        today = options.today or (newest.last.isoformat() if newest and newest.last else "2000-01-01")
        _check_templates(folder, problems, trusted=options.trust)
        seeds = {path: data for path in folder.list("seeds") if (data := folder.read_bytes(path, problems)) is not None}
        address = site_address(options.site_url) if options.site_url else str(config.get("site_url") or "")
        kept = editions.read(seeds, problems)
        renamed = [was.removeprefix("charts/") for was in ledger.renamed if was.startswith("charts/")]
        editions.check_charts(kept, {*ledger.charts, *renamed}, problems)
        released.check(folder.root, seeds, problems)
        catalogues = _catalogues(folder, main, problems, shelf)
        extra = config.get("extra")
        report = options.report or str((extra.get("report") if isinstance(extra, dict) else None) or "")
        if catalogues:  # the theme's own templates print these
            words = next(iter(catalogues.values())).sections["theme"]
            config["extra"] = {**(extra if isinstance(extra, dict) else {}), "words": dict(words)}
        project = cls(folder, ledger, config, today, seeds, kept, address, report, catalogues)
        if catalogues:
            config["extra"]["frames"] = {each: catalogues[each].frame for each in (project.main, *project.languages)}
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
        return list(_menu(self.config.get("nav")))

    @property
    def frame(self) -> list[str]:
        """The words of ``mkdocs.yml`` that stand on every page."""
        return [str(text) for key in ("site_name", "copyright") if (text := self.config.get(key))]

    @property
    def words(self) -> dict[str, Place]:
        """Every text of ``mkdocs.yml`` that may be translated, and where it stands."""
        return {text: Place("mkdocs.yml") for text in [*self.frame, *(title for title, _ in self.menu)]}

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
        return [own, OURS] if own.is_dir() and not own.is_symlink() and own != OURS else [OURS]

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


def _check_templates(folder: Folder, problems: Problems, *, trusted: bool) -> None:
    """Name what among a project's own templates is a link or no text, and, unless it is trusted, what would run without a sandbox."""
    if folder.root / "templates" == OURS or not folder.exists("templates"):
        return
    for path in folder.list("templates"):
        if path.endswith(".j2"):
            folder.read_text(path, problems)
        else:
            folder.read_bytes(path, problems)  # the engine follows links; nothing of them may lead outside
        below = path.removeprefix("templates/").casefold()
        what = "a template of the theme, which the engine runs" if below.startswith("theme/") else _script(below)
        if what and not trusted:
            hint = "read it; if you trust it, say so with --trust; else take it out"
            problems.add(Place(path), "untrusted", f"'{path[:80]}' is {what}", hint)


def _script(path: str) -> str:
    """What a file is, if it is a script; else nothing."""
    return "a script, which runs in readers' browsers" if path.endswith(_SCRIPTS) else ""


def _catalogues(folder: Folder, main: str, problems: Problems, shelf: Shelf | None) -> dict[str, Catalogue]:
    found = {
        **read_catalogues(Folder(OURS), "languages", problems, shelf),
        **read_catalogues(folder, "templates/languages", problems, shelf),
    }
    if main not in found:
        hint = f"add the catalogue templates/languages/{main}.yaml, or set theme: language: to one of {', '.join(found)}"
        problems.add(Place("mkdocs.yml"), "catalogue", f"'{main[:20]}' is a language whose words this site does not have", hint)
        return found
    return {main: found.pop(main), **found}


def _menu(nav: Any) -> Iterator[tuple[str, str]]:
    """Titles and paths, sections opened out."""
    for item in nav if isinstance(nav, list) else ():
        for title, inside in item.items() if isinstance(item, dict) else ():
            if isinstance(inside, str):
                yield str(title), inside
            else:
                yield from _menu(inside)
