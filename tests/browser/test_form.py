"""The page to enter a complaint, in a real browser: typed, pasted, put right, saved, opened."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.axe import faults
from tests.helpers.command import Chcheck
from timeliness.model.vocabulary import KINDS
from timeliness.read.library import load_rulebooks
from timeliness.read.timeline_keys import TIMELINE_KEYS
from timeliness.run.form import Form
from timeliness.run.serving import FormServer

ROOT = Path(__file__).parent.parent.parent
SIX_LINES = ROOT / "samples/six-lines.yaml"
PHONE = {"viewport": {"width": 390, "height": 844}}
LINES = """3 Mar 2025 complaint received
10 Mar 2025 acknowledged
21 Mar 2025 stage 1 response
1 Apr 2025 escalated"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FormServer]:
    with FormServer(Form(load_rulebooks(), base=tmp_path)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


Start = Callable[..., Any]


@pytest.fixture
def start(context_of: Callable[..., Any], server: FormServer) -> Iterator[Start]:
    """Open the page in a context with these settings, and close it after the test."""
    with ExitStack() as after:

        def started(**settings: Any) -> Any:
            context = context_of(**settings)
            page = context.new_page()
            after.callback(page.close)
            page.seen = {"requests": [], "trouble": []}

            def asked(request: Any) -> None:
                page.seen["requests"].append(request.url)

            context.on("request", asked)
            after.callback(context.remove_listener, "request", asked)
            page.on("console", lambda message: page.seen["trouble"].append(message.text))
            page.on("pageerror", lambda error: page.seen["trouble"].append(str(error)))
            page.goto(server.address)
            page.get_by_text("The answer appears here.").wait_for()
            return page

        yield started


def row(page: Any, number: int, *, of: str = "events") -> Any:
    return page.locator(f"#{of} > li").nth(number - 1)


def fill(page: Any, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)


def enter(page: Any, lines: str = LINES) -> None:
    for number, line in enumerate(lines.splitlines(), 1):
        words = line.split(maxsplit=3)
        if number > 1:
            page.get_by_role("button", name="Add an event").click()
        row(page, number).get_by_label("Date", exact=True).fill(" ".join(words[:3]))
        row(page, number).get_by_label("Event", exact=True).fill(words[3])


def paste(page: Any, lines: str) -> None:
    page.locator("#paste summary").click()
    page.get_by_label("Lines to add").fill(lines)
    page.get_by_role("button", name="Add these lines").click()


def answer(page: Any, says: str) -> None:
    """Wait until the answer begins with these words."""
    page.locator("#found .says", has_text=says).wait_for()


def saved(page: Any, button: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_a_case_that_is_entered_gives_the_same_json_as_its_timeline(
    start: Start, chcheck: Chcheck, tmp_path: Path
) -> None:
    page = start()
    fill(page, "Complaint", "C-1042")
    enter(page)
    answer(page, "breach")
    path = saved(page, "Save the timeline", tmp_path)
    assert path.name == "C-1042.yaml"
    assert path.read_bytes() == SIX_LINES.read_bytes()
    asked = ("--as-at", "2025-04-09", "--format", "json")
    entered = chcheck("C-1042.yaml", *asked).out
    written = chcheck(str(SIX_LINES), *asked).out
    assert entered.replace("C-1042.yaml", "PATH") == written.replace(str(SIX_LINES), "PATH")
    assert page.seen["trouble"] == []


def test_the_answer_changes_as_it_is_typed(start: Start) -> None:
    page = start()
    fill(page, "Complaint", "C-1")
    fill(page, "As at", "10 Mar 2025")
    enter(page, "3 Mar 2025 complaint received")
    # 5 working days from Monday 3 March end on Monday 10 March.
    answer(page, "No breach so far")
    fill(page, "As at", "11 Mar 2025")
    answer(page, "1 breach")
    assert "overdue by 1 working day" in page.locator("#found .answer").inner_text()
    page.get_by_role("button", name="Add an event").click()
    row(page, 2).get_by_label("Date", exact=True).fill("10 Mar 2025")
    row(page, 2).get_by_label("Event", exact=True).fill("acknowledged")
    answer(page, "No breach so far")
    assert page.locator("#says").inner_text() == "No breach so far"


def test_a_message_is_at_the_line_it_concerns(start: Start) -> None:
    page = start()
    fill(page, "Complaint", "C-1")
    enter(page, "3 Mar 2025 complaint received\n10 Mar 2025 acknowleged")
    says = '"acknowleged" is not an event; did you mean "complaint acknowledged"?'
    message = row(page, 2).get_by_text(says)
    message.wait_for()
    event = row(page, 2).get_by_label("Event", exact=True)
    assert event.get_attribute("aria-invalid") == "true"
    assert message.get_attribute("id") in event.get_attribute("aria-describedby")
    assert page.locator("#found").inner_text() == ""
    link = page.get_by_role("link", name=f"Event 2: {says}")
    link.click()
    assert page.evaluate("document.activeElement.closest('li').id || 'row'") == "row"
    event.fill("acknowledged")
    answer(page, "1 breach")
    assert event.get_attribute("aria-invalid") == "false"
    assert page.locator("#put-right").is_hidden()


def test_a_line_that_may_mean_its_opposite_is_asked_about_when_pasted(start: Start) -> None:
    page = start()
    fill(page, "Complaint", "C-1")
    paste(page, "3 Mar 2025 complaint received\n21 Mar 2025 stage 1 response overdue")
    row(page, 2).get_by_text('"overdue" may reverse the meaning of "stage 1 response"').wait_for()
    assert page.locator("#found").inner_text() == ""


def test_an_extension_asks_for_what_it_needs(start: Start, tmp_path: Path) -> None:
    page = start()
    fill(page, "Complaint", "C-1")
    fill(page, "As at", "2 Apr 2025")
    paste(page, "3 Mar 2025 received\n10 Mar 2025 acknowledged\n20 Mar 2025 stage 1 extended")
    extension = row(page, 3)
    extension.get_by_label("Until", exact=True).fill("7 Apr 2025")
    extension.get_by_label("Reason", exact=True).fill("waiting for the surveyor: leak")
    for label in ("In writing", "Ombudsman details"):
        extension.get_by_label(label, exact=True).select_option("yes")
    answer(page, "No breach so far")
    # 10 working days after Monday 10 March end on Monday 24 March; extended to 7 April.
    assert "due 7 Apr 2025" in page.locator("#found").inner_text()
    path = saved(page, "Save the timeline", tmp_path)
    assert path.read_text(encoding="utf-8") == (
        "complaint: C-1\nas_at: 2 Apr 2025\nevents:\n"
        "  - 3 Mar 2025 received\n  - 10 Mar 2025 acknowledged\n"
        "  - date: 20 Mar 2025\n    event: stage 1 extended\n    until: 7 Apr 2025\n"
        '    reason: "waiting for the surveyor: leak"\n'
        "    ombudsman_details: yes\n    in_writing: yes\n"
    )


def test_the_keyboard_is_enough(start: Start, tmp_path: Path) -> None:
    page = start()
    fill(page, "Complaint", "C-1042")
    press = page.keyboard.press
    focused = "document.activeElement.getAttribute('aria-label') || document.activeElement.id"
    for number, line in enumerate(LINES.splitlines(), 1):
        words = line.split(maxsplit=3)
        if number == 1:
            row(page, 1).get_by_label("Date", exact=True).focus()
        page.keyboard.type(" ".join(words[:3]))
        press("Tab")
        assert page.evaluate(focused) == "Choose from a calendar: Date"
        press("Tab")
        page.keyboard.type(words[3])
        if number < 4:
            for _ in range(20):
                press("Tab")
                if page.evaluate("document.activeElement.id") == "add-events":
                    break
            press("Enter")
    answer(page, "breach")
    # Up and Down keep the focus on the row that moves.
    row(page, 4).get_by_role("button", name="Move event 4 up").focus()
    press("Enter")
    assert page.evaluate(focused) == "Move event 3 up"
    press("Tab")
    press("Enter")
    assert page.evaluate(focused) == "Move event 4 up"
    page.get_by_role("button", name="Save the timeline").focus()
    with page.expect_download() as waiting:
        press("Enter")
    waiting.value.save_as(tmp_path / "saved.yaml")
    assert (tmp_path / "saved.yaml").read_bytes() == SIX_LINES.read_bytes()


def test_removing_a_row_leaves_the_focus_where_it_can_go_on(start: Start) -> None:
    page = start()
    enter(page, "3 Mar 2025 complaint received\n10 Mar 2025 acknowledged")
    row(page, 1).get_by_role("button", name="Remove event 1").click()
    assert page.locator("#events > li").count() == 1
    assert row(page, 1).get_by_label("Event", exact=True).input_value() == "acknowledged"
    label = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(label) == "Remove event 1"


def test_the_calendar_writes_a_day_that_reads_one_way(start: Start) -> None:
    page = start()
    native = row(page, 1).locator("input[type=date]")
    native.evaluate("one => { one.value = '2025-04-03'; one.dispatchEvent(new Event('change')); }")
    assert row(page, 1).get_by_label("Date", exact=True).input_value() == "3 Apr 2025"


def test_a_timeline_is_opened_again_with_all_that_it_says(start: Start, tmp_path: Path) -> None:
    page = start()
    source = ROOT / "samples/determinations/luton-202229082.yaml"
    page.get_by_label("Open a timeline").set_input_files(source)
    answer(page, "4 breaches")
    once = saved(page, "Save the timeline", tmp_path).read_bytes()
    page.get_by_label("Open a timeline").set_input_files(SIX_LINES)
    page.wait_for_function("document.querySelectorAll('#events > li').length === 4")
    again = tmp_path / "again.yaml"
    again.write_bytes(once)
    page.get_by_label("Open a timeline").set_input_files(again)
    answer(page, "4 breaches")
    assert saved(page, "Save the timeline", tmp_path).read_bytes() == once


def test_a_file_that_cannot_be_opened_says_why(start: Start) -> None:
    page = start()
    two = ROOT / "samples/determinations/mtvh-202334516.yaml"
    page.get_by_label("Open a timeline").set_input_files(two)
    page.get_by_role("alert").get_by_text("the file has 2 complaints").wait_for()


def test_the_report_is_saved_and_opened_in_a_tab(start: Start, tmp_path: Path) -> None:
    page = start()
    fill(page, "Complaint", "C-1042")
    fill(page, "As at", "9 Apr 2025")
    enter(page)
    answer(page, "1 breach")
    text = saved(page, "Save the report", tmp_path).read_text(encoding="utf-8")
    assert "<h1>Complaint C-1042</h1>" in text
    with page.context.expect_page() as waiting:
        page.get_by_role("button", name="Open the report in a new tab").click()
    tab = waiting.value
    assert tab.get_by_role("heading", level=1).inner_text() == "Complaint C-1042"
    assert tab.evaluate("getComputedStyle(document.querySelector('.top')).display") == "flex"
    tab.close()


def test_nothing_leaves_this_machine(start: Start, server: FormServer) -> None:
    page = start()
    fill(page, "Complaint", "<img src=https://example.com/x onerror=alert(1)>")
    fill(page, "Landlord", '"><script>alert(1)</script>')
    paste(page, LINES + "\n4 Apr 2025 contact, <b>bold</b>")
    answer(page, "breach")
    assert page.locator("#found img, #found script, #found b >> text=bold").count() == 0
    assert {url.startswith(server.origin) or url == "data:," for url in page.seen["requests"]} == {
        True
    }
    assert page.seen["trouble"] == []
    tried = page.evaluate("fetch('https://example.com/').then(() => 'sent', () => 'refused')")
    assert tried == "refused"


def test_finish_stops_it_and_says_so(start: Start) -> None:
    page = start()
    page.get_by_role("button", name="Finish").click()
    page.get_by_text("chcheck has stopped. You can close this page.").wait_for()


def test_what_is_not_saved_is_asked_about(start: Start) -> None:
    page = start()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    fill(page, "Complaint", "C-1")
    page.get_by_role("button", name="Start again").click()
    assert asked == ["What you entered is not saved. Go on without it?"]
    assert page.get_by_label("Complaint", exact=True).input_value() == "C-1"


def test_every_key_and_every_event_has_its_field(start: Start) -> None:
    page = start()
    page.locator("#event-names option").first.wait_for(state="attached")
    names = page.evaluate("[...document.querySelectorAll('#event-names option')].map(o => o.value)")
    assert names == [kind.name for kind in KINDS]
    shown = page.evaluate(
        "[...document.querySelectorAll('#values label, #more-values label')]"
        ".map(one => one.textContent)"
    )
    wanted = [key for key in TIMELINE_KEYS if key.kind not in ("lines", "maps")]
    assert sorted(shown) == sorted(key.name.replace("_", " ").capitalize() for key in wanted)
    enter(page, "3 Mar 2025 order")
    order = next(kind for kind in KINDS if kind.name == "order")
    row(page, 1).get_by_label("Within", exact=True).wait_for()
    labels = row(page, 1).locator("label").all_text_contents()
    for key in order.all_keys:
        assert key.name.replace("_", " ").capitalize() in labels


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, PHONE])
def test_axe_finds_nothing(start: Start, look: dict[str, Any]) -> None:
    page = start(**look)
    assert faults(page) == []
    fill(page, "Complaint", "C-1042")
    paste(page, LINES + "\n2 Apr 2025 stage 2 extended until 6 May 2025")
    answer(page, "breach")
    page.locator("#said summary").click()
    page.get_by_role("button", name="Add a statement").click()
    for number in range(1, 6):
        more = row(page, number).locator("details")
        if more.get_attribute("open") is None:
            more.locator("summary").click()
    assert faults(page) == []
    row(page, 1).get_by_label("Date", exact=True).fill("03/04/2025")
    page.locator("#put-right li").first.wait_for()
    assert faults(page) == []


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_nothing_scrolls_sideways(start: Start, width: int) -> None:
    page = start(viewport={"width": width, "height": 844})
    fill(page, "Complaint", "C-1042")
    paste(page, LINES + "\n2 Apr 2025 stage 2 extended until 6 May 2025")
    answer(page, "breach")
    for number in range(1, 6):
        more = row(page, number).locator("details")
        if more.get_attribute("open") is None:
            more.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # The short answer stays in sight, and leads to the whole.
    bar = page.locator(".bar")
    assert bar.bounding_box()["y"] < 844
    assert "breach" in bar.inner_text()


