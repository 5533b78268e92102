"""Two runs beside each other as JSON: every change, with its reasons."""

from __future__ import annotations

from timeliness import __version__
from timeliness.model.clean import as_json
from timeliness.results.compared import KINDS, Change, Compared
from timeliness.results.kept import KeptRun
from timeliness.write.compared import headline, why_text
from timeliness.write.names import Names
from timeliness.write.verified import difference_data, kept_data, key_data


def write_compared_json(made: Compared, names: Names) -> str:
    """Return two runs beside each other as JSON; `names` has no part in it."""
    data = {
        "chcheck": __version__,
        "says": headline(made),
        "last": {**_run(made.last), "only_here": made.only_then},
        "now": {**_run(made.now), "only_here": made.only_now},
        "differences": [difference_data(one) for one in made.differ],
        "counts": {kind: len(made.of(kind)) for kind in KINDS},
        "same": made.same,
        "others": [
            {"then": then or None, "now": now, "findings": amount}
            for (then, now), amount in sorted(made.others.items())
        ],
        "changes": [_change(one) for one in made.changes],
    }
    return as_json(data, indent=2) + "\n"


def _run(run: KeptRun) -> dict[str, object]:
    return {
        "path": run.path,
        "chcheck": run.head.version if run.head else None,
        "as_at": run.head.as_at if run.head else None,
        "complaints": len(run.complaints),
        "findings": run.findings,
        "problems_only": run.problems_only,
    }


def _change(one: Change) -> dict[str, object]:
    return {
        "kind": one.kind,
        **key_data(one),
        "then": kept_data(one.then),
        "now": kept_data(one.now),
        "why": list(one.why),
        "perhaps": list(one.perhaps),
        "says": why_text(one),
    }
