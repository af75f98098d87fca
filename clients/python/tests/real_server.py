"""Runs the real `tayori serve` and opens channels on it as a page of 2010 would."""

from __future__ import annotations

import http.client
import os
import queue
import re
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Dict, Tuple
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parents[3]
WAIT_S = 20.0
_READY = re.compile(r"^(public|internal)\s+(http:\S+)")


class RealServer:
    """A server process of its own on two free ports; `public` and `internal` are its addresses."""

    api_key = "key-of-the-python-tests-0123456789"

    def __init__(self, **variables: str) -> None:
        program = os.environ.get("TAYORI_BIN") or str(ROOT / "build" / "release" / "bin" / "tayori")
        if not os.access(program, os.X_OK):
            raise AssertionError(f"no server to test against: {program} is not there; build it or set TAYORI_BIN")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TAYORI_")}
        environment["TAYORI_INTERNAL_API_KEY"] = self.api_key
        environment["TAYORI_TOKENS_KEY"] = "tokens-key-of-the-python-tests-0123456789abcdef"
        environment.update(variables)
        self._log = tempfile.TemporaryFile("w+")
        self._process = subprocess.Popen(
            [program, "serve", "--public", "127.0.0.1:0", "--internal", "127.0.0.1:0"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            addresses = self._addresses()
        except BaseException:
            self.stop()
            raise
        self.public, self.internal = addresses["public"], addresses["internal"]

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(WAIT_S)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._log.close()

    def page(self, token: str) -> Page:
        return Page(self.public, token)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")  # its output has ended

    def _addresses(self) -> Dict[str, str]:
        found: Dict[str, str] = {}
        deadline = time.monotonic() + WAIT_S
        while len(found) < 2:
            try:
                line = self._lines.get(timeout=max(deadline - time.monotonic(), 0.001))
            except queue.Empty:
                raise AssertionError(f"the server did not say its addresses in time; {self._said()}") from None
            if not line:
                raise AssertionError(f"the server ended before it was ready; {self._said()}")
            ready = _READY.match(line)
            if ready:
                found[ready[1]] = ready[2].rstrip("/")
        return found

    def _said(self) -> str:
        self._log.seek(0)
        return f"it said: {self._log.read()[-2000:]!r}"


class Page:
    """A page that speaks the old development server's protocol (spec/protocol.md section 4)."""

    def __init__(self, public: str, token: str) -> None:
        self._address = urlsplit(public).netloc
        self._token = token

    def connect(self) -> Tuple[int, str, bytes]:
        """Status, reason phrase and body of the answer to `connect`."""
        return self._get("connect")

    def next_message(self) -> str:
        """The next message; fails when none comes."""
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline:
            status, reason, body = self._get("poll")
            assert status == 200, (status, reason)
            if body:
                return body.decode("utf-8")
        raise AssertionError("no message came")

    def disconnect(self) -> None:
        self._get("disconnect")

    def _get(self, command: str) -> Tuple[int, str, bytes]:
        connection = http.client.HTTPConnection(self._address, timeout=WAIT_S)
        try:
            connection.request("GET", f"/_ah/channel/dev?command={command}&channel={quote(self._token)}&client=1")
            response = connection.getresponse()
            return response.status, response.reason, response.read()
        finally:
            connection.close()
