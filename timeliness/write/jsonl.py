"""JSON Lines: a finding on each line, in the form of docs/json.md, with its complaint."""

from __future__ import annotations

import json
from collections.abc import Iterable

from timeliness.model.findings import Finding
from timeliness.model.timelines import Timeline
from timeliness.results.flat import Flat
from timeliness.write.json import finding_as_data


def write_lines(found: Iterable[tuple[Timeline, Finding, Flat]]) -> str:
    """Return findings, one in a line, with the status of each."""
    return "".join(_line(*one) for one in found)


def _line(timeline: Timeline, finding: Finding, flat: Flat) -> str:
    data = {
        "complaint": timeline.complaint,
        "landlord": timeline.landlord,
        "path": timeline.path,
        "line": timeline.line,
        **finding_as_data(finding),
        "status": flat.status,
    }
    if flat.carried:
        data["carried"] = dict(flat.carried)
    return json.dumps(data, ensure_ascii=False) + "\n"
