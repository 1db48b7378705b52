"""What our own templates and code write is on our own lists: no author can mend a refusal of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gallery
import made_up
import pytest
import yaml
from support import CASES, ROOT, replace, run

from explainer.common.allowed import drawings
from explainer.common.allowed.elements import ELEMENTS, faults

NAMES = (" (صحيفة النيل)", " «עיריית»")
"""What stands in every text of a record, so that whatever can be isolated is."""
_TEXTS = frozenset(
    [
        "title",
        "subtitle",
        "alt",
        "caption",
        "publisher",
        "said_by",
        "reported_by",
        "question",
        "note",
        "why",
        "says",
        "reason",
        "cause",
        "found",
        "effect",
        "means",
        "topic",
        "label",
        "text",
        "term",
        "weak",
        "assumes",
        "through",
        "family",
        "given",
        "container",
        "publisher_place",
        "group_label",
        "revision",
    ]
)
EVERYTHING = """
# Everything

Words{{ cite("office") }} with a note.[^own] The HTML was made.

*[HTML]: A markup language

[^own]: A note of its own, by صحيفة النيل.

!!! note "A title"
    What stands in a frame.

??? note
    Not a block that folds.

Term
:   Its meaning, صحيفة النيل.

| left | middle | right |
|:-----|:------:|------:|
| a    | صحيفة  | c     |
{LONG}

0. an apple
1. a pear

- [Ministry](sources/ministry.md){ .some #place }
- ~~struck~~, **strong**, *stressed*, `code`, <https://example.org/>

```python
print("صحيفة")
```

> Words that somebody said.

---

{{ figures("monthly-loans", "opened") }}

{{ dispute("members") }}

{{ table("left") }}

{{ errors("rumour") }}
"""
_PLAIN = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "smarty",
    "tables",
    "toc",
]


def _named(value: Any, key: str = "") -> Any:
    """A record with a name from the right in each of its texts."""
    if isinstance(value, dict):
        return {name: _named(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_named(each, key) for each in value]
    if key in _TEXTS and isinstance(value, str) and not value.startswith("texts/"):
        return value + NAMES[len(value) % 2]
    return value


def in_english(folder: Path) -> Path:
    """A site in English with a translation, charts of every kind and Markdown of every kind, and names from the right in all records."""
    gallery.project(
        folder, {name: gallery.shapes()[name] for name in ("ordinary", "open-ended", "long-labels")}
    )
    for name in ("further", "foreign"):
        shutil.copytree(CASES / "overlays" / name, folder, dirs_exist_ok=True)
    (folder / "seeds/unchecked.yaml").unlink()  # it lists some of those that are there
    for path in (
        "site_src/uk",
        "seeds/translations",
        "seeds/coverage",
    ):  # they are of words that change below
        shutil.rmtree(folder / path)
    for path in (folder / "seeds").rglob("*.yaml"):
        records = _named(yaml.safe_load(path.read_text(encoding="utf-8")))
        path.write_text(
            yaml.dump(records, allow_unicode=True, sort_keys=False, width=10**6), encoding="utf-8"
        )
    rows = "\n".join("| a | صحيفة | c |" for _ in range(60))
    page = (
        "---\ntitle: Everything صحيفة\ndescription: What can stand on a page, صحيفة النيل.\n---\n"
        + EVERYTHING.replace("{LONG}", rows)
    )
    (folder / "site_src" / "everything.md").write_text(page, encoding="utf-8")
    config = yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))
    config["markdown_extensions"] = _PLAIN
    config["site_name"] += NAMES[0]
    pages = ("everything", "gallery", "foreign", "further", "wrong", "glossary", "corrections")
    config["nav"] += [{f"{page.title()}{NAMES[0]}": f"{page}/index.md"} for page in pages]
    config["extra"] |= {"report": "mailto:you@example.org?subject={claim}"}
    (folder / "mkdocs.yml").write_text(
        yaml.dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return folder


def in_arabic(folder: Path) -> Path:
    """A site of which every word, the catalogue's too, is in Arabic letters, but for names in Latin ones."""
    made_up.FROM_THE_RIGHT.project(folder)
    for path in (folder / "seeds").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(
                r"^( *(?:- )?(?:publisher|said_by|reported_by): )(.*)$",
                r"\1'\2 (Nile Paper)'",
                text,
                flags=re.MULTILINE,
            ),
            encoding="utf-8",
        )
    return folder


