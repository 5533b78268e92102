"""The figures of a year in words: the lines that all forms of them share."""

from __future__ import annotations

from collections.abc import Iterator

from timeliness.model.dates import in_words
from timeliness.model.plain import capital, number, one_place
from timeliness.model.tenures import MEASURED, NOT_GIVEN, TENURE_NAMES
from timeliness.results.shares import percent
from timeliness.results.tally import Tally
from timeliness.results.year import (
    AT_END,
    NOW,
    YearCount,
)
from timeliness.results.year_figures import (
    DaysTaken,
    Figures,
)
from timeliness.results.year_readings import (
    Portion,
    ShareRange,
)
from timeliness.results.year_records import (
    FROM_RECEIPT,
    FROM_START,
)
from timeliness.results.year_view import (
    Block,
    Moment,
    blocks_of,
    figures_of,
    has_measures,
    moments_of,
)

DASH = "-"


def year_of(tally: Tally) -> YearCount:
    """Return the counts of the year of a run."""
    assert tally.year
    return tally.year


def moment_name(moment: Moment, tally: Tally) -> str:
    """Return the head of a column: 31 Mar 2026, or the day of the check."""
    day = moment.period.last if moment.at == AT_END else tally.last_day
    return f"{day.day} {day:%b} {day.year}"


def headline(tally: Tally) -> str:
    """Return the answer in two sentences: how many, and CH02 over all its readings."""
    year = year_of(tally)
    period = year.asked.period
    moment = moments_of(year, tally.last_day)[0]
    received = [figures_of(year, moment, stage, Block()).received for stage in (1, 2)]
    says = [
        f"{period.name}: {number(received[0], 'complaint')} received, and {received[1]:,} taken to "
        "stage 2."
    ]
    shares, rates = _measures(year, moment)
    if shares:
        says.append(f"Answered in time, by how it is counted: {'; '.join(shares)}.")
    if rates:
        says.append(f"For every 1,000 homes: {'; '.join(rates)}.")
    return " ".join(says)


def _measures(year: YearCount, moment: Moment) -> tuple[list[str], list[str]]:
    """Return CH02 of each stage and tenure over all its readings, and CH01 likewise."""
    shares, rates = [], []
    for stage in (1, 2):
        for block in blocks_of(year):
            if not has_measures(year, block):
                continue
            one = figures_of(year, moment, stage, block)
            of = f" {block.tenure}" if block.tenure else ""
            if one.span is not None:
                shares.append(f"CH02({stage}){of} {ends(one.span)}")
            found = [both for ended in (True, False) if (both := one.per_thousand(ended=ended))]
            if found:
                span = (min(low for low, _ in found), max(high for _, high in found))
                rates.append(f"CH01({stage}){of} {rate(span)}")
    return shares, rates


def ends(span: tuple[float, float]) -> str:
    """Return a share, or the least and the most that it may be."""
    low, high = (percent(one) for one in span)
    return low if low == high else f"{low} to {high}"


def share(one: ShareRange) -> str:
    """Return a share with what is undecided once against it and once for it."""
    return ends(one.ends) if one.ends else DASH


def portion(one: Portion) -> str:
    """Return a share, and how many of how many it is."""
    return percent(one.share) if one.whole else DASH


def rate(one: tuple[float, float] | None) -> str:
    """Return a number for 1,000 homes, to one place, or the least and the most."""
    if one is None:
        return DASH
    low, high = (one_place(number_) for number_ in one)
    return low if low == high else f"{low} to {high}"


def days(taken: DaysTaken | None, name: str) -> str:
    """Return one of the numbers of days that answers took."""
    if taken is None:
        return DASH
    if name == "nine_in_ten":
        return f"{taken.nine_in_ten:,}"
    value: float = getattr(taken, name)
    return one_place(value)


def block_name(block: Block) -> str:
    """Return the heading of some complaints."""
    if block.tenure is not None:
        return block.tenure if block.tenure in MEASURED else TENURE_NAMES[block.tenure]
    return "All complaints"


