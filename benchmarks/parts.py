"""A table checked as a whole and in parts: the CPU time of each, and of adding the results.

python benchmarks/parts.py [--rows 200000]
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from functools import partial

from exports import AS_AT, generate

from timeliness import TableResult, check_table, load_rulebooks

PARTS = (1, 4, 40)


def main(rows: int) -> int:
    """Print a table; exit with 1 where the parts do not come to what the whole does."""
    export = generate(rows)
    check = partial(check_table, rulebooks=load_rulebooks(), as_at=AS_AT, show="nothing")
    check(export.head(10))
    print(f"{rows:,} complaints, CPU seconds\n")
    print("| parts | checking | adding the results | KB that the largest result takes |")
    print("| ---: | ---: | ---: | ---: |")
    found = []
    for parts in PARTS:
        begun = time.process_time()
        results = [check(export.gather_every(parts, first)) for first in range(parts)]
        checked = time.process_time()
        total = sum(results)
        added = time.process_time()
        assert isinstance(total, TableResult)
        found.append((total.counts, total.rows, total.exit_code))
        size = max(len(pickle.dumps(one)) for one in results) / 1_000
        times = f"{checked - begun:.1f} | {added - checked:.1f}"
        print(f"| {parts:,} | {times} | {size:,.0f} |")
    return int(any(one != found[0] for one in found))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    sys.exit(main(parser.parse_args().rows))
