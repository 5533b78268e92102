"""The commands, one module each: they read the options and call the API."""

COMMANDS = (
    "check",
    "due",
    "what-if",
    "year",
    "columns",
    "days",
    "rules",
    "explain",
    "policy",
    "events",
    "schema",
    "new",
    "form",
)
"""Every command; each is the module of its name, with _ for -."""
