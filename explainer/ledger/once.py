"""What is asked of a ledger again and again, worked out once: a ledger never changes, so neither does an answer about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from explainer.ledger import Ledger
from explainer.ledger.entries import Entry
from explainer.ledger.looking import note
from explainer.records import Fact, Series

About = TypeVar("About", Entry, Fact | Series)
Answer = TypeVar("Answer")


def once(question: Callable[[Ledger, About], Answer]) -> Callable[[Ledger, About], Answer]:
    """A question about one claim, fact or series of a ledger, answered at the first time it is asked.

    The answer is given out again, so it has to be one that nobody can change. What raises is asked again.
    """

    @wraps(question)
    def asked(ledger: Ledger, about: About) -> Answer:
        records: tuple[object, ...] = (about.holder, about.claim) if isinstance(about, Entry) else (about,)
        note(("holders", about.holder.id if isinstance(about, Entry) else about.id))
        key = (question, *map(id, records))  # two records of a faulty ledger may have one name
        answer, _ = ledger.answers.get(key, lambda: (question(ledger, about), records))  # kept, so that no other gets their identity
        return cast("Answer", answer)

    return asked
