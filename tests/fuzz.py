"""Every reader of what an author writes, and what it may do with any text at all: give a value, or a problem with place and hint.

``python tests/fuzz.py READER SECONDS`` lets atheris look for a text with which it does something else, guided by what is covered.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "cases" / "small"


def _yaml(text: str) -> None:
    from explainer.common.problems import Problems
    from explainer.read.ledger import KINDS
    from explainer.read.records import records_of
    from explainer.read.yaml_tree import read_tree

    problems = Problems()
    tree = read_tree("seeds/fuzz.yaml", text, problems)
    assert tree is None or not problems.found
    for kind in KINDS.values():
        records_of(kind, "seeds/fuzz.yaml", tree, problems)
    assert all(problem.hint and problem.message and problem.place.line > 0 for problem in problems)


def _settings(text: str) -> None:
    from explainer.common.characters import invisible_characters
    from explainer.common.problems import Problems
    from explainer.read.settings import settings_of

    if any(invisible_characters(text, entities=False)):  # such a file is not read any further
        return
    problems = Problems()
    assert settings_of(text, problems).site_name
    assert all(
        problem.hint and problem.message and problem.place.path == "mkdocs.yml"
        for problem in problems
    )
    lines = text.split("\n")
    assert all(
        problem.place.column <= len(lines[problem.place.line - 1]) + 1 for problem in problems
    )


def _prose(text: str) -> None:
    from explainer.common.problems import Problems
    from explainer.incremental.cache import Cache
    from explainer.render.prose.calls import find_calls
    from explainer.render.prose.markup import check_markup
    from explainer.render.prose.mask import mask_code
    from explainer.render.prose.paragraphs import reading_of

    problems = Problems()
    calls = find_calls("site_src/fuzz.md", text, problems)
    assert all(text[call.start : call.end].startswith("{{") for call in calls)
    check_markup("site_src/fuzz.md", text, Cache(), problems)
    assert len(mask_code(text)) == len(text)
    reading_of(text)
    assert all(problem.hint and problem.place.line > 0 for problem in problems)


def _quantity(text: str) -> None:
    from explainer.model.quantities import Quantity

    try:
        value = Quantity.parse(text)
    except ValueError:
        return
    assert Quantity.parse(str(value)) == value


def _date(text: str) -> None:
    from explainer.model.dates import Edtf
    from explainer.publish.wording import Wording
    from explainer.render.citations import csl_date

    try:
        value = Edtf.parse(text)
    except ValueError:
        return
    assert value.text == text.strip()
    words = Wording()
    assert words.date(value)
    assert words.short_date(value)
    assert words.year_of(value) or words.short_day(value)
    csl_date(value.text)


def _formula(text: str) -> None:
    from explainer.model.formulas import FormulaError, extrapolates, references, work_out

    def nothing(name: str) -> object:
        raise FormulaError(f"there is no {name}")

    try:
        references(text)
        extrapolates(text)
        work_out(text, nothing, nothing)  # type: ignore[arg-type]
    except FormulaError:
        pass


def _numerals(text: str) -> None:
    from explainer.check.support.counting import clauses_of, doubts, read
    from explainer.model.numerals import numerals
    from explainer.model.quantities import Quantity

    nouns = frozenset(["people", "°c", "percentage points", "$"])
    for language in ("en", "ru", "de", "zh", "ar", "hi", "xx"):
        assert all(0 <= each.start < each.end <= len(text) for each in numerals(text, language))
        for number, clause in read(text, language):
            clause.search(nouns, nouns)
            assert number.doubt == ""
        doubts(text, language)
        clauses_of(text, language, Quantity.parse("84 ±3"))


def _catalogue(text: str) -> None:
    from explainer.common.problems import Problems
    from explainer.publish.catalogue import _read, reference_catalogue

    problems = Problems()
    found = _read("templates/languages/xx.yaml", text, problems, reference_catalogue().sections)
    assert (found is None) == bool(len(problems))
    assert all(problem.hint and problem.place.line > 0 for problem in problems)


def _git_settings(text: str) -> None:
    from explainer.history.git import read_settings

    assert all(isinstance(value, str) for value in read_settings(text).values())


def _stored(data: bytes) -> None:
    from explainer.common.typed_json import from_json, to_json

    with suppress(ValueError):
        to_json(from_json(data))


def _manifest(data: bytes) -> None:
    from explainer.assemble import manifests

    for read in (manifests.parse_manifest, manifests.parse_build_manifest):
        with suppress(manifests.InvalidManifest):
            read(data)


def _edition(data: bytes) -> None:
    from explainer.history import edition_pages

    assert isinstance(edition_pages.record_of(data), str | dict)
    record = {
        "chart": "x",
        "content": {"title": "x", "rows": [{"claim": "a:b", "value": "1"}], "corrections": []},
    }
    list(edition_pages.page_faults(data.decode("utf-8", errors="replace"), (), record))


def _font(data: bytes) -> None:
    from explainer.read.fonts import BadFont, read_font

    with suppress(BadFont):
        family, letters = read_font(data)
        assert family
        assert all(0 <= each < 0x110000 for each in letters)


def _asset(data: bytes) -> None:
    from explainer.common.allowed import files as allowed_files

    for suffix in (
        "svg",
        "xml",
        "html",
        "css",
        "json",
        "js",
        "txt",
        "png",
        "webmanifest",
        "SVG",
        "x",
        "",
    ):
        for trusted in (False, True):
            assert all(allowed_files.asset_faults(f"a.{suffix}", data, trusted=trusted))


_TEXTS: dict[str, Callable[[str], None]] = {
    "yaml": _yaml, "settings": _settings, "prose": _prose, "quantity": _quantity, "date": _date, "formula": _formula, "numerals": _numerals,
    "catalogue": _catalogue, "git settings": _git_settings,
}  # fmt: skip
_BYTES: dict[str, Callable[[bytes], None]] = {
    "stored": _stored, "manifest": _manifest, "edition": _edition, "font": _font, "asset": _asset,
}  # fmt: skip
READERS = (*_TEXTS, *_BYTES)


def read(reader: str, data: bytes) -> None:
    """Let a reader read some bytes; those of text are read as UTF-8, what is none left out."""
    if reader in _BYTES:
        _BYTES[reader](data)
    else:
        _TEXTS[reader](data.decode("utf-8", errors="ignore"))


ROOMS = [
    "explainer.read", "explainer.model", "explainer.lint", "explainer.publish", "explainer.render.prose", "explainer.history",
    "explainer.common.allowed", "explainer.assemble",
]  # fmt: skip
"""What the fuzzer is guided by: every module of these, and whatever else they import."""


def examples(reader: str) -> Iterator[bytes]:
    """Good files to begin with."""
    if reader == "font":
        from explainer.read import raster

        yield Path(next(iter(raster.font_files()))).read_bytes()[:4096]
        return
    yield from (text.encode() for text in _example_texts(reader))


def _example_texts(reader: str) -> Iterator[str]:
    if reader == "yaml":
        yield from (path.read_text(encoding="utf-8") for path in sorted(SMALL.rglob("*.yaml")))
    elif reader == "settings":
        yield (SMALL / "mkdocs.yml").read_text(encoding="utf-8")
    elif reader == "catalogue":
        yield (ROOT / "templates" / "languages" / "en.yaml").read_text(encoding="utf-8")
    elif reader == "git settings":
        yield '[core]\n\tbare = false ; a\n[remote "a\\"b"]\n\turl = "x y" # z\n[include]\n\tpath = a\\\n b\n'
    elif reader == "stored":
        yield '[{"!tuple":[1,"a",{"!Decimal":"1.50"},{"!date":"2025-07-08"}]},{"!dict":[[1,2]]},{"!Edtf":["2025",null,null]}]'
    elif reader == "manifest":
        yield (
            '{"generator":"explainer","files":{"index.html":"'
            + "0" * 64
            + '"},"today":"2025-01-01","engine":"mkdocs"}'
        )
    elif reader in ("edition", "asset"):
        yield '{"chart":"a","date":"2025-01-01","follows":null,"height":1,"heights":{},"content":{"title":"a","rows":[],"corrections":[]}}'
        yield '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><style>a{fill:red}</style><path d="M0 0"/></svg>'
        yield '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>a</title></head><body><a href="x">y</a></body></html>'
    elif reader == "prose":
        yield from (path.read_text(encoding="utf-8") for path in sorted(SMALL.rglob("*.md")))
    else:
        yield from (
            "30000..40000",
            "about 35000 ±500",
            "over 300000",
            "2025-07-07~",
            "[2025-07-07,2025-07-08]",
            "XXXX-06-07",
            "2025/2026",
        )
        yield from (
            "monthly-loans * 12 months/year",
            "(a - b:c) / 2",
            "between 1,200 and 1,500 books",
            "ten thousand",
            "a 2.5-million budget",
            "тысяч",
        )


def main(reader: str, seconds: str) -> None:
    """Look for so long; atheris ends the process with a trace where it finds something."""
    import importlib
    import pkgutil
    import tempfile

    import atheris

    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["explainer"]):  # what is imported later is not seen
        for room in map(importlib.import_module, ROOMS):
            for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
                importlib.import_module(module.name)
    folder = Path(tempfile.mkdtemp(prefix="explainer-fuzz-"))
    for number, text in enumerate(examples(reader)):
        (folder / str(number)).write_bytes(text)

    def one(data: bytes) -> None:
        read(reader, data)

    options = [
        f"-max_total_time={seconds}",
        "-max_len=4096",
        "-seed=1",
        "-print_final_stats=1",
        "-timeout=20",
        "-rss_limit_mb=1024",
        f"-artifact_prefix={folder}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:3])
