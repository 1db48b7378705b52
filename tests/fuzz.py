"""Every reader of what an author writes, and what it may do with any text at all: give a value, or a problem with place and hint.

``python tests/fuzz.py READER SECONDS`` lets atheris look for a text with which it does something else, guided by what is covered.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "cases" / "small"


def _yaml(text: str) -> None:
    from explainer.problems import Problems
    from explainer.reading.project import KINDS
    from explainer.reading.records import records_of
    from explainer.reading.yaml_tree import read_tree

    problems = Problems()
    tree = read_tree("seeds/fuzz.yaml", text, problems)
    assert tree is None or not problems.found
    for kind in KINDS.values():
        records_of(kind, "seeds/fuzz.yaml", tree, problems)
    assert all(problem.hint and problem.message and problem.place.line > 0 for problem in problems)


def _settings(text: str) -> None:
    from explainer.problems import Problems
    from explainer.reading.files import hidden
    from explainer.reading.settings import settings_of

    if hidden(text):  # such a file is not read any further
        return
    problems = Problems()
    assert settings_of(text, problems).site_name
    assert all(problem.hint and problem.message and problem.place.path == "mkdocs.yml" for problem in problems)
    lines = text.split("\n")
    assert all(problem.place.column <= len(lines[problem.place.line - 1]) + 1 for problem in problems)


def _prose(text: str) -> None:
    from explainer.problems import Problems
    from explainer.prose.calls import find_calls
    from explainer.prose.hostile import check_hostile
    from explainer.prose.mask import mask_code
    from explainer.prose.reading import reading_of
    from explainer.shelf import Shelf

    problems = Problems()
    calls = find_calls("site_src/fuzz.md", text, problems)
    assert all(text[call.start : call.end].startswith("{{") for call in calls)
    check_hostile("site_src/fuzz.md", text, Shelf(), problems)
    assert len(mask_code(text)) == len(text)
    reading_of(text)
    assert all(problem.hint and problem.place.line > 0 for problem in problems)


def _quantity(text: str) -> None:
    from explainer.values.quantities import Quantity

    try:
        value = Quantity.parse(text)
    except ValueError:
        return
    assert Quantity.parse(str(value)) == value


def _date(text: str) -> None:
    from explainer.values.dates import Edtf

    try:
        value = Edtf.parse(text)
    except ValueError:
        return
    assert value.text == text.strip()


def _formula(text: str) -> None:
    from explainer.values.formula_tokens import FormulaError, extrapolates, references
    from explainer.values.formulas import work_out

    def nothing(name: str) -> object:
        raise FormulaError(f"there is no {name}")

    try:
        references(text)
        extrapolates(text)
        work_out(text, nothing, nothing)  # type: ignore[arg-type]
    except FormulaError:
        pass


def _numerals(text: str) -> None:
    from explainer.values.numerals import numerals

    for language in ("en", "ru"):
        assert all(0 <= each.start < each.end <= len(text) for each in numerals(text, language))


READERS: dict[str, Callable[[str], None]] = {
    "yaml": _yaml, "settings": _settings, "prose": _prose, "quantity": _quantity, "date": _date, "formula": _formula, "numerals": _numerals,
}  # fmt: skip
ROOMS = ["explainer.reading", "explainer.records", "explainer.prose", "explainer.values", "explainer.lint"]
"""What the fuzzer is guided by: every module of these, and whatever else they import."""


def examples(reader: str) -> Iterator[str]:
    """Good texts to begin with."""
    if reader == "yaml":
        yield from (path.read_text(encoding="utf-8") for path in sorted(SMALL.rglob("*.yaml")))
    elif reader == "settings":
        yield (SMALL / "mkdocs.yml").read_text(encoding="utf-8")
    elif reader == "prose":
        yield from (path.read_text(encoding="utf-8") for path in sorted(SMALL.rglob("*.md")))
    else:
        yield from ("30000..40000", "about 35000 ±500", "over 300000", "2025-07-07~", "[2025-07-07,2025-07-08]", "XXXX-06-07", "2025/2026")
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
        (folder / str(number)).write_text(text, encoding="utf-8")

    def one(data: bytes) -> None:
        READERS[reader](data.decode("utf-8", errors="ignore"))

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
