"""The server of the form answers the page that it served, and nobody else."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from timeliness.model.errors import UsageError
from timeliness.read.library import load_rulebooks
from timeliness.run.form import Form
from timeliness.run.serving import HOST, FormServer

SIX_LINES = (Path(__file__).parent.parent.parent / "samples/six-lines.yaml").read_bytes()
DRAFT = {
    "values": {"complaint": "C-1", "as_at": "2025-04-09"},
    "lists": {"events": [{"date": "3 Mar 2025", "event": "complaint received"}]},
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[FormServer]:
    with FormServer(Form(load_rulebooks(), base=tmp_path)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Answer:
    def __init__(self, status: int, headers: http.client.HTTPMessage, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def data(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.body)
        return found


def ask(
    server: FormServer,
    path: str,
    body: bytes | None = None,
    *,
    host: str = "",
    origin: str | None = "own",
) -> Answer:
    port = server.server_address[1]
    headers = {"Host": host or f"{HOST}:{port}"}
    if origin is not None and body is not None:
        headers["Origin"] = server.origin if origin == "own" else origin
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    connection.request("GET" if body is None else "POST", path, body, headers)
    response = connection.getresponse()
    found = Answer(response.status, response.headers, response.read())
    connection.close()
    return found


def look(server: FormServer, draft: object) -> dict[str, object]:
    body = json.dumps({"draft": draft}).encode()
    return ask(server, f"/{server.secret}/look", body).data


def test_it_listens_on_this_machine_alone(server: FormServer) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_address[1]}/{server.secret}/"
    # 32 random bytes.
    assert len(server.secret) == 43


def test_the_page_and_what_belongs_to_it(server: FormServer) -> None:
    for name, kind in (("", "text/html"), ("form.css", "text/css"), ("form.js", "text/javascript")):
        got = ask(server, f"/{server.secret}/{name}")
        assert got.status == 200
        assert got.headers["Content-Type"] == f"{kind}; charset=utf-8"
        assert got.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src")
        assert got.headers["Cache-Control"] == "no-store"
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in got.headers


@pytest.mark.parametrize(
    "path", ["/", "/look", "/wrong/", "/open/", "/open/wrong", "//", "/%C3%A9/"]
)
def test_without_the_secret_there_is_nothing(server: FormServer, path: str) -> None:
    assert ask(server, path).status == 404
    assert ask(server, path, b"{}").status == 404


def test_the_first_address_leads_to_the_page_once(server: FormServer) -> None:
    path = server.first_address.removeprefix(server.origin)
    first = ask(server, path)
    assert (first.status, first.headers["Location"]) == (303, server.address)
    assert ask(server, path).status == 404


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "evil.example:80"])
def test_another_name_for_this_machine_is_refused(server: FormServer, host: str) -> None:
    got = ask(server, f"/{server.secret}/", host=host)
    assert (got.status, got.body) == (403, b"chcheck: this address is not served here\n")
    assert ask(server, f"/{server.secret}/look", b"{}", host=host).status == 403


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1:1"])
def test_another_page_cannot_post(server: FormServer, origin: str | None) -> None:
    for act in ("look", "open", "timeline", "report", "stop"):
        got = ask(server, f"/{server.secret}/{act}", b"{}", origin=origin)
        assert (got.status, got.body) == (403, b"chcheck: only the page itself may ask this\n")


def test_a_request_that_is_too_large(server: FormServer) -> None:
    connection = http.client.HTTPConnection(HOST, server.server_address[1], timeout=10)
    connection.putrequest("POST", f"/{server.secret}/open")
    connection.putheader("Origin", server.origin)
    connection.putheader("Content-Length", "99999999999")
    connection.endheaders()
    response = connection.getresponse()
    assert (response.status, response.read()) == (400, b"chcheck: the request is too large\n")
    connection.close()


def test_an_answer_by_the_same_judge(server: FormServer) -> None:
    shown = look(server, DRAFT)
    assert shown["mistakes"] == []
    # Due 5 working days after Monday 3 March, and on 9 April 22 working days over.
    assert shown["says"] == "2 breaches"
    assert "Complaint not acknowledged, overdue by 22 working days" in str(shown["answer"])
    assert shown["kinds"] == ["complaint received"]


def test_messages_are_at_their_places(server: FormServer) -> None:
    events = [
        {"date": "31/4/2025", "event": "complaint received"},
        {"date": "4 Apr 2025", "event": "acknowleged"},
        {"date": "5 Apr 2025", "event": "stage 1 extended", "until": "soon"},
    ]
    shown = look(
        server, {"values": {"complaint": "A", "policy": "lutn"}, "lists": {"events": events}}
    )
    assert [(one["at"], one["says"]) for one in shown["mistakes"]] == [  # type: ignore[attr-defined]
        (
            ["policy", -1, ""],
            'there is no policy "lutn"; did you mean "luton"? chcheck comes with luton, '
            "mtvh, southwark, luton-2022, mtvh-2023, southwark-2021; for your own, write its path: "
            "./my-policy.yaml",
        ),
        (
            ["events", 0, ""],
            '"31/4/2025": April 2025 has 30 days; write the day as 2025-04-03 (year-month-day) or '
            "3 Apr 2025",
        ),
        (
            ["events", 1, ""],
            '"acknowleged" is not an event; did you mean "complaint acknowledged"?',
        ),
        (
            ["events", 2, "until"],
            '"soon" is not a date; write the day as 2025-04-03 (year-month-day) or 3 Apr 2025',
        ),
    ]
    assert shown["answer"] == ""
    assert shown["says"] == "4 to put right"


def test_what_is_needed_is_asked_for_once_anything_is_entered(server: FormServer) -> None:
    assert look(server, {})["mistakes"] == []
    shown = look(server, {"values": {"landlord": "B"}})
    assert [(one["at"], one["says"]) for one in shown["mistakes"]] == [  # type: ignore[attr-defined]
        (
            ["complaint", -1, ""],
            "Enter the reference, which is all that any output uses to identify it.",
        ),
        (["events", -1, ""], "Enter what happened, each with its date."),
    ]


def test_what_concerns_the_whole_complaint_is_at_none_of_its_lines(server: FormServer) -> None:
    draft = {**DRAFT, "values": {"complaint": "A", "as_at": "2025-03-01"}}
    (mistake,) = look(server, draft)["mistakes"]  # type: ignore[misc]
    assert mistake == {
        "at": ["", -1, ""],
        "says": "it was received on 3 March 2025, which is after the day of the check, 1 March "
        "2025; correct the date, or check it as at a later day with --as-at",
    }


def test_a_draft_is_saved_as_a_timeline_and_opened_again(server: FormServer) -> None:
    opened = ask(server, f"/{server.secret}/open?name=six-lines.yaml", SIX_LINES).data
    body = urlencode({"draft": json.dumps(opened)}).encode()
    saved = ask(server, f"/{server.secret}/timeline", body)
    assert saved.body == SIX_LINES
    assert saved.headers["Content-Disposition"] == 'attachment; filename="C-1042.yaml"'


def test_the_name_of_a_file_holds_nothing_but_a_name(server: FormServer) -> None:
    for reference, name in (
        ('../a"\r\nX: y', "a-X-y"),
        ("é/ü", "--"),
        ("...", "complaint"),
        ("", "complaint"),
    ):
        draft = {**DRAFT, "values": {"complaint": reference}}
        body = urlencode({"draft": json.dumps(draft)}).encode()
        saved = ask(server, f"/{server.secret}/timeline", body)
        wanted = f'attachment; filename="{name}.yaml"'
        assert saved.headers["Content-Disposition"].replace("---", "--") == wanted
        assert "X" not in saved.headers


def test_a_report_is_the_one_that_the_command_writes(server: FormServer) -> None:
    body = urlencode({"draft": json.dumps(DRAFT)}).encode()
    saved = ask(server, f"/{server.secret}/report", body)
    shown = ask(server, f"/{server.secret}/show", body)
    assert saved.headers["Content-Disposition"] == 'attachment; filename="C-1.html"'
    assert "Content-Disposition" not in shown.headers
    assert saved.body == shown.body
    assert b"<h1>Complaint C-1</h1>" in saved.body
    assert shown.headers["Content-Security-Policy"].endswith("sandbox")


def test_a_report_of_what_cannot_be_read_says_so(server: FormServer) -> None:
    draft = {**DRAFT, "values": {"complaint": "C-1", "policy": "none"}}
    body = urlencode({"draft": json.dumps(draft)}).encode()
    text = ask(server, f"/{server.secret}/show", body).body.decode()
    assert "1 thing could not be read or checked" in text
    assert "there is no policy &#34;none&#34;" in text


def test_a_file_that_cannot_be_opened(server: FormServer) -> None:
    got = ask(server, f"/{server.secret}/open?name=a.yaml", b"complaint: A\nevents: 3 {\n")
    assert got.data == {"wrong": ["a.yaml:2: events: a list is expected here"]}


def test_what_is_not_a_draft(server: FormServer) -> None:
    for body in (b"", b"[", b"[" * 100_000, b"\xff", b'{"draft": 1}'):
        got = ask(server, f"/{server.secret}/look", body)
        assert got.data == {"wrong": ["the form: the page sent what is not a complaint"]}
        assert b"the page sent what is not" in ask(server, f"/{server.secret}/report", body).body


def test_a_fault_is_told_and_the_server_goes_on(
    server: FormServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patched:
        patched.setattr("timeliness.run.form.compose", fail)
        (says,) = look(server, DRAFT)["wrong"]  # type: ignore[misc]
    assert says == (
        "There is a fault in chcheck, so nothing it shows here should be relied on. Please report "
        "it with what you entered, without personal data. (RuntimeError: broken)"
    )
    assert look(server, DRAFT)["says"] == "2 breaches"


def test_a_policy_of_ones_own_adds_its_events(server: FormServer, tmp_path: Path) -> None:
    policy = Path(__file__).parent.parent.parent / "docs/examples/our-policy.yaml"
    (tmp_path / "our-policy.yaml").write_bytes(policy.read_bytes())
    draft = {**DRAFT, "values": {"complaint": "A", "policy": "./our-policy.yaml"}}
    names = [one["name"] for one in look(server, draft)["events"]]  # type: ignore[attr-defined]
    assert "repair reported" in names
    assert "repair reported" not in [
        one["name"]
        for one in look(server, DRAFT)["events"]  # type: ignore[attr-defined]
    ]


def test_the_events_follow_whatever_the_head_names(server: FormServer) -> None:
    def names(**values: str) -> list[str]:
        shown = look(server, {"values": values})
        return [one["name"] for one in shown["events"]]  # type: ignore[attr-defined]

    assert "repair reported" not in names(landlord="A")
    assert "repair reported" in names(policy="luton")
    assert "repair reported" in names(rules="luton, housing-ombudsman")
    # What is not known adds nothing, and the message at its field says so.
    assert names(policy="lutn") == names(landlord="A")


def test_finish_stops_it(tmp_path: Path) -> None:
    with FormServer(Form(load_rulebooks())) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        assert ask(server, f"/{server.secret}/stop", b"{}").status == 200
        thread.join(10)
        assert not thread.is_alive()


def test_a_port_that_is_taken(server: FormServer) -> None:
    with pytest.raises(UsageError, match=r"port \d+ cannot be used: Address already in use"):
        FormServer(Form(load_rulebooks()), server.server_address[1])
