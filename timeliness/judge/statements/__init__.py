"""Statements of letters and reports about time, and whether they are right."""
