"""A policy compared with a Code that counts, or extends, in a way of its own."""

from __future__ import annotations

import pytest

from tests.helpers.books import book, clock
from timeliness.judge.policies import compare
from timeliness.model.errors import Mistakes
from timeliness.model.rulebooks import Rulebook
from timeliness.read.rulebooks import parse_rulebook

LIMIT = "5 working days"


def made(more: str, extension: str = "", *, standard: str = "policy") -> Rulebook:
    text = book(
        clock("stage-1-response", "complaint received", "stage 1 response", LIMIT, extension),
        more=more,
    ).replace("standard: policy", f"standard: {standard}")
    return parse_rulebook(text.encode(), Mistakes("own.yaml"))


def points(policy: Rulebook, code: Rulebook, aspect: str) -> list[tuple[str, str]]:
    return [
        (one.standing, one.says)
        for one in compare(policy, code, "scotland")
        if one.aspect == aspect
    ]


# Wednesday 1 January and Thursday 2 January 2020 are holidays in Scotland, so the first working day
# is Friday 3 January: as day 1 it makes Thursday 9 January the fifth, otherwise Friday 10 January.
WITH_RECEIPT = (
    "With receipt on Friday 3 January 2020 it is due 10 January 2020 by the policy and 9 "
)


@pytest.mark.parametrize(
    ("policy", "code", "found"),
    [
        ("", "", []),
        ("counting: same-day\n", "counting: same-day\n", []),
        (
            "",
            "counting: same-day\n",
            [
                (
                    "weaker",
                    "The policy counts day-after; the Code counts same-day. "
                    f"{WITH_RECEIPT}January 2020 by the Code.",
                )
            ],
        ),
        (
            "counting: same-day\n",
            "",
            [
                (
                    "stricter",
                    "The policy counts same-day; the Code's clock does not. It never ends later.",
                )
            ],
        ),
        # The policy does not say: by one of the two counts it is as the Code, by the other not.
        (
            "counting: not stated\n",
            "counting: same-day\n",
            [
                (
                    "unsaid",
                    "The policy does not say which day is day 1; the Code counts same-day. Read "
                    "one way, with receipt on Friday 3 January 2020 it is due 10 January 2020 by "
                    "the policy and 9 January 2020 by the Code.",
                )
            ],
        ),
        (
            "",
            "counting: not stated\n",
            [
                (
                    "unsaid",
                    "The policy counts day-after; the Code does not say which day is day 1. Read "
                    "one way, with receipt on Friday 3 January 2020 it is due 10 January 2020 by "
                    "the policy and 9 January 2020 by the Code.",
                )
            ],
        ),
        # Where the Code has the later hour, what comes between the two is due later by the policy.
        (
            "cut_off: '16:00'\n",
            "cut_off: '17:00'\n",
            [
                (
                    "weaker",
                    "The policy counts what comes after 16:00 as received the next working day; "
                    "the Code counts what comes after 17:00 as received the next working day. "
                    "With receipt on Friday 3 January 2020 at 16:30 it is due 13 January 2020 by "
                    "the policy and 10 January 2020 by the Code.",
                )
            ],
        ),
        # They are compared from the day on which both are in force, whichever is the later: from
        # Monday 3 March 2025 the fifth working day is Friday 7 March or Monday 10 March.
        *(
            (
                f"in_force: {{from: {own}}}\n",
                f"counting: same-day\nin_force: {{from: {theirs}}}\n",
                [
                    (
                        "weaker",
                        "The policy counts day-after; the Code counts same-day. With receipt on "
                        "Monday 3 March 2025 it is due 10 March 2025 by the policy and 7 March "
                        "2025 by the Code.",
                    )
                ],
            )
            for own, theirs in (("2025-03-03", "2024-04-01"), ("2024-04-01", "2025-03-03"))
        ),
        # A closure day that is a Saturday changes nothing.
        (
            "closure_days: [2025-03-08]\n",
            "",
            [
                (
                    "same",
                    "The policy leaves out its closure days; the Code's clock does not. It ends on "
                    "the same days.",
                )
            ],
        ),
    ],
)
def test_counts_are_compared_with_the_codes_own(
    policy: str, code: str, found: list[tuple[str, str]]
) -> None:
    assert points(made(policy), made(code, standard="code"), "count") == found


def extension(most: str) -> str:
    if not most:
        return ""
    return f"extension: {{event: stage 1 extended, most: {most}, clause: '2', provenance: quoted}}"


@pytest.mark.parametrize(
    ("policy", "code", "found"),
    [
        ("not stated", "not stated", [("same", "With no stated maximum in both.")]),
        (
            "5 working days",
            "not stated",
            [
                (
                    "stricter",
                    "Up to 5 working days more; the Code allows an extension with no stated "
                    "maximum.",
                )
            ],
        ),
        (
            "not stated",
            "5 working days",
            [
                (
                    "weaker",
                    "An extension with no stated maximum; the Code allows up to 5 working days "
                    "more.",
                )
            ],
        ),
        (
            "",
            "not stated",
            [
                (
                    "stricter",
                    "The policy allows no extension, the Code an extension with no stated maximum.",
                )
            ],
        ),
        ("not stated", "", [("weaker", "The policy allows any time more, the Code no extension.")]),
    ],
)
def test_extensions_without_a_maximum_are_compared(
    policy: str, code: str, found: list[tuple[str, str]]
) -> None:
    own, theirs = extension(policy), extension(code)
    assert points(made("", own), made("", theirs, standard="code"), "extension") == found
