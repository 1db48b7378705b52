"""The options of the command line, as one frozen record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """The options of every command."""

    project: Path
    """The project's folder, with its own seeds/, site_src/ and mkdocs.yml."""
    output: Path
    """The folder for the finished site."""
    engine: str = "mkdocs"
    site_url: str | None = None
    """The URL of the published site; None for the one in mkdocs.yml."""
    today: str | None = None
    """The day by which freshness is judged; None for the newest date in the seeds."""
    format: str = "text"
    quiet: bool = False
    strict: bool = False
    """Whether warnings stop the build, as errors do."""
    carry: Path | None = None
    """A folder with assets of the last deployment, for pages that readers still have open."""
    report: str | None = None
    """Where readers report errors; None for the value in mkdocs.yml."""
    afresh: bool = False
    """Whether to ignore the cache of earlier builds."""
    trust: bool = False
    """Whether the user wrote or reviewed the project's own theme templates and scripts.

    Only the command line can set this.
    """