BUILDS = [
    pytest.param(in_english, "mkdocs", id="english"),
    pytest.param(in_arabic, "zensical", id="arabic"),
    pytest.param(in_english, "zensical", id="english by the other", marks=pytest.mark.audit),
    pytest.param(in_arabic, "mkdocs", id="arabic by the other", marks=pytest.mark.audit),
]
"""Each site by one engine, and each engine with one site; all in the audit."""


@pytest.mark.parametrize(("made", "engine"), BUILDS)
def test_nothing_that_we_write_is_refused(
    made: Callable[[Path], Path], engine: str, tmp_path: Path
) -> None:
    """A build passes that has names of the other direction in each field, charts of each kind and Markdown of each kind, an edition
    that is shown as it was, a chart that was withdrawn after it was released, corrections, disputes and results worked out.
    """
    project = made(tmp_path / "project")
    released = run("release", "--project", project, "--date", "2024-06-01")
    assert released.code == 0, released.said
    for path in (project / "seeds/charts").glob("*.yaml"):
        charts = yaml.safe_load(path.read_text(encoding="utf-8"))
        for chart in charts:
            chart["title"] += NAMES[1]
            if chart["id"] == "ranges-ordinary":
                chart["withdrawn"] = {
                    "date": "2024-07-01",
                    "reason": f"The librarians took it back{NAMES[0]}",
                }
        path.write_text(
            yaml.dump(charts, allow_unicode=True, sort_keys=False, width=10**6), encoding="utf-8"
        )
    replace(project / "site_src/gallery.md", '{{ chart("ranges-ordinary") }}', "")
    site = tmp_path / "site"
    done = run(
        "--project",
        project,
        "--output",
        site,
        "--engine",
        engine,
        "--site-url",
        "https://example.org/nile/",
    )
    assert done.code == 0, done.said
    pages = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    assert "<bdi>" in pages
    assert len(list((site / "embed").rglob("index.html"))) > 20, (
        "editions and withdrawn charts have pages too"
    )


_CALL = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:=\"[^\"]*\")?)*)\s*/?>")
TEMPLATES = sorted(
    path
    for path in (ROOT / "templates").rglob("*")
    if path.name.endswith((".html.j2", ".svg.j2", ".html"))
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_element_of_a_template_is_listed(path: Path) -> None:
    """No template writes an element, or an attribute of one, that the audit of finished pages would refuse."""
    text = _CALL.sub("", path.read_text(encoding="utf-8"))
    for tag, attributes in _TAG.findall(text):
        values = dict.fromkeys(
            re.findall(r"([\w:-]+)(?:=\"[^\"]*\")?", re.sub(r"\"[^\"]*\"", '""', attributes)), ""
        )
        refused = [
            fault
            for fault in faults(tag, values, alone=True, moved=True)
            if "may not stand" in fault
        ]
        assert not refused, (tag, refused)


_NO_PAGES = {
    "finish.py": {"loc", "url"},
    "citations.py": {"term", "single", "multiple", "terms", "locale", "info"},  # a citation style
    **{
        f"{kind}.py": {"extra"}
        for kind in ("interactive", "columns", "dots", "ranges", "steps", "timeline")
    },  # Plotly's
}
"""What stands in code and is written to no page, by the module."""


@pytest.mark.parametrize(
    "path", sorted((ROOT / "explainer").rglob("*.py")), ids=lambda path: path.name
)
def test_each_element_that_code_closes_is_listed(path: Path) -> None:
    """What code writes with a closing tag, such as ``<bdi>…</bdi>``, is on the lists; XML that is no page is named here."""
    closed = set(re.findall(r"</([a-z][a-z0-9]*)>", path.read_text(encoding="utf-8")))
    assert closed - _NO_PAGES.get(path.name, set()) <= ELEMENTS.keys() | drawings.ELEMENTS, path
