"""A project in a made-up language: every word of its seeds, its pages and its catalogue in other letters than ASCII's.

So whatever a finished page still says in Latin letters was not taken from the catalogue, nor from the author.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import gallery
import yaml
from support import CASES, ROOT

CYRILLIC: Final = "абсдефгхіжклмнопқрстұвүшыз"
ARABIC: Final = "ابتدهفجحيزكلمنوپقرسطثعغشةظ"
"""A letter for each of a to z."""
_WORD = re.compile(r"[A-Za-z]+")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3})")
_KEPT = re.compile(r"\{\{.*?\}\}|\{[^{}]*\}|\]\([^)]*\)|`[^`]*`|<[^<>]*>|https?://\S+", re.DOTALL)
"""What stands in prose and is not words: calls, attributes, addresses, code, the places in a catalogue's strings."""
_SHOWN = re.compile(r"""(?<=show=")(?!unit")[^"]*|(?<=why=")[^"]*|(?<=number\(")[^"]*""")
"""Words within calls."""
_KEYS: Final = (
    "title question label note why said_by reported_by quote locator says means term also publisher authors subtitle alt "
    "caption reason cause found effect old new expect weak assumes correlated topic short begins through words one many text "
    "group_label"
)
_WORDS: Final = frozenset(_KEYS.split()) | {
    "family",
    "given",
    "particle",
    "dropped_particle",
    "suffix",
    "literal",
    "container",
    "genre",
    "edition",
    "publisher_place",
}
"""The keys of records whose values are words."""
_FORMATS: Final = {"language", "locale", "genitive"}
"""The keys of a catalogue whose values are not printed."""


