"""Each call of both clients: what goes over the wire, and what its answer becomes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from inspect import Parameter, iscoroutinefunction, signature
from pathlib import Path
from typing import Any, Callable, Dict, List, Set

import pytest
from scripted_server import Conversation, Script, ScriptedServer

import tayori
from tayori import (
    AsyncClient,
    Channel,
    Client,
    Disconnected,
    Gap,
    Group,
    Groups,
    History,
    Membership,
    Message,
    Presence,
    PresenceEvent,
    PresenceEvents,
    PresentClient,
    Refused,
    Send,
    Sent,
    ServerFacts,
)

Serve = Callable[..., ScriptedServer]
NOON = datetime(2026, 11, 18, 12, tzinfo=timezone.utc)
CONTRACT = Path(__file__).resolve().parents[3] / "spec" / "openapi.yaml"


def answering(*answers: object) -> Script:
    """A script that gives these answers, one a request."""

    def script(conversation: Conversation) -> None:
        for answer in answers:
            if conversation.request() is None:
                return
            conversation.answer(answer)

    return script


SENT: Dict[str, object] = {"cursor": "e-5", "sessions": 2}
GAP = {"from": "d-1", "to": "e-2"}
CALLS: List[Any] = [
    ("create_channel", {"client_id": "ann"}, None, {"token": "t", "client_id": "ann", "expires_at": "2026-11-18T12:00:00Z"}, Channel("t", "ann", NOON)),
    (
        "create_channel",
        {"client_id": "ann", "duration_minutes": 5, "groups": ("a", "b"), "policy": "replace"},
        {"client_id": "ann", "duration_minutes": 5, "groups": ["a", "b"], "policy": "replace"},
        {"token": "t", "client_id": "ann", "expires_at": "2026-11-18T12:00:00.25Z"},
        Channel("t", "ann", NOON + timedelta(milliseconds=250)),
    ),
    ("send_message", {"client_id": "ann", "message": "便り"}, None, SENT, Sent("e-5", 2)),
    (
        "send_message",
        {"client_id": "ann", "message": "x", "idempotency_key": "k", "wait": "ack", "timeout_s": 3},
        None,
        dict(SENT, repeated=True, verdict="delivered"),
        Sent("e-5", 2, True, "delivered"),
    ),
    ("send_group", {"group": "a", "message": "x", "idempotency_key": "k"}, None, SENT, Sent("e-5", 2)),
    ("broadcast", {"message": "x", "idempotency_key": "k"}, None, SENT, Sent("e-5", 2)),
    (
        "batch",
        {"sends": [Send.to_client("ann", "1", idempotency_key="k"), Send.to_group("a", ""), Send.to_everyone("3")]},
        {"sends": [{"client_id": "ann", "message": "1", "idempotency_key": "k"}, {"group": "a", "message": ""}, {"everyone": True, "message": "3"}]},
        {"results": [SENT, {"error": {"type": "t", "title": "t", "status": 400, "detail": "Empty.", "code": "invalid_message"}}, SENT]},
        [Sent("e-5", 2), Refused("invalid_message", 400, "Empty."), Sent("e-5", 2)],
    ),
    ("join_group", {"group": "a", "client_id": "ann"}, None, {"cursor": "e-5", "members": 3}, Membership("e-5", 3)),
    ("leave_group", {"group": "a", "client_id": "ann"}, None, {"cursor": "e-5", "members": 0}, Membership("e-5", 0)),
    ("groups", {}, None, {"groups": [{"group": "a", "members": 1}], "next": "a"}, Groups((Group("a", 1),), "a")),
    ("groups", {"client_id": "ann", "after": "a", "limit": 7}, None, {"groups": [], "next": None}, Groups((), None)),
    (
        "presence",
        {"client_ids": ["ann"], "limit": 7},
        None,
        {"clients": [{"client_id": "ann", "sessions": 0, "since": "2026-11-18T13:00:00+01:00"}], "next": None, "cursor": "e-5"},
        Presence((PresentClient("ann", 0, NOON),), None, "e-5"),
    ),
    ("presence", {"group": "a", "after": "ann"}, None, {"clients": [], "next": "bob", "cursor": "e-5"}, Presence((), "bob", "e-5")),
    (
        "presence",
        {"events_since": "e-1", "limit": 2},
        None,
        {
            "events": [
                {"type": "connected", "client_id": "ann", "generation": 1795000000000001, "at": "2026-11-18T12:00:00Z"},
                {"type": "disconnected", "client_id": "ann", "generation": 1795000000000002, "at": "2026-11-18T12:00:00Z", "reason": "lost"},
            ],
            "cursor": "e-5",
            "more": True,
            "gap": GAP,
        },
        PresenceEvents(
            (
                PresenceEvent("connected", "ann", 1795000000000001, NOON),
                PresenceEvent("disconnected", "ann", 1795000000000002, NOON, "lost"),
            ),
            "e-5",
            True,
            Gap("d-1", "e-2"),
        ),
    ),
    ("disconnect", {"client_id": "ann"}, None, {"cursor": "e-5", "sessions": 1}, Disconnected("e-5", 1)),
    ("disconnect", {"client_id": "ann", "reason": "bye", "revoke": True}, None, SENT, Disconnected("e-5", 2)),
    (
        "history",
        {"client_id": "ann", "after": "e-1", "limit": 1},
        None,
        {"messages": [{"cursor": "e-2", "message": "x"}], "cursor": "e-2", "more": True, "gap": None},
        History((Message("e-2", "x"),), "e-2", True),
    ),
    ("history", {"group": "a"}, None, {"messages": [], "cursor": "e-2", "more": False, "gap": GAP}, History((), "e-2", False, Gap("d-1", "e-2"))),
    ("history", {"everyone": True}, None, {"messages": [], "cursor": "e-2", "more": False, "gap": None}, History((), "e-2", False)),
    ("server", {}, None, {"version": "1.2.3", "public_url": "https://push.example.org", "prefix": "/p/"}, ServerFacts("1.2.3", "https://push.example.org", "/p/")),
]  # fmt: skip


@pytest.mark.parametrize("name, arguments, members, answer, expected", CALLS)
def test_a_call_says_what_the_contract_says_and_reads_its_answer(
    serve: Serve, make_face: Any, name: str, arguments: Dict[str, Any], members: object, answer: object, expected: object
) -> None:
    server = serve(answering(answer))
    assert make_face(key="the-key").call(name, **arguments) == expected
    (request,) = server.requests
    assert request.line == f"POST /v1/{name} HTTP/1.1"
    assert request.fields == (arguments if members is None else members)
    assert request.headers["authorization"] == "Bearer the-key"


def test_what_says_nothing_is_left_out(serve: Serve, make_face: Any) -> None:
    empty = {"messages": [], "cursor": "e-2", "more": False, "gap": None}
    server = serve(answering(SENT, empty))
    face = make_face()
    face.call("disconnect", client_id="ann", revoke=False)
    face.call("history", group="a", everyone=False)
    assert [request.fields for request in server.requests] == [{"client_id": "ann"}, {"group": "a"}]


def test_what_a_newer_server_adds_is_passed_over(serve: Serve, make_face: Any) -> None:
    serve(answering(dict(SENT, verdict="postponed", colour="red")))
    assert make_face().call("broadcast", message="x") == Sent("e-5", 2, False, "postponed")


def test_a_list_of_names_is_not_one_name(make_face: Any) -> None:
    with pytest.raises(TypeError, match="groups"):
        make_face().call("create_channel", client_id="ann", groups="room")
    with pytest.raises(TypeError, match="client_ids"):
        make_face().call("presence", client_ids="ann")


def test_an_answer_tells_no_token() -> None:
    assert "secret" not in repr(Channel("secret", "ann", NOON))


@pytest.mark.parametrize("name", sorted(tayori._HOMES))
def test_every_public_name_is_there_once(name: str) -> None:
    assert getattr(tayori, name).__module__ == tayori._HOMES[name]
    assert name in dir(tayori)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Cleint"):
        tayori.Cleint  # type: ignore[attr-defined]


def contract() -> Dict[str, Set[str]]:
    """The operations of the contract and the members that each of them takes."""
    text = CONTRACT.read_text("utf-8")
    memberships = re.search(r"^  requestBodies:.*?properties: \{(.*?)\n", text, re.M | re.S)
    assert memberships is not None
    found: Dict[str, Set[str]] = {}
    for block in re.split(r"^  (?=/v1/)", text[: text.index("\ncomponents:")], flags=re.M)[1:]:
        (name,) = re.findall(r"operationId: (\w+)", block)
        body = re.findall(r"^ {16}(\w+): \{", block.split("      responses:")[0], re.M)
        if "requestBodies/Membership" in block:
            body = re.findall(r"(\w+): \{", memberships[1])
        found[name] = set(body)
    del found["openapi"]
    return found


@pytest.mark.parametrize("client", [Client, AsyncClient])
def test_the_methods_are_the_contracts_operations_and_members(client: type) -> None:
    operations = contract()
    assert len(operations) == 12
    plumbing = {"close", "aclose"}
    methods = {name for name in vars(client) if not name.startswith(("_", "iter_"))} - plumbing
    assert methods == set(operations)
    for name, members in operations.items():
        assert set(signature(getattr(client, name)).parameters) - {"self"} == members, name


def test_both_clients_take_the_same() -> None:
    def parameters(client: type, name: str) -> List[Parameter]:
        return list(signature(getattr(client, name)).parameters.values())

    calls = [name for name in vars(Client) if not name.startswith("_") and name != "close"]
    assert len(calls) == 16
    for name in calls:
        assert parameters(Client, name) == parameters(AsyncClient, name)
        assert getattr(Client, name).__doc__ == getattr(AsyncClient, name).__doc__
        assert iscoroutinefunction(getattr(AsyncClient, name)) != name.startswith("iter_")
