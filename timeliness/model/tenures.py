"""The tenures that the Regulator's measures keep apart, and how a table writes them."""

from __future__ import annotations

import re

LCRA, LCHO, OUTSIDE, NOT_GIVEN = "LCRA", "LCHO", "outside", ""
TENURES = (LCRA, LCHO, OUTSIDE, NOT_GIVEN)
"""Rented, part owned, outside the measures, and where nobody says which."""
MEASURED = (LCRA, LCHO)
"""The tenures of whose homes the measures are given, each by itself."""
TENURE_NAMES = {
    LCRA: "Low cost rental (LCRA)",
    LCHO: "Low cost home ownership (LCHO)",
    OUTSIDE: "Outside the measures",
    NOT_GIVEN: "Tenure not known",
}

_WORDS = {
    LCRA: (
        *("lcra", "low cost rental", "low cost rental accommodation", "social rent"),
        *("affordable rent", "general needs", "supported housing", "sheltered"),
        *("sheltered housing", "housing for older people", "intermediate rent"),
    ),
    LCHO: ("lcho", "low cost home ownership", "shared ownership", "shared owner"),
    OUTSIDE: (
        *("outside", "leasehold", "leaseholder", "freehold", "freeholder", "market rent"),
        *("private rent", "commercial", "garage"),
    ),
}
"""How each is written; a published list, in `docs/year.md`."""
WORDS = {word: tenure for tenure, words in _WORDS.items() for word in words}


def plain_tenure(text: str) -> str:
    """Return a tenure as it is compared: small letters, and nothing but letters and numbers."""
    return " ".join(re.sub(r"[^\w]+|_", " ", text.lower()).split())
