"""Takes the members of a JSON object out as what they have to be. No I/O.

Members that nobody asks for are passed over, so that a newer server may say more.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import List, Mapping, Optional

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))")


class Incomplete(Exception):
    """A member is missing or is something else; the text is its name and nothing of its value."""


class Members:
    """One JSON object. Every method raises `Incomplete` when the member is not what was asked for."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict):
            raise Incomplete("object")
        self._members: Mapping[str, object] = value

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def require(self, name: str, is_good: bool) -> None:
        """For what only the caller can tell about the member `name`."""
        if not is_good:
            raise Incomplete(name)

    def text(self, name: str) -> str:
        value = self._members.get(name)
        if not isinstance(value, str):
            raise Incomplete(name)
        return value

    def text_or_none(self, name: str) -> Optional[str]:
        """None when the member is missing or null."""
        return None if self._members.get(name) is None else self.text(name)

    def number(self, name: str) -> int:
        value = self._members.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Incomplete(name)
        return value

    def flag(self, name: str) -> bool:
        value = self._members.get(name)
        if not isinstance(value, bool):
            raise Incomplete(name)
        return value

    def time(self, name: str) -> datetime:
        """An RFC 3339 time, in UTC; what is finer than a microsecond is cut off."""
        match = _TIME.fullmatch(self.text(name))
        if match is None:
            raise Incomplete(name)
        seconds, fraction, sign, hours, minutes = match.groups()
        try:
            time = datetime.strptime(seconds, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
            time += timedelta(microseconds=int((fraction or "0")[:6].ljust(6, "0")))
            if sign:
                ahead = timedelta(hours=int(hours), minutes=int(minutes))
                time += -ahead if sign == "+" else ahead
        except (ValueError, OverflowError):
            raise Incomplete(name) from None
        return time

    def objects(self, name: str) -> List[Members]:
        value = self._members.get(name)
        if not isinstance(value, list):
            raise Incomplete(name)
        return [Members(item) for item in value]

    def object_or_none(self, name: str) -> Optional[Members]:
        """None when the member is missing or null."""
        value = self._members.get(name)
        return None if value is None else Members(value)
