"""The calls of the old face: `_exchange` makes them, this file raises what `tayori.channel` promises."""

from __future__ import annotations

import atexit
import os
from typing import Dict, Mapping, Optional

from tayori._exchange import Exchange, Foreign, Refusal
from tayori._http import Away
from tayori._settings import Settings
from tayori.errors import OLD_CLASSES, ConfigurationError, Error, ServerAwayError, ServiceError


class Service:
    """The calls of one server. Threads: any."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._exchange = Exchange(settings)

    def call(self, verb: str, fields: Mapping[str, object], *, repeatable: bool) -> Dict[str, object]:
        """Makes the call and returns the members of the answer; raises a `tayori.errors.Error`.

        `repeatable` says that the server may act on this call twice without harm.
        """
        try:
            return self._exchange.call(verb, fields, repeatable=repeatable)
        except Refusal as refusal:
            raise _old_error(refusal) from None
        except Foreign as foreign:
            raise ServiceError(foreign.text, status=foreign.status) from None
        except Away as away:
            text, address = self._exchange.words_of(away), str(self.settings.address)
            raise ServerAwayError(text, address=address, may_have_arrived=away.may_have_arrived) from away

    def incomplete(self, verb: str) -> Error:
        """The error for a good answer that lacks what it has to hold."""
        return ServiceError(self._exchange.incomplete(verb).text)

    def close(self) -> None:
        self._exchange.close()


def _old_error(refusal: Refusal) -> Error:
    problem = refusal.problem
    old_class = OLD_CLASSES.get(problem.code)
    if old_class is not None:
        return old_class(problem.text)
    return ServiceError(refusal.text, code=problem.code, status=problem.status)


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
