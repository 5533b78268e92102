"""Four bare clocks by hand, day by day: no extensions, blanks, editions or policy."""

import csv
import sys
from datetime import date, timedelta

from holidays import country_holidays

CLOCKS = (
    ("Date Received", "Acknowledged", 5),
    ("Acknowledged", "Stage 1 Response", 10),
    ("Escalation Requested", "Escalation Acknowledged", 5),
    ("Escalation Acknowledged", "Stage 2 Response", 20),
)
DAYS = set(country_holidays("GB", subdiv="ENG", years=range(2020, 2028)))
AS_AT = date(2026, 3, 31)
late = [0] * len(CLOCKS)
with open(sys.argv[1], newline="") as file:  # noqa: PTH123
    for row in csv.DictReader(file):
        for place, (start, stop, limit) in enumerate(CLOCKS):
            if not row[start]:
                continue
            day = date.fromisoformat(row[start])
            end = date.fromisoformat(row[stop]) if row[stop] else AS_AT
            count = 0
            while day < end:
                day += timedelta(1)
                count += day.weekday() < 5 and day not in DAYS
            late[place] += count > limit
print(late)
