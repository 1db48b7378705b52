"""Corrections in words: what was published, what is published now, and why it changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from explainer.model.dates import Edtf
from explainer.model.ledger import Ledger
from explainer.model.quantities import Quantity
from explainer.model.records import Correction
from explainer.publish.catalogue import with_full_stop
from explainer.publish.derivations import question_of
from explainer.publish.wording import Wording

_DONE = {"correction": "corrected", "revision": "revised", "withdrawal": "withdrawn"}


@dataclass(frozen=True)
class CorrectionView:
    """One correction in words, for templates."""

    id: str
    done: str
    """What was done, in words: corrected, revised or withdrawn."""
    about: str
    """The subject: the question of a fact, the title of a chart, or the name of a page."""
    path: str
    """The URL of the subject, relative to the site's root. Empty if a fact or chart is gone."""
    claim: str
    """The id of the claim. Empty if the answer as a whole changed."""
    old: str
    new: str
    cause: str
    found: str
    effect: str
    wrong_since: str
    reported: str
    fixed: str
    day: str
    """The day it was corrected, in ISO 8601."""
    touched: tuple[str, ...]
    was_at: str
    sentence: str
    """A summary in two or three sentences."""
    whole: str
    """The summary and the effect on the conclusions."""


def corrections_in_words(
    ledger: Ledger, wording: Wording, corrections: Iterable[Correction]
) -> tuple[CorrectionView, ...]:
    """Return the views of some entries, the newest first. On one day, later entries come first."""
    ordered = sorted(
        enumerate(corrections), key=lambda item: (_day(item[1]), item[0]), reverse=True
    )
    return tuple(_view(ledger, wording, correction) for _, correction in ordered)


def _view(ledger: Ledger, wording: Wording, entry: Correction) -> CorrectionView:
    holder = ledger.holders.get(entry.fact or "")
    unit = holder.unit if holder else None
    old, new = (_said(wording, unit, text) for text in (entry.old, entry.new or ""))
    dates = {
        key: wording.date(value) if value else ""
        for key, value in (("wrong_since", entry.wrong_since), ("reported", entry.reported))
    }
    done, cause, effect = (
        wording.page(_DONE[entry.class_]),
        with_full_stop(entry.cause),
        with_full_stop(entry.effect),
    )
    marked = {
        key: wording.page("in_marks", words=text) for key, text in (("old", old), ("new", new))
    }
    change = wording.page("is_now" if new else "no_longer", **marked)
    sentence = (
        f"{wording.page('done_on', done=done, day=wording.date(entry.fixed))}:"
        f" {with_full_stop(change)} {cause}"
    )
    return CorrectionView(
        id=entry.id,
        done=done,
        about=_about(ledger, entry),
        path=_path(ledger, entry),
        claim=entry.claim or "",
        old=old,
        new=new,
        cause=cause,
        found=with_full_stop(entry.found),
        effect=effect,
        fixed=wording.date(entry.fixed),
        day=_day(entry),
        touched=entry.touched,
        was_at=entry.was_at or "",
        **dates,
        sentence=sentence,
        whole=wording.page("effect_sentence", sentence=sentence, effect=effect),
    )


def _about(ledger: Ledger, entry: Correction) -> str:
    holder = ledger.holders.get(entry.fact or "")
    chart = ledger.charts.get(entry.chart or "")
    title = (
        chart.title if chart and "{{" not in chart.title else entry.ref
    )  # calls in a title are not expanded here
    return question_of(holder) if holder else title


def _path(ledger: Ledger, entry: Correction) -> str:
    if entry.fact in ledger.holders:
        anchor = (
            f"#{entry.claim}" if entry.claim and ledger.entry(entry.fact or "", entry.claim) else ""
        )
        return f"facts/{entry.fact}/{anchor}"
    if entry.chart in ledger.charts:
        return f"charts/{entry.chart}/"
    return f"{entry.page.strip('/')}/" if entry.page else ""


def _said(wording: Wording, unit: str | None, text: str) -> str:
    """Return a value in words.

    The text is parsed as an amount if there is a unit, and as a date if there is none. If it is
    neither, it is returned as it is.
    """
    for read in (_amount,) if unit else (_date,):
        try:
            return read(wording, unit, text)
        except ValueError:
            continue
    return text


def _amount(wording: Wording, unit: str | None, text: str) -> str:
    value = Quantity.parse(text)
    return f"{wording.amount(value)} {wording.unit(unit, value)}".strip()


def _date(wording: Wording, _: str | None, text: str) -> str:
    return wording.date(Edtf.parse(text))


def _day(entry: Correction) -> str:
    return entry.fixed.last.isoformat() if entry.fixed.last else entry.fixed.text