def notes(tally: Tally) -> Iterator[str]:
    """Yield what a reader should know of the figures."""
    year = year_of(tally)
    period, moments = year.asked.period, moments_of(year, tally.last_day)
    now = [figures_of(year, moments[0], stage, Block()) for stage in (1, 2)]
    if tally.last_day < period.last:
        yield (
            f"The year is not over: it ends on {in_words(period.last)}. These figures are of what "
            "was received so far."
        )
    again = [one.again for one in now]
    if any(again):
        yield (
            f"Received again: {number(again[0], 'further complaint')} after an answer or end, and "
            f"{number(again[1], 'second request')} to escalate after an end. Each counts."
        )
    if now[0].perhaps or now[1].perhaps:
        yield (
            f"Of {number(now[0].perhaps + now[1].perhaps, 'stage')} it is not known whether "
            f"{'it' if now[0].perhaps + now[1].perhaps == 1 else 'they'} began in the year. CH01 "
            "and CH02 count them once in and once out."
        )
    untimed = sum(one.answered - _timed(one) for one in now)
    if untimed:
        yield (
            f"The working days leave out {number(untimed, 'answer')} whose days are not known "
            "exactly."
        )
    if year.not_counted:
        yield (
            f"{number(year.not_counted, 'complaint')} not under the Housing Ombudsman's Code "
            f"{'is' if year.not_counted == 1 else 'are'} left out."
        )
    if unread := len(tally.unread) + len(tally.unaccepted):
        yield (
            f"{number(unread, 'thing')} could not be read or checked in full, so the figures may "
            "lack something."
        )
    if tally.assumption:
        yield str(tally.assumption)
    yield from _about_tenure(year, moments[0])
    if any(len(one.kinds) for one in now):
        yield (
            "No source settles how CH01 and CH02 are counted, so each way has a figure. Where the "
            "record leaves something open, the range counts it once late and once in time. Your "
            "own method note says which way you count."
        )


def _timed(one: Figures) -> int:
    taken = one.taken(FROM_RECEIPT)
    other = one.taken(FROM_START)
    return min(taken.number if taken else 0, other.number if other else 0)


def _about_tenure(year: YearCount, moment: Moment) -> Iterator[str]:
    if not year.has_tenure:
        yield (
            "No column gives the tenure, so CH01 and CH02 count every complaint. They are for low "
            "cost rental (LCRA) and low cost home ownership (LCHO), each by itself."
        )
        return
    unknown = figures_of(year, moment, 1, Block(tenure=NOT_GIVEN)).received
    if unknown:
        yield (f"CH01 and CH02 leave out {number(unknown, 'complaint')} whose tenure is not known.")
    if year.odd_tenures:
        yield (
            f"{number(len(year.odd_tenures), 'value')} in the column of tenures "
            f"{'is' if len(year.odd_tenures) == 1 else 'are'} not known as a tenure; [tenures] in "
            "chcheck.toml can say what "
            f"{'it means' if len(year.odd_tenures) == 1 else 'they mean'}."
        )
    lacking = [one for one in MEASURED if one not in year.asked.homes]
    if lacking and "" not in year.asked.homes and len(lacking) < len(MEASURED):
        yield f"CH01 for {lacking[0]} needs how many homes there are: --homes {lacking[0]}=230."
    elif lacking:
        yield (
            "CH01 by tenure needs how many homes there are of each: --homes LCRA=3980 --homes "
            "LCHO=230."
        )


def period_line(tally: Tally) -> str:
    """Return which time the figures are of, and what its columns are."""
    year = year_of(tally)
    period = year.asked.period
    says = f"Received from {in_words(period.first)} to {in_words(period.last)}."
    moments = moments_of(year, tally.last_day)
    if any(one.at == NOW for one in moments) and len(moments) > 1:
        says += " Each column shows how they stood on its day."
    return capital(says)
