"""Client: every call of a Tayori server that a backend has.

    from tayori import Client

    client = Client()
    token = client.create_channel("ann", groups=["room 1"]).token   # goes into the page
    client.send_group("room 1", "Hello")

The methods are the operations of spec/openapi.yaml, their arguments its members. What the server
refuses raises `TayoriError`; what it answers is a dataclass of `tayori.answers`.
"""

from __future__ import annotations

import os
import weakref
from types import TracebackType
from typing import Iterable, List, Optional, Type, TypeVar, Union, overload

from tayori import _calls, _paging
from tayori._attempts import Attempts
from tayori._calls import Call, Policy, Wait
from tayori._paging import Paged, Walk
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


class Client:
    """The calls of one server, each of which waits for its answer.

    `url` is the server's internal listener, `key` its API key (empty: none), `timeout_s` how long a
    call may take with all its attempts. What is not given is read from `TAYORI_URL`, `TAYORI_API_KEY`
    and `TAYORI_TIMEOUT_S` when the client is made, as `tayori.channel` reads them; their defaults are
    http://127.0.0.1:8081, no key, and 10 s. Raises ValueError if one of them cannot be used.

    Every call raises `TayoriError` when it fails: `Unreachable` when no answer came, else with the
    `code` of the server's problem. A call is made a second and third time only if there was no answer
    and the server certainly has not acted on it (no connection came about, or the request could not be
    sent to its end), or if it carries an idempotency key. An answer that timed out is not asked for
    again.

    Connections are kept. `close`, or the end of `with`, closes them; a client that is forgotten closes
    them too.

    Threads: any. Processes: a forked child may go on calling.
    """

    def __init__(
        self, url: Optional[str] = None, key: Optional[str] = None, timeout_s: Optional[float] = None
    ) -> None:
        self._attempts = Attempts(Settings.given(url, key, timeout_s, os.environ))
        self._close = weakref.finalize(self, self._attempts.exchange.close)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections; calls under way finish, later ones raise RuntimeError."""
        self._close()

    def create_channel(
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
        return self._make(_calls.create_channel(client_id, duration_minutes, groups, policy))

    def send_message(
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
        return self._make(_calls.send_message(client_id, message, idempotency_key, wait, timeout_s))

    def send_group(self, group: str, message: str, *, idempotency_key: Optional[str] = None) -> Sent:
        """Sends to all who are in a group, by one entry of the log."""
        return self._make(_calls.send_group(group, message, idempotency_key))

    def broadcast(self, message: str, *, idempotency_key: Optional[str] = None) -> Sent:
        """Sends to everyone, by one entry of the log."""
        return self._make(_calls.broadcast(message, idempotency_key))

    def batch(self, sends: Iterable[Send]) -> List[Union[Sent, Refused]]:
        """Sends up to 1,000 messages and returns a result for each, in the same order.

        One that is refused does not keep the others from being sent. The call carries an idempotency
        key when each of its sends has one.
        """
        return self._make(_calls.batch(sends))

    def join_group(self, group: str, client_id: str) -> Membership:
        """Adds a client id to a group, here or not; it stays until it leaves. Joining again changes nothing."""
        return self._make(_calls.join_group(group, client_id))

    def leave_group(self, group: str, client_id: str) -> Membership:
        """Takes a client id out of a group. A page whose token names the group goes on hearing it."""
        return self._make(_calls.leave_group(group, client_id))

    def groups(
        self, *, client_id: Optional[str] = None, after: Optional[str] = None, limit: Optional[int] = None
    ) -> Groups:
        """The groups that have members, by name; with `client_id` only those of that one. See `iter_groups`."""
        return self._make(_calls.groups(client_id, after, limit))

    @overload
    def presence(
        self,
        *,
        client_ids: Optional[Iterable[str]] = None,
        group: Optional[str] = None,
        events_since: None = None,
        after: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> Presence: ...

    @overload
    def presence(self, *, events_since: str, limit: Optional[int] = None) -> PresenceEvents: ...

    def presence(
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
            return self._make(_calls.presence(client_ids, group, after, limit))
        return self._make(_calls.presence_events(events_since, limit, client_ids, group, after))

    def disconnect(self, client_id: str, *, reason: Optional[str] = None, revoke: bool = False) -> Disconnected:
        """Ends the sessions of a client id; their pages are told `reason` and do not come back by themselves.

        With `revoke`, every token of this client id made until now is refused from now on.
        """
        return self._make(_calls.disconnect(client_id, reason, revoke))

    def history(
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
        return self._make(_calls.history(client_id, group, everyone, after, limit))

    def server(self) -> ServerFacts:
        """Which server this is, and where pages find it."""
        return self._make(_calls.server())

    def iter_groups(self, *, client_id: Optional[str] = None, page_size: Optional[int] = None) -> Paged[Group]:
        """All groups that have members, however many. `cursor` stays None."""

        def ask(after: Optional[str]) -> _paging.Page[Group]:
            return _paging.groups_page(self.groups(client_id=client_id, after=after, limit=page_size))

        return Paged(Walk(None), ask)

    def iter_presence(self, *, group: Optional[str] = None, page_size: Optional[int] = None) -> Paged[PresentClient]:
        """All who are here, or in `group`, however many.

        Who comes or goes meanwhile may be missed or told although gone: `iter_presence_events` from the
        `cursor` of what this returns tells it.
        """

        def ask(after: Optional[str]) -> _paging.Page[PresentClient]:
            return _paging.presence_page(self.presence(group=group, after=after, limit=page_size))

        return Paged(Walk(None), ask)

    def iter_history(
        self,
        *,
        client_id: Optional[str] = None,
        group: Optional[str] = None,
        everyone: bool = False,
        after: Optional[str] = None,
        page_size: Optional[int] = None,
    ) -> Paged[Union[Message, Gap]]:
        """All messages that `history` would tell, the oldest first; a `Gap` stands for those no longer held.

        `cursor` is the `after` of a later walk: that of the last page handed out to its end.
        """

        def ask(after: Optional[str]) -> _paging.Page[Union[Message, Gap]]:
            return _paging.history_page(
                self.history(client_id=client_id, group=group, everyone=everyone, after=after, limit=page_size)
            )

        return Paged(Walk(after, after), ask)

    def iter_presence_events(
        self, since: str, *, page_size: Optional[int] = None
    ) -> Paged[Union[PresenceEvent, Gap]]:
        """All who came and went since the cursor `since`, in order; a `Gap` stands for what is no longer held.

        `cursor` is the `since` of a later walk: that of the last page handed out to its end. A walk that
        was broken off repeats what it had of its last page and misses nothing.
        """

        def ask(after: Optional[str]) -> _paging.Page[Union[PresenceEvent, Gap]]:
            return _paging.events_page(self._make(_calls.presence_events(after or since, page_size)))

        return Paged(Walk(since, since), ask)

    def _make(self, call: Call[A]) -> A:
        if not self._close.alive:
            raise RuntimeError("the client is closed")
        return self._attempts.make(call)
