"""Sources that tests give to programs that read references: those of the site, and made ones of every type, name and date."""

from __future__ import annotations

from functools import cache
from itertools import cycle
from typing import Any, get_args

import yaml
from support import ROOT

from explainer.model.records import CslType, Source

NAMES: dict[str, Any] = {
    "institution with a comma": "Ministry of Health, Ukraine",
    "institution with an and": "Barnes and Noble",
    "Chinese institution": "国家统计局",
    "institution with marks": "Smith {& Sons}: 100% #1 \\ a_b ~ $",
    "Dutch": {"family": "Berg", "given": "Vincent", "particle": "van den"},
    "Belgian": {"family": "Van den Berg", "given": "Jan"},
    "German": {"family": "Goethe", "given": "Johann Wolfgang", "dropped_particle": "von"},
    "French": {"family": "Fontaine", "given": "Jean", "dropped_particle": "de", "particle": "La"},
    "with an apostrophe": {"family": "Alembert", "given": "Jean", "particle": "d'"},
    "with a suffix": {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    "Spanish": {"family": "Ortega y Gasset", "given": "José"},
    "of one word": {"family": "Suharto"},
    "of one name in four words": {"family": "Aung San Suu Kyi"},
    "without capitals": {"family": "hooks", "given": "bell"},
    "Chinese": {"family": "毛", "given": "泽东"},
    "Hungarian": {"family": "Orbán", "given": "Viktor", "family_first": "yes"},
    "Ukrainian": {"family": "Стус", "given": "Василь Семенович"},
    "Arabic": {"family": "بن سلمان", "given": "محمد"},
}
DATES = (
    "2025", "2025-03", "2025-03-07", "2025-07~", "199X", "XXXX-06-07", "2004-XX", "2004-06-XX", "2025-04-01/2025-07-15",
    "2024/2025", "0987", None,
)  # fmt: skip
TITLES = (
    "Land and {People}", "Über die Zählung der Vögel", "国勢調査の結果", "О численности: 100 % «дома» & в саду",
    "إحصاء السكان", "C# \\alpha_1, ~ $5 and DNA",
)  # fmt: skip


@cache
def site_sources() -> tuple[Source, ...]:
    """Every source of this repository's own site."""
    paths = sorted((ROOT / "seeds" / "sources").glob("*.yaml"))
    texts = (path.read_text(encoding="utf-8") for path in paths)
    records = [each for text in texts for each in yaml.load(text, Loader=yaml.BaseLoader)]
    return tuple(map(Source.model_validate, records))


@cache
def made_sources() -> tuple[Source, ...]:
    """Of each type one with no more than must be, and some with all that may be, with every name and date in turn."""
    names, dates, titles = cycle(NAMES.values()), cycle(DATES), cycle(TITLES)
    full = {
        "container": "A Journal of A & B", "volume": "12", "issue": "3", "pages": "12–18", "number": "7", "edition": "second",
        "genre": "Working Paper", "publisher_place": "Kyiv", "doi": "10.1000/a_b(c)", "isbn": "978-3-16-148410-0",
        "url": "https://x.example/a_b~c?x=1&y=%20#z", "accessed": "2026-11-22",
    }  # fmt: skip
    made = []
    for kind in get_args(CslType):
        for number in range(5):
            record: dict[str, Any] = {
                "id": f"{kind.replace('_', '-')}-{number}", "type": kind, "title": next(titles),
                "publisher": "Smith & Sons, and others", "language": "en", "read": "excerpt",
                "authors": [next(names) for _ in range((0, 1, 1, 2, 3)[number])], **(full if number > 1 else {}),
            }  # fmt: skip
            date = next(dates)
            if number == 3:
                record["editors"] = [next(names)]
            made.append(Source.model_validate(record | ({"issued": date} if date else {})))
    return tuple(made)
