"""What the rest speaks of: events, dates, calendars, rulebooks, findings."""
