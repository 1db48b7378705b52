"""A project with what other generators stumbled over: an odd folder, an odd title, few counts, partial dates, early years."""

from __future__ import annotations

from pathlib import Path

import gallery
import yaml
from support import apart, replace

FOLDER = "a [b] (c) é#%20"
"""Letters that mean something in a pattern, in an address or in a shell."""
ADDRESS = "https://example.org/ferry/"
TITLE = 'Birds & <bees> "and" ’more’ — {so} # _x_ *y* `z` \\ &amp; é 数据'
SPEAKER = "=Міністерство"
"""Begins as a formula does, in a script that Excel does not expect in a CSV file."""
ROWS = {
    "few": [("1", "2019"), ("2", "2020"), ("1", "2021")],
    "pieces": [("0.5", "2019"), ("1", "2020"), ("1.5", "2021")],
    "below": [("-2", "2019"), ("1", "2020"), ("-1", "2021")],
    "early": [("90", "-0099"), ("120", "-0043"), ("200", "2021")],
    "fine": [("0.1", "2019"), ("12345678901234567890", "2020"), ("0.001..0.3", "2021")],
}


def rows(given: list[tuple[str, str]]) -> gallery.Rows:
    """As the gallery's files have them."""
    return [(value, year, SPEAKER, "library", "", "") for value, year in given]


def project(folder: Path) -> Path:
    """The project, with a chart of every kind for each of ``ROWS``; ``ranges-few`` has the odd title."""
    made = gallery.project(folder, {name: rows(given) for name, given in ROWS.items()})
    path = made / "seeds" / "charts" / "gallery.yaml"
    charts = yaml.safe_load(path.read_text(encoding="utf-8"))
    for chart in charts:
        if chart["id"] == "ranges-few":
            chart["title"] = TITLE
    path.write_text(
        yaml.dump(charts, allow_unicode=True, sort_keys=False, width=10**6), encoding="utf-8"
    )
    replace(made / "seeds" / "sources" / "press.yaml", "issued: '2023-05-03'", "issued: '2023'")
    replace(made / "mkdocs.yml", "\nnav:\n", "\nnav:\n  - Gallery: gallery/index.md\n")
    return made


def build(folder: Path) -> None:
    """Build it below ``folder``; its site stands at ``www/ferry/``."""
    (folder / FOLDER).mkdir()
    made = project(folder / FOLDER / "p")
    done = apart("--project", made, "--site-url", ADDRESS, "--output", folder / "www" / "ferry")
    assert done.code == 0, done.said
