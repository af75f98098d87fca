"""What the calls of `tayori.Client` answer: the schemas of spec/openapi.yaml as frozen dataclasses.

Lists are tuples, times are aware `datetime`s in UTC, and a member that an answer may lack has a
default. Words that come from a closed list of today (`verdict`, `type`, `reason`) are plain `str`:
a newer server may know more of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Optional, Tuple


@dataclass(frozen=True)
class Channel:
    """A token with which a page opens the channel of `client_id`. The token is left out of `repr`."""

    token: str = field(repr=False)
    client_id: str
    expires_at: datetime


@dataclass(frozen=True)
class Sent:
    """A message is in the log at `cursor`, and was queued for `sessions` open pages.

    `repeated`: the idempotency key was known, this is the answer of the first send. `verdict`, with
    wait="ack" only: `delivered` (a page has confirmed it), `queued` (a page is there and has not
    yet), `no_session` (nobody is there).
    """

    cursor: str
    sessions: int
    repeated: bool = False
    verdict: Optional[str] = None


@dataclass(frozen=True)
class Refused:
    """An entry of a batch that was not sent, and why: what a `TayoriError` would have said."""

    code: str
    status: int
    detail: str


@dataclass(frozen=True)
class Membership:
    """From `cursor` on a join or leave counts; the group has `members` client ids now."""

    cursor: str
    members: int


@dataclass(frozen=True)
class Group:
    """A group, and how many client ids have joined it (pages that hear it by their token are not counted)."""

    group: str
    members: int


@dataclass(frozen=True)
class Groups:
    """Groups by name. `next` is the `after` of the next page, None behind the last."""

    groups: Tuple[Group, ...]
    next: Optional[str]


@dataclass(frozen=True)
class PresentClient:
    """A client id that is here. `sessions` is 0 while a lost page may still come back."""

    client_id: str
    sessions: int
    since: datetime


@dataclass(frozen=True)
class Presence:
    """Who is here, by name. `cursor` is where `events_since` goes on without missing an edge."""

    clients: Tuple[PresentClient, ...]
    next: Optional[str]
    cursor: str


@dataclass(frozen=True)
class Gap:
    """What lay after `from_` up to and including `to` is no longer held. (`from` is no name in Python.)"""

    from_: str
    to: str


@dataclass(frozen=True)
class PresenceEvent:
    """A client id came or went: `type` is `connected` or `disconnected`.

    `generation` ascends with every edge of one client id. `reason`, of disconnected: `closed`,
    `lost`, `expired`, `replaced`, `disconnected` or `shutdown`.
    """

    type: str
    client_id: str
    generation: int
    at: datetime
    reason: Optional[str] = None


@dataclass(frozen=True)
class PresenceEvents:
    """Edges in order. `cursor` is the next `events_since`; `more` says that more are held."""

    events: Tuple[PresenceEvent, ...]
    cursor: str
    more: bool
    gap: Optional[Gap] = None


@dataclass(frozen=True)
class Message:
    """A message of the history and its place in the log."""

    cursor: str
    message: str


@dataclass(frozen=True)
class History:
    """Messages, the oldest first. `cursor` is the next `after`; `more` says that more are held."""

    messages: Tuple[Message, ...]
    cursor: str
    more: bool
    gap: Optional[Gap] = None


@dataclass(frozen=True)
class ServerFacts:
    """What a server says of itself: pages take their script from `public_url` + `prefix` + "jsapi"."""

    version: str
    public_url: str
    prefix: str


@dataclass(frozen=True)
class Disconnected:
    """From `cursor` on the disconnect counts; `sessions` were ended."""

    cursor: str
    sessions: int
