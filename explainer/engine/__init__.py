"""The site engine: the one room that knows MkDocs, or Zensical, which reads the same configuration.

The engine sees a plain Markdown tree and one configuration, and no plugin or hook of ours. It builds beside the
live site, because it empties its output folder before it reads a page.
"""

from explainer.engine.config import ENGINES, configured, main_language, read_config
from explainer.engine.early import ahead, dismiss, ready
from explainer.engine.making import make

__all__ = ["ENGINES", "ahead", "configured", "dismiss", "main_language", "make", "read_config", "ready"]
