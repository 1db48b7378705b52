"""What templates print: claims and answers as plain words, worked out before any template sees them."""

from explainer.views.answers import AnswerView, Views, beside_one_another, spread
from explainer.views.claims import ClaimView, EvidenceView
from explainer.views.corrections import CorrectionView, corrections_in_words
from explainer.views.worked import Input, question_of

__all__ = [
    "AnswerView",
    "ClaimView",
    "CorrectionView",
    "EvidenceView",
    "Input",
    "Views",
    "beside_one_another",
    "corrections_in_words",
    "question_of",
    "spread",
]
