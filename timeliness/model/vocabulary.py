"""The events a timeline may contain: their names, aliases, keys and words, and what they end.

A policy may declare further events of its own; `Vocabulary` joins them to the common ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from msgspec import Struct, field

from timeliness.model.errors import Hint
from timeliness.model.event_hints import event_hint
from timeliness.model.event_words import Words, words_for
from timeliness.model.keys import (
    AGREED,
    COMMON_KEYS,
    DEADLINE_KEYS,
    EXTENSION_KEYS,
    LETTER_KEYS,
    REFUSAL_KEYS,
    Key,
)

RECEIVED = "complaint received"
LOGGED = "complaint logged"
ACKNOWLEDGED = "complaint acknowledged"
REQUESTED = "escalation requested"
REFERRED = "ombudsman referral"


OF_START = Key("of", "text", "the id of the event whose clock it stops")
"""The key by which an event of a policy's own says which of several it stops."""


class Kind(Struct, frozen=True, dict=True):
    """A kind of event.

    `stage` is the stage (1 to 3) whose course it belongs to, 0 for none. `ends` names the stages
    whose open clocks it ends. `internal` marks what the landlord does out of the resident's sight:
    a record that is otherwise complete may lack it. `done`, `noun` and `thing` are its words, as
    far as its name does not give them; see `words`.
    """

    name: str
    says: str
    stage: int = 0
    aliases: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    internal: bool = False
    ends: tuple[int, ...] = ()
    declared_by: str = ""
    done: str = ""
    noun: str = ""
    thing: str = ""

    @cached_property
    def words(self) -> Words:
        """Return how sentences speak of the event."""
        return words_for(self.name, self.done, self.noun, self.thing)

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """Return the keys that every event takes and its own."""
        return COMMON_KEYS + self.keys


def _stage_kinds() -> Iterable[Kind]:
    for stage, requested, subject, wanted in (
        (2, REQUESTED, "escalation", "request to escalate"),
        (3, "stage 3 requested", "stage 3", "request for stage 3"),
    ):
        what = "the escalation" if stage == 2 else f"the {wanted}"
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
            (
                Key(
                    "reasons_demanded",
                    "yes-no",
                    "whether the landlord demanded reasons for it",
                    yes="reasons were demanded",
                    no="no reasons were demanded",
                    open="whether reasons were demanded",
                ),
            ),
            done="requested",
            noun=wanted,
            thing="the request",
        )
        yield Kind(
            f"{subject} logged",
            f"the landlord recorded the request for stage {stage}",
            stage,
            names["logged"],
            internal=True,
            done="logged",
            noun=f"logging of {what}",
            thing="the request the landlord recorded",
        )
        yield Kind(
            f"{subject} acknowledged",
            f"the landlord acknowledged the request for stage {stage}",
            stage,
            names["acknowledged"],
            LETTER_KEYS[:2],
            done="acknowledged",
            noun=f"acknowledgement of {what}",
            thing="the acknowledgement",
        )
        yield from _answers(stage)


def _answers(stage: int) -> Iterable[Kind]:
    yield Kind(
        f"stage {stage} extended",
        f"the landlord told the resident that stage {stage} would take longer",
        stage,
        (f"stage {stage} extension", *(("extended", "extension") if stage == 1 else ())),
        EXTENSION_KEYS,
        done="extended",
        noun=f"extension of stage {stage}",
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
        LETTER_KEYS,
        done="answered",
        noun=f"stage {stage} response",
    )


