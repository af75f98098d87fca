"""A stand-in for the server that says exactly what a test tells it to, down to the byte.

A script is a function that is called with each accepted `Conversation`, in a thread of its own.
The n-th connection gets the n-th script; the last one serves all further connections.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from dataclasses import dataclass
from typing import BinaryIO, Callable, Dict, List, Optional

WAIT_S = 20.0  # for what has to happen; reached only when a test fails


@dataclass(frozen=True)
class Request:
    line: str
    headers: Dict[str, str]
    body: bytes
    connection: int

    @property
    def fields(self) -> Dict[str, object]:
        value = json.loads(self.body.decode("utf-8"))
        assert isinstance(value, dict)
        return value


class Conversation:
    """One accepted connection."""

    def __init__(self, server: ScriptedServer, sock: socket.socket, number: int) -> None:
        self.server = server
        self.number = number
        self._sock = sock
        self._input: BinaryIO = sock.makefile("rb")

    def request(self) -> Optional[Request]:
        """Reads one request and notes it in `server.requests`; None when the client has left."""
        line = self._input.readline().decode("latin-1").strip()
        if not line:
            return None
        headers: Dict[str, str] = {}
        while True:
            header = self._input.readline().decode("latin-1").strip()
            if not header:
                break
            name, _, value = header.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", "0"))
        body = self._input.read(length)
        if len(body) < length:  # it left in the middle
            return None
        request = Request(line, headers, body, self.number)
        self.server.requests.append(request)
        return request

    def raw(self, data: bytes) -> None:
        self._sock.sendall(data)

    def answer(
        self,
        members: object,
        status: str = "200 OK",
        media_type: str = "application/json",
        extra: str = "",
    ) -> None:
        body = members if isinstance(members, bytes) else json.dumps(members).encode("utf-8")
        head = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
        self.raw(head.encode("latin-1") + body)

    def problem(self, status: int, code: str, **members: object) -> None:
        document = {"type": f"about:{code}", "title": code, "status": status, "code": code, **members}
        self.answer(document, f"{status} Problem", "application/problem+json")

    def half_close(self) -> None:
        """Sends FIN and goes on reading."""
        self._sock.shutdown(socket.SHUT_WR)

    def note(self) -> None:
        """Tells `server.wait_for_a_note()` that the script has come this far."""
        self.server.notes.release()

    def close(self) -> None:
        self._input.close()
        self._sock.close()

    def reset(self) -> None:
        """Ends the connection with RST instead of FIN."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()


Script = Callable[[Conversation], None]


def as_tayori(conversation: Conversation) -> None:
    """Answers as a server does, for as long as the client likes."""
    while True:
        request = conversation.request()
        if request is None:
            return
        answer_well(conversation, request)


def answer_well(conversation: Conversation, request: Request) -> None:
    if "/v1/create_channel" in request.line:
        client_id = request.fields["client_id"]
        members = {"token": f"token of {client_id}", "client_id": client_id, "expires_at": "2030-01-01T00:00:00Z"}
        conversation.answer(members)
    else:
        conversation.answer({"cursor": "e-1", "sessions": 0})


class ScriptedServer:
    def __init__(self, *scripts: Script, port: int = 0) -> None:
        self.requests: List[Request] = []
        self.connections = 0
        self.ended = threading.Semaphore(0)  # released once per connection that a script has ended
        self.notes = threading.Semaphore(0)
        self.stopping = threading.Event()
        self._scripts = scripts or (as_tayori,)
        self._failures: List[BaseException] = []
        self._conversations: List[Conversation] = []
        self._threads: List[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", port))
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def wait_for_an_end(self) -> None:
        assert self.ended.acquire(timeout=WAIT_S), "no connection was ended by its script"

    def wait_for_a_note(self) -> None:
        assert self.notes.acquire(timeout=WAIT_S), "no script came as far as its note()"

    def stop(self) -> None:
        """Ends everything; raises what a script raised."""
        self.stopping.set()
        self._listener.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self._acceptor.join(WAIT_S)
        self._listener.close()
        for conversation in self._conversations:
            try:
                conversation._sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # ended already
        for thread in self._threads:
            thread.join(WAIT_S)
        if self._failures:
            raise self._failures[0]

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            script = self._scripts[min(self.connections, len(self._scripts) - 1)]
            self.connections += 1
            conversation = Conversation(self, sock, self.connections)
            self._conversations.append(conversation)
            thread = threading.Thread(target=self._run, args=(script, conversation), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _run(self, script: Script, conversation: Conversation) -> None:
        try:
            script(conversation)
        except OSError:
            pass  # the client left in the middle; what it made of it is the test's business
        except BaseException as failure:
            self._failures.append(failure)
        finally:
            conversation.close()
            self.ended.release()
