"""The rule ``order``: dates must agree with ``seeds/order.yaml``.

For example, a decree is signed before it takes effect.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.common.problems import Problem
from explainer.model.dates import Edtf
from explainer.model.ledger import Ledger


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each broken constraint. Deprecated claims are ignored."""
    for order in ledger.order:
        if order.before not in ledger.facts or order.after not in ledger.facts:
            continue
        earlier, later = _dates(ledger, order.before), _dates(ledger, order.after)
        if earlier and later and not any(b.can_precede(a) for b in earlier for a in later):
            message = (
                f"'{order.before}' ({_list(earlier)}) must come before '{order.after}'"
                f" ({_list(later)})"
            )
            hint = "mend the date, or deprecate the claim that is wrong and say why" + (
                f"; {order.why}" if order.why else ""
            )
            yield Problem(order.place("before"), "order", message, hint)


def _dates(ledger: Ledger, fact: str) -> list[Edtf]:
    found = (
        entry.claim.date for entry in ledger.entries(ledger.facts[fact]) if not entry.deprecated
    )
    return [date for date in found if date is not None and date.first is not None]


def _list(dates: list[Edtf]) -> str:
    return " or ".join(dict.fromkeys(date.text for date in dates))