PAUSED, RESUMED = "clock paused", "clock resumed"
KINDS: tuple[Kind, ...] = (
    Kind(
        RECEIVED,
        "the complaint reached the landlord, in any way",
        1,
        ("received", "complaint made", "complained", "complaint raised", "stage 1 received"),
        (
            Key(
                "arose",
                "date",
                "the day the matter arose or became known",
                open="when the matter arose",
            ),
        ),
        done="received",
        noun="receipt of the complaint",
        thing="receipt",
    ),
    Kind(
        LOGGED,
        "the landlord recorded the complaint",
        1,
        ("logged", "complaint recorded", "stage 1 logged"),
        internal=True,
        done="logged",
        noun="logging of the complaint",
        thing="logging",
    ),
    Kind(
        ACKNOWLEDGED,
        "the landlord acknowledged the complaint",
        1,
        ("acknowledged", "acknowledgement", "stage 1 acknowledged"),
        LETTER_KEYS[:2],
        done="acknowledged",
        noun="acknowledgement of the complaint",
        thing="the acknowledgement",
    ),
    *_answers(1),
    *_stage_kinds(),
    Kind(
        "complaint refused",
        "the landlord refused to accept the complaint",
        0,
        ("refused", "complaint rejected", "complaint declined"),
        REFUSAL_KEYS,
        ends=(1,),
        done="refused",
        noun="refusal of the complaint",
    ),
    Kind(
        "escalation refused",
        "the landlord refused to escalate",
        0,
        ("escalation rejected", "escalation declined"),
        REFUSAL_KEYS,
        ends=(2, 3),
        done="refused",
        noun="refusal to escalate",
    ),
    Kind(
        "early resolution agreed",
        "the resident agreed to try early resolution",
        0,
        keys=(AGREED,),
        done="agreed",
        noun="agreement to early resolution",
    ),
    Kind(
        "early resolution closed",
        "the matter was closed in early resolution",
        0,
        keys=(AGREED,),
        ends=(1,),
        done="closed",
        noun="closing of the early resolution",
    ),
    Kind(
        "holding response",
        "a reply that is not the full response",
        0,
        (
            "holding letter",
            "holding reply",
        ),
        done="sent",
        noun="holding response",
    ),
    Kind(
        "provisional response",
        "a decision that the landlord called provisional",
        0,
        ("provisional decision", "interim response"),
        LETTER_KEYS,
        done="sent",
        noun="provisional response",
    ),
    Kind(
        "supplementary response",
        "a further response to points left open",
        0,
        ("follow up response", "further response"),
        LETTER_KEYS,
        done="sent",
        noun="supplementary response",
    ),
    Kind(
        "update",
        "the landlord told the resident about progress",
        0,
        ("resident updated",),
        done="given",
        noun="update",
    ),
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
        done="made",
        noun="contact",
    ),
    Kind(
        "chaser",
        "the resident chased the landlord",
        0,
        ("chased",),
        (Key("answered", "yes-no", "whether it was answered"),),
        done="sent",
        noun="chaser",
    ),
    Kind(
        "intermediary enquiry",
        "somebody asked on the resident's behalf, such as a councillor or an MP",
        0,
        ("councillor enquiry", "member enquiry", "mp enquiry"),
        (Key("answered", "yes-no", "whether it was answered"),),
        done="made",
        noun="intermediary enquiry",
    ),
    Kind(
        "commitment",
        "the landlord promised something",
        0,
        ("promise", "promised"),
        (
            *DEADLINE_KEYS,
            Key("promises", "choice", "what was promised", ("action", "response", "updates")),
        ),
        done="made",
        noun="promise",
    ),
    Kind(
        "commitment met",
        "a promise was kept",
        0,
        ("promise kept", "promise met"),
        (Key("of", "text", "the id of the commitment"),),
        done="met",
        noun="keeping of the promise",
    ),
    Kind(
        "compensation offered",
        "the landlord offered money",
        0,
        ("compensation", "offer", "redress offered"),
        (
            Key("amount", "text", "how much, such as GBP 25"),
            Key("to", "text", "who was told about it, as a role"),
        ),
        done="offered",
        noun="offer of compensation",
    ),
    Kind(
        "complaint withdrawn",
        "the resident withdrew the complaint",
        0,
        ("withdrawn",),
        ends=(1, 2, 3),
        done="withdrawn",
        noun="withdrawal of the complaint",
    ),
    Kind(
        "complaint closed",
        "the landlord closed the complaint",
        0,
        ("closed",),
        ends=(1, 2, 3),
        done="closed",
        noun="closing of the complaint",
    ),
    Kind(
        "complaint reopened",
        "the landlord reopened the complaint",
        0,
        ("reopened",),
        done="reopened",
        noun="reopening of the complaint",
    ),
    Kind(
        "ombudsman referral",
        "the resident went to the Ombudsman",
        0,
        ("referral", "referred to the ombudsman", "referred to ombudsman"),
        done="made",
        noun="referral to the Ombudsman",
    ),
    Kind(
        "determination",
        "the Ombudsman decided",
        0,
        ("determined", "ombudsman determination"),
        done="made",
        noun="determination",
    ),
    Kind(
        PAUSED,
        "the landlord stopped the clocks of its policy, where that allows it",
        0,
        keys=(next(key for key in EXTENSION_KEYS if key.name == "reason"),),
        done="paused",
        noun="pause of the clock",
    ),
    Kind(RESUMED, "the clocks of the policy ran again", 0, done="resumed", noun="end of the pause"),
    Kind(
        "order",
        "the Ombudsman ordered something",
        0,
        ("ordered",),
        DEADLINE_KEYS,
        done="made",
        noun="order",
    ),
    Kind(
        "order complied",
        "the landlord did what was ordered",
        0,
        ("order complied with", "complied", "compliance"),
        (Key("of", "text", "the id of the order"),),
        done="complied with",
        noun="compliance with the order",
    ),
)

