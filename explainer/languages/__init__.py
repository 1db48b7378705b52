"""What the generator knows of languages, as data: word lists of one language each, and tables of
all.

``README.md`` in each folder says what its lists hold. The words that pages print stand in
``templates/languages/``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

LISTS: Final = Path(__file__).resolve().parent
"""Where the lists lie."""
