"""Both clients pass the scenarios of spec/scenarios/backend.json against the real server."""

from __future__ import annotations

from typing import Any, Dict, Iterator

import pytest
from real_server import RealServer
from scenarios import Scene, mismatch, scenarios


@pytest.fixture(scope="module")
def own_server() -> Iterator[RealServer]:
    """One that no page of another test leaves in the middle of a scenario, which asks who came and went."""
    server = RealServer()
    try:
        yield server
    finally:
        server.stop()


@pytest.mark.parametrize("scenario", scenarios("backend.json"), ids=lambda scenario: str(scenario["name"]))
def test_a_scenario_goes_as_written(scenario: Dict[str, Any], own_server: RealServer, make_face: Any) -> None:
    face = make_face(url=own_server.internal, key=own_server.api_key)
    Scene(face, own_server.public).run(scenario["steps"])


@pytest.mark.parametrize(
    "expected, found",
    [
        ({"a": 1}, {"a": 1, "b": 2}),
        ([{"a": "<string>"}, "<number>"], [{"a": ""}, 0]),
        (["<cursor>", "<time>", None, True], ["e-0", "2026-11-18T12:00:00+00:00", None, True]),
    ],
)
def test_an_answer_that_is_as_expected_matches(expected: object, found: object) -> None:
    assert mismatch(expected, found) == ""


@pytest.mark.parametrize(
    "expected, found",
    [
        ({"a": 1}, {"a": 2}),
        ({"a": None}, {}),
        ({"a": {"b": [1]}}, {"a": {"b": [2]}}),
        ({}, []),
        ([], [1]),
        ([1], []),
        ([], {}),
        (1, True),
        (False, 0),
        ("<string>", None),
        ("<number>", "5"),
        ("<number>", True),
        ("<cursor>", "E-1"),
        ("<cursor>", "e-01"),
        ("<time>", "2026-11-18T12:00:00"),
        ("<time>", "noon"),
    ],
)
def test_an_answer_that_is_not_as_expected_does_not_match(expected: object, found: object) -> None:
    assert mismatch(expected, found) != ""
