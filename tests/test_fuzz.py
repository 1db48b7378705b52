"""The readers take any text: a value or a named problem, never a crash; and any megabyte ends in bounded time and memory."""

from __future__ import annotations

import math
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import corpus
import fuzz
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, apart, copy_small

Tally = Callable[[str, int], None]
SECONDS = 130
"""For each reader: half an hour in all."""
BLIND = 20
"""How many places in the code a fuzzer covers that is guided by nothing but itself, at most; it finds seven."""
_PIECES = (
    "- id: a\n",
    "  ",
    ": ",
    "{{ ",
    " }}",
    "[",
    "](",
    "..",
    "about ",
    "2025-07",
    "/",
    " * ",
    "(",
    "'",
    '"',
    "\n",
    "|",
    "&a ",
    "!!x ",
    "\t",
    "ten ",
    "тысяч ",
)
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=8)), max_size=40).map("".join),
)


@pytest.mark.parametrize("reader", fuzz.READERS)
def test_any_text_is_read(reader: str) -> None:
    """A reader gives a value or a problem for whatever hypothesis makes, and for every good text of the small project."""
    for data in fuzz.examples(reader):
        fuzz.read(reader, data)

    @given(texts)
    def holds(text: str) -> None:
        fuzz.read(reader, text.encode("utf-8", errors="surrogatepass"))

    holds()


@pytest.mark.parametrize("reader", ["yaml", "prose"])
def test_hostile_strings_are_read(reader: str) -> None:
    """So it does for every tenth hostile string, as a value and as a paragraph."""
    for text in [*corpus.strings()[::10], *corpus.hidden()[::10]]:
        read = f"- id: a\n  question: {text}\n" if reader == "yaml" else f"{text}\n"
        fuzz.read(reader, read.encode("utf-8", errors="surrogatepass"))


@pytest.mark.audit
@pytest.mark.parametrize("reader", fuzz.READERS)
def test_guided_by_coverage(reader: str, tally: Tally) -> None:
    """Nor does a text that atheris finds, guided by what is covered, in two minutes for each reader."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "fuzz.py"), reader, str(SECONDS)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-2000:]
    runs = re.search(r"Done (\d+) runs", said)
    assert runs, said[-2000:]
    assert int(re.findall(r"cov: (\d+)", said)[-1]) > BLIND, (
        "atheris does not see what the reader does"
    )
    tally(f"texts that atheris tried: {reader}", int(runs[1]))


def _small(path: str) -> str:
    return (ROOT / "tests" / "cases" / "small" / path).read_text(encoding="utf-8")


FACTS, GLOSSARY, PAGE = "seeds/facts/more.yaml", "seeds/glossary.yaml", "site_src/more.md"
HEAD = "---\ntitle: x\ndescription: x\n---\n\n"
BIG: dict[str, tuple[str, str]] = {
    "records": (FACTS, "- id: a\n" * 125_000),
    "keys": (
        FACTS,
        "- id: a\n"
        + "".join(
            f"  k{'abcdefghij'[n % 10] * (n % 90)}{'x' * (n // 900)}: x\n" for n in range(12_000)
        ),
    ),
    "claims": (FACTS, "- id: a\n  claims:\n" + "    - {}\n" * 100_000),
    "a list": (FACTS, "- id: a\n  counts: [" + "x, " * 330_000 + "]\n"),
    "one value": (GLOSSARY, "- id: a\n  term: a\n  means: " + "a [b](c) *d* " * 75_000),
    "one key many times": (FACTS, "- id: a\n" + "  id: a\n" * 110_000),
    "depth": (FACTS, "[" * 999_999),
    "flow": (FACTS, "{a: " * 249_000),
    "aliases": (FACTS, "a: &a [x]\n" + "b: [*a, *a]\n" * 70_000),
    "tags": (FACTS, "- !!python/object/apply:os.system [id]\n" * 25_000),
    "quotes": (FACTS, '"' * 999_999),
    "comments": (FACTS, "# x\n" * 249_000),
    "a kept text": ("seeds/texts/report.txt", "4 May 1998 " * 90_000),
    "brackets": (PAGE, HEAD + "[" * 59_000),
    "brackets apart": (PAGE, HEAD + "[a " * 19_000),
    "brackets in paragraphs": (PAGE, HEAD + ("[a " * 390 + "\n\n") * 50),
    "images": (PAGE, HEAD + ("![ " * 390 + "\n\n") * 50),
    "links": (PAGE, HEAD + "[a](b" * 11_000),
    "references": (PAGE, HEAD + ("[a][" * 190 + "\n\n") * 75),
    "marks": (PAGE, HEAD + "*a _b " * 9_000),
    "code": (PAGE, HEAD + "`a ``b " * 8_000),
    "headings": (PAGE, HEAD + "# a\n" * 14_000),
    "underlined headings": (PAGE, HEAD + "a\n=\n" * 14_000),
    "lists": (PAGE, HEAD + "".join("    " * (n % 40) + "- a\n" for n in range(700))),
    "quotations": (PAGE, HEAD + "> " * 29_000),
    "calls": (PAGE, HEAD + '{{ fact("opened") }} ' * 2_800),
    "template code": (PAGE, HEAD + "{% if x %}" * 5_900),
    "a megabyte of prose": (PAGE, HEAD + "It is so. " * 100_000),
}


@pytest.fixture(scope="module")
def ordinary_build(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds of this machine's processors that a build of the small project takes, with all the processes that it starts."""
    project = copy_small(tmp_path_factory.mktemp("ordinary") / "project")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert apart("--project", project, "--quiet").code == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in ("aliases", "brackets apart") else pytest.mark.audit)
        for name in BIG
    ],
)
def test_any_megabyte_is_bounded(
    name: str, tmp_path: Path, ordinary_build: float, tally: Tally
) -> None:
    """Up to a megabyte of YAML or prose is read, or refused by name, with the work of ten ordinary builds and 512 MB at most."""
    project = copy_small(tmp_path / "project")
    path, text = BIG[name]
    (project / path).write_text(text[:1_000_000], encoding="utf-8")

    seconds = math.ceil(10 * ordinary_build)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_DATA, (2**29, 2**29))

    command = [sys.executable, str(ROOT / "build.py"), "--project", str(project), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert done.returncode in (0, 1), f"{done.returncode} {done.stderr[-1000:]}"
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or re.search(
        r"^\S+:\d+:\d+: [a-z-]+: ", done.stderr, re.MULTILINE
    ), done.stderr[-1000:]
    tally(
        "a megabyte of one trap: built, or refused by name, with the work of ten builds and 512 MB",
        1,
    )
