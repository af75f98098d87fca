"""AsyncClient: every call of a Tayori server that a backend has, for asyncio.

    from tayori import AsyncClient

    async with AsyncClient() as client:
        await client.send_message("ann", "Hello")

The same surface as `tayori.client.Client`, whose docstrings hold here too.
"""

from __future__ import annotations

import asyncio
import os
import weakref
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Iterable, List, Optional, Type, TypeVar, Union, overload

from tayori import _calls, _paging
from tayori._attempts import Attempts
from tayori._calls import Call, Policy, Wait
from tayori._cancellation import Cancellation
from tayori._paging import AsyncPaged, Walk
from tayori._settings import Settings
from tayori.answers import (
    Channel,
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
    Sent,
    ServerFacts,
)
from tayori.sends import Send

A = TypeVar("A")

MAX_THREADS = 16  # as many as connections are kept


class AsyncClient:
    """The calls of one server, to be awaited.

    It runs the calls of `Client` on threads of its own, at most `max_threads` at a time; further ones
    wait for their turn. A send with wait="ack" keeps its thread until the verdict. Arguments, retries
    and errors are those of `Client`.

    Cancelling is safe: a call that has not begun is never made; one under way has its connection ended
    and its thread back at once, no other call notices, and whether the server has acted on it is not
    known. (Only a connection that is just being made is waited for, in its thread.)

    `aclose`, or the end of `async with`, closes the connections; a client that is forgotten closes them too.

    Threads: any, and any event loop. Processes: a forked child makes a client of its own.
    """

    def __init__(
        self,
        url: Optional[str] = None,
        key: Optional[str] = None,
        timeout_s: Optional[float] = None,
        *,
        max_threads: int = MAX_THREADS,
    ) -> None:
        self._attempts = Attempts(Settings.given(url, key, timeout_s, os.environ))
        self._threads = ThreadPoolExecutor(max_threads, "tayori")
        self._close = weakref.finalize(self, _close, self._threads, self._attempts)

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes the connections; calls under way and those that wait finish, later ones raise RuntimeError."""
        self._close()

    async def create_channel(
        self,
        client_id: str,
        *,
        duration_minutes: Optional[int] = None,
        groups: Optional[Iterable[str]] = None,
        policy: Optional[Policy] = None,
    ) -> Channel:
        """Makes a token for a page, a new one at every call.

        The page gets everything sent from now on to `client_id`, to `groups` (up to 64 names) and to
        everyone. The token is good for `duration_minutes`, 1 to 1440, the server's default when None.
        `policy` says what becomes of several pages at a time: all (`multi`), the newest (`replace`) or
        the first one (`reject`).
        """
        return await self._make(_calls.create_channel(client_id, duration_minutes, groups, policy))

    async def send_message(
        self,
        client_id: str,
        message: str,
        *,
        idempotency_key: Optional[str] = None,
        wait: Optional[Wait] = None,
        timeout_s: Optional[int] = None,
    ) -> Sent:
        """Sends to one client id, or to that of one of its tokens. Nobody there is no error: the message waits.

        With wait="ack" the answer has a `verdict`, and comes when a page has confirmed the message, at
        once when nobody is there, and at the latest after `timeout_s` (1 to 60, by default 10). By that
        much longer than usual the call may take.
        """
        return await self._make(_calls.send_message(client_id, message, idempotency_key, wait, timeout_s))

    async def send_group(self, group: str, message: str, *, idempotency_key: Optional[str] = None) -> Sent:
        """Sends to all who are in a group, by one entry of the log."""
        return await self._make(_calls.send_group(group, message, idempotency_key))

    async def broadcast(self, message: str, *, idempotency_key: Optional[str] = None) -> Sent:
        """Sends to everyone, by one entry of the log."""
        return await self._make(_calls.broadcast(message, idempotency_key))

    async def batch(self, sends: Iterable[Send]) -> List[Union[Sent, Refused]]:
        """Sends up to 1,000 messages and returns a result for each, in the same order.

        One that is refused does not keep the others from being sent. The call carries an idempotency
        key when each of its sends has one.
        """
        return await self._make(_calls.batch(sends))

    async def join_group(self, group: str, client_id: str) -> Membership:
        """Adds a client id to a group, here or not; it stays until it leaves. Joining again changes nothing."""
        return await self._make(_calls.join_group(group, client_id))

    async def leave_group(self, group: str, client_id: str) -> Membership:
        """Takes a client id out of a group. A page whose token names the group goes on hearing it."""
        return await self._make(_calls.leave_group(group, client_id))

    async def groups(
        self, *, client_id: Optional[str] = None, after: Optional[str] = None, limit: Optional[int] = None
    ) -> Groups:
        """The groups that have members, by name; with `client_id` only those of that one. See `iter_groups`."""
        return await self._make(_calls.groups(client_id, after, limit))

    @overload
    async def presence(
        self,
        *,
        client_ids: Optional[Iterable[str]] = None,
        group: Optional[str] = None,
        events_since: None = None,
        after: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> Presence: ...

    @overload
    async def presence(self, *, events_since: str, limit: Optional[int] = None) -> PresenceEvents: ...

    async def presence(
        self,
        *,
        client_ids: Optional[Iterable[str]] = None,
        group: Optional[str] = None,
        events_since: Optional[str] = None,
        after: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> Union[Presence, PresenceEvents]:
        """Who is here: everybody, those among `client_ids` (up to 1,000), or those in `group`.

        With `events_since`, a cursor: who came and went since then. See `iter_presence` and
        `iter_presence_events`.
        """
        if events_since is None:
            return await self._make(_calls.presence(client_ids, group, after, limit))
        return await self._make(_calls.presence_events(events_since, limit, client_ids, group, after))

    async def disconnect(self, client_id: str, *, reason: Optional[str] = None, revoke: bool = False) -> Disconnected:
        """Ends the sessions of a client id; their pages are told `reason` and do not come back by themselves.

        With `revoke`, every token of this client id made until now is refused from now on.
        """
        return await self._make(_calls.disconnect(client_id, reason, revoke))

    async def history(
        self,
        *,
        client_id: Optional[str] = None,
        group: Optional[str] = None,
        everyone: bool = False,
        after: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> History:
        """What was sent to a client id, a group or everyone (exactly one of them), as far as it is held.

        From the place `after` on, from the oldest that is held when None. See `iter_history`.
        """
        return await self._make(_calls.history(client_id, group, everyone, after, limit))

    async def server(self) -> ServerFacts:
        """Which server this is, and where pages find it."""
        return await self._make(_calls.server())

    def iter_groups(self, *, client_id: Optional[str] = None, page_size: Optional[int] = None) -> AsyncPaged[Group]:
        """All groups that have members, however many. `cursor` stays None."""

        async def ask(after: Optional[str]) -> _paging.Page[Group]:
            return _paging.groups_page(await self.groups(client_id=client_id, after=after, limit=page_size))

        return AsyncPaged(Walk(None), ask)

    def iter_presence(
        self, *, group: Optional[str] = None, page_size: Optional[int] = None
    ) -> AsyncPaged[PresentClient]:
        """All who are here, or in `group`, however many.

        Who comes or goes meanwhile may be missed or told although gone: `iter_presence_events` from the
        `cursor` of what this returns tells it.
        """

        async def ask(after: Optional[str]) -> _paging.Page[PresentClient]:
            return _paging.presence_page(await self.presence(group=group, after=after, limit=page_size))

        return AsyncPaged(Walk(None), ask)

    def iter_history(
        self,
        *,
        client_id: Optional[str] = None,
        group: Optional[str] = None,
        everyone: bool = False,
        after: Optional[str] = None,
        page_size: Optional[int] = None,
    ) -> AsyncPaged[Union[Message, Gap]]:
        """All messages that `history` would tell, the oldest first; a `Gap` stands for those no longer held.

        `cursor` is the `after` of a later walk: that of the last page handed out to its end.
        """

        async def ask(after: Optional[str]) -> _paging.Page[Union[Message, Gap]]:
            return _paging.history_page(
                await self.history(client_id=client_id, group=group, everyone=everyone, after=after, limit=page_size)
            )

        return AsyncPaged(Walk(after, after), ask)

    def iter_presence_events(
        self, since: str, *, page_size: Optional[int] = None
    ) -> AsyncPaged[Union[PresenceEvent, Gap]]:
        """All who came and went since the cursor `since`, in order; a `Gap` stands for what is no longer held.

        `cursor` is the `since` of a later walk: that of the last page handed out to its end. A walk that
        was broken off repeats what it had of its last page and misses nothing.
        """

        async def ask(after: Optional[str]) -> _paging.Page[Union[PresenceEvent, Gap]]:
            return _paging.events_page(await self._make(_calls.presence_events(after or since, page_size)))

        return AsyncPaged(Walk(since, since), ask)

    async def _make(self, call: Call[A]) -> A:
        if not self._close.alive:
            raise RuntimeError("the client is closed")
        cancellation = Cancellation()
        result = self._threads.submit(lambda: self._attempts.make(call, cancellation))
        try:
            return await asyncio.wrap_future(result)
        finally:
            # Of a call that is over nothing is left to end; of one that nobody waits for any more, the connection.
            cancellation.cancel()


def _close(threads: ThreadPoolExecutor, attempts: Attempts) -> None:
    threads.shutdown(wait=False)  # waiting would hold up the event loop
    attempts.exchange.close()
