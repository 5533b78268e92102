"""The events a timeline may hold: their names, aliases and keys, and what each does to the clocks.

A policy may declare further events of its own; `Vocabulary` joins them to the common ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from timeliness.model.hints import Hint

RECEIVED = "complaint received"
LOGGED = "complaint logged"
ACKNOWLEDGED = "complaint acknowledged"
REQUESTED = "escalation requested"

EVIDENCE = ("seen", "claimed", "absent")
LETTER_ITEMS = (
    "stage",
    "definition",
    "decision",
    "reasons",
    "remedy",
    "outstanding actions",
    "escalation route",
    "ombudsman route",
    "responsibilities",
    "issues outstanding",
    "outcomes sought",
    "every point",
)
REFUSAL_GROUNDS = ("too old", "legal proceedings", "already considered", "other", "none given")
OUTCOMES = ("upheld", "partly upheld", "not upheld")


@dataclass(frozen=True)
class Key:
    """One key that an event may carry.

    `kind` is how its value is read: text, date, list, yes-no, limit, or one of `choices`.
    """

    name: str
    kind: str
    says: str
    choices: tuple[str, ...] = ()


COMMON_KEYS = (
    Key("date", "date", "the day it happened, or the days on which it may have happened"),
    Key("event", "text", "its name"),
    Key("by", "text", "who did it, as a role: resident, landlord, councillor, ombudsman"),
    Key("handler", "text", "a reference to the person who dealt with it"),
    Key("source", "text", "where the date comes from"),
    Key("evidence", "choice", "what shows that it happened", EVIDENCE),
    Key("note", "text", "anything else worth keeping"),
    Key("id", "text", "a name by which other events can point to this one"),
    Key("treated_as", "event", "the event that the landlord treated it as"),
)

_LETTER = (
    Key("includes", "items", "what the letter says", LETTER_ITEMS),
    Key("missing", "items", "what the letter was found not to say", LETTER_ITEMS),
    Key("outcome", "choice", "the decision", OUTCOMES),
    Key("sent", "yes-no", "whether it was sent: one decided and not sent stops no clock"),
    Key("relies_on", "text", "the id of an event that the letter relies on as having happened"),
)
_EXTENSION = (
    Key("until", "date", "the new date given"),
    Key("reason", "text", "the reason given"),
    Key("ombudsman_details", "yes-no", "whether the Ombudsman's contact details were given"),
    Key("in_writing", "yes-no", "whether the resident was told in writing"),
    Key("agreed_by_resident", "yes-no", "whether the resident agreed"),
    Key("good_reason", "yes-no", "whether there was good reason to go beyond the maximum"),
    Key("updates_agreed", "yes-no", "whether it was agreed how often to update the resident"),
)
_DEADLINE = (
    Key("within", "limit", "the time allowed, such as 2 working days or 4 weeks"),
    Key("due", "date", "the last day"),
)
_REFUSAL = (
    Key("grounds", "choice", "the grounds given", REFUSAL_GROUNDS),
    Key("in_writing", "yes-no", "whether the resident was told in writing"),
    Key("ombudsman_details", "yes-no", "whether the right to go to the Ombudsman was explained"),
)


@dataclass(frozen=True)
class Kind:
    """A kind of event.

    `stage` is the stage (1 to 3) whose course it belongs to, 0 for none. `ends` names the stages
    whose open clocks it ends. `internal` marks what the landlord does out of the resident's sight:
    a record that is otherwise complete may lack it.
    """

    name: str
    says: str
    stage: int = 0
    aliases: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    internal: bool = False
    ends: tuple[int, ...] = ()
    declared_by: str = ""

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """Return the keys that every event takes and its own."""
        return COMMON_KEYS + self.keys


def _stage_kinds() -> Iterable[Kind]:
    for stage, requested, subject in (
        (2, REQUESTED, "escalation"),
        (3, "stage 3 requested", "stage 3"),
    ):
        names = {
            "requested": (
                "escalated",
                "escalation",
                "stage 2 requested",
                "stage 2 request",
                "stage 2 escalation",
                "escalated to stage 2",
            )
            if stage == 2
            else ("stage 3 request", "escalated to stage 3"),
            "logged": ("stage 2 logged",) if stage == 2 else (),
            "acknowledged": ("stage 2 acknowledged",) if stage == 2 else (),
        }
        yield Kind(
            requested,
            f"the resident asked for stage {stage}",
            stage,
            names["requested"],
            (Key("reasons_demanded", "yes-no", "whether the landlord demanded reasons for it"),),
        )
        yield Kind(
            f"{subject} logged",
            f"the landlord recorded the request for stage {stage}",
            stage,
            names["logged"],
            internal=True,
        )
        yield Kind(
            f"{subject} acknowledged",
            f"the landlord acknowledged the request for stage {stage}",
            stage,
            names["acknowledged"],
            _LETTER[:2],
        )
        yield from _answers(stage)


def _answers(stage: int) -> Iterable[Kind]:
    yield Kind(
        f"stage {stage} extended",
        f"the landlord told the resident that stage {stage} would take longer",
        stage,
        (f"stage {stage} extension", *(("extended", "extension") if stage == 1 else ())),
        _EXTENSION,
    )
    yield Kind(
        f"stage {stage} response",
        f"the landlord's full response at stage {stage}",
        stage,
        (
            f"stage {stage} responded",
            f"stage {stage} reply",
            f"stage {stage} answer",
            f"stage {stage} decision",
            f"stage {stage} complaint response",
            f"responded at stage {stage}",
            *(("responded", "response") if stage == 1 else ()),
        ),
        _LETTER,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        RECEIVED,
        "the complaint reached the landlord, in any way",
        1,
        ("received", "complaint made", "complained", "complaint raised", "stage 1 received"),
        (Key("arose", "date", "the day on which the matter arose or became known"),),
    ),
    Kind(
        LOGGED,
        "the landlord recorded the complaint",
        1,
        ("logged", "complaint recorded", "stage 1 logged"),
        internal=True,
    ),
    Kind(
        ACKNOWLEDGED,
        "the landlord acknowledged the complaint",
        1,
        ("acknowledged", "acknowledgement", "stage 1 acknowledged"),
        _LETTER[:2],
    ),
    *_answers(1),
    *_stage_kinds(),
    Kind(
        "complaint refused",
        "the landlord declined to take the complaint",
        0,
        ("refused", "complaint rejected", "complaint declined"),
        _REFUSAL,
        ends=(1,),
    ),
    Kind(
        "escalation refused",
        "the landlord declined to escalate",
        0,
        ("escalation rejected", "escalation declined"),
        _REFUSAL,
        ends=(2, 3),
    ),
    Kind(
        "early resolution agreed",
        "the resident agreed to try early resolution",
        0,
        keys=(Key("agreed_by_resident", "yes-no", "whether the resident agreed"),),
    ),
    Kind(
        "early resolution closed",
        "the matter was closed in early resolution",
        0,
        keys=(Key("agreed_by_resident", "yes-no", "whether the resident agreed"),),
        ends=(1,),
    ),
    Kind(
        "holding response",
        "a reply that is not the full response",
        0,
        (
            "holding letter",
            "holding reply",
        ),
    ),
    Kind(
        "provisional response",
        "a decision that the landlord called provisional",
        0,
        ("provisional decision", "interim response"),
        _LETTER,
    ),
    Kind(
        "supplementary response",
        "a further response to points left open",
        0,
        ("follow up response", "further response"),
        _LETTER,
    ),
    Kind("update", "the landlord told the resident how things stood", 0, ("resident updated",)),
    Kind(
        "contact",
        "any other exchange",
        0,
        ("call", "email", "meeting", "telephone call", "phone call"),
        (
            Key("answered", "yes-no", "whether it was answered"),
            Key("record", "choice", "how well it was recorded", ("full", "brief", "none")),
            Key("turned_away", "yes-no", "whether a complaint was turned away in it"),
        ),
    ),
    Kind(
        "chaser",
        "the resident chased the landlord",
        0,
        ("chased",),
        (Key("answered", "yes-no", "whether it was answered"),),
    ),
    Kind(
        "intermediary enquiry",
        "somebody asked for the resident: a councillor, an MP",
        0,
        ("councillor enquiry", "member enquiry", "mp enquiry"),
        (Key("answered", "yes-no", "whether it was answered"),),
    ),
    Kind(
        "commitment",
        "the landlord promised something",
        0,
        ("promise", "promised"),
        (
            *_DEADLINE,
            Key("promises", "choice", "what was promised", ("action", "response", "updates")),
        ),
    ),
    Kind(
        "commitment met",
        "a promise was kept",
        0,
        ("promise kept", "promise met"),
        (Key("of", "text", "the id of the commitment"),),
    ),
    Kind(
        "compensation offered",
        "the landlord offered money",
        0,
        ("compensation", "offer", "redress offered"),
        (
            Key("amount", "text", "how much, such as GBP 25"),
            Key("to", "text", "who was told of it, as a role"),
        ),
    ),
    Kind(
        "complaint withdrawn",
        "the resident withdrew the complaint",
        0,
        ("withdrawn",),
        ends=(1, 2, 3),
    ),
    Kind(
        "complaint closed",
        "the landlord closed the complaint",
        0,
        ("closed",),
        ends=(1, 2, 3),
    ),
    Kind("complaint reopened", "the landlord took it up again", 0, ("reopened",)),
    Kind(
        "ombudsman referral",
        "the resident went to the Ombudsman",
        0,
        ("referral", "referred to the ombudsman", "referred to ombudsman"),
    ),
    Kind("determination", "the Ombudsman decided", 0, ("determined", "ombudsman determination")),
    Kind("order", "the Ombudsman ordered something", 0, ("ordered",), _DEADLINE),
    Kind(
        "order complied",
        "the landlord did what was ordered",
        0,
        ("order complied with", "complied", "compliance"),
        (Key("of", "text", "the id of the order"),),
    ),
)

STAGE_TRIGGERS = {1: RECEIVED, 2: REQUESTED, 3: "stage 3 requested"}
STAGE_ACKNOWLEDGED = {1: ACKNOWLEDGED, 2: "escalation acknowledged", 3: "stage 3 acknowledged"}
"""The event that begins each stage, and the one that acknowledges it."""

_NUMBERS = {"one": "1", "two": "2", "three": "3"}


@lru_cache(maxsize=4096)
def plain_name(text: str) -> str:
    """Return a name as it is compared: case, spaces, hyphens and underscores do not matter."""
    words = re.sub(r"[\s_-]+", " ", text.strip().lower()).split()
    return " ".join(_NUMBERS.get(word, word) for word in words)


@dataclass(frozen=True)
class Vocabulary:
    """The events that a timeline may use: the common ones and those that its policies declare."""

    kinds: tuple[Kind, ...] = KINDS
    _by_name: dict[str, Kind] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = {plain_name(alias): kind for kind in self.kinds for alias in kind.aliases}
        names |= {plain_name(kind.name): kind for kind in self.kinds}
        object.__setattr__(self, "_by_name", names)

    def find(self, text: str) -> Kind | None:
        """Return the kind of event that a name or an alias stands for."""
        return self._by_name.get(plain_name(text))

    def split(self, text: str) -> tuple[Kind, str] | None:
        """Split the text of a one-line event into its kind and the note after it."""
        words = text.split()
        for length in range(min(len(words), 6), 0, -1):
            name = " ".join(words[:length]).rstrip(",;.:")
            if kind := self.find(name):
                return kind, " ".join(words[length:])
        return None

    def nearest(self, text: str) -> str | None:
        """Return the known name nearest to an unknown one, or None where nothing is near."""
        wanted = plain_name(text)
        known = list(self._by_name)
        for length in (len(wanted.split()), 3, 2, 1):
            head = " ".join(wanted.split()[:length])
            if near := get_close_matches(head, known, n=1, cutoff=0.75):
                return self._by_name[near[0]].name
        return None

    def hint(self, text: str, otherwise: str = "`chcheck events` lists them all") -> Hint:
        """Return the hint for a text that names no event."""
        return Hint(otherwise, self.nearest(text) or "")


COMMON = Vocabulary()
