"""``build.py verify``: compares a site with a fresh build, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TextIO

from explainer.assemble import manifests
from explainer.cli.reporting import json_shown
from explainer.common import console
from explainer.common.disk import MANIFEST, machine_failures
from explainer.common.problems import UsageError
from explainer.common.trees import MAX_FILE_BYTES, Tree
from explainer.options import Options

_SHOWN = 40
"""How many bytes of a line are shown around a difference."""


@dataclass(frozen=True)
class Difference:
    """A file that differs from the one that a fresh build makes."""

    path: str
    how: str


def verify(options: Options, build: Callable[..., list[str]], out: TextIO) -> int:
    """Build the project again as the site's manifest records, and print every difference.

    Returns 0 if there is none, else 1. Raises ``Misused`` if the output has no manifest that can be
    read.
    """
    record = _record(options.output)
    found: list[Difference] = []
    count = 0

    def compare(output: Path, files: Mapping[str, bytes], _: Path) -> str:
        nonlocal count
        count = len(files)
        found.extend(differences(Tree(output), files))
        return ""

    again = replace(
        options,
        engine=record.engine,
        site_url=record.site_url,
        report=record.report,
        carry=options.carry or options.output,
        today=record.today if record.today_from == "--today" else None,
        afresh=True,
    )
    build(again, compare)
    if options.format == "json":
        console.write(
            json_shown({"files": count, "differences": [asdict(each) for each in found]}) + "\n",
            out,
        )
    else:
        console.print_lines((f"{each.path}: {each.how}" for each in found), out)
        if found or not options.quiet:
            console.print_lines(
                [
                    f"{len(found):,} of {count:,} files differ between {options.output} and a fresh"
                    " build."
                ],
                out,
            )
    return 1 if found else 0


def differences(site: Tree, fresh: Mapping[str, bytes]) -> Iterator[Difference]:
    """Yield the files that only one side has or that differ, in the order of their paths."""
    for path in sorted(site.keys() | fresh.keys()):
        if path not in fresh:
            yield Difference(path, "a fresh build does not make it")
        elif path not in site:
            yield Difference(path, "the site does not have it")
        elif site.size(path) > MAX_FILE_BYTES:  # such as a sparse file, which could fill the memory
            yield Difference(
                path,
                f"has {site.size(path):,} bytes in the site, and {len(fresh[path]):,} in a fresh"
                " build",
            )
        elif (there := site[path]) != (here := fresh[path]):
            yield Difference(path, _where(there, here))


def _where(old: bytes, new: bytes) -> str:
    """Return in words where two files first differ, and what each has there if they are text."""
    at = next(
        (index for index, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )
    line = old[:at].count(b"\n") + 1
    start = max(old.rfind(b"\n", 0, at) + 1, at - _SHOWN // 2)
    shown = [part[start : start + _SHOWN].split(b"\n")[0] for part in (old, new)]
    if any(b"\0" in part for part in (old, new)):
        return (
            f"differs from byte {at + 1:,} ({len(old):,} bytes in the site, {len(new):,} in a fresh"
            " build)"
        )
    there, here = (part.decode(errors="replace") for part in shown)
    return f"differs from line {line:,}: {there!r} in the site, {here!r} in a fresh build"


def _record(output: Path) -> manifests.BuildManifest:
    """Return what the site's manifest says about how the site was built."""
    try:
        with machine_failures():
            return manifests.parse_build_manifest(manifests.read(output))
    except manifests.InvalidManifest as fault:
        raise UsageError(
            f"--output {output} holds no site with a {MANIFEST} that can be read ({fault}); build"
            " it first"
        ) from fault
