"""GitLab's code quality report: a JSON list that a merge request compares with its target's."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from timeliness.flat import Flat, fingerprint
from timeliness.tally import Tally
from timeliness.write.clean import printable

_SEVERITY = {"breach": "major", "not-followed": "minor", "cannot-tell": "info"}


def write_gitlab(flats: Iterable[Flat], tally: Tally) -> str:
    """Return the problems of a run; accepted and known ones are of the severity "info"."""
    entries = []
    times: Counter[str] = Counter()
    for flat in flats:
        if flat.counts_as not in _SEVERITY:
            continue
        times[flat.fingerprint] += 1
        again = times[flat.fingerprint]
        own = flat.fingerprint if again == 1 else fingerprint((*flat.key, str(again)))
        excused = flat.status.startswith(("known", "accepted"))
        status = f" ({flat.status})" if flat.status else ""
        entries.append(
            {
                "description": printable(" ".join((flat.says() + status).split())),
                "check_name": f"{flat.standard}/{flat.rule}",
                "fingerprint": own,
                "severity": "info" if excused else _SEVERITY[flat.counts_as],
                "location": {"path": flat.path, "lines": {"begin": max(flat.line, 1)}},
            }
        )
    for trouble in (*tally.rejected, *tally.partly):
        entries.append(
            {
                "description": printable(" ".join(str(trouble).split())),
                "check_name": "input/unread",
                "fingerprint": trouble.fingerprint,
                "severity": "blocker",
                "location": {"path": trouble.path, "lines": {"begin": max(trouble.line, 1)}},
            }
        )
    for mistake in tally.unread:
        entries.append(
            {
                "description": printable(" ".join(str(mistake).split())),
                "check_name": "input/unread",
                "fingerprint": fingerprint(("input/unread", mistake.path, mistake.says)),
                "severity": "blocker",
                "location": {"path": mistake.path, "lines": {"begin": max(mistake.line, 1)}},
            }
        )
    return json.dumps(entries, indent=1, ensure_ascii=False) + "\n"
