"""The `iter_` helpers of both clients: whole answers out of pages, and where a later walk goes on."""

from __future__ import annotations

from typing import Any, Callable, Dict, List

import pytest
from scripted_server import ScriptedServer
from test_client_calls import answering

from tayori import Client, Gap, Group, Message, PresenceEvent, TayoriError

Serve = Callable[..., ScriptedServer]
TIME = "2026-11-18T12:00:00Z"


def asked(server: ScriptedServer) -> List[Dict[str, object]]:
    return [request.fields for request in server.requests]


def event(name: str, generation: int) -> Dict[str, object]:
    return {"type": "connected", "client_id": name, "generation": generation, "at": TIME}


def names(items: List[Any]) -> List[object]:
    return [item if isinstance(item, Gap) else item.client_id for item in items]


def present(name: str) -> Dict[str, object]:
    return {"client_id": name, "sessions": 1, "since": TIME}


def test_groups_come_from_all_pages(serve: Serve, make_face: Any) -> None:
    server = serve(
        answering(
            {"groups": [{"group": "a", "members": 1}, {"group": "b", "members": 2}], "next": "b"},
            {"groups": [], "next": "c"},
            {"groups": [{"group": "d", "members": 3}], "next": None},
        )
    )
    found = make_face().walk("iter_groups", client_id="ann", page_size=2)
    assert found == [Group("a", 1), Group("b", 2), Group("d", 3)]
    page: Dict[str, object] = {"client_id": "ann", "limit": 2}
    assert asked(server) == [page, dict(page, after="b"), dict(page, after="c")]


def test_presence_comes_from_all_pages(serve: Serve, make_face: Any) -> None:
    server = serve(
        answering(
            {"clients": [present("ann")], "next": "ann", "cursor": "e-5"},
            {"clients": [present("bob")], "next": None, "cursor": "e-9"},
        )
    )
    assert names(make_face().walk("iter_presence", group="a")) == ["ann", "bob"]
    assert asked(server) == [{"group": "a"}, {"group": "a", "after": "ann"}]


def test_history_comes_from_all_pages_with_its_gap_first(serve: Serve, make_face: Any) -> None:
    server = serve(
        answering(
            {"messages": [{"cursor": "e-4", "message": "1"}], "cursor": "e-4", "more": True, "gap": {"from": "e-1", "to": "e-3"}},
            {"messages": [], "cursor": "e-5", "more": True, "gap": None},
            {"messages": [{"cursor": "e-6", "message": "2"}], "cursor": "e-7", "more": False, "gap": None},
        )
    )  # fmt: skip
    found = make_face().walk("iter_history", client_id="ann", after="e-1", page_size=1)
    assert found == [Gap("e-1", "e-3"), Message("e-4", "1"), Message("e-6", "2")]
    assert [fields["after"] for fields in asked(server)] == ["e-1", "e-4", "e-5"]
    assert all(fields["limit"] == 1 and fields["client_id"] == "ann" for fields in asked(server))


def test_the_history_of_everyone_and_of_a_group_can_be_walked(serve: Serve, make_face: Any) -> None:
    nothing = {"messages": [], "cursor": "e-1", "more": False, "gap": None}
    server = serve(answering(nothing, nothing))
    face = make_face()
    assert face.walk("iter_history", everyone=True) == face.walk("iter_history", group="a") == []
    assert asked(server) == [{"everyone": True}, {"group": "a"}]


def test_events_come_from_all_pages(serve: Serve, make_face: Any) -> None:
    server = serve(
        answering(
            {"events": [event("ann", 1)], "cursor": "e-4", "more": True, "gap": {"from": "e-1", "to": "e-3"}},
            {"events": [event("bob", 2)], "cursor": "e-7", "more": False, "gap": None},
        )
    )
    assert names(make_face().walk("iter_presence_events", since="e-1", page_size=1)) == [Gap("e-1", "e-3"), "ann", "bob"]
    assert asked(server) == [{"events_since": "e-1", "limit": 1}, {"events_since": "e-4", "limit": 1}]


def test_events_go_on_behind_the_last_page_that_was_handed_out(serve: Serve) -> None:
    serve(
        answering(
            {"events": [event("ann", 1), event("bob", 2)], "cursor": "e-4", "more": True, "gap": None},
            {"events": [event("cid", 3)], "cursor": "e-7", "more": False, "gap": None},
        )
    )
    with Client() as client:
        walk = client.iter_presence_events("e-1")
        cursors = [walk.cursor]
        for item in walk:
            assert isinstance(item, PresenceEvent)
            cursors.append(walk.cursor)
        assert [*cursors, walk.cursor] == ["e-1", "e-1", "e-1", "e-4", "e-7"]
        assert list(walk) == []


def test_a_walk_over_presence_names_the_place_of_its_first_page(serve: Serve) -> None:
    serve(
        answering(
            {"clients": [present("ann")], "next": "ann", "cursor": "e-5"},
            {"clients": [], "next": None, "cursor": "e-9"},
        )
    )
    with Client() as client:
        walk = client.iter_presence()
        assert walk.cursor is None
        assert names(list(walk)) == ["ann"]
        assert walk.cursor == "e-5"


def test_a_page_is_asked_for_when_it_is_needed(serve: Serve) -> None:
    server = serve(answering({"groups": [{"group": "a", "members": 1}], "next": "a"}, {"groups": [], "next": None}))
    with Client() as client:
        walk = client.iter_groups()
        assert asked(server) == []
        assert next(walk).group == "a"
        assert len(asked(server)) == 1
        assert list(walk) == []


def test_a_walk_goes_on_after_a_page_that_failed(serve: Serve) -> None:
    def script(conversation: Any) -> None:
        conversation.request()
        conversation.answer({"groups": [{"group": "a", "members": 1}], "next": "a"})
        conversation.request()
        conversation.problem(503, "overloaded")
        conversation.request()
        conversation.answer({"groups": [{"group": "b", "members": 1}], "next": None})

    server = serve(script)
    with Client() as client:
        walk = client.iter_groups()
        assert next(walk).group == "a"
        with pytest.raises(TayoriError):
            next(walk)
        assert [group.group for group in walk] == ["b"]
    assert asked(server) == [{}, {"after": "a"}, {"after": "a"}]
