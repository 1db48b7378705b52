"""Why a value is none that its key takes, with what to write instead."""

from __future__ import annotations


class Unfit(ValueError):
    """A value that cannot be read. The message says what is wrong with it.

    ``hint`` says what to write; ``key`` which key of a record it is about, where another than the one that was read.
    """

    def __init__(self, message: str, hint: str = "", key: str = "") -> None:
        super().__init__(message)
        self.hint, self.key = hint, key
