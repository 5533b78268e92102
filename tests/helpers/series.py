"""Codes of publishers that there are none of, to be checked beside the Housing Ombudsman's."""

from __future__ import annotations

COUNCILS = """\
id: councils-2024
series: councils
title: Code for councils 2024
short: councils' Code 2024
publisher: Council Ombudsman
standard: code
nations: [england]
for: [council]
called: Council Code
ombudsman: Council Ombudsman
source: a test
in_force: {from: 2024-04-01}
checked: 2026-11-25
on_breach: nobody has accepted anything
rules:
  - id: acknowledge-complaint
    title: Acknowledge the complaint
    clause: "3"
    duty: must
    says: Acknowledge within 3 working days.
    provenance: quoted
    clock: {start: complaint received, stop: complaint acknowledged, limit: {working_days: 3}}
  - id: stage-1-response
    title: Stage 1 response
    clause: "4"
    duty: should
    says: Answer within 12 working days of receipt.
    provenance: quoted
    clock: {start: complaint received, stop: stage 1 response, limit: {working_days: 12}}
"""
"""As the Housing Ombudsman's, with rules of the same ids and other limits."""

HAZARDS = """\
id: hazards-2025
series: hazards
title: Law on hazards 2025
short: Hazards Law
publisher: Parliament
standard: code
nations: [england]
called: Hazards' Law
ombudsman: court
source: a test
in_force: {from: 2025-01-01}
checked: 2026-11-25
events:
  - {name: hazard reported, says: a hazard was reported}
  - {name: hazard investigated, says: it was looked at, done: investigated, noun: investigation}
rules:
  - id: investigate
    title: Investigate the hazard
    clause: reg 5
    duty: must
    says: Investigate within 10 working days of the report.
    provenance: quoted
    clock: {start: hazard reported, stop: hazard investigated, limit: {working_days: 10}}
"""
"""With events of its own, and for nobody unless it is named."""

HIGHLANDS = """\
id: highlands-2021
series: highlands
title: Procedure of the Highlands
short: Highlands procedure
publisher: Highlands Ombudsman
standard: code
nations: [scotland]
for: [housing]
called: Highlands procedure
ombudsman: Highlands Ombudsman
source: a test
in_force: {from: 2021-04-01}
checked: 2026-11-25
rules:
  - id: stage-1-response
    title: Stage 1 response
    clause: "2.1"
    duty: must
    says: Answer within 5 working days of receipt.
    provenance: quoted
    clock: {start: complaint received, stop: stage 1 response, limit: {working_days: 5}}
"""
"""The default of housing in Scotland, where nothing else is."""
