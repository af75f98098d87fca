"""One call to the server's internal listener: `POST /v1/VERB`, JSON out, JSON in, errors raised.

`_http` carries it, `_answers` reads it, this file joins the two and finds the words when it fails.
"""

from __future__ import annotations

import atexit
import json
import os
import re
from typing import Dict, Mapping, Optional

from tayori import __version__
from tayori._answers import Problem, read_problem, read_result
from tayori._http import Answer, Away, Connections, Garbled
from tayori._settings import Settings
from tayori.errors import OLD_CLASSES, ConfigurationError, Error, ServerAwayError, ServiceError

_NOT_THE_LISTENER = "does TAYORI_URL name the internal listener?"


class Service:
    """The calls of one server. Threads: any."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._connections = Connections(settings.address, answer_timeout_s=settings.timeout_s)

    def call(self, verb: str, fields: Mapping[str, object], *, repeatable: bool) -> Dict[str, object]:
        """Makes the call and returns the members of the answer; raises a `tayori.errors.Error`.

        `repeatable` says that the server may act on this call twice without harm.
        """
        body = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        try:
            answer = self._connections.post(f"/v1/{verb}", body, self._headers(), repeatable=repeatable)
        except Away as away:
            raise self._away(away) from away
        except Garbled as garbled:
            raise self._foreign(f"answered with something that is not HTTP ({garbled})") from None
        result = read_result(answer)
        if result is None:
            raise self._failure(answer)
        return result

    def incomplete(self, verb: str) -> Error:
        """The error for a good answer that lacks what it has to hold."""
        return self._foreign(f"answered {verb} without what belongs in the answer")

    def close(self) -> None:
        self._connections.close()

    def _headers(self) -> Dict[str, str]:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json, application/problem+json",
            "User-Agent": f"tayori-python/{__version__}",
        }
        if self.settings.api_key is not None:
            headers["Authorization"] = f"Bearer {self.settings.api_key}"
        return headers

    def _failure(self, answer: Answer) -> Error:
        problem = read_problem(answer)
        if problem is None:
            what = f"answered {answer.status} {answer.reason} ({answer.media_type or 'no media type'})"
            return self._foreign(what, answer.status)
        old_class = OLD_CLASSES.get(problem.code)
        if old_class is not None:
            return old_class(self._without_key(problem.text))
        return self._service_error(problem)

    def _service_error(self, problem: Problem) -> ServiceError:
        text = f"{problem.text} ({problem.status} {problem.code} from {self.settings.address})"
        if problem.code == "unauthorized":
            text += " TAYORI_API_KEY is " + ("not the server's." if self.settings.api_key else "not set.")
        elif problem.code in ("not_found", "method_not_allowed"):
            text += f" If this address is wrong: {_NOT_THE_LISTENER}"
        return ServiceError(self._without_key(text), code=problem.code, status=problem.status)

    def _foreign(self, what: str, status: int = 0) -> ServiceError:
        text = f"What listens at {self.settings.address} {what}, not as a Tayori server does: "
        text += f"is a proxy in between, or {_NOT_THE_LISTENER}"
        return ServiceError(self._without_key(text), status=status)

    def _away(self, away: Away) -> ServerAwayError:
        known = (
            "Whether the call was carried out is not known."
            if away.may_have_arrived
            else "The call was not carried out."
        )
        address = str(self.settings.address)
        text = f"The Tayori server at {address} is away: {away}. {known} Is it running, and {_NOT_THE_LISTENER}"
        return ServerAwayError(text, address=address, may_have_arrived=away.may_have_arrived)

    def _without_key(self, text: str) -> str:
        # A proxy may quote our request in its answer, and the answer's words go into the exception.
        key = self.settings.api_key
        return re.sub(re.escape(key), "[API key]", text, flags=re.IGNORECASE) if key else text


_current: Optional[Service] = None


def service_from_environment() -> Service:
    """The service that the TAYORI_ variables name now; the same one as long as they stay the same."""
    global _current
    try:
        settings = Settings.read(os.environ)
    except ValueError as error:
        raise ConfigurationError(str(error)) from None
    service = _current
    if service is None or service.settings != settings:
        if service is not None:
            service.close()
        service = _current = Service(settings)
    return service


@atexit.register
def _close_at_exit() -> None:
    if _current is not None:
        _current.close()
