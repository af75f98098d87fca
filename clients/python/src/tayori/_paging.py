"""Walks over answers that come in pages: what the `iter_` helpers of the clients return.

`Paged` and `AsyncPaged` ask for a page when the one before has been handed out. Between them they
share `Walk`, which does no I/O.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import (
    AsyncIterator,
    Awaitable,
    Callable,
    Deque,
    Generic,
    Iterator,
    List,
    Optional,
    Sequence,
    TypeVar,
    Union,
)

from tayori.answers import Gap, Group, Groups, History, Message, Presence, PresenceEvent, PresenceEvents, PresentClient

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """What was in one answer; `next` is the `after` that goes on, None behind the last page.

    `cursor` counts when all of the page has been handed out, `cursor_at_once` from its arrival on.
    """

    items: Sequence[T]
    next: Optional[str]
    cursor: Optional[str] = None
    cursor_at_once: Optional[str] = None


class Walk(Generic[T]):
    """Where a walk stands. Threads: one at a time."""

    def __init__(self, after: Optional[str], cursor: Optional[str] = None) -> None:
        self.after = after
        self.cursor = cursor
        self.is_over = False
        self._waiting: Deque[T] = deque()
        self._page: Optional[Page[T]] = None

    def take(self) -> Optional[T]:
        """The next item; None when a page has to be asked for or, with `is_over`, when there is no more."""
        if self._waiting:
            return self._waiting.popleft()
        if self._page is not None:
            self.cursor = self._page.cursor or self.cursor
            if self._page.next is None:
                self.is_over = True
            else:
                self.after = self._page.next
            self._page = None
        return None

    def arrived(self, page: Page[T]) -> None:
        self._page = page
        self._waiting.extend(page.items)
        # The first answer's, and no later one's: what changed while the pages came has to be told again.
        self.cursor = self.cursor or page.cursor_at_once


class Paged(Iterator[T]):
    """Items of all pages, in order; a page is asked for when it is needed. Raises `TayoriError` then."""

    def __init__(self, walk: Walk[T], ask: Callable[[Optional[str]], Page[T]]) -> None:
        self._walk = walk
        self._ask = ask

    @property
    def cursor(self) -> Optional[str]:
        """A place in the log with which to go on later; which one, the helper says that returned this."""
        return self._walk.cursor

    def __iter__(self) -> Paged[T]:
        return self

    def __next__(self) -> T:
        while True:
            item = self._walk.take()
            if item is not None:
                return item
            if self._walk.is_over:
                raise StopIteration
            self._walk.arrived(self._ask(self._walk.after))


class AsyncPaged(AsyncIterator[T]):
    """`Paged` for `async for`."""

    def __init__(self, walk: Walk[T], ask: Callable[[Optional[str]], Awaitable[Page[T]]]) -> None:
        self._walk = walk
        self._ask = ask

    @property
    def cursor(self) -> Optional[str]:
        """A place in the log with which to go on later; which one, the helper says that returned this."""
        return self._walk.cursor

    def __aiter__(self) -> AsyncPaged[T]:
        return self

    async def __anext__(self) -> T:
        while True:
            item = self._walk.take()
            if item is not None:
                return item
            if self._walk.is_over:
                raise StopAsyncIteration
            self._walk.arrived(await self._ask(self._walk.after))


def groups_page(answer: Groups) -> Page[Group]:
    return Page(answer.groups, answer.next)


def presence_page(answer: Presence) -> Page[PresentClient]:
    return Page(answer.clients, answer.next, cursor_at_once=answer.cursor)


def history_page(answer: History) -> Page[Union[Message, Gap]]:
    return Page(_behind(answer.gap, answer.messages), answer.cursor if answer.more else None, answer.cursor)


def events_page(answer: PresenceEvents) -> Page[Union[PresenceEvent, Gap]]:
    return Page(_behind(answer.gap, answer.events), answer.cursor if answer.more else None, answer.cursor)


def _behind(gap: Optional[Gap], items: Sequence[T]) -> Sequence[Union[T, Gap]]:
    both: List[Union[T, Gap]] = [] if gap is None else [gap]
    both.extend(items)
    return both
