"""Short ways to write the name of an event, written out: for hints only, never to read a line."""

from __future__ import annotations

from timeliness.model.patterns import regex

_SHORT: tuple[tuple[str, str], ...] = (
    (r"(?:s|st|stg) ?([123])", r"stage \1"),
    (r"stage iii", "stage 3"),
    (r"stage ii", "stage 2"),
    (r"stage i", "stage 1"),
    (r"(?:1st|first) stage", "stage 1"),
    (r"(?:2nd|second) stage", "stage 2"),
    (r"(?:3rd|third) stage", "stage 3"),
    (r"ack(?:n|nowl)?", "acknowledgement"),
    (r"ack(?:['’]?d|ed)", "acknowledged"),
    (r"rec(?:['’]?d|vd|ved)", "received"),
    (r"res(?:p|ps)", "response"),
    (r"esc|escal", "escalation"),
    (r"esc['’]?d", "escalated"),
    (r"ext", "extension"),
    (r"ext['’]?d", "extended"),
    (r"cmplt|compl|complnt", "complaint"),
    (r"w/d", "withdrawn"),
    (r"re[ -]opened", "reopened"),
    (r"hos?", "ombudsman"),
)
_PATTERNS = tuple((regex(rf"(?<![\w'’])(?:{short})(?![\w'’])"), full) for short, full in _SHORT)


def written_out(text: str) -> str:
    """Return a text, in the form in which names are compared, with short ways written out."""
    for pattern, full in _PATTERNS:
        text = pattern.sub(full, text)
    return text
