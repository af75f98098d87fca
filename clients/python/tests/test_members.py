"""What a member of an answer may be."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Callable

import pytest

from tayori._members import Incomplete, Members


@pytest.mark.parametrize(
    "written, read",
    [
        ("2026-11-18T12:00:00Z", datetime(2026, 11, 18, 12)),
        ("2026-11-18T12:00:00.5Z", datetime(2026, 11, 18, 12, 0, 0, 500000)),
        ("2026-11-18T12:00:00.000001999Z", datetime(2026, 11, 18, 12, 0, 0, 1)),
        ("2026-11-18T12:00:00z", datetime(2026, 11, 18, 12)),
        ("2026-11-18T00:30:00+09:00", datetime(2026, 11, 17, 15, 30)),
        ("2026-11-18T23:30:00-01:30", datetime(2026, 11, 19, 1)),
    ],
)
def test_a_time_is_read_as_one_of_utc(written: str, read: datetime) -> None:
    assert Members({"at": written}).time("at") == read.replace(tzinfo=timezone.utc)
    assert Members({"at": written}).time("at").utcoffset() == timezone.utc.utcoffset(None)


@pytest.mark.parametrize(
    "written",
    ["", "now", "2026-11-18", "2026-11-18T12:00:00", "2026-13-18T12:00:00Z", "2026-11-18T25:00:00Z", "0001-01-01T00:00:00+01:00", 5],
)  # fmt: skip
def test_what_is_no_time_is_refused(written: object) -> None:
    with pytest.raises(Incomplete):
        Members({"at": written}).time("at")


@pytest.mark.parametrize(
    "value, read",
    [
        (5, lambda members: members.text("x")),
        (None, lambda members: members.text("x")),
        ("5", lambda members: members.number("x")),
        (True, lambda members: members.number("x")),
        (5.5, lambda members: members.number("x")),
        (1, lambda members: members.flag("x")),
        (5, lambda members: members.text_or_none("x")),
        ({}, lambda members: members.objects("x")),
        ([5], lambda members: members.objects("x")),
        ([], lambda members: members.object_or_none("x")),
    ],
)
def test_what_is_something_else_is_refused_without_being_repeated(
    value: object, read: Callable[[Members], object]
) -> None:
    with pytest.raises(Incomplete) as caught:
        read(Members({"x": value}))
    assert str(caught.value) in ("x", "object")


def test_null_and_nothing_are_the_same_where_a_member_may_be_missing() -> None:
    for members in (Members({"x": None}), Members({})):
        assert members.text_or_none("x") is None
        assert members.object_or_none("x") is None
