"""The words of a header as they are compared, whatever it looks like in the file."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = {
    "ack": "acknowledged",
    "acked": "acknowledged",
    "ackd": "acknowledged",
    "acknowledgement": "acknowledged",
    "acknowledgment": "acknowledged",
    "acknowledge": "acknowledged",
    "recd": "received",
    "rec": "received",
    "receipt": "received",
    "respond": "response",
    "responded": "response",
    "responses": "response",
    "reply": "response",
    "replied": "response",
    "answered": "response",
    "answer": "response",
    "created": "logged",
    "recorded": "logged",
    "registered": "logged",
    "opened": "logged",
    "opening": "logged",
    "log": "logged",
    "escalate": "escalated",
    "request": "requested",
    "extend": "extended",
    "extension": "extended",
    "closure": "closed",
    "closing": "closed",
    "withdrew": "withdrawn",
    "stg": "stage",
    "one": "1",
    "two": "2",
    "three": "3",
    "number": "reference",
    "no": "reference",
    "num": "reference",
    "refno": "reference",
    "ref": "reference",
    "complaints": "complaint",
    "target": "due",
}
_EMPTY = {
    *("date", "dates", "of", "the", "at", "on", "when", "was", "dt", "datetime", "letter", "sent"),
    *("issued", "full", "provided", "given", "resident", "customer"),
    *("is", "been", "has", "whether", "flag", "yn"),
}
_STAGE = {"s1": "stage 1", "s2": "stage 2", "s3": "stage 3", "st1": "stage 1", "st2": "stage 2"}


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """Return a header in the words that are compared: S1_AckDate becomes stage 1 acknowledged."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text.replace("'", "").replace("’", ""))
    text = re.sub(r"[^a-z0-9]+", " ", text.lower())
    text = re.sub(r"\bto (the )?(resident|customer|tenant)\b", "", text)
    text = re.sub(r"\b(?:y n|yes no|true false)\b", "", text)
    text = re.sub(r"\b(stage|stg)(\d)", r"stage \2", text)
    words = " ".join(_STAGE.get(word, word) for word in text.split()).split()
    kept = [_WORDS.get(word, word) for word in words]
    kept = [word for place, word in enumerate(kept) if place == 0 or word != kept[place - 1]]
    return " ".join(word for word in kept if word not in _EMPTY) or " ".join(kept)
