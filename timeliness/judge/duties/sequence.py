"""An event must come only after others: no stage 2 response without one at stage 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from timeliness.judge.columns import State, pick_codes
from timeliness.judge.duties.rows import RowDates, Told, unknown
from timeliness.judge.duties.subject import EVENT, Duty, Outcome, Subject, bounds, span_of
from timeliness.judge.verdicts import Reason, Verdict
from timeliness.model.findings import BREACH, CANNOT_TELL, MET, Settlement
from timeliness.model.keys import Key
from timeliness.model.plain import listed, on_or_between
from timeliness.model.timelines import Event


@dataclass(frozen=True)
class After(Duty):
    """That an event comes only after others."""

    event: str
    after: tuple[str, ...]

    KEY: ClassVar[Key] = Key(
        "sequence",
        "map",
        "that an event comes after others",
        keys=(EVENT, Key("after", "events", "the events that must come before", required=True)),
        page="that an `event` comes `after` others",
    )

    def page(self) -> list[tuple[str, str]]:
        """Return what it looks at, for the page of a rule."""
        return [("Looks at", f"whether the {self.event} comes after {' and '.join(self.after)}.")]

    def judge(self, subject: Subject) -> Outcome | None:
        """Judge whether an event came only after others."""
        events = subject.dated(self.event)
        if not events:
            return None
        event = events[0]
        unclear: list[str] = []
        missing = False
        for name in self.after:
            before = subject.dated(name)
            if not before:
                fact = subject.facts.events.get(name)
                if fact is not None and fact.state == State.NOT_DONE:
                    return self._not_after(subject, event, f"there was no {subject.noun(name)}")
                missing = True
                unclear.append(name)
                continue
            if bounds(before[0])[0] > bounds(event)[1]:
                when = on_or_between(span_of(before[0]))
                return self._not_after(
                    subject, event, f"the {subject.noun(name)} came later, {when}"
                )
            if bounds(before[0])[1] > bounds(event)[0]:
                unclear.append(name)
        if unclear:
            return Outcome(
                CANNOT_TELL,
                "not-recorded" if missing else "imprecise-date",
                f"The record does not show that the {subject.noun(self.event)} came after the "
                f"{listed([subject.noun(name) for name in unclear])}.",
                settled_by=Settlement(
                    f"The day of the {subject.noun(unclear[0])} would settle it.",
                    f"- DATE {unclear[0]}",
                ),
                done=span_of(event),
                line=event.line,
            )
        others = listed([subject.noun(name) for name in self.after])
        says = f"The {subject.noun(self.event)} came after the {others}."
        return Outcome(MET, "as-required", says, done=span_of(event), line=event.line)

    def judge_rows(self, dates: RowDates) -> Told | None:
        """Judge the same where there is nothing but dates."""
        places = np.flatnonzero(dates.seen(self.event))
        if not len(places):
            return None
        own = dates.days(self.event).take(places)
        wrong, missing, unclear = np.zeros((3, len(places)), dtype=np.bool_)
        for name in self.after:
            before, seen = dates.days(name).take(places), dates.seen(name).take(places)
            missing |= ~seen
            wrong |= ~seen & dates.not_done(name).take(places)
            wrong |= seen & (before.earliest > own.latest)
            unclear |= seen & (before.latest > own.earliest)
        verdict = np.full(len(places), Verdict.MET, dtype=np.int8)
        reason = np.full(len(places), Reason.AS_REQUIRED, dtype=np.int8)
        for flags, comes_to, why in (
            (unclear, Verdict.CANNOT_TELL, Reason.IMPRECISE_DATE),
            (missing, Verdict.CANNOT_TELL, Reason.NOT_RECORDED),
            (wrong, Verdict.BREACH, Reason.NOT_AS_REQUIRED),
        ):
            verdict, reason = pick_codes(flags, comes_to, verdict), pick_codes(flags, why, reason)
        none = unknown(len(places))
        return Told(places, verdict, reason, none, none, own)

    def _not_after(self, subject: Subject, event: Event, why: str) -> Outcome:
        return Outcome(
            BREACH,
            "not-as-required",
            f"The {subject.noun(self.event)} was sent {on_or_between(span_of(event))}, but {why}.",
            f"{subject.noun(self.event)} out of turn",
            done=span_of(event),
            line=event.line,
        )
