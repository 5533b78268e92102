"""What a check of exports tells beside its findings."""

import json

from tests.helpers.command import Chcheck

H = "Ref,Landlord,Received\n"
DAY = ("--as-at", "2025-03-04")


def test_what_is_declared_and_no_table_has_is_told_once(chcheck: Chcheck) -> None:
    files = {
        "a.csv": f"{H}A1,Alder Homes,2025-03-03\n",
        "b.csv": "Case,Received\nB1,2025-03-03\n",
        "chcheck.toml": (
            '[columns]\n"Case" = "complaint"\n"Acknowldged" = "complaint acknowledged"\n'
            '[landlords."alder homes"]\nnation = "england"\n[landlords."Aldr"]\nnation = "wales"\n'
        ),
    }
    ran = chcheck("a.csv", "b.csv", *DAY, files=files)
    told = [line for line in ran.err.splitlines() if "the configuration names" in line]
    assert told == [
        'the configuration names the landlord "Aldr"; no complaint has it',
        'chcheck.toml: the configuration names the column "Acknowldged" as "complaint '
        'acknowledged"; no table has it',
    ]
    assert ran.code == 2


def test_a_column_to_ignore_may_be_missing(chcheck: Chcheck) -> None:
    toml = '[columns]\n"Notes" = "ignore"\n'
    files = {"a.csv": f"{H}A1,Homes,2025-03-03\n", "chcheck.toml": toml}
    ran = chcheck("a.csv", *DAY, files=files)
    assert 'the configuration names the column "Notes"; no table has it' in ran.err
    assert ran.code == 0


def test_a_table_without_rows_is_an_error_unless_it_is_allowed(chcheck: Chcheck) -> None:
    files = {"a.csv": H, "c.toml": "allow-empty = true\n", "bad.toml": 'allow-empty = "yes"\n'}
    ran = chcheck("a.csv", *DAY, files=files)
    assert ran.code == 2
    assert (
        "a.csv: the table has no rows; if that may be, put allow-empty = true in chcheck.toml"
    ) in ran.err
    ran = chcheck("a.csv", *DAY, "--config", "c.toml")
    assert ran.code == 0
    assert "a.csv: there are no rows below the header" in ran.err
    ran = chcheck("a.csv", *DAY, "--config", "bad.toml")
    assert ran.code == 2
    assert "allow-empty: true or false is expected, such as allow-empty = true" in ran.err


def test_a_table_that_lacks_what_every_limit_needs_was_not_checked(chcheck: Chcheck) -> None:
    rows = "Ticket,Created Date\nT1,2025-03-03\nT2,2025-03-04\n"
    files = {"a.csv": rows, "c.toml": '[columns]\nTicket = "complaint"\n'}
    ran = chcheck("a.csv", "--as-at", "2026-03-31", "--config", "c.toml", files=files)
    assert ran.code == 2
    assert "Nothing could be decided for 2 complaints" in " ".join(ran.out.split())
    assert (
        "a.csv: no time limit of any row could be decided: no column holds the receipt of the "
        "complaint, the acknowledgement of the complaint or the stage 1 response; `chcheck "
        "columns` shows how the table is read"
    ) in ran.err
    # One limit that is decided is enough: acknowledged by the 10th, five working days later.
    files = {"b.csv": "Ref,Received,Acknowledged\nA1,2025-03-03,2025-03-10\n"}
    assert chcheck("b.csv", "--as-at", "2026-03-31", files=files).code == 0


def test_files_of_a_folder_that_may_be_tables_are_named(chcheck: Chcheck) -> None:
    table = f"{H}A1,Homes,2025-03-03\n"
    ran = chcheck("exports", *DAY, files={"exports/a.csv": table, "exports/b.txt": table})
    assert "exports/b.txt: skipped, because its name does not look like a table's;" in ran.err
    assert "1 read" in ran.out


TIMELINE = (
    "complaint: X\nas_at: 2025-06-30\nevents:\n  - 2025-03-03 received\n"
    "  - 2025-03-05 acknowledged\n  - 2025-03-14 stage 1 response\n"
)


def test_a_timeline_under_the_name_of_a_text_file_is_named_with_what_to_do(
    chcheck: Chcheck,
) -> None:
    # Notepad adds .txt to what it saves.
    files = {f"cases/{name}": TIMELINE for name in ("a.yaml", "b.txt", "c.yaml.txt")}
    ran = chcheck("cases", files={**files, "cases/notes.txt": "ring back on Friday\n"})
    assert ran.err == (
        "cases/b.txt: skipped, and it looks like a timeline; rename it b.yaml, or name it in the "
        "command to have it checked\n"
        "cases/c.yaml.txt: skipped, and it looks like a timeline; rename it c.yaml, or name it in "
        "the command to have it checked\n"
    )
    assert chcheck("cases/b.txt").out.startswith("No breach: every limit that was checked was met.")


def test_a_contradiction_between_rows_is_a_problem_of_the_complaint_in_json(
    chcheck: Chcheck,
) -> None:
    table = "Ref,Received,Acknowledged\nA,2025-03-03,2025-03-05\nA,2025-03-03,2025-03-06\n"
    words = ("e.csv", "--as-at", "2025-04-30", "--show", "all", "--format", "json")
    (case,) = json.loads(chcheck(*words, files={"e.csv": table}).out)["complaints"]
    says = (
        "complaint acknowledged is on 6 March 2025 here and on 5 March 2025 at e.csv:2 of the same "
        "complaint, so both days were taken as possible; correct one of them"
    )
    assert case["problems"] == [{"line": 3, "says": says}]


def test_a_complaint_of_a_time_of_transition_says_so_as_a_timeline_does(chcheck: Chcheck) -> None:
    # The 2022 Code was in force on 1 April 2022; landlords had until 1 October 2022.
    table = "Ref,Received,Acknowledged\nA,2022-05-03,2022-05-05\nB,2023-05-03,2023-05-05\n"
    case = "complaint: A\nevents:\n  - 2022-05-03 complaint received\n"
    words = ("--as-at", "2024-04-30", "--format", "json")
    of_table, of_timeline = (
        json.loads(chcheck(path, *words, files={path: text}).out)["complaints"]
        for path, text in (("e.csv", table), ("c.yaml", case))
    )
    told = [one["notes"] for one in of_table]
    # The timeline has a breach besides: no stage 1 response, of which the table has no column.
    assert told == [of_timeline[0]["notes"][:1], []]
    assert "2022 Code, transitional" in told[0][0]