KEYS = {key.name: key for kind in KINDS for key in kind.all_keys}
"""Every key that an event may carry; those of one name have the same words."""

STAGE_TRIGGERS = {1: RECEIVED, 2: REQUESTED, 3: "stage 3 requested"}
STAGE_ACKNOWLEDGED = {1: ACKNOWLEDGED, 2: "escalation acknowledged", 3: "stage 3 acknowledged"}
"""The event that begins each stage, and the one that acknowledges it."""

CLOSED, REOPENED = "complaint closed", "complaint reopened"
REFUSALS = ("complaint refused", "escalation refused")
ENDING = tuple(kind for kind in KINDS if kind.ends)
"""The events that close a complaint and take it up again, and those that end or close stages."""

ENDS = frozenset(kind.name for kind in ENDING) | {"complaint reopened"}
"""The events that end a complaint, or take an end back."""

STAGE_RESPONSES = {1: "stage 1 response", 2: "stage 2 response", 3: "stage 3 response"}
"""The full answer of each stage."""

ORDERS = (
    *(
        (trigger, kind.name)
        for stage, trigger in STAGE_TRIGGERS.items()
        for kind in KINDS
        if kind.name != trigger
        and ((kind.stage == stage and not (kind.internal and stage > 1)) or kind.stage > stage == 1)
    ),
    *((RECEIVED, kind.name) for kind in ENDING),
    ("ombudsman referral", "determination"),
)
"""Causes and their effects: an effect that is dated before its cause is an impossible order."""
# No name is longer; what follows is a note.
_LONGEST_NAME = 80

_NUMBERS = {"one": "1", "two": "2", "three": "3"}


@lru_cache(maxsize=4096)
def plain_name(text: str) -> str:
    """Return a name as it is compared: case, spaces, hyphens and underscores do not matter."""
    words = re.sub(r"[\s_-]+", " ", text.strip().lower()).split()
    return " ".join(_NUMBERS.get(word, word) for word in words)


class Vocabulary(Struct, frozen=True, dict=True):
    """The events that a timeline may use: the common ones and those that its rulebooks declare.

    `others` are the names of events of rulebooks that it is not checked against, each with what
    there is to say of that.
    """

    kinds: tuple[Kind, ...] = KINDS
    others: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[str, Kind]:
        names = {plain_name(alias): kind for kind in self.kinds for alias in kind.aliases}
        return names | {plain_name(kind.name): kind for kind in self.kinds}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of the events."""
        return tuple(kind.name for kind in self.kinds)

    @cached_property
    def internal(self) -> tuple[str, ...]:
        """Return the names of those that are internal to the landlord."""
        return tuple(kind.name for kind in self.kinds if kind.internal)

    @cached_property
    def extensions(self) -> tuple[Kind, ...]:
        """Return the events that may give a new date, which are extensions."""
        return tuple(kind for kind in self.kinds if any(key.name == "until" for key in kind.keys))

    @property
    def _names(self) -> dict[str, str]:
        """Return the own name of each event, under every name it goes by."""
        return {name: kind.name for name, kind in self._by_name.items()}

    def find(self, text: str) -> Kind | None:
        """Return the kind of event that has a name or an alias."""
        return self._by_name.get(plain_name(text))

    def kind(self, name: str) -> Kind:
        """Return the kind of that name; one that is not known has nothing but its name."""
        return self.find(name) or Kind(plain_name(name), "")

    def split(self, text: str) -> tuple[Kind, str] | None:
        """Split the text of a one-line event into its kind and what follows the name."""
        words = text.split()
        for length in range(min(len(words), 6), 0, -1):
            name = " ".join(words[:length])
            plain = name.rstrip(",;.:")
            if words[length - 1].strip("-_,;.:") and (kind := self.find(plain)):
                return kind, " ".join([name[len(plain) :], *words[length:]]).strip()
        return None

    def elsewhere(self, text: str) -> str:
        """Return what is wrong with a text that begins with an event of another rulebook, or ""."""
        plain = plain_name(text)
        return next(
            (
                f'"{name}" {says}'
                for name, says in self.others.items()
                if plain == name or plain.startswith(f"{name} ")
            ),
            "",
        )

    def hint(self, text: str, otherwise: str = "`chcheck events` lists them all") -> Hint:
        """Return the hint for a text that names no event: never the opposite of what it says."""
        return event_hint(plain_name(text)[:_LONGEST_NAME], self._names) or Hint(otherwise)


COMMON = Vocabulary()
