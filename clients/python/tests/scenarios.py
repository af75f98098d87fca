"""Runs the scenarios of spec/scenarios: each step against the server, by a client and by pages that poll."""

from __future__ import annotations

import dataclasses
import json
import re
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List, Union

from faces import AsyncFace, SyncFace
from polling_page import PollingPage

from tayori import Refused, Send, TayoriError

FOLDER = Path(__file__).resolve().parents[3] / "spec" / "scenarios"
_CURSOR = re.compile(r"[0-9a-z]{1,32}-(0|[1-9a-z][0-9a-z]{0,12})")


def scenarios(name: str) -> List[Dict[str, Any]]:
    found: List[Dict[str, Any]] = json.loads((FOLDER / name).read_text("utf-8"))["scenarios"]
    return found


class Scene:
    """One run of one scenario."""

    def __init__(self, face: Union[SyncFace, AsyncFace], public: str) -> None:
        self._face = face
        self._public = public
        self._pages: Dict[str, PollingPage] = {}
        self._kept: Dict[str, object] = {"{run}": uuid.uuid4().hex[:12]}

    def run(self, steps: List[Dict[str, Any]]) -> None:
        for number, step in enumerate(steps):
            where = f"step {number}: {json.dumps(step, ensure_ascii=False)}"
            if "call" in step:
                self._call(step, where)
            else:
                self._page(step, where)

    def _call(self, step: Dict[str, Any], where: str) -> None:
        arguments = self._filled(step["with"])
        if "sends" in arguments:
            arguments["sends"] = [Send(**entry) for entry in arguments["sends"]]
        try:
            answer = as_json(step["call"], self._face.call(step["call"], **arguments))
        except TayoriError as error:
            assert error.code == step.get("error"), f"{where}\n{error}"
            return
        assert "error" not in step, f"{where}\nanswered {answer}"
        complaint = mismatch(self._filled(step.get("expect", {})), answer)
        assert not complaint, f"{where}\n{complaint}"
        for name, path in step.get("keep", {}).items():
            self._kept["$" + name] = member_at(answer, path)

    def _page(self, step: Dict[str, Any], where: str) -> None:
        name = step["page"]
        if "opens" in step:
            self._pages[name] = PollingPage(self._public, self._filled(step["opens"]))
            return
        page = self._pages[name]
        if "hears" in step:
            expected = self._filled(step["hears"])
            heard = page.hear(len(expected))
            assert heard == expected, f"{where}\nheard {heard}"
        elif "ends" in step:
            end = page.end()
            assert end == step["ends"], f"{where}\nended by {end}"
        elif step.get("leaves") is True:
            assert page.leave() == 204, where
        else:
            raise AssertionError(f"no runner knows this {where}")

    def _filled(self, value: Any) -> Any:
        """`value` with {run} and what was kept in the place of their names."""
        if isinstance(value, dict):
            return {name: self._filled(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self._filled(item) for item in value]
        if isinstance(value, str):
            return self._kept[value] if value.startswith("$") else value.replace("{run}", str(self._kept["{run}"]))
        return value


def as_json(call: str, answer: Any) -> Any:
    """An answer of the client as the JSON of spec/openapi.yaml that it was read from."""
    return {"results": [_written(result) for result in answer]} if call == "batch" else _written(answer)


def _written(value: Any) -> Any:
    if isinstance(value, Refused):
        return {"error": vars(value)}
    if dataclasses.is_dataclass(value):
        return {name.rstrip("_"): _written(member) for name, member in vars(value).items()}
    if isinstance(value, (tuple, list)):
        return [_written(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value


def member_at(answer: Any, path: str) -> object:
    for name in path.split("."):
        answer = answer[int(name)] if isinstance(answer, list) else answer[name]
    return answer


def mismatch(expected: Any, found: Any, where: str = "the answer") -> str:
    """What of `found` is not as `expected` says; empty when all is."""
    if isinstance(expected, dict):
        if not isinstance(found, dict) or not expected.keys() <= found.keys():
            return f"{where} should have {sorted(expected)}: {found!r}"
        return next(filter(None, (mismatch(expected[name], found[name], f"{where}.{name}") for name in expected)), "")
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return f"{where} should be a list of {len(expected)}: {found!r}"
        pairs = enumerate(zip(expected, found))
        return next(filter(None, (mismatch(one, other, f"{where}.{at}") for at, (one, other) in pairs)), "")
    if expected in _KINDS:
        return "" if _KINDS[expected](found) else f"{where} should be a {expected}: {found!r}"
    return "" if type(found) is type(expected) and found == expected else f"{where} should be {expected!r}: {found!r}"


def _is_time(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


_KINDS = {
    "<string>": lambda value: isinstance(value, str),
    "<number>": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "<cursor>": lambda value: isinstance(value, str) and _CURSOR.fullmatch(value) is not None,
    "<time>": _is_time,
}
