"""How the procedure of a policy stands to that of a Code: its stages, and each of its terms."""

from __future__ import annotations

from timeliness.model.comparison import SAME, STRICTER, UNSAID, WEAKER, PolicyPoint
from timeliness.model.pauses import Pauses
from timeliness.model.plain import capital
from timeliness.model.procedures import TERMS, Term
from timeliness.model.rulebooks import Rule, Rulebook
from timeliness.model.vocabulary import COMMON

_BELOW = {"stricter": STRICTER, "weaker": WEAKER, "not stated": UNSAID}


def stages_of(policy: Rulebook) -> int:
    """Return how many full stages the policy has: two unless it says or has another.

    Of three or more, one is the early stage where there is one.
    """
    early = policy.term("early_stage")
    stated = policy.term("stages")
    if stated:
        number = int(stated.value)
        return number - 1 if number > 2 and early and early.rank > 0 else number
    return max([2, *(stage_of(rule) for rule in policy.rules)])


def point_of(policy: Rulebook, code: Rulebook, term: Term) -> PolicyPoint:
    """Return how a policy stands to one term of a Code's procedure."""
    kind, own = TERMS[term.name], policy.term(term.name)
    value = own.value if own else ""
    if not value and term.name == "stages" and stages_of(policy) > 2:
        value = str(stages_of(policy))
    if not value:
        standing = UNSAID
        says = f"The policy does not say {kind.says}; {code.side.the} says {_allowed(term)}."
    else:
        difference = kind.values.index(value) - term.rank
        standing = WEAKER if difference > 0 else _BELOW[term.below] if difference < 0 else SAME
        says = (
            f"{capital(value)}, in both."
            if not difference
            else (f"{capital(value)}; {code.side.the} says {_allowed(term)}.")
        )
        if standing == UNSAID:
            says += " Whether fewer will do is not stated."
    if term.note:
        says += f" ({capital(term.note)}.)"
    return PolicyPoint(
        rule=term.name.replace("_", "-"),
        title=kind.title,
        policy=policy.id,
        code=code.id,
        clause=term.clause,
        standing=standing,
        says=says,
        aspect="procedure",
        duty=term.duty,
        provenance=term.provenance,
    )


def _allowed(term: Term) -> str:
    if not term.value.isdigit() or not term.rank:
        return term.value
    return {"weaker": "exactly ", "stricter": "at most "}.get(term.below, "") + term.value


def stage_of(rule: Rule) -> int:
    """Return the stage that a rule's clock belongs to, 0 for none."""
    kind = COMMON.find(rule.clock.stop)
    return kind.stage if kind else 0


def pauses_point(policy: Rulebook, pauses: Pauses, code: Rulebook) -> PolicyPoint:
    """Compare a clause that lets the clocks stand still; a Code knows extensions alone."""
    extensions = [one.clock.extension for one in code.rules if one.clock.extension]
    return PolicyPoint(
        rule="pauses",
        title="Pausing the clock",
        policy=policy.id,
        code=code.id,
        clause=", ".join(dict.fromkeys(one.clause for one in extensions if one.clause)),
        standing=WEAKER,
        says=f"The policy lets its clocks stand still ({pauses.clause}); the Code's never stop, "
        "and what it knows is an extension.",
        aspect="pauses",
        provenance=pauses.provenance,
    )
