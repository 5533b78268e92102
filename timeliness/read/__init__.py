"""Readers: from the text of a file to timelines and rulebooks; they know nothing of rules."""
