"""Dates as people write them: each form, each refusal, and the laws they keep."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeliness.model.dates import Span, When, in_words, read_date, split_date, today
from timeliness.model.errors import DateError

FORMS = "write the day as 2025-04-03 (year-month-day) or 3 Apr 2025"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

any_day = st.dates(date(1, 1, 1), date(9999, 12, 31))
calendar_day = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def span(earliest: str | None, latest: str | None) -> Span:
    return Span(
        date.fromisoformat(earliest) if earliest else None,
        date.fromisoformat(latest) if latest else None,
    )


def refusal(text: str, *, day_first: bool = False) -> str:
    with pytest.raises(DateError) as refused:
        read_date(text, day_first=day_first)
    return str(refused.value)


# Forms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-10-13", "2022-10-13"),
        ("  2022-10-13  ", "2022-10-13"),
        ("2022-1-3", "2022-01-03"),
        ("2024-02-29", "2024-02-29"),
        ("13/10/2022", "2022-10-13"),
        ("13-10-2022", "2022-10-13"),
        ("13.10.2022", "2022-10-13"),
        ("10/10/2022", "2022-10-10"),  # the same whichever comes first
        ("13 Oct 2022", "2022-10-13"),
        ("13 October 2022", "2022-10-13"),
        ("13 OCTOBER 2022", "2022-10-13"),
        ("13  oct.  2022", "2022-10-13"),
        ("13-Oct-2022", "2022-10-13"),
        ("13th October 2022", "2022-10-13"),
        ("3rd of April 2025", "2025-04-03"),
        ("1st May 2025", "2025-05-01"),
        ("2nd Sept 2025", "2025-09-02"),
        ("13 October, 2022", "2022-10-13"),
        ("Thursday 13 October 2022", "2022-10-13"),
        ("Thu, 13 Oct 2022", "2022-10-13"),
        ("Tues 3 June 2025", "2025-06-03"),
        ("13\u00a0October\u00a02022", "2022-10-13"),  # spaces that do not break
    ],
)
def test_a_day_in_every_form(text: str, day: str) -> None:
    assert read_date(text) == When(span(day, day))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-09", "2024-09-01", "2024-09-30"),
        ("2024-9", "2024-09-01", "2024-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("September 2024", "2024-09-01", "2024-09-30"),
        ("Sept 2024", "2024-09-01", "2024-09-30"),
        ("dec 2024", "2024-12-01", "2024-12-31"),
        ("2021-10-21/2021-10-22", "2021-10-21", "2021-10-22"),
        ("2021-10-21 / 2021-10-22", "2021-10-21", "2021-10-22"),
        ("2021-10-21/2021-10-21", "2021-10-21", "2021-10-21"),
        ("2024-09/2024-11", "2024-09-01", "2024-11-30"),
        ("2024-09/2024-10-05", "2024-09-01", "2024-10-05"),
        ("September 2024/October 2024", "2024-09-01", "2024-10-31"),
        ("2024-09-03/..", "2024-09-03", None),
        ("../2024-09-03", None, "2024-09-03"),
        ("2024-09/..", "2024-09-01", None),
        ("../2024-09", None, "2024-09-30"),
        ("unknown", None, None),
        ("Unknown", None, None),
        ("../..", None, None),
    ],
)
def test_a_span_in_every_form(text: str, earliest: str | None, latest: str | None) -> None:
    assert read_date(text) == When(span(earliest, latest))


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("2025-04-03T10:05", "2025-04-03", "10:05"),
        ("2025-04-03 10:05", "2025-04-03", "10:05"),
        ("2025-04-03 9:05", "2025-04-03", "09:05"),
        ("2025-04-03t10:05:59", "2025-04-03", "10:05"),
        ("2025-04-03T10:05:59.123456", "2025-04-03", "10:05"),
        ("2025-04-03, 17:30", "2025-04-03", "17:30"),
        ("2025-04-03T00:00", "2025-04-03", "00:00"),
        ("2025-04-03T23:59", "2025-04-03", "23:59"),
        ("13/10/2022 17:30", "2022-10-13", "17:30"),
        ("13 October 2022 17:30", "2022-10-13", "17:30"),
        ("13 October 2022, 17:30", "2022-10-13", "17:30"),
    ],
)
def test_a_time_without_an_offset_is_local(text: str, day: str, hour: str) -> None:
    assert read_date(text) == When(span(day, day), time.fromisoformat(hour))


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        # Winter: London keeps UTC.
        ("2025-01-15T17:30Z", "2025-01-15", "17:30"),
        ("2025-01-15T17:30+00:00", "2025-01-15", "17:30"),
        ("2025-01-15T17:30 +0100", "2025-01-15", "16:30"),
        # Summer: one hour ahead of UTC.
        ("2025-07-15T17:30Z", "2025-07-15", "18:30"),
        ("2025-07-15T17:30z", "2025-07-15", "18:30"),
        ("2025-07-15T17:30+01:00", "2025-07-15", "17:30"),
        ("2025-07-15T17:30:15.5-05:00", "2025-07-15", "23:30"),
        # The day changes at midnight in London.
        ("2024-06-30T23:30Z", "2024-07-01", "00:30"),
        ("2024-06-30T22:59Z", "2024-06-30", "23:59"),
        ("2024-12-31T23:30Z", "2024-12-31", "23:30"),
        ("2024-12-31T23:30-01:00", "2025-01-01", "00:30"),
        ("2025-01-01T00:30+01:00", "2024-12-31", "23:30"),
        ("2024-03-01T00:00+14:00", "2024-02-29", "10:00"),
        # On 31 March 2024 the clocks went forward at 01:00 UTC ...
        ("2024-03-31T00:59Z", "2024-03-31", "00:59"),
        ("2024-03-31T01:00Z", "2024-03-31", "02:00"),
        ("2024-03-30T23:30Z", "2024-03-30", "23:30"),
        ("2024-03-31T23:30Z", "2024-04-01", "00:30"),
        # ... and back on 27 October 2024 at 01:00 UTC.
        ("2024-10-26T23:30Z", "2024-10-27", "00:30"),
        ("2024-10-27T00:59Z", "2024-10-27", "01:59"),
        ("2024-10-27T01:00Z", "2024-10-27", "01:00"),
        ("2024-10-27T23:30Z", "2024-10-27", "23:30"),
        ("13/10/2022 23:30Z", "2022-10-14", "00:30"),
    ],
)
def test_a_time_with_an_offset_becomes_the_day_and_hour_in_london(
    text: str, day: str, hour: str
) -> None:
    assert read_date(text) == When(span(day, day), time.fromisoformat(hour))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03/04/2025", "2025-04-03"),
        ("3/4/2025", "2025-04-03"),
        ("12.01.2025", "2025-01-12"),
        ("31-12-2025", "2025-12-31"),
    ],
)
def test_a_file_that_says_so_is_day_first(text: str, day: str) -> None:
    assert read_date(text, day_first=True) == When(span(day, day))


def test_a_day_first_file_still_reads_iso_dates_as_iso() -> None:
    assert read_date("2025-04-03", day_first=True) == When(span("2025-04-03", "2025-04-03"))


# Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "03/04/2025",
            '"03/04/2025" can be read as 3 April 2025 or as 4 March 2025; write 2025-04-03 or '
            "2025-03-04, or put `dates: uk` at the top of the file to say that the day always "
            "comes first",
        ),
        (
            "1-12-2025",
            '"1-12-2025" can be read as 1 December 2025 or as 12 January 2025; write 2025-12-01 '
            "or 2025-01-12, or put `dates: uk` at the top of the file to say that the day always "
            "comes first",
        ),
        (
            "04/13/2025",
            '"04/13/2025": there is no month 13; such dates are day first, never month first; '
            + FORMS,
        ),
        ("13/13/2025", f'"13/13/2025": there is no month 13; {FORMS}'),
        ("00/05/2025", f'"00/05/2025": there is no day 0; {FORMS}'),
        ("05/00/2025", f'"05/00/2025": there is no month 0; {FORMS}'),
        ("00/00/2025", f'"00/00/2025": there is no month 0; {FORMS}'),
        ("03/04/0000", f'"03/04/0000": there is no year 0; {FORMS}'),
        ("31/04/2025", f'"31/04/2025": April 2025 has 30 days; {FORMS}'),
        ("2025-04-31", f'"2025-04-31": April 2025 has 30 days; {FORMS}'),
        ("2025-02-29", f'"2025-02-29": February 2025 has 28 days; {FORMS}'),
        ("30 February 2024", f'"30 February 2024": February 2024 has 29 days; {FORMS}'),
        ("0 May 2024", f'"0 May 2024": there is no day 0; {FORMS}'),
        ("2025-13-04", f'"2025-13-04": there is no month 13; {FORMS}'),
        ("2025-00", f'"2025-00": there is no month 0; {FORMS}'),
        ("0000-01-01", f'"0000-01-01": there is no year 0; {FORMS}'),
        ("3/4/25", f'"3/4/25" has a year of two digits; {FORMS}'),
        (
            "2024",
            '"2024" is only a year; write it as a range: 2024-01-01/2024-12-31',
        ),
        (
            "Friday 13 October 2022",
            '"Friday 13 October 2022": 13 October 2022 was a Thursday; correct the day or the date',
        ),
        (
            "2025-04-03T24:00",
            '"2025-04-03T24:00": there is no time 24:00; write 00:00 to 23:59',
        ),
        (
            "2025-04-03T10:60",
            '"2025-04-03T10:60": there is no time 10:60; write 00:00 to 23:59',
        ),
        (
            "2025-04-03 10:00:99",
            '"2025-04-03 10:00:99": there is no time 10:00:99; write 00:00 to 23:59',
        ),
        (
            "2025-04-03T10:00+25:00",
            '"2025-04-03T10:00+25:00": there is no such offset from UTC; write +01:00, or Z for '
            "UTC itself",
        ),
        ("2025-04-03T10:00 BST", f'"2025-04-03T10:00 BST" is not a date; {FORMS}'),
        ("2025-04-03 13pm", '"13pm" is not a time; write one such as 17:30, 5pm or noon'),
        ("2025-04-03 5.30", '"5.30" may be morning or evening; write 05:30 or 17:30'),
        (
            "2025-04-03 midnight",
            '"midnight" may begin the day or end it; write 00:00, or 23:59 for the end of the day',
        ),
        ("2025-04-031", f'"2025-04-031" is not a date; {FORMS}'),
        (
            "2025-04-10/2025-04-03",
            '"2025-04-10/2025-04-03" ends before it begins; write the earlier day first',
        ),
        (
            "2025-04/2025-03",
            '"2025-04/2025-03" ends before it begins; write the earlier day first',
        ),
        (
            "2025-04-03/",
            '"2025-04-03/" is not a range of dates; write 2025-04-03/2025-04-10, 2025-04-03/.. '
            "(that day or later) or ../2025-04-03 (that day or earlier)",
        ),
        (
            "2025-04-03/3 May 2025",
            '"2025-04-03/3 May 2025" is not a range of dates; write 2025-04-03/2025-04-10, '
            "2025-04-03/.. (that day or later) or ../2025-04-03 (that day or earlier)",
        ),
        ("2025-04-01/2025-04-31", f'"2025-04-31": April 2025 has 30 days; {FORMS}'),
        ("2025-04-01/02/03", f'"2025-04-01/02/03" is not a date; {FORMS}'),
        ("April 31, 2025", f'"April 31, 2025": April 2025 has 30 days; {FORMS}'),
        ("20250403", f'"20250403" is not a date; {FORMS}'),
        ("now", f'"now" is not a date; {FORMS}'),
        ("today", f'"today" is not a date; {FORMS}'),
        ("12:30", f'"12:30" is not a date; {FORMS}'),
        ("17:30", f'"17:30" is not a date; {FORMS}'),
        ("no", f'"no" is not a date; {FORMS}'),
        ("45000", f'"45000" is not a date; {FORMS}'),
        ("unknown day", f'"unknown day" is not a date; {FORMS}'),
        ("x" * 40, f'"{"x" * 40}" is not a date; {FORMS}'),
        ("x" * 50, f'"{"x" * 37}..." is not a date; {FORMS}'),
        # Digits and letters of other scripts are not taken for ours.
        ("٢٠٢٥-٠٤-٠٣", f'"٢٠٢٥-٠٤-٠٣" is not a date; {FORMS}'),
        ("3 ſept 2025", f'"3 ſept 2025" is not a date; {FORMS}'),
        ("frİday 4 April 2025", f'"frİday 4 April 2025" is not a date; {FORMS}'),
        ("", f"there is no date; {FORMS}, or unknown"),
        (" \t ", f"there is no date; {FORMS}, or unknown"),
    ],
)
def test_every_refusal_says_what_is_wrong_and_what_to_write(text: str, says: str) -> None:
    assert refusal(text) == says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "04/13/2025",
            '"04/13/2025": there is no month 13; such dates are day first, never month first; '
            + FORMS,
        ),
        ("31/02/2025", f'"31/02/2025": February 2025 has 28 days; {FORMS}'),
        ("3/4/25", f'"3/4/25" has a year of two digits; {FORMS}'),
    ],
)
def test_a_day_first_file_never_reads_month_first(text: str, says: str) -> None:
    assert refusal(text, day_first=True) == says


# Splitting a line -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "dated", "rest"),
    [
        ("2022-10-13 complaint received", "2022-10-13", "complaint received"),
        (
            "2022-10-13 complaint received by telephone",
            "2022-10-13",
            "complaint received by telephone",
        ),
        ("  2022-10-13\tcomplaint   received ", "2022-10-13", "complaint received"),
        ("2022-10-13, complaint received", "2022-10-13", "complaint received"),
        ("2022-10-13: complaint received", "2022-10-13", "complaint received"),
        ("2022-10-13", "2022-10-13", ""),
        ("2024-09 escalated", "2024-09", "escalated"),
        ("September 2024 escalated", "September 2024", "escalated"),
        ("2021-10-21/2021-10-22 update", "2021-10-21/2021-10-22", "update"),
        ("2024-09-03/.. escalated", "2024-09-03/..", "escalated"),
        ("../2024-09-03 escalated", "../2024-09-03", "escalated"),
        ("2024-09/2024-10 escalated", "2024-09/2024-10", "escalated"),
        ("unknown escalated", "unknown", "escalated"),
        ("2025-04-03T17:30 received", "2025-04-03T17:30", "received"),
        ("2025-04-03 17:30 received", "2025-04-03 17:30", "received"),
        ("2025-04-03T17:30+01:00 received", "2025-04-03T17:30+01:00", "received"),
        ("2025-04-03 17:30Z received", "2025-04-03 17:30Z", "received"),
        ("13/10/2022 received", "13/10/2022", "received"),
        ("13/10/2022 17:30 received", "13/10/2022 17:30", "received"),
        ("13 Oct 2022 received", "13 Oct 2022", "received"),
        ("13 Oct 2022 17:30Z received", "13 Oct 2022 17:30Z", "received"),
        ("Thursday 13th of October 2022 received", "Thursday 13th of October 2022", "received"),
        # Not valid, but plainly meant as the date, so that its own refusal can be told.
        ("3/4/25 received", "3/4/25", "received"),
        ("2025-02-30 received", "2025-02-30", "received"),
        ("03/04/2025 received", "03/04/2025", "received"),
    ],
)
def test_a_line_is_split_into_its_date_and_the_rest(line: str, dated: str, rest: str) -> None:
    assert split_date(line) == (dated, rest)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "complaint received",
        "complaint received 2022-10-13",
        "2022 complaint received",
        "2022-10-131 complaint received",
        "2022-10-13th complaint received",
        "20221013 complaint received",
        "unknownish complaint received",
        "٢٠٢٢-١٠-١٣ complaint received",
    ],
)
def test_a_line_that_begins_with_no_date_is_not_split(line: str) -> None:
    assert split_date(line) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9am", time(9)),
        ("4.30pm", time(16, 30)),
        ("4:30 p.m.", time(16, 30)),
        ("12pm", time(12)),
        ("12am", time(0)),
        ("17.30", time(17, 30)),
        ("at 17:30", time(17, 30)),
        ("noon", time(12)),
        ("at Midday", time(12)),
    ],
)
def test_times_of_day_as_people_write_them(written: str, meant: time) -> None:
    for day in ("2022-10-13", "13/10/2022", "13 October 2022", "October 13, 2022"):
        assert split_date(f"{day} {written} received") == (f"{day} {written}", "received")
        assert read_date(f"{day} {written}") == When(Span.day(date(2022, 10, 13)), meant)


# In words, and today --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"), [("2025-04-03", "3 April 2025"), ("2024-12-31", "31 December 2024")]
)
def test_a_day_in_words(day: str, words: str) -> None:
    assert in_words(date.fromisoformat(day)) == words


def test_today_is_todays_date_in_london() -> None:
    london = ZoneInfo("Europe/London")
    before = datetime.now(london).date()
    found = today()
    assert before <= found <= datetime.now(london).date()


# Laws -----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(day=any_day)
def test_any_iso_day_reads_as_itself(day: date) -> None:
    assert read_date(day.isoformat()) == When(Span.day(day))


@settings(deadline=None)
@given(day=any_day)
def test_any_day_in_words_reads_as_itself(day: date) -> None:
    year = f"{day.year:04d}"
    for text in (
        f"{day.day} {MONTHS[day.month - 1]} {year}",
        f"{day.day:02d} {MONTHS[day.month - 1][:3].lower()} {year}",
        f"{day:%A} {day.day} {MONTHS[day.month - 1]} {year}",
    ):
        assert read_date(text) == When(Span.day(day)), text


@settings(deadline=None)
@given(day=any_day, separator=st.sampled_from("/.-"))
def test_a_uk_day_agrees_with_iso_or_is_refused_as_ambiguous(day: date, separator: str) -> None:
    text = separator.join((f"{day.day:02d}", f"{day.month:02d}", f"{day.year:04d}"))
    assert read_date(text, day_first=True) == read_date(day.isoformat())
    if day.day > 12 or day.day == day.month:
        assert read_date(text) == read_date(day.isoformat())
    else:
        assert " can be read as " in refusal(text)


@settings(deadline=None)
@given(day=any_day)
def test_a_month_first_date_is_never_read_as_one(day: date) -> None:
    text = f"{day.month:02d}/{day.day:02d}/{day.year:04d}"
    if day.day > 12:
        assert "there is no month" in refusal(text)
    elif day.day != day.month:
        assert " can be read as " in refusal(text)


@settings(deadline=None)
@given(ends=st.tuples(any_day, any_day).map(sorted))
def test_any_range_reads_as_its_ends(ends: list[date]) -> None:
    first, last = ends
    assert read_date(f"{first}/{last}").span == Span(first, last)
    assert read_date(f"{first}/..").span == Span(first, None)
    assert read_date(f"../{last}").span == Span(None, last)


@settings(deadline=None)
@given(day=any_day)
def test_any_month_holds_all_of_its_days(day: date) -> None:
    found = read_date(day.isoformat()[:7]).span
    assert found.earliest == day.replace(day=1)
    assert found.latest is not None
    assert found.latest.month == day.month
    assert found.latest == date.max or (found.latest + timedelta(1)).day == 1


@settings(max_examples=200, deadline=None)
@given(
    moment=st.datetimes(
        datetime(2000, 1, 2),  # noqa: DTZ001
        datetime(2037, 12, 30),  # noqa: DTZ001
    ),
    offset=st.integers(-14 * 60, 14 * 60),
)
@example(moment=datetime(2024, 3, 31, 0, 59), offset=0)  # noqa: DTZ001
@example(moment=datetime(2024, 10, 27, 1, 30), offset=60)  # noqa: DTZ001
def test_an_offset_agrees_with_the_standard_library(moment: datetime, offset: int) -> None:
    stamp = moment.replace(second=0, microsecond=0, tzinfo=timezone(timedelta(minutes=offset)))
    local = stamp.astimezone(ZoneInfo("Europe/London"))
    found = read_date(stamp.isoformat(timespec="minutes"))
    assert found == When(Span.day(local.date()), local.time())


@settings(deadline=None)
@given(day=calendar_day, note=st.text(st.sampled_from("abc xyz"), min_size=1))
def test_splitting_a_line_gives_back_its_date(day: date, note: str) -> None:
    assert split_date(f"{day} received {note}") == (
        day.isoformat(),
        " ".join(f"received {note}".split()),
    )


dateish = st.text(
    st.sampled_from("0123456789-/.:, TtZz+stndrhofJanuMeyFbSpOcDvlugADMQ٣ſİı"), max_size=24
)


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(st.text(), dateish), day_first=st.booleans())
@example(text="00/05/2025", day_first=False)
@example(text="03/04/0000", day_first=False)
@example(text="0/0/0000", day_first=True)
@example(text="3 ſept 2025", day_first=False)
@example(text="frİday 4 April 2025", day_first=False)
@example(text="9999-12-31T23:30-05:00", day_first=False)
@example(text="0001-01-01T00:00+14:00", day_first=False)
@example(text="²⁰²⁵-04-03", day_first=False)
@example(text="2025-04-03T10:00+٠١:٠٠", day_first=False)
def test_arbitrary_text_is_a_date_or_a_date_error(text: str, day_first: bool) -> None:
    try:
        found = read_date(text, day_first=day_first)
    except DateError:
        return
    assert found.time is None or found.span.exact
    earliest, latest = found.span.earliest, found.span.latest
    assert earliest is None or latest is None or earliest <= latest


@settings(deadline=None)
@given(text=st.one_of(st.text(), dateish))
def test_a_split_loses_nothing_but_the_mark_between(text: str) -> None:
    parts = split_date(text)
    if parts is not None:
        dated, rest = parts
        plain = " ".join(text.split())
        assert plain.startswith(dated)
        assert plain.endswith(rest)
        assert set(plain[len(dated) : len(plain) - len(rest)]) <= set(",;: ")


def test_a_date_is_cut_only_where_a_bound_lies_within_it() -> None:
    march = When(Span(date(2025, 3, 1), date(2025, 3, 31)))
    assert march.within(date(2025, 2, 1), date(2025, 4, 30)).span == march.span
    assert march.within(date(2025, 3, 10), None).span == Span(date(2025, 3, 10), date(2025, 3, 31))
    assert march.within(None, date(2025, 3, 20)).span == Span(date(2025, 3, 1), date(2025, 3, 20))
