"""What the command line can say, as one frozen record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """The options of every verb."""

    project: Path
    """The explainer's folder, with its own seeds/, site_src/ and mkdocs.yml."""
    output: Path
    """Where the finished site goes."""
    engine: str = "mkdocs"
    site_url: str | None = None
    """The address the site is published at; mkdocs.yml's own where absent."""
    today: str | None = None
    """The day to judge freshness by; the newest date in the seeds where absent."""
    format: str = "text"
    quiet: bool = False
    strict: bool = False
    """Whether warnings stop the build as errors do."""
    carry: Path | None = None
    """A folder with assets of the last deployment, for pages that readers still hold."""
    report: str | None = None
    """Where readers report errors; mkdocs.yml's own where absent."""
    afresh: bool = False
    """Whether nothing that the last build kept may be used."""
    trust: bool = False
    """Whether whoever builds wrote or read the project's own theme templates and scripts; the command line alone can say so."""
