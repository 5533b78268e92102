"""Every verdict against all the worlds that a record leaves open, each judged day by day."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.campaigns.making import (
    BOUNDARIES,
    CHRISTMASES,
    EASTERS,
    ONE_OFFS,
    OPENING,
    WEEKENDS,
    Maker,
    answered_before_the_last_receipt,
    meet,
)
from tests.campaigns.of_policies import (
    COUNTINGS,
    LIMITS,
    POLICIES,
    SHUTDOWN,
    cut_off,
    repairs,
    wrong_under,
)
from tests.campaigns.oracle import CODE, Calendar, Record
from tests.campaigns.worlds import wrongly_judged
from timeliness import load_rulebooks

# The Code -------------------------------------------------------------------------------------

CODE_RULES = (
    "acknowledge-complaint",
    "stage-1-response",
    "acknowledge-escalation",
    "stage-2-response",
)


@pytest.mark.parametrize(
    ("anchors", "seed"),
    [
        pytest.param(WEEKENDS, 11, id="weekends"),
        pytest.param(EASTERS, 12, id="Easter"),
        pytest.param(CHRISTMASES, 13, id="Christmas"),
        pytest.param(ONE_OFFS, 14, id="one-off holidays"),
    ],
)
def test_the_code_agrees_with_every_world(anchors, seed):
    maker = Maker(seed, anchors)
    records = [maker.complaint((5, 10, 20)) for _ in range(150)]
    agree(wrongly_judged(records, load_rulebooks(), CODE_RULES, CODE, "code"))


def test_extensions_told_in_either_order_agree_with_every_world():
    maker = Maker(16, (*WEEKENDS, *EASTERS), overlapping=True)
    records = [maker.complaint((5, 10, 20)) for _ in range(200)]
    twice = [record for record in records if extended_in_either_order(record)]
    agree(wrongly_judged(twice, load_rulebooks(), CODE_RULES, CODE, "code"))


def extended_in_either_order(record: Record) -> bool:
    return any(
        meet(one, other)
        for stage in (1, 2)
        for one, other in combinations(record.named(f"stage {stage} extended"), 2)
    )


@pytest.mark.parametrize(
    ("anchors", "seed"),
    [
        pytest.param(BOUNDARIES, 21, id="where editions meet"),
        pytest.param(OPENING, 22, id="before the first edition"),
    ],
)
def test_each_part_of_a_receipt_is_judged_by_its_edition(anchors, seed):
    maker = Maker(seed, anchors)
    records = [maker.complaint((5, 10, 20)) for _ in range(120)]
    records = [record for record in records if not answered_before_the_last_receipt(record)]
    agree(wrongly_judged(records, load_rulebooks(), CODE_RULES, CODE, "code"))


# Policies -------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_a_policy_agrees_with_every_world(policy, tmp_path):
    maker = Maker(31, (*CHRISTMASES, *EASTERS, *WEEKENDS))
    records = [maker.complaint((3, 15, 25)) for _ in range(40)]
    agree(wrong_under(policy, records, tmp_path))


@pytest.mark.parametrize("closures", [(), SHUTDOWN], ids=["no closures", "a shutdown"])
@pytest.mark.parametrize("counting", COUNTINGS)
def test_a_cut_off_agrees_with_every_world(counting, closures, tmp_path):
    maker = Maker(41, (*CHRISTMASES, *WEEKENDS))
    records = [maker.with_hours(maker.complaint((3, 15, 25))) for _ in range(18)]
    agree(wrong_under(cut_off(counting, closures), records, tmp_path))


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_clocks_of_a_policy_s_own_events_agree_with_every_world(limit, tmp_path):
    maker = Maker(51, (*CHRISTMASES, *EASTERS))
    records = [maker.repair(lambda day: Calendar().add(day, limit)) for _ in range(80)]
    agree(wrong_under(repairs(limit), records, tmp_path))


def agree(wrong: list[str]) -> None:
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong[:6])
