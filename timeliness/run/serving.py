"""A page for this machine alone: its server, on the loopback address, behind a secret address.

Only whoever knows the address gets an answer. A page of another site can neither read it nor post
to it: a request has to name this very host, and a post has to come from the page itself.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct

from timeliness.model.clean import as_json, one_line
from timeliness.model.errors import ChcheckError, UsageError
from timeliness.read.drafts import draft_of
from timeliness.read.nodes import MAX_BYTES
from timeliness.run.form import Form
from timeliness.version import __version__
from timeliness.write.html.form import form_script, form_style

HOST = "127.0.0.1"
_MOST = MAX_BYTES * 2
"""The most bytes of a request: a file, or a draft that was made of one."""

_SECONDS = 30
"""How long a connection may stay silent."""

_FAULT = (
    "There is a fault in chcheck, so nothing it shows here should be relied on. Please report it "
    "with what you entered, without personal data."
)

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_REPORT_POLICY = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


class _Answer(Struct, frozen=True):
    body: bytes
    kind: str
    headers: tuple[tuple[str, str], ...] = ()
    status: HTTPStatus = HTTPStatus.OK


_Served = TypeVar("_Served")


class FormServer(ThreadingTCPServer):
    """Serves the page until it is asked to stop; port 0 is one that is free.

    Raises `UsageError` where the port cannot be used.
    """

    daemon_threads = True
    # On Windows this would let another program take the port over.
    allow_reuse_address = False

    def __init__(self, form: Form, port: int = 0) -> None:
        self.form = form
        self.secret = secrets.token_urlsafe(32)
        self.once = secrets.token_urlsafe(32)
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise UsageError(f"port {port} cannot be used: {error.strerror}") from None

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about a browser that went away before its answer."""

    @property
    def origin(self) -> str:
        """Return what the address of everything here begins with."""
        return f"http://{HOST}:{self.server_address[1]}"

    @property
    def address(self) -> str:
        """Return the address of the page."""
        return f"{self.origin}/{self.secret}/"

    @property
    def first_address(self) -> str:
        """Return an address that leads to the page once.

        It is what a browser is started with: others on this machine may see that, but too late.
        """
        return f"{self.origin}/open/{self.once}"


class _Handler(BaseHTTPRequestHandler):
    server: FormServer
    protocol_version = "HTTP/1.1"
    server_version = f"chcheck/{__version__}"
    sys_version = ""
    timeout = _SECONDS

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet: what is asked for is nobody's business."""

    def do_GET(self) -> None:
        """Answer with the page or what belongs to it."""
        if not self._is_for_this_host():
            self._send(_refused("this address is not served here", HTTPStatus.FORBIDDEN))
            return
        path = urlsplit(self.path).path
        first = f"/open/{self.server.once}"
        if self.server.once and secrets.compare_digest(path.encode(), first.encode()):
            self.server.once = ""
            to = (("Location", self.server.address),)
            self._send(_Answer(b"", "text/plain", to, HTTPStatus.SEE_OTHER))
            return
        made = self._inside(path, _PAGES)
        self._send(made(self.server.form) if made else _NOT_FOUND)

    def do_POST(self) -> None:
        """Answer what the page asks."""
        own = self.headers.get("Origin", "") == self.server.origin
        if not self._is_for_this_host() or not own:
            self.close_connection = True
            self._send(_refused("only the page itself may ask this", HTTPStatus.FORBIDDEN))
            return
        split = urlsplit(self.path)
        act = self._inside(split.path, _ACTS)
        length = self.headers.get("Content-Length", "")
        if act is None or not length.isdecimal() or int(length) > _MOST:
            self.close_connection = True
            self._send(_NOT_FOUND if act is None else _refused("the request is too large"))
            return
        name = "".join(parse_qs(split.query).get("name", [""]))
        body = self.rfile.read(int(length))
        try:
            answer = act(self.server.form, body, name)
        except ChcheckError as error:
            answer = _as_json({"wrong": [one_line(line) for line in str(error).splitlines()]})
        except Exception as error:
            answer = _as_json({"wrong": [one_line(f"{_FAULT} ({type(error).__name__}: {error})")]})
        self._send(answer)
        if act is _stopped:
            # From another thread: the server waits for what it is doing.
            self.server.shutdown()

    def _is_for_this_host(self) -> bool:
        """Whether the request names this host, which another name for its address does not."""
        hosts = self.headers.get_all("Host") or []
        return [f"http://{host}" for host in hosts] == [self.server.origin]

    def _inside(self, path: str, served: dict[str, _Served]) -> _Served | None:
        """Return what is served under a path of the secret address."""
        secret, _, name = path.removeprefix("/").partition("/")
        known = secrets.compare_digest(secret.encode(), self.server.secret.encode())
        return served.get(name) if known else None

    def _send(self, answer: _Answer) -> None:
        self.send_response(answer.status)
        own = {name for name, _ in answer.headers}
        for name, value in (*answer.headers, *_HEADERS):
            if name not in own or (name, value) in answer.headers:
                self.send_header(name, value)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)


