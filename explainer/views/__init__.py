"""What templates print: claims and answers as plain words, worked out before any template sees them."""

from explainer.views.answers import AnswerView, Views, spread
from explainer.views.claims import ClaimView, EvidenceView
from explainer.views.worked import Input, question_of

__all__ = ["AnswerView", "ClaimView", "EvidenceView", "Input", "Views", "question_of", "spread"]
