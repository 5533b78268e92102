"""The modules that `make mutants` changes, and the tests that are to notice, quick ones first."""

from __future__ import annotations

from collections.abc import Mapping

_TOGETHER = "tests/judge/test_laws_of_lives.py::test_many_lives_at_once_are_judged_as_each_alone"
_SECOND_CHECKER = (
    "tests/judge/test_lives.py::test_the_program_agrees_with_every_world",
    "tests/judge/test_enumeration.py",
)
_JUDGE = (
    "tests/judge/test_life_of_a_complaint.py",
    "tests/judge/test_doubtful_lives.py",
    "tests/judge/test_counting.py",
    "tests/judge/test_unlimited_extensions.py",
    "tests/judge/test_unless.py",
    "tests/judge/test_contract_rules.py",
    _TOGETHER,
    *_SECOND_CHECKER,
)
_EPISODES = (
    "tests/judge/test_cutting.py",
    "tests/judge/test_life_of_a_complaint.py",
    "tests/judge/test_doubtful_lives.py",
    "tests/judge/test_episodes.py",
    "tests/judge/test_rolling.py",
    "tests/judge/test_series.py",
    "tests/judge/test_unless.py",
    _SECOND_CHECKER[0],
)
_TABLES = (
    "tests/tables/test_awkward.py",
    "tests/tables/test_reading.py",
    "tests/tables/test_days_together.py",
    "tests/tables/test_unreadable.py",
    "tests/tables/test_as_at.py",
    "tests/tables/test_book_epochs.py",
)
_GATE = (
    "tests/results/test_gate.py",
    "tests/results/test_shares.py",
    "tests/commands/test_the_gate.py",
    "tests/tables/test_gate.py",
    "--deselect=tests/tables/test_gate.py::test_a_run_that_is_ended_leaves_no_file",
    "--deselect=tests/tables/test_gate.py::test_a_full_disk",
)
"""What runs the command in a process of its own imports it as it is, and notices nothing."""
COVERED: Mapping[str, tuple[str, ...]] = {
    "timeliness/model/calendars.py": ("tests/test_calendars.py", "tests/judge/test_counting.py"),
    "timeliness/model/dates.py": ("tests/test_dates.py", "tests/tables/test_awkward.py"),
    **{
        f"timeliness/judge/{name}.py": _JUDGE
        for name in ("clocks", "verdicts", "inference", "stops", "milestones")
    },
    "timeliness/judge/due.py": (*_JUDGE, "tests/judge/test_pauses.py"),
    "timeliness/judge/pauses.py": ("tests/judge/test_pauses.py",),
    "timeliness/judge/settling.py": (
        "tests/judge/test_contract_rules.py",
        "tests/judge/test_officer_cases.py",
        "tests/judge/test_pauses.py",
        "tests/judge/test_hours.py",
        "tests/test_gold.py",
    ),
    "timeliness/judge/policies.py": (
        "tests/judge/test_policies.py",
        "tests/commands/test_policy.py",
    ),
    **{
        f"timeliness/judge/episodes/{name}.py": _EPISODES
        for name in (
            *("acts", "agreeing", "courses", "cutting", "gaps", "life", "misdated", "own"),
            *("plan", "steps", "turns", "ways"),
        )
    },
    "timeliness/results/gate.py": _GATE,
    "timeliness/results/shares.py": _GATE,
    **{
        f"timeliness/tables/{name}.py": _TABLES
        for name in ("date_columns", "date_order", "serials", "epochs", "book_epochs")
    },
}
