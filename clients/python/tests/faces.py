"""The two faces of the client behind one: what a test asks of `Client`, it asks of `AsyncClient` too."""

from __future__ import annotations

import asyncio
from typing import Any, Awaitable, List, TypeVar

from tayori import AsyncClient, Client

T = TypeVar("T")


class SyncFace:
    def __init__(self, **arguments: Any) -> None:
        self.client = Client(**arguments)

    def call(self, name: str, **arguments: Any) -> Any:
        return getattr(self.client, name)(**arguments)

    def walk(self, name: str, **arguments: Any) -> List[Any]:
        return list(getattr(self.client, name)(**arguments))

    def close(self) -> None:
        self.client.close()


class AsyncFace:
    def __init__(self, **arguments: Any) -> None:
        self.client = AsyncClient(**arguments)
        self._loop = asyncio.new_event_loop()

    def call(self, name: str, **arguments: Any) -> Any:
        return self._wait_for(getattr(self.client, name)(**arguments))

    def walk(self, name: str, **arguments: Any) -> List[Any]:
        async def items() -> List[Any]:
            return [item async for item in getattr(self.client, name)(**arguments)]

        return self._wait_for(items())

    def close(self) -> None:
        if not self._loop.is_closed():
            self._wait_for(self.client.aclose())
            self._loop.close()

    def _wait_for(self, what: Awaitable[T]) -> T:
        return self._loop.run_until_complete(what)


FACES = (SyncFace, AsyncFace)
