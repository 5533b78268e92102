"""A policy compared with the Code, clause by clause: the same, stricter, weaker, unsaid, lacking.

Limits in one unit are compared as numbers. What numbers cannot tell (another unit, closure days,
a cut-off hour, another count) is compared day by day: every start on which both are in force is
run under both, and one day on which the policy ends later is enough to make it weaker.
"""

from __future__ import annotations

from collections.abc import Iterator

from timeliness.judge.compared_limits import (
    Later,
    as_counted,
    count_in_words,
    counts_alike,
    later_day,
    plainly,
    window,
)
from timeliness.judge.procedures import pauses_point, point_of, stage_of, stages_of
from timeliness.model.calendars import NATIONS, Limit
from timeliness.model.comparison import LACKING, SAME, STRICTER, UNSAID, WEAKER, PolicyPoint
from timeliness.model.dates import in_words
from timeliness.model.library import Library
from timeliness.model.plain import capital
from timeliness.model.rulebooks import Extension, Rule, Rulebook
from timeliness.model.sides import HOUSING
from timeliness.model.vocabulary import LOGGED, STAGE_ACKNOWLEDGED, STAGE_TRIGGERS

_ORDER = {
    1: (STAGE_TRIGGERS[1], LOGGED, STAGE_ACKNOWLEDGED[1]),
    2: (STAGE_TRIGGERS[2], "escalation logged", STAGE_ACKNOWLEDGED[2]),
    3: (STAGE_TRIGGERS[3], "stage 3 logged", STAGE_ACKNOWLEDGED[3]),
}
"""The events from which the clock of a stage may run, in the order in which they happen."""


def nation_of(policy: Rulebook, library: Library) -> str:
    """Return the first nation of a policy that has a Code here, or nothing."""
    nations = [one for one in NATIONS if one in policy.nations]
    return next((one for one in nations if library.series_for(one, HOUSING)), "")


def editions_for(policy: Rulebook, library: Library, nation: str) -> tuple[Rulebook, ...]:
    """Return the editions in force at some time while the policy is; all where that is unsaid."""
    return tuple(
        code
        for editions in library.series_for(nation, HOUSING)
        for code in editions
        if (policy.end is None or code.start is None or code.start <= policy.end)
        and (policy.start is None or code.end is None or policy.start <= code.end)
    )


def compare(policy: Rulebook, code: Rulebook, nation: str) -> tuple[PolicyPoint, ...]:
    """Return how every clause of an edition is met by a policy."""
    return tuple(_Comparison(policy, code, nation).points())


