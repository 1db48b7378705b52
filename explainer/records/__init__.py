"""What authors write, as frozen typed records. Parsed at the edge, never changed after."""

from explainer.records.base import Record
from explainer.records.chart import Annotation, Chart
from explainer.records.claim import Claim, Evidence
from explainer.records.comparison import Comparison
from explainer.records.correction import Correction
from explainer.records.coverage import Coverage, SetAside
from explainer.records.fact import Fact
from explainer.records.known_error import KnownError
from explainer.records.series import Point, Series
from explainer.records.source import CslType, Name, Source, behind
from explainer.records.translation import Translation
from explainer.records.vocabulary import Counted, Definition, Definitions, Group, Noun, Order, PageHead, Renamed, Term, Unchecked

__all__ = [
    "Annotation", "Chart", "Claim", "Comparison", "Correction", "Counted", "Coverage", "CslType", "Definition",
    "Definitions", "Evidence", "Fact", "Group", "KnownError", "Name", "Noun", "Order", "PageHead", "Point", "Record",
    "Renamed", "Series", "SetAside", "Source", "Term", "Translation", "Unchecked", "behind",
]  # fmt: skip
