"""examples/hello runs, escapes what it puts into its page, and its button's text arrives at the page."""

from __future__ import annotations

import html
import http.client
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Callable, Dict, Iterator, List, Optional, Tuple
from urllib.parse import urlencode, urlsplit

import pytest
from real_server import ROOT, WAIT_S, RealServer
from scripted_server import Conversation, ScriptedServer

EXAMPLE = ROOT / "examples" / "hello"
Start = Callable[..., str]


@pytest.fixture
def start() -> Iterator[Start]:
    """`start(**variables)` runs the example and returns the address it prints."""
    processes: List[subprocess.Popen[str]] = []

    def run(**variables: str) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("TAYORI_", "PORT"))}
        environment.update(variables, PYTHONPATH=str(ROOT / "clients" / "python" / "src"))
        # -S: without site-packages, where another distribution may hide google.appengine.api.channel
        command = [sys.executable, "-S", str(EXAMPLE / "app.py")]
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        processes.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\n", line), line
        return line.strip()

    yield run
    for process in processes:
        process.terminate()
        process.wait(WAIT_S)
        assert process.stdout is not None
        process.stdout.close()


def fetch(url: str, path: str, form: Optional[Dict[str, str]] = None) -> Tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=WAIT_S)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        connection.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8")
    finally:
        connection.close()


class Elements(HTMLParser):
    """Start tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: List[Tuple[str, Dict[str, Optional[str]]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: List[Tuple[str, Optional[str]]]) -> None:
        self.found.append((tag, dict(attrs)))

    def attribute(self, tag: str, name: str) -> str:
        return next(attributes[name] or "" for found, attributes in self.found if found == tag and name in attributes)


def test_the_page_escapes_what_it_is_given(serve: Callable[..., ScriptedServer], start: Start) -> None:
    nasty = "\"><script>alert('$token')</script>&amp;"

    def script(conversation: Conversation) -> None:
        while conversation.request() is not None:
            conversation.answer({"token": nasty})

    server = serve(script)
    url = start(TAYORI_URL=server.url, TAYORI_PUBLIC_URL=f"http://x/{nasty}/")
    status, page = fetch(url, "/")
    assert status == 200
    elements = Elements(page)
    assert elements.attribute("body", "data-token") == nasty
    assert elements.attribute("script", "src") == f"http://x/{nasty}/_ah/channel/jsapi"
    assert [tag for tag, _ in elements.found].count("script") == 2
    assert html.escape(nasty) in page


def test_the_buttons_text_goes_to_the_server_untouched(serve: Callable[..., ScriptedServer], start: Start) -> None:
    server = serve()
    url = start(TAYORI_URL=server.url)
    assert fetch(url, "/say", {"text": "\u4fbf\u308a <b> & +"}) == (204, "")
    assert server.requests[0].fields == {"client_id": "hello", "message": "\u4fbf\u308a <b> & +"}


def test_one_message_arrives(tayori: RealServer, start: Start) -> None:
    url = start(TAYORI_URL=tayori.internal, TAYORI_API_KEY=tayori.api_key, TAYORI_PUBLIC_URL=tayori.public)
    _, text = fetch(url, "/")
    elements = Elements(text)
    assert elements.attribute("script", "src") == f"{tayori.public}/_ah/channel/jsapi"
    page = tayori.page(elements.attribute("body", "data-token"))
    page.connect()
    assert fetch(url, "/say", {"text": "Hello"}) == (204, "")
    assert page.next_message() == "Hello"
    page.disconnect()


@pytest.mark.parametrize("name", ["app.py", "index.html"])
def test_it_stays_at_twenty_lines(name: str) -> None:
    lines = (EXAMPLE / name).read_text("utf-8").splitlines()
    assert len([line for line in lines if line.strip()]) <= 20
