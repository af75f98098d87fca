"""One call to the server's internal listener: `POST /v1/VERB`, JSON out, JSON in.

What both faces stand on, `tayori.channel` and `tayori.Client`. `_http` carries a call, `_answers`
reads what comes back, this file joins the two and finds the words when it fails. Each face raises
exceptions of its own for the three ways in which it can fail: `Refusal`, `Foreign`, and `Away`.
"""

from __future__ import annotations

import json
import re
from typing import Dict, Mapping, Optional, Tuple

from tayori import __version__
from tayori._answers import Problem, read_problem, read_result
from tayori._cancellation import Cancellation
from tayori._http import Answer, Away, Connections, Garbled
from tayori._settings import Settings


class Refusal(Exception):
    """The server answered with a problem. `text` says it for people, with what to look at."""

    def __init__(self, problem: Problem, text: str) -> None:
        super().__init__(text)
        self.problem = problem
        self.text = text


class Foreign(Exception):
    """What answered did not do so as a Tayori server does. `status` is 0 when that is not known."""

    def __init__(self, text: str, status: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


class Exchange:
    """The calls of one server. Threads: any."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.connections = Connections(settings.address, answer_timeout_s=settings.timeout_s)

    def call(
        self,
        verb: str,
        fields: Mapping[str, object],
        *,
        repeatable: bool,
        answer_timeout_s: Optional[float] = None,
        cancellation: Optional[Cancellation] = None,
    ) -> Dict[str, object]:
        """Makes the call and returns the members of the answer. Raises `Refusal`, `Foreign` or `Away`.

        `repeatable` says that the server may act on this call twice without harm.
        """
        body = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        try:
            answer = self.connections.post(
                f"/v1/{verb}",
                body,
                self._headers(),
                repeatable=repeatable,
                answer_timeout_s=answer_timeout_s,
                cancellation=cancellation,
            )
        except Garbled as garbled:
            raise self._foreign(f"answered with something that is not HTTP ({garbled})") from None
        result = read_result(answer)
        if result is None:
            raise self._failure(answer)
        return result

    def incomplete(self, verb: str) -> Foreign:
        """The error for a good answer that lacks what it has to hold."""
        return self._foreign(f"answered {verb} without what belongs in the answer")

    def words_of(self, away: Away) -> str:
        """That no answer came, for people."""
        known = (
            "Whether the call was carried out is not known."
            if away.may_have_arrived
            else "The call was not carried out."
        )
        return (
            f"The Tayori server at {self.settings.address} is away: {away}. {known} "
            f"Is it running, and {self._not_the_listener}"
        )

    def close(self) -> None:
        self.connections.close()

    def _headers(self) -> Dict[str, str]:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json, application/problem+json",
            "User-Agent": f"tayori-python/{__version__}",
        }
        if self.settings.api_key is not None:
            headers["Authorization"] = f"Bearer {self.settings.api_key}"
        return headers

    def _failure(self, answer: Answer) -> Exception:
        problem = read_problem(answer)
        if problem is None:
            what = f"answered {answer.status} {answer.reason} ({answer.media_type or 'no media type'})"
            return self._foreign(what, answer.status)
        problem, text = self._words_of_problem(problem)
        return Refusal(problem, text)

    def _words_of_problem(self, problem: Problem) -> Tuple[Problem, str]:
        problem = Problem(problem.code, problem.status, self._without_key(problem.text))
        text = f"{problem.text} ({problem.status} {problem.code} from {self.settings.address})"
        if problem.code == "unauthorized":
            text += f" {self.settings.key_name} is " + ("not the server's." if self.settings.api_key else "not set.")
        elif problem.code in ("not_found", "method_not_allowed"):
            text += f" If this address is wrong: {self._not_the_listener}"
        return problem, self._without_key(text)

    def _foreign(self, what: str, status: int = 0) -> Foreign:
        text = f"What listens at {self.settings.address} {what}, not as a Tayori server does: "
        text += f"is a proxy in between, or {self._not_the_listener}"
        return Foreign(self._without_key(text), status)

    @property
    def _not_the_listener(self) -> str:
        return f"does {self.settings.url_name} name the internal listener?"

    def _without_key(self, text: str) -> str:
        # A proxy may quote our request in its answer, and the answer's words go into the exception.
        key = self.settings.api_key
        return re.sub(re.escape(key), "[API key]", text, flags=re.IGNORECASE) if key else text
