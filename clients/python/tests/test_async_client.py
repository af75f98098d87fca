"""What is the asyncio client's own: its threads, and what becomes of calls that nobody waits for any more."""

from __future__ import annotations

import asyncio
import threading
from typing import Any, Awaitable, Callable, Dict, List

import pytest
from scripted_server import WAIT_S, Conversation, ScriptedServer, answer_well, as_tayori

from tayori import AsyncClient

Serve = Callable[..., ScriptedServer]


def run(what: Awaitable[None]) -> None:
    async def in_time() -> None:
        await asyncio.wait_for(what, WAIT_S)

    asyncio.run(in_time())


async def happens(wait: Callable[[], None]) -> None:
    """Waits for what a scripted server says, without holding up the event loop."""
    await asyncio.get_running_loop().run_in_executor(None, wait)


def hold_until_it_leaves(conversation: Conversation) -> None:
    """Notes a request, does not answer it, and notes that the client has left."""
    conversation.request()
    conversation.note()
    assert conversation.request() is None
    conversation.note()


def test_calls_run_beside_one_another(serve: Serve) -> None:
    together = threading.Barrier(4)

    def script(conversation: Conversation) -> None:
        request = conversation.request()
        assert request is not None
        together.wait(WAIT_S)  # answers come only when all four calls are here
        answer_well(conversation, request)
        as_tayori(conversation)

    serve(script)

    async def scene() -> None:
        async with AsyncClient() as client:
            channels = await asyncio.gather(*(client.create_channel(f"ann {number}") for number in range(4)))
            assert [channel.token for channel in channels] == [f"token of ann {number}" for number in range(4)]

    run(scene())


def test_no_more_calls_run_at_a_time_than_there_are_threads(serve: Serve) -> None:
    go_on = threading.Event()

    def script(conversation: Conversation) -> None:
        request = conversation.request()
        assert request is not None
        conversation.note()
        go_on.wait(WAIT_S)
        answer_well(conversation, request)
        as_tayori(conversation)

    server = serve(script)

    async def scene() -> None:
        async with AsyncClient(max_threads=2) as client:
            calls = [asyncio.ensure_future(client.broadcast(str(number))) for number in range(40)]
            for _ in range(2):
                await happens(server.wait_for_a_note)
            go_on.set()
            await asyncio.gather(*calls)

    run(scene())
    assert (len(server.requests), server.connections) == (40, 2)


def test_a_cancelled_call_ends_its_connection_and_gives_its_thread_back(serve: Serve) -> None:
    server = serve(hold_until_it_leaves, as_tayori)

    async def scene() -> None:
        async with AsyncClient(max_threads=1) as client:
            call = asyncio.ensure_future(client.send_message("ann", "1", wait="ack", timeout_s=60))
            await happens(server.wait_for_a_note)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            await happens(server.wait_for_a_note)  # it has left, long before its time was over
            assert (await client.broadcast("2")).cursor == "e-1"

    run(scene())
    assert [request.fields["message"] for request in server.requests] == ["1", "2"]


def test_a_cancelled_call_with_a_key_is_not_made_again(serve: Serve) -> None:
    server = serve(hold_until_it_leaves, as_tayori)

    async def scene() -> None:
        async with AsyncClient(max_threads=1) as client:
            call = asyncio.ensure_future(client.broadcast("1", idempotency_key="k"))
            await happens(server.wait_for_a_note)
            call.cancel()
            await asyncio.wait([call])
            await client.broadcast("2")  # on the only thread, so behind all that the first one did

    run(scene())
    assert [request.fields["message"] for request in server.requests] == ["1", "2"]


def test_a_call_that_is_cancelled_before_its_turn_is_never_made(serve: Serve) -> None:
    go_on = threading.Event()

    def script(conversation: Conversation) -> None:
        request = conversation.request()
        assert request is not None
        conversation.note()
        go_on.wait(WAIT_S)
        answer_well(conversation, request)
        as_tayori(conversation)

    server = serve(script)

    async def scene() -> None:
        async with AsyncClient(max_threads=1) as client:
            first = asyncio.ensure_future(client.broadcast("1"))
            await happens(server.wait_for_a_note)
            second = asyncio.ensure_future(client.broadcast("2"))
            await asyncio.sleep(0)  # lets it stand in line
            second.cancel()
            await asyncio.wait([second])
            go_on.set()
            await first
            await client.broadcast("3")

    run(scene())
    assert [request.fields["message"] for request in server.requests] == ["1", "3"]


def test_a_cancellation_that_comes_too_late_hurts_no_other_call(serve: Serve) -> None:
    server = serve()

    async def scene() -> None:
        async with AsyncClient(max_threads=4) as client:
            for _ in range(50):
                calls = [asyncio.ensure_future(client.create_channel(f"ann {number}")) for number in range(4)]
                await calls[0]
                calls[1].cancel()  # on its way, under way or over
                await asyncio.wait([calls[1]])
                assert [(await calls[number]).token for number in (2, 3)] == ["token of ann 2", "token of ann 3"]

    run(scene())
    assert len(server.requests) >= 150


def test_a_time_limit_of_the_callers_own_works(serve: Serve) -> None:
    serve(hold_until_it_leaves)

    async def scene() -> None:
        async with AsyncClient() as client:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(client.groups(), 0.2)

    run(scene())


def test_closing_lets_calls_under_way_finish_and_takes_no_others(serve: Serve) -> None:
    go_on = threading.Event()

    def script(conversation: Conversation) -> None:
        request = conversation.request()
        assert request is not None
        conversation.note()
        go_on.wait(WAIT_S)
        answer_well(conversation, request)
        assert conversation.request() is None  # nothing is kept any more

    server = serve(script)

    async def scene() -> None:
        client = AsyncClient()
        call = asyncio.ensure_future(client.broadcast("1"))
        await happens(server.wait_for_a_note)
        await client.aclose()
        await client.aclose()
        with pytest.raises(RuntimeError, match="closed"):
            await client.broadcast("2")
        go_on.set()
        assert (await call).cursor == "e-1"
        await happens(server.wait_for_an_end)

    run(scene())


def test_one_client_serves_several_event_loops(serve: Serve) -> None:
    server = serve()
    client = AsyncClient()

    async def scene() -> None:
        await client.broadcast("x")

    run(scene())
    run(scene())
    run(client.aclose())
    assert (len(server.requests), server.connections) == (2, 1)


def test_a_walk_goes_on_after_a_page_that_was_cancelled(serve: Serve) -> None:
    def first_page(conversation: Conversation) -> None:
        conversation.request()
        conversation.answer({"groups": [{"group": "a", "members": 1}], "next": "a"}, extra="Connection: close\r\n")

    def last_page(conversation: Conversation) -> None:
        conversation.request()
        conversation.answer({"groups": [{"group": "b", "members": 1}], "next": None})

    server = serve(first_page, hold_until_it_leaves, last_page)

    async def scene() -> None:
        async with AsyncClient() as client:
            walk = client.iter_groups()
            assert (await walk.__anext__()).group == "a"
            page: Any = asyncio.ensure_future(walk.__anext__())
            await happens(server.wait_for_a_note)
            page.cancel()
            await asyncio.wait([page])
            assert [group.group async for group in walk] == ["b"]

    run(scene())
    asked: List[Dict[str, object]] = [request.fields for request in server.requests]
    assert asked == [{}, {"after": "a"}, {"after": "a"}]
