"""Tayori: messages from a web app's backend to the browsers that wait for them.

    from tayori import Client

    client = Client()
    token = client.create_channel("room-7-alice").token   # goes into the page
    client.send_message("room-7-alice", "Hello")          # reaches the page

`Client` has every call of the server, and `AsyncClient` the same for asyncio. `tayori.channel` is the
App Engine Channel API's Python side; the old address works too: `from google.appengine.api import
channel`. This file imports nothing before it is asked for, because the old addresses import parts of
this package while they are being imported by others.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tayori.answers import (
        Channel as Channel,
        Disconnected as Disconnected,
        Gap as Gap,
        Group as Group,
        Groups as Groups,
        History as History,
        Membership as Membership,
        Message as Message,
        Presence as Presence,
        PresenceEvent as PresenceEvent,
        PresenceEvents as PresenceEvents,
        PresentClient as PresentClient,
        Refused as Refused,
        Sent as Sent,
        ServerFacts as ServerFacts,
    )
    from tayori.async_client import AsyncClient as AsyncClient
    from tayori.client import Client as Client
    from tayori.failures import TayoriError as TayoriError, Unreachable as Unreachable
    from tayori.sends import Send as Send

__version__ = "0.1.0"

# Where each public name lives; it is fetched when it is asked for first.
_HOMES = {
    "AsyncClient": "tayori.async_client",
    "Channel": "tayori.answers",
    "Client": "tayori.client",
    "Disconnected": "tayori.answers",
    "Gap": "tayori.answers",
    "Group": "tayori.answers",
    "Groups": "tayori.answers",
    "History": "tayori.answers",
    "Membership": "tayori.answers",
    "Message": "tayori.answers",
    "Presence": "tayori.answers",
    "PresenceEvent": "tayori.answers",
    "PresenceEvents": "tayori.answers",
    "PresentClient": "tayori.answers",
    "Refused": "tayori.answers",
    "Send": "tayori.sends",
    "Sent": "tayori.answers",
    "ServerFacts": "tayori.answers",
    "TayoriError": "tayori.failures",
    "Unreachable": "tayori.failures",
}


if not TYPE_CHECKING:  # a type checker that sees this takes every misspelt name for one that exists

    def __getattr__(name):
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        value = globals()[name] = getattr(importlib.import_module(_HOMES[name]), name)
        return value

    def __dir__():
        return sorted({*globals(), *_HOMES})
