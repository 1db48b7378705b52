"""The site engine: the one room that knows MkDocs, or Zensical, which reads the same configuration.

The engine sees a plain Markdown tree and one configuration, and no plugin of ours. It builds beside the live
site, because it empties its output folder before it reads a page.
"""

from explainer.engine.config import ENGINES, THEME, check_icons, configured, extensions_of
from explainer.engine.making import make
from explainer.engine.shell import RECORD, Shells
from explainer.engine.signs import as_html, stood_in

__all__ = [
    "ENGINES",
    "RECORD",
    "THEME",
    "Shells",
    "as_html",
    "check_icons",
    "configured",
    "extensions_of",
    "make",
    "stood_in",
]
