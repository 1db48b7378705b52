"""What to do where words do not bear a claim: a hint for each way in which they fail to."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from explainer.bearing import Words, words_of
from explainer.bearing.counting import clauses_of, doubts, said_numbers
from explainer.ledger import Entry, Ledger
from explainer.records import Evidence
from explainer.values.numerals import numerals
from explainer.values.quantities import Quantity
from explainer.values.vocabulary import vocabulary

ANY: Final = "mend the value, quote the words that say it, or (for a noun) add it to counts"
"""What can be done about any of them."""
_OF_WORDS: Final = (
    ("denies ", "quote words that say the number, and do not deny it"),
    ("makes it a plan", "quote words that tell it as a fact, or say in the title, the question or the note that it is planned or expected"),
    ("cuts the kept text", "quote the words beside the number too, and claim what they say together"),
    ("they have the number without", "write the number as the words give it, without that form"),
    ("they make it a rate", "name the rate in the unit, or in counts as the words do, such as 'deaths per 100,000'"),
    ("they give it a width", "write the width too, or 'about'"),
    ("they say '", "write the value in the form of these words, such as 'over 300', 'under 300', 'at least 300' or 'about 300'"),
    (" per ", "quote the words that say so too, or mend the unit"),
    ("stands below a head", "write the whole number, or quote a figure that no head multiplies"),
)
"""Words of what is lacking, and what to do about it."""
_SIZES: Final = {3: "thousand", 6: "million", 9: "billion"}


def hint_for(ledger: Ledger, entry: Entry, item: Evidence, lack: str) -> str:
    """What to do where a piece of evidence lacks what ``missing`` calls ``lack``."""
    claim, words = entry.claim, words_of(ledger, item)
    if claim.date is not None:
        return "mend the date, quote the words that name it, or say in 'inferred' how a part that they leave out was worked out"
    if claim.value is None or not words:
        return ANY
    if hint := next((hint for words_of_it, hint in _OF_WORDS if words_of_it in lack), ""):
        return hint
    if "width" in lack:
        return "quote the words that give the width, or write the value without ±"
    said = [number for each in words for number in said_numbers(each.text, each.language)]
    if set(claim.value.numbers) <= set(said):
        return _of_a_number_that_is_said(ledger, entry, claim.value, words)
    return _of_another_number(claim.value, said, words)


def _of_a_number_that_is_said(ledger: Ledger, entry: Entry, value: Quantity, words: tuple[Words, ...]) -> str:
    """The number stands in the words, in a range or beside another noun."""
    found = [clause for each in words for clause in clauses_of(each.text, each.language, value)]
    if not found and value.b is not None:
        return "claim one number alone, or quote the words that join the two as the ends of a range"
    if not found:
        return "claim the whole range, as in 30..40, or say in the value that it is an end: 'at least 30', 'up to 40'"
    vocabulary_of, counts = ledger.vocabulary, entry.holder.unit
    known = frozenset(vocabulary_of.known)
    other = next((noun for clause in found if (noun := clause.search(known, ())[0])), None)
    if other and other not in vocabulary_of.of(entry.holder.unit, entry.holder.counts):
        return f"the words count '{other}': mend the unit or the quote; if '{other}' counts {counts} here, add it to counts"
    if foreign := _incomplete(words):
        return _of_language(foreign)
    return f"quote the number together with what it counts; if the source has another word for {counts}, add that to counts"


def _of_another_number(  # noqa: PLR0911 - one for each way
    value: Quantity, said: list[Decimal], words: tuple[Words, ...]
) -> str:
    """The number does not stand in the words, or not as a number that counts."""
    raw = {number.value for each in words for number in numerals(each.text, each.language)}
    if set(value.numbers) <= raw - set(said):
        return "quote words in which the number counts what the claim is about"
    for number in said:
        for power, name in _SIZES.items():
            if value.b is None and number and value.a in (number * 10**power, number / 10**power):
                size = f"a {name} times more" if value.a > number else f"a {name}th of that"
                return f"the words say {number.normalize():,f}, and the value is {size}: write all digits of the number that is meant"
    if any(doubts(each.text, each.language) for each in words):
        return "quote the number as a figure, or more of the words around it, so that it can be read with certainty"
    if (foreign := _incomplete(words)) and not said:
        return _of_language(foreign)
    if not said:
        return "quote the words that hold the number"
    if len(set(said)) == 1 and value.b is None:
        return f"if a digit is mistyped, write {said[0].normalize():f}; else quote the words that say {value.a.normalize():,f}"
    return "mend the value, or quote the words that say it"


def _incomplete(words: tuple[Words, ...]) -> str:
    """The language of words whose numbers in words are not all known here; empty where that of all is."""
    return next((each.language for each in words if not vocabulary(each.language).complete), "")


def _of_language(language: str) -> str:
    return f"of '{language}' only figures are read, and nouns right beside them: quote such words, and add the noun to counts as it stands"
