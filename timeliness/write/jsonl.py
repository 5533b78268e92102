"""JSON Lines: a finding on each line, in the form of docs/json.md, with its complaint."""

from __future__ import annotations

import json
from collections.abc import Mapping

from timeliness.model.findings import Finding
from timeliness.model.timelines import Timeline
from timeliness.write.json import finding_as_data


def write_line(
    timeline: Timeline, finding: Finding, status: str, carried: Mapping[str, str]
) -> str:
    """Return one finding as a line."""
    data = {
        "complaint": timeline.complaint,
        "landlord": timeline.landlord,
        "path": timeline.path,
        "line": timeline.line,
        **finding_as_data(finding),
        "status": status,
    }
    if carried:
        data["carried"] = dict(carried)
    return json.dumps(data, ensure_ascii=False) + "\n"
