"""MkDocs, loaded before it is told what to make: ``python -m explainer.waiting CONFIG PARENT``.

While it waits it compiles the theme's templates by the configuration of the last run, which takes most of a run of a few pages. It
then reads one line: the environment and the command's arguments, as JSON. Where that never comes, it ends.
"""

from __future__ import annotations

import ctypes
import gc
import json
import logging
import os
import re
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Final

import jinja2
import mkdocs.commands.build
from mkdocs.__main__ import cli
from mkdocs.config import load_config
from mkdocs.theme import Theme

from explainer.compiled import Compiled

_PR_SET_PDEATHSIG: Final = 1
_INSTALLED: Final = str(Path(mkdocs.__file__).parent.parent)
_SOME: Final = 500_000
"""So many new things are worth a look for what is in a circle: the pages of a few thousand facts leave a gigabyte of those."""
_NAMED: Final = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")


class _Folders(jinja2.FileSystemLoader):
    """The theme's folders. MkDocs asks for all files in them at each run, to leave out ten thousand icons whose folder is hidden."""

    _listed: ClassVar[dict[str, list[str]]] = {}

    def list_templates(self) -> list[str]:
        """Every file that is not hidden; what is installed is looked through once."""
        return sorted({name for folder in self.searchpath for name in self._list(folder) if not name.startswith(".")})

    def _list(self, folder: str) -> list[str]:
        if folder not in self._listed:
            found = jinja2.FileSystemLoader(folder).list_templates()
            if not folder.startswith(_INSTALLED):
                return found
            self._listed[folder] = found
        return self._listed[folder]


def _compile(env: jinja2.Environment, name: str, done: set[str]) -> None:
    """Compile a template and those that it names."""
    if name in done or env.loader is None:
        return
    done.add(name)
    source, _, _ = env.loader.get_source(env, name)
    env.get_template(name)
    for used in _NAMED.findall(source):
        with suppress(jinja2.TemplateError):
            _compile(env, used, done)


def main(config: str, parent: str) -> None:
    """Wait, and be MkDocs; ``parent`` is the number of the process that will tell it what to make."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # whoever kills the build ends this too
    if os.getppid() != int(parent):  # it was killed before that
        return
    os.chdir(Path(config).parent)
    compiled, bare = Compiled(), Theme.get_env

    def get_env(self: Theme) -> jinja2.Environment:
        env = bare(self)
        env.bytecode_cache, env.loader = compiled, _Folders(self.dirs)
        return env

    Theme.get_env = get_env  # type: ignore[method-assign]
    gc.disable()  # what is loaded stays
    logging.disable()  # whatever is wrong is told when it is run
    with suppress(Exception):
        env = load_config(config).theme.get_env()
        env.list_templates()
        done: set[str] = set()
        for name in ("main.html", "404.html"):
            _compile(env, name, done)
    logging.disable(logging.NOTSET)
    line = sys.stdin.readline()
    if line:
        told = json.loads(line)
        os.environ.update(told["environment"])
        _be(told["arguments"])


def _be(arguments: list[str]) -> None:
    """Run the command, and end without putting in order what ends anyhow."""
    gc.freeze()
    gc.set_threshold(_SOME)
    gc.enable()
    try:
        cli(arguments, prog_name="mkdocs")
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
