"""``build.py new fact|source|page``: a commented stub for an editor to fill in."""

from __future__ import annotations

import re
from pathlib import Path

from explainer.problems import MachineFailed, Misused

_FACT = """\
# One fact: a question, and every claim about it. docs/authoring.md explains each line.
- id: {id}
  question: What does the reader want to know?
  unit: people            # leave out for dates and statements; people/month, roubles …
  counts: [people]        # nouns by which a quote may count it, in any language
  as_of: '2026-01-01'     # the day that the answer is good for
  review_by: '2026-12-31'
  claims:
    - id: who-says-it
      value: 30000..40000 # 160000 · about 35000 · over 300000 · at least 5 · up to 60000; or date: '2025-07-07'; or text: a statement
      period: '2025-05'   # what the figure covers
      said_on: '2025-05-20'
      said_by: who says it
      # official-act | official-statement | intelligence-estimate | media-report | rights-group-report | expert-estimate | analysis
      kind: media-report
      standing: confirmed # confirmed | disputed | unverified | opinion | wrong
      evidence:
        - source: an-id-from-seeds-sources
          stance: supports # supports | contradicts | context
          locator: at most eight words of the page
          says: our own words for what the page says
"""
_SOURCE = """\
# One source. docs/authoring.md explains each line.
- id: {id}
  type: article-newspaper # a CSL type
  title: Its title as printed
  publisher: Who published it
  url: https://example.org/
  issued: '2026-01-01'    # leave out where no date is shown
  language: en
  read: excerpt           # full | excerpt | not-read: what you have seen
"""
_PAGE = """\
---
title: The page's title
description: One or two sentences for search engines and shared links.
---

# The page's title

Every number comes from the ledger: write a call, such as `{{{{ fact("{id}") }}}}`, without the code marks.
"""
STUBS = {"fact": ("seeds/facts/{id}.yaml", _FACT), "source": ("seeds/sources/{id}.yaml", _SOURCE), "page": ("site_src/{id}.md", _PAGE)}
"""What can be begun, where it goes, and how it begins."""


def write(project: Path, what: str, name: str) -> str:
    """Write a stub and say where; never over a file that exists."""
    if what not in STUBS:
        raise Misused(f"'{what}' cannot be begun; known are {', '.join(sorted(STUBS))}, or a folder alone: new DIR")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise Misused(f"'{name}' cannot be an id; use small letters, digits and single hyphens: spring-2025")
    place, text = STUBS[what]
    path = project / place.format(id=name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as out:
            out.write(text.format(id=name))
    except FileExistsError as error:
        raise Misused(f"{path} exists already; choose another id") from error
    except OSError as error:
        raise MachineFailed(f"{path}: {error.strerror}") from error
    return f"Wrote {path}. Fill it in, then run: python build.py check"
