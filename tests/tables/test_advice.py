"""What is proposed for what a table lacks fits what its columns hold."""

import pytest

from tests.helpers.tables import says


@pytest.mark.parametrize(
    ("table", "line"),
    [
        # Free text about residents is no reference; what is short and there once is.
        (
            "Summary,Key,Received\nDamp in the hall,K-1,2025-02-03\nDamp,K-2,2025-02-03\n",
            '"Key" = "complaint"',
        ),
        (
            "Summary,Team,Received\nDamp in the hall,North,2025-02-03\nDamp,North,2025-02-03\n",
            '"NAME OF THE COLUMN" = "complaint"',
        ),
        # A person or a home may have many complaints; a ticket goes before another number.
        (
            "Owner id,UPRN,hs_object,hs_ticket,Received\n7,100,21,31,2025-02-03\n8,200,22,32,\n",
            '"hs_ticket" = "complaint"',
        ),
        (
            "Phone,UPRN,Received\n02079460000,1000,2025-02-03\n02079460001,1001,2025-02-03\n",
            '"NAME OF THE COLUMN" = "complaint"',
        ),
        ("Who,Received\na@example.org,2025-02-03\n", '"NAME OF THE COLUMN" = "complaint"'),
        ("Ref,Name,Came in\nA,Jo,2025-02-03\n", '"Came in" = "complaint received"'),
        ("Ref,Name\nA,Jo\n", '"NAME OF THE COLUMN" = "complaint received"'),
        # Of two references the code of a program is left out, of two dates the one with fewer.
        (
            "id,reference number,Received\n3f2504e0-4f89-11d3-9a0c-0305e82c3301,C1,2025-02-03\n",
            '"id" = "ignore"',
        ),
        (
            "Ref,Received,Date Received\nA,,2025-02-03\nB,2025-02-03,2025-02-03\n",
            '"Received" = "ignore"',
        ),
    ],
)
def test_the_column_that_fits_is_proposed(table: str, line: str) -> None:
    assert f"[columns] {line} in chcheck.toml" in says(table)