class Tongue:
    """A made-up language under a real code, so that Babel knows its months and its marks in numbers."""

    def __init__(self, code: str, locale: str, letters: str, months: Mapping[str, str]) -> None:
        self.code, self.locale, self._months = code, locale, months
        self._letters = dict(zip("abcdefghijklmnopqrstuvwxyz", letters, strict=True))

    def word(self, word: str) -> str:
        """One word, letter by letter; a month as Babel writes it."""
        if word in self._months:
            return self._months[word]
        made = "".join(self._letters[letter] for letter in word.lower())
        return made.capitalize() if word[0].isupper() else made

    def words(self, text: str) -> str:
        """A text without marks."""
        return _GROUPED.sub(" ", _WORD.sub(lambda match: self.word(match.group()), text))

    def prose(self, text: str) -> str:
        """A text in which calls, links and code stand as they are."""
        pieces, position = [], 0
        for kept in _KEPT.finditer(text):
            pieces += [
                self.words(text[position : kept.start()]),
                _SHOWN.sub(lambda word: self.words(word.group()), kept.group()),
            ]
            position = kept.end()
        return "".join([*pieces, self.words(text[position:])])

    def catalogue(self) -> dict[str, Any]:
        """The English catalogue in this language."""
        english = yaml.safe_load(
            (ROOT / "templates" / "languages" / "en.yaml").read_text(encoding="utf-8")
        )

        def said(value: Any, key: str = "") -> Any:
            if isinstance(value, dict):
                return {name: said(each, name) for name, each in value.items()}
            return value if key in _FORMATS else self.prose(value)

        made: dict[str, Any] = {name: said(value, name) for name, value in english.items()}
        patterns = {name: text for name, text in english["dates"].items() if "{" not in text}
        made["dates"] |= patterns
        made["amounts"]["ordinal"] = {"other": "{number}-"}
        single = {
            (section, key): value["other"]
            for section, strings in made.items()
            if isinstance(strings, dict)
            for key, value in strings.items()
            if isinstance(value, dict)
        }
        for (section, key), text in single.items():
            made[section][key] = {"other": text}
        return {**made, "language": self.code, "locale": self.locale, "name": self.words("Made up")}

    def records(self, value: Any, key: str = "") -> Any:
        """Seeds, as they are parsed."""
        if isinstance(value, dict):
            if value.get("number") == "two":
                value = {
                    "begins": "The library lends",
                    "reason": "connective",
                }  # numbers in words are those of known languages
            if "per month" in (value := dict(value)).get("quote", "").replace("each", "per"):
                value |= {
                    "locator": "1,200",
                    "says": value.pop("quote"),
                }  # rates are looked for in words of known languages
            return {
                name: self.records(each, name) for name, each in value.items() if name != "sha256"
            }
        if isinstance(value, list):
            return [self.records(each, key) for each in value]
        if key == "language" or value in _REASONS:
            return self.code if key == "language" else value
        if key == "unit":
            return "/".join(
                part if part in _UNITS else self.words(part) for part in value.split("/")
            )
        if key == "counts" or (key in _WORDS and not value.startswith("texts/")):
            return self.prose(value)
        return value

    def project(self, folder: Path) -> Path:
        """A project in the language: the small one with all that it lacks, and a chart of every kind."""
        gallery.project(
            folder, {name: gallery.shapes()[name] for name in ("ordinary", "open-ended")}
        )
        shutil.copytree(CASES / "overlays" / "further", folder, dirs_exist_ok=True)
        for path in ("site_src/uk", "seeds/translations", "seeds/unchecked.yaml"):
            shutil.rmtree(folder / path) if (folder / path).is_dir() else (folder / path).unlink()
        for path in (*(folder / "seeds").rglob("*.txt"), *(folder / "seeds").rglob("*.yaml")):
            text = path.read_text(
                encoding="utf-8"
            )  # with so few words between them two numbers may be one range in some language
            path.write_text(
                text.replace("In 2023 it lent", "In 2023 the library lent"), encoding="utf-8"
            )
        for path in (folder / "seeds").rglob("*.txt"):
            path.write_text(self.words(path.read_text(encoding="utf-8")), encoding="utf-8")
        for path in (folder / "seeds").rglob("*.yaml"):
            _rewrite(path, self.records)
        for path in (folder / "site_src").rglob("*.md"):
            head, body = path.read_text(encoding="utf-8").removeprefix("---\n").split("---\n", 1)
            told = {
                key: text if key == "layout" else self.prose(text)
                for key, text in yaml.safe_load(head).items()
            }
            path.write_text(f"---\n{_dumped(told)}---\n{self.prose(body)}", encoding="utf-8")
        _rewrite(folder / "mkdocs.yml", self._config)
        (folder / "templates" / "languages").mkdir(parents=True)
        (folder / "templates" / "languages" / f"{self.code}.yaml").write_text(
            _dumped(self.catalogue()), encoding="utf-8"
        )
        return folder

    def _config(self, config: dict[str, Any]) -> dict[str, Any]:
        words = {key: self.words(config[key]) for key in ("site_name", "site_description")}
        words["copyright"] = self.words(
            config["copyright"].replace("CC BY 4.0", "Creative Commons")
        )
        config["theme"]["language"] = self.code
        for each in config["theme"]["palette"]:
            each["toggle"]["name"] = self.words(each["toggle"]["name"])
        pages = [
            *config["nav"],
            *(
                {path: f"{path}/index.md"}
                for path in ("further", "gallery", "wrong", "corrections", "glossary", "coverage")
            ),
        ]
        nav = [{self.words(title): path for title, path in entry.items()} for entry in pages]
        return {**config, **words, "nav": nav}


_REASONS: Final = {"connective", "opinion", "repeats"}
_UNITS: Final = {"people", "months", "month", "years", "year", "days", "day", "percent"}


def _rewrite(path: Path, change: Callable[[Any], Any]) -> None:
    """Every scalar is read as text, as the generator reads it."""
    loader = (
        yaml.safe_load
        if path.name == "mkdocs.yml"
        else lambda text: yaml.load(text, yaml.BaseLoader)
    )
    path.write_text(_dumped(change(loader(path.read_text(encoding="utf-8")))), encoding="utf-8")


def _dumped(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**6)


KAZAKH: Final = Tongue("kk", "kk_KZ", CYRILLIC, {"May": "мамыр"})
"""Made up of Cyrillic letters, under the code of a language that neither engine's theme knows."""
FROM_THE_RIGHT: Final = Tongue("ar", "ar_EG", ARABIC, {"May": "مايو"})
"""Made up of Arabic letters."""
