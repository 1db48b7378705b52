"""The site engine: the one module that knows MkDocs, or Zensical, which reads the same configuration.

The engine sees a plain Markdown tree and one configuration, and no plugin or hook of ours. It builds beside the
live site, because it empties its output folder before it reads a page.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from explainer.problems import MachineFailed, Place, Problem, Problems, Refused
from explainer.reading.files import Folder

ENGINES = ("mkdocs", "zensical")
_PLUGINS = {"search"}
_EXTENSIONS = {"abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html"} | {
    *("sane_lists", "smarty", "tables", "toc"),
}
"""What both engines know, and what neither reads other files nor calls other hosts."""
_MACHINE = re.compile(r"OSError: \[Errno \d+\] (.*)")
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
    return config


def _faults(config: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("site_name", "site_description", "copyright", "site_author"):
        if set(str(config.get(key, ""))) & set("<>"):
            yield f"'{key}' holds HTML, which the theme would print as it is", "write plain words"
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


def configure(config: dict[str, Any], theme_folder: Path, build: Path, site_url: str | None) -> Path:
    """Write the configuration that the engine runs with, and return its path."""
    theme = dict(config.get("theme") or {"name": "material"})
    theme["custom_dir"] = os.path.relpath(theme_folder, build)
    own = {
        "docs_dir": "docs",
        "site_dir": "html",
        "theme": theme,
        "not_in_nav": "facts/\nsources/\ncharts/\nglossary/\n",
        "extra_css": ["assets/explainer.css"],
        "use_directory_urls": True,
    }
    if site_url:
        own["site_url"] = site_url
    path = build / "mkdocs.yml"
    path.write_text(yaml.safe_dump({**config, **own}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def run(engine: str, config: Path, today: str) -> None:
    """Build the tree. Raises ``Refused`` with the engine's own words where it finds fault."""
    commands = {
        "mkdocs": [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config)],
        "zensical": [sys.executable, "-m", "zensical", "build", "--config-file", str(config)],
    }
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV") if key in os.environ}
    env = {**kept, "SOURCE_DATE_EPOCH": _epoch(today), "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            commands[engine], env=env, capture_output=True, encoding="utf-8", errors="replace", timeout=600, check=False, cwd=config.parent
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineFailed(f"{engine} could not be run: {error}") from error
    if failed := _MACHINE.search(done.stderr):
        raise MachineFailed(f"{engine} could not write: {failed.group(1).strip()}")
    if "No module named" in done.stderr:
        raise MachineFailed(f"{engine} is not installed here; install it beside the other requirements")
    faults = [line for line in done.stderr.splitlines() if line.startswith(("WARNING", "ERROR", "Aborted"))]
    if done.returncode or faults:
        words = faults or done.stderr.strip().splitlines()[-3:]
        raise Refused(tuple(Problem(Place("build/docs"), "engine", line, "the tree is under build/docs") for line in words))


def _epoch(today: str) -> str:
    """Seconds since 1970 at the start of a day, as ``SOURCE_DATE_EPOCH`` takes them."""
    return str(int(dt.datetime.fromisoformat(f"{today}T00:00:00+00:00").timestamp()))
