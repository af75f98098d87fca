"""What an answer means: the result of a call, a problem document, or something foreign. No I/O.

Source: RFC 9457 (problem documents); spec/codes.json (the member `code`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Dict, Optional

from tayori._codes import CODES
from tayori._http import Answer

MAX_DETAIL_CHARACTERS = 1000
_JSON = ("application/json", "application/problem+json")


@dataclass(frozen=True)
class Problem:
    """A problem document of a Tayori server: machine name, HTTP status, and a sentence for people."""

    code: str
    status: int
    text: str


def read_result(answer: Answer) -> Optional[Dict[str, object]]:
    """The members of a good answer, or None when it is no such thing."""
    return _read_object(answer) if 200 <= answer.status < 300 else None


def read_problem(answer: Answer) -> Optional[Problem]:
    """The problem that the server reports, or None when the answer is not a Tayori server's."""
    members = _read_object(answer) if answer.status >= 400 else None
    code = members.get("code") if members else None
    if members is None or not isinstance(code, str) or not code:
        return None
    for member in ("detail", "title"):
        text = members.get(member)
        if isinstance(text, str) and text:
            return Problem(code, answer.status, text[:MAX_DETAIL_CHARACTERS])
    facts = CODES.get(code)
    return Problem(code, answer.status, facts.sentence if facts else code)


def _read_object(answer: Answer) -> Optional[Dict[str, object]]:
    if answer.media_type not in _JSON:
        return None
    try:
        value = json.loads(answer.body.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
