"""What the pages for backends show, works as it stands, against a server that wants no key."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set, Tuple

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
from walkthrough import ROOT, Block, Json, Walkthrough, blocks_of, is_like, walkthroughs  # noqa: E402

BACKEND_API = ROOT / "docs/reference/backend-api.md"


@pytest.fixture
def tayori(tmp_path: Path) -> Iterator[Walkthrough]:
    yield from walkthroughs(tmp_path)


@pytest.mark.parametrize("name", ["groups-and-broadcast", "know-that-it-arrived", "throw-somebody-out"])
def test_a_guide_does_what_it_says(tayori: Walkthrough, name: str) -> None:
    blocks = blocks_of(ROOT / f"docs/how-to/{name}.md")
    assert {"sh", "json", "text", "pycon"} == {block.language for block in blocks}
    for block in blocks:
        tayori.take(block)


def test_presence_is_repaired_as_the_page_says(tayori: Walkthrough) -> None:
    tayori.take(Block("sh", 'examples/listen/listen.py http://127.0.0.1:8080 "$(tayori token ann)"'))
    examples = [block for block in blocks_of(ROOT / "docs/reference/presence.md") if block.language == "pycon"]
    assert len(examples) >= 2
    for block in examples:
        tayori.take(block)


def test_the_steps_of_the_tiny_chat_do_what_they_show(tayori: Walkthrough) -> None:
    steps = [block for block in blocks_of(ROOT / "docs/tutorial/a-tiny-chat.md") if block.language == "pycon"]
    assert len(steps) == 4
    for step in steps:
        tayori.take(step)


def sections(page: Path) -> Dict[str, str]:
    parts = re.split(r"^## (\w+)$", page.read_text("utf-8"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


CALLS = {name: text for name, text in sections(BACKEND_API).items() if "```sh" in text}


def shape(value: Json) -> Any:
    """Members and types, without what is in them; of a list, what its items are like."""
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items()}
    return [shape(item) for item in value] if isinstance(value, list) else type(value)


def test_each_call_is_answered_as_the_page_shows(tayori: Walkthrough) -> None:
    tayori.take(Block("sh", 'examples/listen/listen.py http://127.0.0.1:8080 "$(tayori token ann)"'))
    tayori.ask("join_group", {"group": "room 1", "client_id": "ann"})
    tayori.ask("send_message", {"client_id": "ann", "message": "hello"})
    assert len(CALLS) == 12
    for name, text in CALLS.items():
        if name == "leave_group":
            continue  # the group would be empty where the page lists it; it comes last
        check(tayori, name, text)
    check(tayori, "leave_group", CALLS["leave_group"])


def check(tayori: Walkthrough, name: str, text: str) -> None:
    [line] = re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)
    told = re.search(r"^\*\*Answer\*\*: as of \[(\w+)\]", text, re.M)
    shown = re.search(r"^```json\n(.*?)^```$", CALLS[told[1]] if told else text, re.M | re.S)
    assert shown
    answer, expected = json.loads(tayori.type(line)), json.loads(shown[1])
    if name == "history":  # more was sent by then than the page shows
        answer["messages"] = answer["messages"][:1]
    if name == "batch":  # its example has no entry that is refused, the answer that is shown has one
        answer["results"][1] = {"error": refusal(tayori)}
    assert shape(answer) == shape(expected), f"{name}: {answer}"


def refusal(tayori: Walkthrough) -> Json:
    [result] = tayori.ask("batch", {"sends": [{"client_id": "ann", "message": ""}]})["results"]
    told: Dict[str, Any] = result["error"]
    return {name: value for name, value in told.items() if name not in ("description", "reconnect")}


def test_the_shown_error_is_the_real_one(tayori: Walkthrough) -> None:
    [shown] = re.findall(r"^```json\n(.*?)^```$", sections(BACKEND_API)["Errors"], re.M | re.S)
    assert json.loads(shown) == refusal(tayori)


# Of these, calls without a required member take one.
ONE_OF = ("client_id", "client_ids", "group", "everyone", "events_since")


def wrong_members(text: str) -> List[str]:
    """The members of a call that take a named value, which a number never is."""
    rows = re.findall(r"^\| `(\w+)` \| (?:required)? ?\| (.*?) \|", text, re.M)
    return [name for name, takes in rows if name != "sends" and not takes.startswith("`")]


@pytest.mark.parametrize("name", CALLS)
def test_the_errors_of_a_call_are_those_the_page_names(tayori: Walkthrough, name: str) -> None:
    text = CALLS[name]
    [example] = re.findall(r"-d '(.*)'", text)
    # Of a batch, each entry has its own.
    members = [] if name == "batch" else wrong_members(text)
    found: Set[str] = set()
    for member in members:
        given = {} if member in ONE_OF and "required" not in text else json.loads(example)
        # An object is of no member's type, and a list of one of no list's.
        given[member] = [{}]
        line = f"curl {tayori.internal}/v1/{name} -H 'Content-Type: application/json' -d '{json.dumps(given)}'"
        found.add(json.loads(tayori.type(line))["code"])
    [told] = re.findall(r"^\*\*Errors\*\*: (.*)$", text, re.M)
    of_state = {"idempotency_conflict", "overloaded"}
    assert found - {"invalid_request"} == set(re.findall(r"`(\w+)`", told)) - of_state


def test_likeness_is_for_what_is_another_one_each_time_and_for_nothing_else() -> None:
    alike: List[Tuple[Json, Json]] = [
        ({"cursor": "k3v9x0c2ab-5"}, {"cursor": "m0-1a"}),
        (["2026-01-31T14:00:00Z"], ["2026-11-23T21:35:29.123Z"]),
        ("eyJh…", "eyJhbGciOi.J9"),
    ]
    unlike: List[Tuple[Json, Json]] = [
        ({"sessions": 1}, {"sessions": 0}),
        ({"a": 1}, {"a": 1, "b": 2}),
        ([1], [1, 2]),
        ("delivered", "queued"),
        (True, 1),
        ("k3v9x0c2ab-5", "2026-11-23T21:35:29Z"),
    ]
    assert all(is_like(*pair) for pair in alike)
    assert not any(is_like(*pair) for pair in unlike)
