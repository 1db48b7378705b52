"""Corrections in words: what was published beside what stands now, and how that came about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from explainer.model.dates import Edtf
from explainer.model.ledger import Ledger
from explainer.model.quantities import Quantity
from explainer.model.records import Correction
from explainer.publish.catalogue import stopped
from explainer.publish.wording import Wording
from explainer.publish.worked import question_of

_DONE = {"correction": "corrected", "revision": "revised", "withdrawal": "withdrawn"}


@dataclass(frozen=True)
class CorrectionView:
    """One entry, in words."""

    id: str
    done: str
    """What was done: Corrected, Revised, Withdrawn."""
    about: str
    """The question, the chart's or the page's name."""
    path: str
    """The page of what it is about, below the site's root; empty where that is gone."""
    claim: str
    """The claim's id, empty where the answer as a whole changed."""
    old: str
    new: str
    cause: str
    found: str
    effect: str
    wrong_since: str
    reported: str
    fixed: str
    day: str
    """The day it was mended, ISO 8601."""
    touched: tuple[str, ...]
    was_at: str
    sentence: str
    """All that matters in two or three sentences."""
    whole: str
    """The sentence, and what it means for the conclusions."""


def corrections_in_words(ledger: Ledger, wording: Wording, corrections: Iterable[Correction]) -> tuple[CorrectionView, ...]:
    """The views of some entries, the newest first; of one day, the later entry first."""
    ordered = sorted(enumerate(corrections), key=lambda item: (_day(item[1]), item[0]), reverse=True)
    return tuple(_view(ledger, wording, correction) for _, correction in ordered)


def _view(ledger: Ledger, wording: Wording, entry: Correction) -> CorrectionView:
    holder = ledger.holders.get(entry.fact or "")
    unit = holder.unit if holder else None
    old, new = (_said(wording, unit, text) for text in (entry.old, entry.new or ""))
    dates = {key: wording.date(value) if value else "" for key, value in (("wrong_since", entry.wrong_since), ("reported", entry.reported))}
    done, cause, effect = wording.page(_DONE[entry.class_]), stopped(entry.cause), stopped(entry.effect)
    marked = {key: wording.page("in_marks", words=text) for key, text in (("old", old), ("new", new))}
    change = wording.page("is_now" if new else "no_longer", **marked)
    sentence = f"{wording.page('done_on', done=done, day=wording.date(entry.fixed))}: {stopped(change)} {cause}"
    return CorrectionView(
        id=entry.id, done=done, about=_about(ledger, entry), path=_path(ledger, entry), claim=entry.claim or "",
        old=old, new=new, cause=cause, found=stopped(entry.found), effect=effect,
        fixed=wording.date(entry.fixed), day=_day(entry), touched=entry.touched, was_at=entry.was_at or "", **dates,
        sentence=sentence, whole=wording.page("effect_sentence", sentence=sentence, effect=effect),
    )  # fmt: skip


def _about(ledger: Ledger, entry: Correction) -> str:
    holder = ledger.holders.get(entry.fact or "")
    chart = ledger.charts.get(entry.chart or "")
    title = chart.title if chart and "{{" not in chart.title else entry.ref  # calls in it are not worked out here
    return question_of(holder) if holder else title


def _path(ledger: Ledger, entry: Correction) -> str:
    if entry.fact in ledger.holders:
        anchor = f"#{entry.claim}" if entry.claim and ledger.entry(entry.fact or "", entry.claim) else ""
        return f"facts/{entry.fact}/{anchor}"
    if entry.chart in ledger.charts:
        return f"charts/{entry.chart}/"
    return f"{entry.page.strip('/')}/" if entry.page else ""


def _said(wording: Wording, unit: str | None, text: str) -> str:
    """A value in words: an amount where the fact has a unit, else a date, else as it stands."""
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
