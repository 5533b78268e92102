"""The pure core: events, rulebooks, a calendar and an as-at date go in, findings come out."""