_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", _PAGE_POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
)


def _refused(says: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> _Answer:
    return _Answer(f"chcheck: {says}\n".encode(), "text/plain; charset=utf-8", (), status)


_NOT_FOUND = _refused("there is nothing here", HTTPStatus.NOT_FOUND)


def _as_json(data: object) -> _Answer:
    return _Answer(as_json(data).encode(), "application/json")


def _saved(name: str, text: str, kind: str) -> _Answer:
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "-")
    # No text of a draft goes into a header but letters, digits, dots, hyphens and underscores.
    header = ("Content-Disposition", f'attachment; filename="{ascii_name}"')
    policy = ("Content-Security-Policy", _REPORT_POLICY)
    return _Answer(text.encode(), f"{kind}; charset=utf-8", (header, policy))


def _sent_draft(body: bytes) -> object:
    """Return the draft of a form that asks for a file to save."""
    try:
        fields = parse_qs(body.decode("ascii"), max_num_fields=4)
        return json.loads("".join(fields.get("draft", [""])))
    except (ValueError, RecursionError):
        return None


def _sent_json(body: bytes) -> dict[str, object]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _looked(form: Form, body: bytes, name: str) -> _Answer:
    return _as_json(form.look(draft_of(_sent_json(body).get("draft"))))


def _lines(form: Form, body: bytes, name: str) -> _Answer:
    data = _sent_json(body)
    return _as_json(form.lines(str(data.get("text", "")), draft_of(data.get("draft"))))


def _opened(form: Form, body: bytes, name: str) -> _Answer:
    return _as_json(form.opened(body, name))


def _timeline(form: Form, body: bytes, name: str) -> _Answer:
    return _saved(*form.timeline(draft_of(_sent_draft(body))), "application/yaml")


def _report(form: Form, body: bytes, name: str) -> _Answer:
    return _saved(*form.report(draft_of(_sent_draft(body))), "text/html")


def _shown(form: Form, body: bytes, name: str) -> _Answer:
    _, text = form.report(draft_of(_sent_draft(body)))
    policy = ("Content-Security-Policy", _REPORT_POLICY)
    return _Answer(text.encode(), "text/html; charset=utf-8", (policy,))


def _stopped(form: Form, body: bytes, name: str) -> _Answer:
    return _as_json({})


_PAGES: dict[str, Callable[[Form], _Answer]] = {
    "": lambda form: _Answer(form.page().encode(), "text/html; charset=utf-8"),
    "form.css": lambda form: _Answer(form_style().encode(), "text/css; charset=utf-8"),
    "form.js": lambda form: _Answer(form_script().encode(), "text/javascript; charset=utf-8"),
}
_ACTS: dict[str, Callable[[Form, bytes, str], _Answer]] = {
    "look": _looked,
    "lines": _lines,
    "open": _opened,
    "timeline": _timeline,
    "report": _report,
    "show": _shown,
    "stop": _stopped,
}
