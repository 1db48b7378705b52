"""Memory that a process has let go of, given back to the system.

Of ten thousand pages' texts, made one after the other and laid away, the C library keeps the room: a fifth of all that a build holds.
"""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Give back what is free. Only the C library of GNU keeps so much, and it alone can be asked."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)
