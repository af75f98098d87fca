"""The examples of docs/reference/python.md and the README, one after the other, do what the pages say."""

from __future__ import annotations

import doctest
import re
from inspect import signature
from typing import Any, Dict, Iterator

import pytest
from real_server import ROOT, RealServer

import tayori

PAGE = ROOT / "docs" / "reference" / "python.md"
README = ROOT / "clients" / "python" / "README.md"


@pytest.fixture
def untouched_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[RealServer]:
    """A server on which nothing has happened yet, named by the variables."""
    server = RealServer()
    monkeypatch.setenv("TAYORI_URL", server.internal)
    monkeypatch.setenv("TAYORI_API_KEY", server.api_key)
    try:
        yield server
    finally:
        server.stop()


def test_the_examples_do_what_the_page_says(untouched_server: RealServer, capsys: pytest.CaptureFixture[str]) -> None:
    results = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert results.attempted > 30
    assert results.failed == 0, capsys.readouterr().out


def test_the_readmes_examples_run(untouched_server: RealServer, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", README.read_text("utf-8"), re.M | re.S)
    assert len(blocks) == 3
    names: Dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, str(README), "exec"), names)
    names["client"].close()
    assert capsys.readouterr().out.startswith("invalid_client_id ")


def test_the_page_has_every_public_name() -> None:
    text = PAGE.read_text("utf-8")
    missing = [name for name in tayori._HOMES if not re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", text)]
    assert missing == []


@pytest.mark.parametrize("name", [name for name in vars(tayori.Client) if not name.startswith("_") and name != "close"])
def test_the_page_has_every_call_with_its_arguments(name: str) -> None:
    written = re.findall(rf"`{name}\(([^`]*)\)`", PAGE.read_text("utf-8"))
    told = {argument for arguments in written for argument in arguments.split(", ")} - {"*", ""}
    assert told == set(signature(getattr(tayori.Client, name)).parameters) - {"self"}