def test_a_statement_is_entered_and_judged(start: Start) -> None:
    page = start()
    fill(page, "Complaint", "C-1042")
    paste(page, LINES)
    page.locator("#said summary").click()
    page.get_by_role("button", name="Add a statement").click()
    said = row(page, 1, of="statements")
    said.get_by_label("Words", exact=True).fill("14 working days after your complaint")
    said.get_by_label("About", exact=True).fill("stage 1 response")
    said.locator("summary").click()
    said.get_by_label("From", exact=True).fill("complaint received")
    page.locator("#found").get_by_text("“14 working days after your complaint”").wait_for()


def test_what_was_entered_stays_when_the_server_is_gone(start: Start, server: FormServer) -> None:
    page = start()
    page.route("**/look", lambda route: route.abort())
    fill(page, "Complaint", "C-1")
    page.locator("#nothing").get_by_text(
        "chcheck has stopped, so this page cannot check"
    ).wait_for()
    assert page.get_by_label("Complaint", exact=True).input_value() == "C-1"


def test_what_is_sent_is_what_is_on_the_page(start: Start) -> None:
    page = start()
    sent: list[dict[str, Any]] = []
    page.on(
        "request",
        lambda one: sent.append(json.loads(one.post_data)) if one.url.endswith("/look") else None,
    )
    fill(page, "Complaint", "C-1")
    enter(page, "3 Mar 2025 stage 1 response")
    row(page, 1).locator("summary").click()
    row(page, 1).get_by_role("group", name="Includes").get_by_label("decision", exact=True).check()
    page.wait_for_timeout(600)
    assert sent[-1]["draft"] == {
        "values": {"complaint": "C-1"},
        "lists": {
            "events": [
                {"date": "3 Mar 2025", "event": "stage 1 response", "includes": ["decision"]}
            ],
            "statements": [],
        },
    }
