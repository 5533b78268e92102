"""Four bare clocks by hand in pandas: no extensions, blanks, editions or policy."""

import sys

import numpy as np
import pandas as pd
from holidays import country_holidays

CLOCKS = (
    ("Date Received", "Acknowledged", 5),
    ("Acknowledged", "Stage 1 Response", 10),
    ("Escalation Requested", "Escalation Acknowledged", 5),
    ("Escalation Acknowledged", "Stage 2 Response", 20),
)
DAYS = np.array(sorted(country_holidays("GB", subdiv="ENG", years=range(2020, 2028))), "M8[D]")

names = list(dict.fromkeys(name for start, stop, _ in CLOCKS for name in (start, stop)))
table = pd.read_csv(sys.argv[1])
for name in names:
    table[name] = pd.to_datetime(table[name], format="%Y-%m-%d")
for start, stop, limit in CLOCKS:
    known = table[start].notna()
    begun = table.loc[known, start].to_numpy().astype("M8[D]") + 1
    done = table.loc[known, stop].fillna(pd.Timestamp(2026, 3, 31)).to_numpy().astype("M8[D]") + 1
    print(start, stop, int((np.busday_count(begun, done, holidays=DAYS) > limit).sum()))
