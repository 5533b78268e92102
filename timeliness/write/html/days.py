"""Days and spans as HTML: each day in a `time` element, short or in full."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from markupsafe import Markup, escape

from timeliness.model.dates import Span, When, in_words
from timeliness.model.plain import short_day


def day_tag(day: date, *, short: bool = False) -> Markup:
    """Return a day in a `time` element."""
    text = short_day(day) if short else in_words(day)
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), text)


def span_tag(span: Span | None, *, short: bool = False, none: str = "not known") -> Markup:
    """Return a span as people write it, its days in `time` elements."""
    if span is None or (span.earliest is None and span.latest is None):
        return escape(none)
    first, last = span.earliest, span.latest
    if first is None:
        assert last
        return Markup("{} or earlier").format(day_tag(last, short=short))
    if last is None:
        return Markup("{} or later").format(day_tag(first, short=short))
    if first == last:
        return day_tag(first, short=short)
    if whole := _whole(first, last, short=short):
        return whole
    text = short_day(first) if short else in_words(first)
    start = text.removesuffix(f" {last.year}")
    tag = Markup('<time datetime="{}">{}</time>').format(first.isoformat(), start)
    return Markup("{} to {}").format(tag, day_tag(last, short=short))


def _whole(first: date, last: date, *, short: bool) -> Markup | None:
    """Return a whole month or year by its name; None for any other span."""
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return None
    if (first.year, first.month) == (last.year, last.month):
        name = f"{first:%b}" if short else f"{first:%B}"
        return Markup('<time datetime="{}">{} {}</time>').format(
            f"{first:%Y-%m}", name, str(first.year)
        )
    if (first.month, last.month) == (1, 12) and first.year == last.year:
        return Markup('<time datetime="{0}">{0}</time>').format(str(first.year))
    return None


def when_tag(when: When | None, *, short: bool = False) -> Markup:
    """Return when an event happened: a day and time, a span, or each day that a source gives."""
    if when is None:
        return escape("No date")
    if when.sources:
        return Markup(" or ").join(span_tag(span, short=short) for span in when.sources)
    tag = span_tag(when.span, short=short, none="Day not known")
    if when.time and when.span.exact and when.span.earliest:
        day = when.span.earliest
        text = short_day(day) if short else in_words(day)
        return Markup('<time datetime="{}T{}">{}, {}</time>').format(
            day.isoformat(), f"{when.time:%H:%M}", text, f"{when.time:%H:%M}"
        )
    return tag
