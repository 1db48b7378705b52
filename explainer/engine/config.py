"""The engine's configuration: what an author's ``mkdocs.yml`` says, and what the generator adds to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import yaml

from explainer import anchors
from explainer.allowed.scripts import theme_folders
from explainer.engine.signs import all_stood_in, stood_in
from explainer.problems import Place, Problems
from explainer.records import Record
from explainer.records.settings import Entry, Settings
from explainer.suggesting import did_you_mean

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
    return {key: stood_in(text) for key, text in texts.items() if text is not None}


def _theme(settings: Settings) -> dict[str, object]:
    theme = _written(settings.theme)
    palette = all_stood_in(theme.pop("palette", []))
    if palette:  # one that nobody switches is no list: the theme then prints no switch
        theme["palette"] = palette[0] if len(palette) == 1 and "toggle" not in palette[0] else palette
    return {**theme, "name": settings.theme.name, "language": settings.theme.language, "font": False}


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
