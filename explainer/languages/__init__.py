"""Word lists of languages, as data: lists for one language, and tables for all languages.

The ``README.md`` files in ``counting``, ``hedging`` and ``rates`` explain their lists. Other lists
are explained by the comments at their top. The words that pages print are in
``templates/languages/``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

LISTS: Final = Path(__file__).resolve().parent
"""The folder of the word lists."""
