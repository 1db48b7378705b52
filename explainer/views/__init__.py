"""What templates print: claims and answers as plain words, worked out before any template sees them."""

from explainer.views.answers import AnswerView, Views, question_of, spread
from explainer.views.claims import ClaimView, EvidenceView

__all__ = ["AnswerView", "ClaimView", "EvidenceView", "Views", "question_of", "spread"]
