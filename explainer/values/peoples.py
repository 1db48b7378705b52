"""What belongs to countries, by a language's adjectives and what it calls their people: ``peoples/<language>.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).resolve().parent / "peoples"


@cache
def peoples(language: str) -> Mapping[str, str]:
    """The codes of countries (ISO 3166) by words such as "French", or by their beginnings; empty for a language without a file."""
    short = language.replace("_", "-").split("-")[0].casefold()
    path = _FOLDER / f"{short}.tsv"
    found: dict[str, str] = {}
    if short.isascii() and short.isalpha() and path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            code, _, words = line.partition("\t")
            if words and not code.startswith("#"):
                found |= {word.replace("_", " "): code for word in words.split()}
    return found
