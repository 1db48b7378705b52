"""A correction: what was published, what stands in its place, and how that came about (after Reuters, ONS and NISO)."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from explainer.records.base import Address, EditorialDate, Id, Passage, Record, Text

CorrectionClass = Literal["correction", "revision", "withdrawal"]
"""correction: a mistake is mended; revision: a planned update, or what newer sources say; withdrawal: it is no longer said."""


class Correction(Record):
    """One change to something that was published. Entries are added and never taken away."""

    id: Id
    """For ever: the page, the feeds and other people's links use it."""
    class_: CorrectionClass = Field(alias="class")
    """correction: a mistake is mended; revision: a planned update, or what newer sources say; withdrawal: it is no longer said."""
    fact: Id | None = None
    """The fact or series that it is about. Exactly one of ``fact``, ``chart`` and ``page`` is named."""
    claim: Id | None = None
    """The claim or point; absent where the answer as a whole changed: another claim preferred, another formula."""
    chart: Id | None = None
    """The chart, where what was wrong is the chart and not its data."""
    page: Text | None = None
    """The page, by its path below the site's root, where what was wrong is its prose."""
    old: Passage
    """What was published, as the ledger wrote it."""
    new: Passage | None = None
    """What stands now, as the ledger writes it; absent for a withdrawal only."""
    cause: Passage
    """How the mistake came about, or why the figure was revised."""
    found: Passage
    """How it was found, and by whom."""
    wrong_since: EditorialDate | None = None
    """Since when the wrong value was published; a correction must say."""
    reported: EditorialDate | None = None
    """When it was reported, where somebody did."""
    fixed: EditorialDate
    """When the site was mended."""
    effect: Passage
    """What it changes in the conclusions; say so where it changes nothing."""
    touched: tuple[Text, ...] = ()
    """The pages it changed, as paths below the site's root: ``loans/``, ``charts/loans-by-year/``."""
    was_at: Address | None = None
    """The way to the wrong version: a release, a commit, an archived page."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        named = [name for name in ("fact", "chart", "page") if getattr(self, name) is not None]
        if len(named) != 1:
            raise ValueError(f"it is about exactly one of fact, chart and page; this names {' and '.join(named) or 'none'}")
        if self.claim and not self.fact:
            raise ValueError("a claim is named together with its fact")
        if (self.new is None) != (self.class_ == "withdrawal"):
            raise ValueError("'new' says what stands now; a withdrawal alone leaves it out")
        if self.old == self.new:
            raise ValueError("old and new are the same")
        if self.class_ == "correction" and self.wrong_since is None:
            raise ValueError("a correction says since when the wrong value was published: wrong_since")
        for before, after in (("wrong_since", "reported"), ("reported", "fixed"), ("wrong_since", "fixed")):
            first, second = getattr(self, before), getattr(self, after)
            if first and second and not first.can_precede(second):
                raise ValueError(f"{before} ({first}) comes after {after} ({second})")
        return self

    @property
    def ref(self) -> str:
        """What it is about, as formulas and addresses name it: ``fact:claim``, or the fact, chart or page alone."""
        about = self.fact or self.chart or self.page or ""
        return f"{about}:{self.claim}" if self.claim else about
