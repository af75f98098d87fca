"""The guide to Retro Chat on a separate Tayori: its two terminals, typed as they stand but for ports and the folder."""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Dict, Iterator, List, Tuple

import pytest
from walkthrough import PROGRAM, ROOT, WAIT_S, Terminal, blocks_of

PAGE = ROOT / "docs/how-to/run-the-chat-on-a-separate-tayori.md"
CHAT = Path(os.environ.get("RETROCHAT_BIN") or PROGRAM.parent / "retrochat").resolve()
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("TAYORI_")}
ENVIRONMENT |= {"PATH": os.pathsep.join([str(PROGRAM.parent), str(CHAT.parent), ENVIRONMENT["PATH"]]), "no_proxy": "*"}


def typed(script: str, environment: Dict[str, str]) -> Terminal:
    """A terminal in which `script` is typed; its last line is the program that goes on."""
    *settings, last = script.rstrip().split("\n")
    return Terminal(["sh", "-e", "-c", "\n".join([*settings, f"exec {last}"])], environment)


def told(terminal: Terminal, *patterns: str) -> List[str]:
    """What these patterns find in the lines that the program prints, one after the other."""
    found = []
    for pattern in patterns:
        match = None
        while match is None:
            match = re.search(pattern, terminal.line())
        found.append(match[1])
    return found


@pytest.fixture
def terminals(tmp_path: Path) -> Iterator[Tuple[str, str, str, str]]:
    """The chat's address, Tayori's two, and its key."""
    first, second = [block.text for block in blocks_of(PAGE) if block.language == "sh"]
    assert first.endswith("\ntayori serve\n")
    tayori = typed(first.rstrip() + " --public 127.0.0.1:0 --internal 127.0.0.1:0", ENVIRONMENT)
    try:
        key, public, internal = told(
            tayori, r"^export TAYORI_API_KEY=(\w+)$", r"^public +(http:\S+)/$", r"^internal +(http:\S+)/$"
        )
        here = [("127.0.0.1:8090", "127.0.0.1:0"), ("var/retro-chat", str(tmp_path)), ("http://127.0.0.1:8081", internal)]
        for shown, real in here:
            assert shown in second
            second = second.replace(shown, real)
        chat = typed(second, {**ENVIRONMENT, "TAYORI_API_KEY": key})
        try:
            yield told(chat, r"^public +(http:\S+)$")[0], public, internal, key
        finally:
            chat.stop()
    finally:
        tayori.stop()


def test_the_two_terminals_make_a_chat(terminals: Tuple[str, str, str, str]) -> None:
    chat, public, internal, key = terminals
    browser = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    somebody = urllib.parse.urlencode({"handle": "ann", "passphrase": "a few words in a row", "to": "/rooms/retro/1"})
    page = browser.open(f"{chat}/sign-up", somebody.encode(), timeout=30).read().decode()
    [script] = re.findall(r'<script src="([^"]*jsapi)">', page)
    assert script == f"{public}/_ah/channel/jsapi"
    assert browser.open(script, timeout=30).status == 200

    def history() -> List[str]:
        request = urllib.request.Request(
            f"{internal}/v1/history",
            json.dumps({"group": "room/retro/1"}).encode(),
            {"Content-Type": "application/json", "X-API-Key": key},
        )
        return [one["message"] for one in json.loads(browser.open(request, timeout=30).read())["messages"]]

    # The chat tells Tayori after it has answered the page.
    deadline = time.monotonic() + WAIT_S
    while not (messages := history()):
        assert time.monotonic() < deadline, "Tayori was told nothing"
    assert json.loads(messages[0])["who"] == "ann"
