"""The engine's configuration: what an author's ``mkdocs.yml`` may say, and what the generator adds to it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from explainer import anchors
from explainer.addressing import BadAddress, site_address
from explainer.problems import Place, Problems
from explainer.reading.files import Folder

ENGINES = ("mkdocs", "zensical")
_THEMES = {"mkdocs": "material", "zensical": "zensical"}
"""The package that each engine's theme is in."""
_PLUGINS = {"search"}
_EXTENSIONS = {"abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html"} | {
    *("sane_lists", "smarty", "tables", "toc"),
}
"""What both engines know, and what neither reads other files nor calls other hosts."""
_LEAN = Path(__file__).parent / "lean.py"
REPORT = re.compile(r"(https?://[^\s<>\"]+|mailto:[^\s<>\"]+@[^\s<>\"]+)\Z")
"""An address at which errors can be reported."""
_REFUSED = ("INHERIT", "hooks", "repo_url", "extra_javascript", "extra_css", "docs_dir", "site_dir")


def read_config(folder: Folder, problems: Problems) -> dict[str, Any]:
    """The project's ``mkdocs.yml``; settings that only one engine knows, or that reach outside, are problems."""
    name = "mkdocs.yml"
    place = Place(name)
    text = folder.read_text(name, problems)
    if text is None:
        return {}
    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError as error:
        problems.add(place, "yaml-syntax", f"this is not YAML: {str(error).splitlines()[0]}", "look at the indentation, quotes and colons")
        return {}
    except RecursionError:
        problems.add(place, "yaml-depth", "it is nested too deeply to be read", "flatten it")
        return {}
    if not isinstance(config, dict) or not config.get("site_name"):
        problems.add(place, "engine-config", "it has no site_name", "add 'site_name: …'")
        return {}
    for fault, hint in _faults(config):
        problems.add(place, "engine-config", fault, hint)
    _check_address(config, text, problems)
    return config


def _check_address(config: dict[str, Any], text: str, problems: Problems) -> None:
    """Put the site's address into the one form that pages name, or tell where a bad one stands."""
    if not (given := config.get("site_url")):
        return
    try:
        config["site_url"] = site_address(str(given))
    except BadAddress as bad:
        line, column = _place_of("site_url", text)
        problems.add(Place("mkdocs.yml", line, column), "engine-config", f"site_url: {bad}", bad.hint)


def _place_of(key: str, text: str) -> tuple[int, int]:
    """The line and the column of a key's value at the top of a YAML file that can be read."""
    top = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(top, yaml.MappingNode), "it was read as a mapping"
    marks = [value.start_mark for name, value in top.value if name.value == key]
    return (marks[-1].line + 1, marks[-1].column + 1) if marks else (1, 1)


def main_language(config: dict[str, Any]) -> str:
    """The language of the site and of its seeds: the theme's, as ``mkdocs.yml`` names it; English where it names none."""
    theme = config.get("theme")
    named = theme.get("language") if isinstance(theme, dict) else None
    return str(named or "en")


def _faults(config: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("site_name", "site_description", "copyright", "site_author"):
        if set(str(config.get(key, ""))) & set("<>"):
            yield f"'{key}' holds HTML, which the theme would print as it is", "write plain words"
    report = str((config.get("extra") or {}).get("report") or "") if isinstance(config.get("extra"), dict) else ""
    if report and not REPORT.match(report):
        yield (
            f"'{report[:60]}' is no address to report errors at",
            "write a repository's address, mailto:… or https://…",
        )
    for key in _REFUSED:
        if config.get(key):
            yield f"'{key}' may not be set", "the generator sets what pages need; a repository link would call another host"
    for key, known in (("plugins", _PLUGINS), ("markdown_extensions", _EXTENSIONS)):
        listed = config.get(key) or []
        if not isinstance(listed, list):
            yield f"'{key}' must be a list", f"known are {', '.join(sorted(known))}"
            continue
        names = [name for item in listed for name in (item if isinstance(item, dict) else [item])]
        for name in [name for name in names if name not in known]:
            yield f"'{name}' is not one of the {key.replace('_', ' ')} that every engine knows", f"known are {', '.join(sorted(known))}"


def configured(
    config: dict[str, Any], theme_folder: Path, work: Path, address: str, figures: Sequence[object] = (),
    engine: str = "mkdocs", languages: Sequence[str] = (),
) -> str:  # fmt: skip
    """The configuration that the engine runs with in the working folder, as YAML. ``address`` is the site's, empty where nobody said
    it, ``figures`` are for the page of a wrong address,
    ``languages`` those besides the site's own.
    """
    theme = dict(config.get("theme") or {"name": "material"})
    theme["custom_dir"] = os.path.relpath(theme_folder, work)
    own = {
        "docs_dir": "docs",
        "site_dir": "html",
        "theme": theme,
        "not_in_nav": "".join(f"{path}/\n" for path in ("facts", "sources", "charts", "glossary", "coverage", *languages)),
        "extra_css": ["assets/explainer.css"],
        "markdown_extensions": [*(config.get("markdown_extensions") or []), anchors.__name__],
        "use_directory_urls": True,
    }
    extra = dict(config.get("extra") or {})
    frames = extra.get("frames") or {}
    extra["frames"] = {each: {**words, "theme": each if _knows(engine, each) else "en"} for each, words in frames.items()}
    if figures:
        extra["figures"] = [vars(figure) for figure in figures]
    own["extra"] = extra
    if engine == "mkdocs":
        own["hooks"] = [os.path.relpath(_LEAN, work)]
    if address:
        own["site_url"] = address
    return yaml.safe_dump({**config, **own}, allow_unicode=True, sort_keys=False)


def _knows(engine: str, language: str) -> bool:
    """Whether an engine's theme has words of its own in a language."""
    found = find_spec(_THEMES[engine])
    folders = (found.submodule_search_locations if found else None) or ()
    return any((Path(each) / "templates" / "partials" / "languages" / f"{language}.html").is_file() for each in folders)


def titled(config: str) -> frozenset[str] | None:
    """The pages whose titles others print, for they stand in the navigation; ``None`` for all, where no navigation is written."""
    nav = yaml.safe_load(config).get("nav")
    return None if nav is None else frozenset(_leaves(nav))


def _leaves(item: object) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    for each in item.values() if isinstance(item, dict) else item if isinstance(item, list) else ():
        yield from _leaves(each)