class _Comparison:
    def __init__(self, policy: Rulebook, code: Rulebook, nation: str) -> None:
        self.policy = policy
        self.code = code
        self.nation = nation
        self.days = window(policy, code)
        self.the = code.side.the
        # A Code that asks for no fewer stages asks for the rules of each.
        asked = code.term("stages")
        fewest = int(asked.value) if asked and asked.below == WEAKER else 0
        self.stages = max(stages_of(policy), fewest)
        # What a report of a policy leaves out, the policy itself may hold.
        self.second_hand = bool(policy.rules) and all(
            rule.provenance != "quoted" for rule in policy.rules
        )

    def _thing(self, event: str) -> str:
        """Return an event of either as a sentence names it, with its article."""
        book = self.policy if self.policy.vocabulary.find(event) else self.code
        return book.words(event).thing

    def _start_of(self, rule: Rule) -> str:
        return self._thing(rule.clock.starts[0].event)

    def _allows(self, rule: Rule) -> str:
        starts = " or ".join(self._thing(one.event) for one in rule.clock.starts if one.decides)
        return f"{self.the} allows {rule.clock.limit} from {starts}"

    def points(self) -> Iterator[PolicyPoint]:
        for rule in self.code.rules:
            own = self.policy.timed(rule.id)
            if own:
                yield from self._rule(rule, own)
            elif stage_of(rule) <= self.stages and self.second_hand:
                yield self._point(
                    rule,
                    "rule",
                    UNSAID,
                    "This policy is known only from reports, which mention no such rule; "
                    f"{self._allows(rule)}.",
                )
            elif stage_of(rule) <= self.stages:
                yield self._point(
                    rule,
                    "rule",
                    LACKING,
                    f"Not in the policy; {self._allows(rule)}.",
                )
        if self.policy.pauses and not self.code.pauses:
            yield pauses_point(self.policy, self.policy.pauses, self.code)
        for term in self.code.procedure:
            yield point_of(self.policy, self.code, term)

    def _rule(self, rule: Rule, own: Rule) -> Iterator[PolicyPoint]:
        yield self._limit(rule, own)
        yield self._start(rule, own)
        if own.clock.stop != rule.clock.stop:
            yield self._point(
                rule,
                "stop",
                WEAKER,
                f"The policy's clock stops at {self._thing(own.clock.stop)}; only "
                f"{self._thing(rule.clock.stop)} stops {self.the}'s.",
            )
        if own.duty == "should" and rule.duty == "must":
            says = f"The policy only aims for this; {self.the} requires it."
            yield self._point(rule, "duty", WEAKER, says)
        yield from self._extension(rule, own)
        if not counts_alike(self.policy, own.clock, self.code, rule.clock):
            yield self._count(rule, own)

    def _point(
        self, rule: Rule, aspect: str, standing: str, says: str, clause: str = "", source: str = ""
    ) -> PolicyPoint:
        return PolicyPoint(
            rule=rule.id,
            title=rule.title,
            policy=self.policy.id,
            code=self.code.id,
            clause=clause or rule.clause,
            standing=standing,
            says=says,
            aspect=aspect,
            duty=rule.duty,
            provenance=source or rule.provenance,
        )

    # Limits and counts ------------------------------------------------------------------------

    def _limit(self, rule: Rule, own: Rule) -> PolicyPoint:
        theirs, ours = rule.clock.limit, own.clock.limit
        if (ours.unit, ours.rolls) == (theirs.unit, theirs.rolls):
            if ours.amount == theirs.amount:
                return self._point(rule, "limit", SAME, f"{capital(str(ours))} in both.")
            standing = WEAKER if ours.amount > theirs.amount else STRICTER
            more = ours.amount - theirs.amount
            by = f" ({more} fewer)" if more > 0 else ""
            says = f"{capital(str(ours))}; {self.the} allows {theirs.amount}{by}."
            return self._point(rule, "limit", standing, says)
        found = self._plainly(ours, theirs)
        compared = self._compared(found, rule)
        allows = f"{capital(str(ours))}{_rolls(ours)}; {self.the} allows {theirs}{_rolls(theirs)}"
        says = f"{allows}; {compared}"
        return self._point(rule, "limit", _standing(found), says)

    def _plainly(self, ours: Limit, theirs: Limit) -> Later:
        """Compare two limits as they are counted where nothing else is said."""
        return later_day(plainly(ours, self.nation), plainly(theirs, self.nation), self.days)

    def _count(self, rule: Rule, own: Rule) -> PolicyPoint:
        """Compare the counts: closure days, cut-off hour and counting rule.

        What either does not say leaves it open, unless each way to read it comes to the same.
        """
        theirs, ours = rule.clock.limit, own.clock.limit
        alike = (ours.unit, ours.rolls) == (theirs.unit, theirs.rolls)
        longer = alike and ours.amount > theirs.amount
        against = ours if longer else theirs
        found = [
            later_day(one, other, self.days)
            for one in as_counted(self.policy, own.clock, ours, self.nation)
            for other in as_counted(self.code, rule.clock, against, self.nation)
        ]
        standings = {_standing(one) for one in found}
        shown = next((one for one in found if one.later), found[0])
        told = count_in_words(self.policy, own.clock) or ["counts day-after"]
        code = count_in_words(self.code, rule.clock)
        if not code:
            does = f"{self.the}'s clock does not"
        elif code == told:
            does = f"so does {self.the}"
        else:
            does = f"{self.the} {' and '.join(code)}"
        says = f"The policy {' and '.join(told)}; {does}. "
        compared = self._compared(shown, rule)
        if len(standings) == 1:
            return self._point(rule, "count", standings.pop(), says + capital(compared))
        effect = f"Read one way, {compared}" if shown.later else "Read one way, it ends earlier."
        return self._point(rule, "count", UNSAID, says + effect)

    def _compared(self, found: Later, rule: Rule) -> str:
        """Tell the comparison of every day in a sentence, with a day that shows it."""
        if found.later:
            start, own, code = found.later
            at = f" at {found.at:%H:%M}" if found.at else ""
            return (
                f"with {self._start_of(rule)} on {start:%A} {in_words(start)}{at} it is due "
                f"{in_words(own)} by the policy and {in_words(code)} by {self.the}."
            )
        return "it never ends later." if found.earlier else "it ends on the same days."

    # Starts -----------------------------------------------------------------------------------

    def _start(self, rule: Rule, own: Rule) -> PolicyPoint:
        theirs = next(start.event for start in rule.clock.starts if start.decides)
        starts = [start.event for start in own.clock.starts if start.decides]
        if len(starts) > 1:
            told = " or ".join(self._thing(event) for event in starts)
            weaker = [event for event in starts if self._starts_later(rule, own, event)]
            effect = (
                f"read from {self._thing(weaker[0])} it would be weaker"
                if weaker
                else "either way it starts no later"
            )
            return self._point(
                rule,
                "start",
                UNSAID,
                f"The policy does not say whether its clock starts at {told}; {self.the}'s starts "
                f"at {self._thing(theirs)}, so {effect}.",
            )
        event = starts[0]
        if event == theirs:
            return self._point(rule, "start", SAME, f"From {self._thing(event)} in both.")
        if _place(event) is None or _place(theirs) is None:
            return self._point(
                rule,
                "start",
                UNSAID,
                f"The policy's clock starts at {self._thing(event)}, {self.the}'s at "
                f"{self._thing(theirs)}; which comes first is not known.",
            )
        says = f"From {self._thing(event)}; {self.the}'s clock starts at {self._thing(theirs)}"
        if not _is_later(event, theirs):
            return self._point(rule, "start", STRICTER, f"{says}, which comes later.")
        if not self._starts_later(rule, own, event):
            says += "; the policy's shorter limits make up for it."
            return self._point(rule, "start", SAME, says)
        return self._point(
            rule,
            "start",
            WEAKER,
            f"{says}: it waits for {self._thing(event)}, {self.the}'s does not.",
        )

    def _starts_later(self, rule: Rule, own: Rule, event: str) -> bool:
        """Whether a later start can carry the policy past the Code's last day.

        It cannot where the policy's own limit for the start and that of the clock together keep
        within the Code's.
        """
        theirs = next(start.event for start in rule.clock.starts if start.decides)
        if _place(event) is None or _place(theirs) is None or not _is_later(event, theirs):
            return False
        until = next((one for one in self.policy.rules if one.clock.stop == event), None)
        limits = [one.clock.limit for one in (until, own, rule) if one]
        if until is None or len({limit.unit for limit in limits}) > 1:
            return True
        began = [start.event for start in until.clock.starts if start.decides]
        if len(began) != 1 or _is_later(began[0], theirs):
            return True
        return limits[0].amount + limits[1].amount > limits[2].amount

    # Extensions -------------------------------------------------------------------------------

    def _extension(self, rule: Rule, own: Rule) -> Iterator[PolicyPoint]:
        theirs, ours = rule.clock.extension, own.clock.extension
        if theirs is not None and not theirs.stated:
            return
        clause = theirs.clause if theirs else ""
        source = theirs.provenance if theirs else ""
        if ours is None:
            if theirs is not None:
                says = f"The policy allows no extension, {self.the} {_most(theirs)}."
                yield self._point(rule, "extension", STRICTER, says, clause, source)
            return
        allowed = _most(theirs) if theirs else "none"
        if not ours.stated:
            says = "The policy does not say how far it may be extended"
            says = f"{says}; {self.the} allows {allowed}."
            yield self._point(rule, "extension", UNSAID, says, clause, source)
        elif theirs is None:
            says = f"The policy allows {ours.most or 'any time'} more, {self.the} no extension."
            yield self._point(rule, "extension", WEAKER, says)
        else:
            standing, says = self._extensions(theirs, ours, rule)
            yield self._point(rule, "extension", standing, says, clause, source)

    def _extensions(self, theirs: Extension, ours: Extension, rule: Rule) -> tuple[str, str]:
        if not theirs.most or not ours.most:
            if not theirs.most and not ours.most:
                return SAME, "With no stated maximum in both."
            says = f"{capital(_most(ours))}; {self.the} allows {_most(theirs)}."
            return (STRICTER if ours.most else WEAKER), says
        says = f"Up to {ours.most} more; {self.the} allows {theirs.most}"
        if (ours.most.unit, ours.most.rolls) == (theirs.most.unit, theirs.most.rolls):
            more = ours.most.amount - theirs.most.amount
            standing = WEAKER if more > 0 else STRICTER if more < 0 else SAME
            says = f"Up to {ours.most} more in both." if not more else says + "."
        else:
            found = self._plainly(ours.most, theirs.most)
            standing, says = (
                _standing(found),
                f"{says}; {self._compared(found, rule)}",
            )
        further = [name for name in ours.beyond if name not in theirs.beyond]
        if further and standing != WEAKER:
            told = " or ".join(name.replace("_", " ") for name in further)
            return WEAKER, f"{says} The policy also allows more with {told}; {self.the} does not."
        return standing, says


def _standing(found: Later) -> str:
    if found.later:
        return WEAKER
    return STRICTER if found.earlier else SAME


def _rolls(limit: Limit) -> str:
    return ", or until the next working day" if limit.rolls else ""


def _most(extension: Extension) -> str:
    """Return how far a clock may be extended, in words."""
    most = extension.most
    return f"up to {most} more" if most else "an extension with no stated maximum"


def _place(event: str) -> int | None:
    return next((names.index(event) for names in _ORDER.values() if event in names), None)


def _is_later(event: str, other: str) -> bool:
    one, two = _place(event), _place(other)
    return one is not None and two is not None and one > two
