"""What an engine's process is told by its environment: the day, and nothing else that could change a page."""

from __future__ import annotations

import datetime as dt
import os
from typing import Final

from explainer import programs

_KEPT: Final = ("LD_LIBRARY_PATH",)
"""What Python may need to find its own libraries."""
DAY: Final = "SOURCE_DATE_EPOCH"


def environment(today: str) -> dict[str, str]:
    """The whole of it, for a build on a day."""
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    return {
        **kept, "PATH": programs.search_path(), "PYTHONPATH": str(programs.ROOT), "PYTHONHASHSEED": "0",
        DAY: epoch(today), "NO_MKDOCS_2_WARNING": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8",
    }  # fmt: skip


def epoch(today: str) -> str:
    """Seconds since 1970 at the start of a day, as ``SOURCE_DATE_EPOCH`` takes them; none before, since engines know no earlier day."""
    return str(max(0, int(dt.datetime.fromisoformat(f"{today}T00:00:00+00:00").timestamp())))
