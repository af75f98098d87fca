"""Each call of spec/openapi.yaml as a value: what is asked, how the answer is read. No I/O.

Both clients make the same calls; only how they wait differs. What is not given (None) is left out,
so that the server's defaults count, and whether a value is allowed is for the server to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, Generic, Iterable, List, Literal, Mapping, Optional, TypeVar, Union

from tayori._members import Members
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

A_co = TypeVar("A_co", covariant=True)

Policy = Literal["multi", "replace", "reject"]
Wait = Literal["ack"]

DEFAULT_ACK_TIMEOUT_S = 10.0  # what the server waits for a page when `timeout_s` is not given
LONGEST_ACK_TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Call(Generic[A_co]):
    """A call. `repeatable`: the server may get it twice without harm; `longer_s`: how much longer it may take."""

    verb: str
    fields: Mapping[str, object]
    read: Callable[[Members], A_co]
    repeatable: bool = False
    longer_s: float = 0.0


def create_channel(
    client_id: str, duration_minutes: Optional[int], groups: Optional[Iterable[str]], policy: Optional[Policy]
) -> Call[Channel]:
    fields = _given(
        client_id=client_id, duration_minutes=duration_minutes, groups=_list("groups", groups), policy=policy
    )
    return Call("create_channel", fields, _channel)


def send_message(
    client_id: str, message: str, idempotency_key: Optional[str], wait: Optional[Wait], timeout_s: Optional[int]
) -> Call[Sent]:
    fields = _given(
        client_id=client_id, message=message, idempotency_key=idempotency_key, wait=wait, timeout_s=timeout_s
    )
    longer_s = 0.0
    if wait is not None:
        asked_s = DEFAULT_ACK_TIMEOUT_S if timeout_s is None else float(timeout_s)
        longer_s = min(max(asked_s, 0.0), LONGEST_ACK_TIMEOUT_S)  # beyond these the server refuses at once
    return Call("send_message", fields, _sent, repeatable=idempotency_key is not None, longer_s=longer_s)


def send_group(group: str, message: str, idempotency_key: Optional[str]) -> Call[Sent]:
    fields = _given(group=group, message=message, idempotency_key=idempotency_key)
    return Call("send_group", fields, _sent, repeatable=idempotency_key is not None)


def broadcast(message: str, idempotency_key: Optional[str]) -> Call[Sent]:
    fields = _given(message=message, idempotency_key=idempotency_key)
    return Call("broadcast", fields, _sent, repeatable=idempotency_key is not None)


def batch(sends: Iterable[Send]) -> Call[List[Union[Sent, Refused]]]:
    entries = list(sends)
    repeatable = all(entry.idempotency_key is not None for entry in entries)
    fields = {"sends": [entry.members() for entry in entries]}

    def read(members: Members) -> List[Union[Sent, Refused]]:
        results = [_result(result) for result in members.objects("results")]
        members.require("results", len(results) == len(entries))
        return results

    return Call("batch", fields, read, repeatable=repeatable)


def join_group(group: str, client_id: str) -> Call[Membership]:
    return Call("join_group", {"group": group, "client_id": client_id}, _membership)


def leave_group(group: str, client_id: str) -> Call[Membership]:
    return Call("leave_group", {"group": group, "client_id": client_id}, _membership)


def groups(client_id: Optional[str], after: Optional[str], limit: Optional[int]) -> Call[Groups]:
    return Call("groups", _given(client_id=client_id, after=after, limit=limit), _groups)


def presence(
    client_ids: Optional[Iterable[str]], group: Optional[str], after: Optional[str], limit: Optional[int]
) -> Call[Presence]:
    fields = _given(client_ids=_list("client_ids", client_ids), group=group, after=after, limit=limit)
    return Call("presence", fields, _presence)


def presence_events(
    events_since: str,
    limit: Optional[int],
    client_ids: Optional[Iterable[str]] = None,
    group: Optional[str] = None,
    after: Optional[str] = None,
) -> Call[PresenceEvents]:
    # The last three cannot be combined with it; that is the server's to say too.
    call = presence(client_ids, group, after, limit)
    return Call("presence", dict(call.fields, events_since=events_since), _presence_events)


def disconnect(client_id: str, reason: Optional[str], revoke: bool) -> Call[Disconnected]:
    fields = _given(client_id=client_id, reason=reason, revoke=revoke or None)
    return Call("disconnect", fields, lambda m: Disconnected(m.text("cursor"), m.number("sessions")))


def history(
    client_id: Optional[str],
    group: Optional[str],
    everyone: bool,
    after: Optional[str],
    limit: Optional[int],
) -> Call[History]:
    # On the wire `everyone` is true or missing; False is how Python says missing.
    fields = _given(client_id=client_id, group=group, everyone=everyone or None, after=after, limit=limit)
    return Call("history", fields, _history)


def server() -> Call[ServerFacts]:
    return Call("server", {}, lambda m: ServerFacts(m.text("version"), m.text("public_url"), m.text("prefix")))


def _given(**members: object) -> Dict[str, object]:
    return {name: value for name, value in members.items() if value is not None}


def _list(name: str, value: Optional[Iterable[str]]) -> Optional[List[str]]:
    if isinstance(value, (str, bytes)):  # would be taken apart into its letters
        raise TypeError(f"{name} has to be a list of texts, not one text")
    return None if value is None else list(value)


def _channel(members: Members) -> Channel:
    return Channel(members.text("token"), members.text("client_id"), members.time("expires_at"))


def _sent(members: Members) -> Sent:
    repeated = "repeated" in members and members.flag("repeated")
    return Sent(members.text("cursor"), members.number("sessions"), repeated, members.text_or_none("verdict"))


def _result(members: Members) -> Union[Sent, Refused]:
    error = members.object_or_none("error")
    if error is None:
        return _sent(members)
    return Refused(error.text("code"), error.number("status"), error.text("detail"))


def _membership(members: Members) -> Membership:
    return Membership(members.text("cursor"), members.number("members"))


def _groups(members: Members) -> Groups:
    found = tuple(Group(one.text("group"), one.number("members")) for one in members.objects("groups"))
    return Groups(found, members.text_or_none("next"))


def _presence(members: Members) -> Presence:
    clients = tuple(
        PresentClient(one.text("client_id"), one.number("sessions"), one.time("since"))
        for one in members.objects("clients")
    )
    return Presence(clients, members.text_or_none("next"), members.text("cursor"))


def _presence_events(members: Members) -> PresenceEvents:
    events = tuple(
        PresenceEvent(
            type=one.text("type"),
            client_id=one.text("client_id"),
            generation=one.number("generation"),
            at=one.time("at"),
            reason=one.text_or_none("reason"),
        )
        for one in members.objects("events")
    )
    return PresenceEvents(events, members.text("cursor"), members.flag("more"), _gap(members))


def _history(members: Members) -> History:
    messages = tuple(Message(one.text("cursor"), one.text("message")) for one in members.objects("messages"))
    return History(messages, members.text("cursor"), members.flag("more"), _gap(members))


def _gap(members: Members) -> Optional[Gap]:
    gap = members.object_or_none("gap")
    return None if gap is None else Gap(gap.text("from"), gap.text("to"))
