"""examples/listen, a client written from spec/protocol.md, passes the vectors and hears the real server."""

from __future__ import annotations

import http.client
import importlib.util
import json
import sys
import threading
from typing import Any, Callable, Dict, Iterator, List, Optional

import pytest
from real_server import ROOT, RealServer

from tayori import Client, channel


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("listen", ROOT / "examples" / "listen" / "listen.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["listen"] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


listen = _load()


def _vectors(name: str) -> Dict[str, Any]:
    text = (ROOT / "spec" / "vectors" / f"{name}.json").read_text(encoding="utf-8")
    vectors: Dict[str, Any] = json.loads(text)
    return vectors


def _written(text: str) -> Optional[Dict[str, Any]]:
    """The frame `text` as the vectors write it."""
    try:
        frame = listen.parse_frame(text)
    except listen.Malformed:
        return None
    if isinstance(frame, listen.Opened):
        return {"kind": "o", **vars(frame), "cursor": str(frame.cursor)}
    if isinstance(frame, listen.Message):
        return {"kind": "m", "seq": listen.to_base36(frame.seq), "data": frame.data}
    if isinstance(frame, listen.Gap):
        return {"kind": "g", "from": str(frame.start), "to": str(frame.end)}
    if isinstance(frame, listen.Refusal):
        return {"kind": "e", **{name: value for name, value in vars(frame).items() if value is not None}}
    if isinstance(frame, listen.Ask):
        return {"kind": "a"}
    return {"kind": "h"} if text == "h" else {"kind": "unknown"}


FRAMES = [case for case in _vectors("frames")["frames"] if case["to"] == "page"]


@pytest.mark.parametrize("case", FRAMES, ids=lambda case: str(case["name"]))
def test_reads_frames_as_the_vectors_say(case: Dict[str, Any]) -> None:
    assert _written(case["text"]) == case["frame"]


@pytest.mark.parametrize("case", _vectors("cursors")["parse"], ids=lambda case: repr(case["text"]))
def test_reads_cursors_as_the_vectors_say(case: Dict[str, Any]) -> None:
    if case["cursor"] is None:
        with pytest.raises(listen.Malformed):
            listen.parse_cursor(case["text"])
    else:
        cursor = listen.parse_cursor(case["text"])
        assert {"epoch": cursor.epoch, "seq": listen.to_base36(cursor.seq)} == case["cursor"]
        assert str(cursor) == case["text"]


def test_orders_numbers_as_the_vectors_say() -> None:
    order = [listen.parse_seq(text) for text in _vectors("cursors")["order"]]
    assert order == sorted(set(order))


@pytest.mark.parametrize("case", _vectors("events")["events"], ids=lambda case: str(case["name"]))
def test_restores_messages_from_events(case: Dict[str, Any]) -> None:
    for cut in (1, 2, 3, 1000):
        text = case["text"].encode("utf-8")
        reader = listen.EventReader()
        events = [event for i in range(0, len(text), cut) for event in reader.feed(text[i : i + cut])]
        assert events == [listen.Event("message", f"{case['epoch']}-{case['seq']}", case["data"])]


@pytest.mark.parametrize("case", _vectors("events")["streams"], ids=lambda case: str(case["name"]))
def test_reads_streams_as_the_vectors_say(case: Dict[str, Any]) -> None:
    reader = listen.EventReader()
    events = [event for chunk in case["chunks"] for event in reader.feed(chunk.encode("utf-8"))]
    assert [vars(event) for event in events] == case["events"]


class Hearing:
    """What a listener hears, on a thread of its own."""

    def __init__(self, listener: Any) -> None:
        self.listener = listener
        self.news: List[Any] = []
        self.ended: Optional[Exception] = None
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self.listener.close()
        self._thread.join(20)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        try:
            for news in self.listener.listen():
                with self._changed:
                    self.news.append(news)
                    self._changed.notify_all()
        except listen.Refusal as refusal:
            with self._changed:
                self.ended = refusal
                self._changed.notify_all()

    def data(self, count: int) -> List[str]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.news) >= count, 20), self.news
            return [message.data for message in self.news]

    def end(self) -> Exception:
        with self._changed:
            assert self._changed.wait_for(lambda: self.ended is not None, 20)
            assert self.ended is not None
            return self.ended


@pytest.fixture(params=[False, True], ids=["stream", "polls"])
def polls(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def hear() -> Iterator[Callable[[Any], Hearing]]:
    """`hear(listener)` hears in the background until the test is over."""
    hearings: List[Hearing] = []

    def start(listener: Any) -> Hearing:
        hearings.append(Hearing(listener))
        return hearings[-1]

    yield start
    for hearing in hearings:
        hearing.stop()


Hear = Callable[[Any], Hearing]


TEXTS = ["first", "a\r\nb\rc\n", "こんにちは、便り。", '"quoted"', " ", "x" * 32_767]


def test_hears_every_message_once_in_order(tayori: RealServer, hear: Hear, polls: bool) -> None:
    client_id = f"listener-{polls}"
    token = channel.create_channel(client_id)
    channel.send_message(client_id, "before it listens")
    hearing = hear(listen.Listener(tayori.public, token, polls))
    assert hearing.data(1) == ["before it listens"]
    for text in TEXTS:
        channel.send_message(client_id, text)
    assert hearing.data(1 + len(TEXTS)) == ["before it listens", *TEXTS]


def test_confirms_what_it_has_handled(tayori: RealServer, hear: Hear, polls: bool) -> None:
    client_id = f"confirming-{polls}"
    hearing = hear(listen.Listener(tayori.public, channel.create_channel(client_id), polls))
    with Client(tayori.internal, tayori.api_key) as client:
        client.send_message(client_id, "first")
        assert hearing.data(1) == ["first"]
        sent = client.send_message(client_id, "second", wait="ack", timeout_s=15)
    assert (sent.verdict, hearing.data(2)) == ("delivered", ["first", "second"])


def test_goes_on_from_a_cursor(tayori: RealServer, hear: Hear, polls: bool) -> None:
    client_id = f"returning-{polls}"
    token = channel.create_channel(client_id)
    first = hear(listen.Listener(tayori.public, token, polls))
    channel.send_message(client_id, "one")
    assert first.data(1) == ["one"]
    again = listen.Listener(tayori.public, token, polls)
    again.cursor = first.listener.cursor
    channel.send_message(client_id, "two")
    assert hear(again).data(1) == ["two"]


def test_is_told_of_a_bad_token(tayori: RealServer, hear: Hear, polls: bool) -> None:
    refusal = hear(listen.Listener(tayori.public, "none", polls)).end()
    assert isinstance(refusal, listen.Refusal)
    assert (refusal.code, refusal.description, refusal.name) == (401, "Invalid+token.", "invalid_token")


def test_asks_no_more_when_it_is_closed_while_it_connects(
    tayori: RealServer, monkeypatch: pytest.MonkeyPatch, polls: bool
) -> None:
    listener = listen.Listener(tayori.public, channel.create_channel("leaving"), polls)
    connect = http.client.HTTPConnection.connect
    asked: List[str] = []

    def close_and_connect(connection: http.client.HTTPConnection) -> None:
        listener.close()
        connect(connection)

    def note_and_break_off(_connection: http.client.HTTPConnection, _method: str, path: str, *_rest: Any) -> None:
        asked.append(path)
        raise ConnectionAbortedError

    monkeypatch.setattr(http.client.HTTPConnection, "connect", close_and_connect)
    monkeypatch.setattr(http.client.HTTPConnection, "request", note_and_break_off)
    assert list(listener.listen()) == []
    assert asked == []
