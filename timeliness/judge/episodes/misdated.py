"""Requests whose date, or that of what follows from them, is wrong: it is dated before them.

Nobody knows then when such a request was made, so it may belong elsewhere than its date says.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeliness.judge.episodes.acts import STAGES, Act, Does
from timeliness.model.vocabulary import CLOSED, ORDERS, RECEIVED, REFUSALS, REOPENED


def begun_late(acts: Sequence[Act]) -> frozenset[int]:
    """Return the stages whose every request is dated after something that follows from it."""
    return frozenset(stage for stage in STAGES if _is_begun_late(acts, stage))


def _is_begun_late(acts: Sequence[Act], stage: int) -> bool:
    requests = [one for one in acts if one.does == Does.BEGINS and one.stage == stage]
    return any(one.sure for one in requests) and any(
        act.sure and all(_is_dated_before(act, one) for one in requests) for act in acts
    )


def before_requests(acts: Sequence[Act]) -> list[int]:
    """Return what acknowledges or answers and is dated before every request of its stage.

    One of the dates is wrong: it may belong to any of the requests.
    """
    late = begun_late(acts)
    return [
        number
        for number, act in enumerate(acts)
        if act.sure
        and act.stage in late
        and (act.acknowledges or act.does == Does.ANSWERS)
        and all(
            _is_dated_before(act, one)
            for one in acts
            if one.does == Does.BEGINS and one.stage == act.stage
        )
    ]


def before_receipt(acts: Sequence[Act]) -> frozenset[int]:
    """Return the requests for later stages that are dated before every receipt, by their numbers.

    None where a receipt is only claimed: that proves nothing.
    """
    receipts = [one for one in acts if one.name == RECEIVED]
    if not any(one.sure for one in receipts):
        return frozenset()
    return frozenset(
        number
        for number, act in enumerate(acts)
        if act.does == Does.BEGINS and all(_is_dated_before(act, one) for one in receipts)
    )


def _is_dated_before(act: Act, request: Act) -> bool:
    """Whether an act is dated before the day of the request that it follows from: one is wrong.

    A closing, reopening or refusal before the receipt is none, and both may be right.
    """
    if request.name == RECEIVED and act.name in (CLOSED, REOPENED, *REFUSALS):
        return False
    return (request.name, act.name) in ORDERS and act.latest < request.earliest
