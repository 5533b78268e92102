"""The commands, one module each: they read the options and call the API."""

COMMANDS = {
    "check": "Check complaints (the default).",
    "due": "List what is overdue and what falls due, by day.",
    "what-if": "Show what an event would change, or how far limits can go.",
    "year": "Give the figures of a year, for the board and the Regulator.",
    "compare": "Say what is new, mended and changed between two runs.",
    "verify": "Make a report again, and say what differs.",
    "columns": "Show how the columns of a table are read.",
    "days": "Count working days between two dates, or add a limit.",
    "rules": "List the rulebooks and their rules.",
    "explain": "Explain a rule: what it asks, its clause and source.",
    "policy": "Compare a policy with the Code, clause by clause.",
    "events": "List the events, their other names and keys.",
    "schema": "Print the JSON Schema for a timeline, rulebook and more.",
    "new": "Print a timeline, or write a sheet, to fill in.",
    "form": "Enter and check a complaint in the browser.",
}
"""Every command and what it does, so that `chcheck --help` imports none of them.

Each is the module of its name, with _ for -.
"""
