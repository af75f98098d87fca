"""Fixtures: a clean environment, scripted servers, and the real server."""

from __future__ import annotations

import os
import sys
from typing import Any, Callable, Iterator, List, Union

import pytest

_HERE = os.path.dirname(os.path.abspath(__file__))
# Here and not in pyproject.toml, so that a run from any folder finds this tree's code.
for _folder in (os.path.join(os.path.dirname(_HERE), "src"), _HERE):
    if _folder not in sys.path:
        sys.path.insert(0, _folder)

from faces import FACES, AsyncFace, SyncFace  # noqa: E402
from posted_backend import Backend, Start  # noqa: E402
from real_server import RealServer  # noqa: E402
from scripted_server import Script, ScriptedServer  # noqa: E402
from tayori import _service, appengine  # noqa: E402

# A machine with Google's SDK hides google.appengine.api.channel; test_google_namespace.py has the cases.
appengine.install()

VARIABLES = ("TAYORI_URL", "TAYORI_API_KEY", "TAYORI_TIMEOUT_S", "SERVER_SOFTWARE")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No variable of the outside counts, and no connection is carried from test to test."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    yield
    _service._close_at_exit()
    _service._current = None


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ScriptedServer]]:
    """`serve(*scripts)` starts a scripted server and lets TAYORI_URL name it."""
    servers: List[ScriptedServer] = []

    def start(*scripts: Script) -> ScriptedServer:
        server = ScriptedServer(*scripts)
        servers.append(server)
        monkeypatch.setenv("TAYORI_URL", server.url)
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def real_server() -> Iterator[RealServer]:
    server = RealServer()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def tayori(real_server: RealServer, monkeypatch: pytest.MonkeyPatch) -> RealServer:
    """The real server, with the TAYORI_ variables naming it."""
    monkeypatch.setenv("TAYORI_URL", real_server.internal)
    monkeypatch.setenv("TAYORI_API_KEY", real_server.api_key)
    return real_server


@pytest.fixture(params=FACES, ids=["sync", "async"])
def make_face(request: pytest.FixtureRequest) -> Iterator[Callable[..., Union[SyncFace, AsyncFace]]]:
    """`make_face(...)` makes a client of either kind; the test runs once with each."""
    made: List[Union[SyncFace, AsyncFace]] = []

    def make(**arguments: Any) -> Union[SyncFace, AsyncFace]:
        made.append(request.param(**arguments))
        return made[-1]

    yield make
    for face in made:
        face.close()


@pytest.fixture
def backend() -> Iterator[Backend]:
    """What a server may post to."""
    started = Backend()
    yield started
    started.stop()


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """`start(**variables)` starts a real server of its own and lets the TAYORI_ variables name it."""
    servers: List[RealServer] = []

    def run(**variables: str) -> RealServer:
        server = RealServer(**variables)
        servers.append(server)
        monkeypatch.setenv("TAYORI_URL", server.internal)
        monkeypatch.setenv("TAYORI_API_KEY", server.api_key)
        return server

    yield run
    for server in servers:
        server.stop()
