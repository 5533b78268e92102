"""`chcheck rules`, `explain` and `events`: what there is, and where it comes from."""

from __future__ import annotations

import re

import pytest

from tests.helpers.command import Chcheck
from timeliness.model.keys import COMMON_KEYS
from timeliness.model.vocabulary import KINDS
from timeliness.read.library import load_rulebooks


def test_rules_lists_every_rule_of_every_rulebook(chcheck: Chcheck) -> None:
    ran = chcheck("rules")
    assert ran.code == 0
    books = load_rulebooks().rulebooks.values()
    assert len(re.findall(r"^\S+: ", ran.out, re.MULTILINE)) == len(books)
    for book in books:
        block = ran.out[ran.out.index(f"{book.id}: {book.title}\n") :].split("\n\n")[0]
        for rule in book.rules:
            assert f"\n  {rule.id} " in block


def test_the_rules_of_one_rulebook(chcheck: Chcheck) -> None:
    assert chcheck("rules", "housing-ombudsman-2024").out.startswith(
        "housing-ombudsman-2024: Complaint Handling Code 2024\n"
        "  code; in force: 2024-04-01 on; last checked 2026-11-25\n"
        "  for housing complaints in England that name no other Code\n"
        "  acknowledge-complaint   5 working days    from complaint received\n"
        "                          6.2, must, quoted\n"
    )


def test_a_code_that_is_nobodys_default_says_how_to_ask_for_it(chcheck: Chcheck) -> None:
    says = "  only for complaints in England that name it: code: awaab\n"
    assert says in chcheck("rules", "awaab").out


def test_a_series_stands_for_its_editions(chcheck: Chcheck) -> None:
    ran = chcheck("rules", "housing-ombudsman")
    assert re.findall(r"^(\S+): ", ran.out, re.MULTILINE) == [
        "housing-ombudsman-2020",
        "housing-ombudsman-2022",
        "housing-ombudsman-2024",
    ]


def test_explain_tells_the_clause_the_clock_an_example_and_the_source(chcheck: Chcheck) -> None:
    ran = chcheck("explain", "housing-ombudsman-2022/stage-2-response")
    assert ran.code == 0
    # Friday 1 April 2022: fifteen working days to Thursday 28 April (Good Friday and Easter
    # Monday between), the twentieth is Wednesday 4 May (2 May is a bank holiday).
    text = " ".join(ran.out.split())
    for part in (
        "Complaint Handling Code 2022 (housing-ombudsman-2022)",
        "5.13",
        "20 working days",
        "4 May 2022 is in time",
        "5 May 2022 it is late",
        "published landlords' self-assessments against the 2022 edition",
        "reported",
    ):
        assert part in text, part
    assert ran.out.count("Complaint Handling Code") == 1


def test_explain_takes_a_clause(chcheck: Chcheck) -> None:
    # 6.3 of the Code of 2024 is stage 1; 5.20 of 2022 is the last of "5.17 to 5.20".
    assert "stage 1" in chcheck("explain", "housing-ombudsman-2024/6.3").out.lower()
    assert chcheck("explain", "clause 6.3").out == chcheck("explain", "6.3").out
    assert "Clause: 5.17 to 5.20" in chcheck("explain", "5.19").out


def test_explain_takes_a_title(chcheck: Chcheck) -> None:
    assert chcheck("explain", "stage 1 response").out == chcheck("explain", "stage-1-response").out


def test_a_year_is_the_one_edition_of_that_year(chcheck: Chcheck) -> None:
    by_id = chcheck("rules", "housing-ombudsman-2024").out
    assert chcheck("rules", "2024").out == by_id
    assert chcheck("rules", "2023").err.startswith('chcheck: there is no rulebook "2023"')


def test_explain_without_a_rulebook_tells_all_that_have_the_rule(chcheck: Chcheck) -> None:
    ran = chcheck("explain", "stage-2-response")
    having = [book for book in load_rulebooks().rulebooks.values() if book.rule("stage-2-response")]
    assert all(f"({book.id})\n" in ran.out for book in having)


def test_events_lists_every_event_with_its_keys_and_aliases(chcheck: Chcheck) -> None:
    ran = chcheck("events")
    assert ran.code == 0
    text = " ".join(ran.out.split())
    for kind in KINDS:
        assert f"\n{kind.name}\n" in f"\n{ran.out}"
        for alias in kind.aliases:
            assert alias in text
        for key in kind.keys:
            assert f" {key.name}: {key.says}" in text
    for key in COMMON_KEYS:
        assert f" {key.name}: {key.says}" in text.partition("Every event can have:")[2]
    assert "repair reported" in text


def test_events_by_name(chcheck: Chcheck) -> None:
    ran = chcheck("events", "Stage", "2")
    names = [line for line in ran.out.splitlines() if not line.startswith(" ")]
    assert names == ["stage 2 extended", "stage 2 response"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("rules", "housing"), 'there is no rulebook "housing"; they are awaab-2025, '
         "housing-ombudsman-2020, "),
        (("explain", "stage1-response"), 'there is no rule "stage1-response"; did you mean '
         '"stage-1-response"?'),
        (("explain", "zzz"), 'there is no rule "zzz"; they are '),
        (("explain", "9.99"), 'there is no rule "9.99"; no rule here has clause 9.99; '
         "`chcheck rules` lists those that have one"),
        (("explain", "nobody/stage-1-response"), 'there is no rulebook "nobody"; they are '),
        (("events", "zzz"), 'no event is named like "zzz"; `chcheck events` lists all'),
    ],
)  # fmt: skip
def test_what_there_is_not(chcheck: Chcheck, words: tuple[str, ...], says: str) -> None:
    ran = chcheck(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"chcheck: {says}")


@pytest.mark.parametrize("words", [("rules",), ("explain", "stage-1-response"), ("events",)])
def test_every_line_fits_80_columns(chcheck: Chcheck, words: tuple[str, ...]) -> None:
    assert max(map(len, chcheck(*words).out.splitlines())) <= 80
