"""Makes a call as often as is safe, and raises what the clients promise.

Once more only if there was no answer, and either the server cannot have acted (no connection came
about, or the request was not sent to its end) or the call carries an idempotency key, so that acting
twice does no harm. An answer, whatever it says, is never asked for again; nor is one that timed out.

Threads: any.
"""

from __future__ import annotations

import random
import time
from typing import Callable, Dict, Optional, TypeVar

from tayori._calls import Call
from tayori._cancellation import Cancellation
from tayori._exchange import Exchange, Foreign, Refusal
from tayori._http import Away
from tayori._members import Incomplete, Members
from tayori._settings import Settings
from tayori.failures import TayoriError, Unreachable

A = TypeVar("A")

# Before the second and the third attempt. Long enough for a listener that is just being replaced,
# short enough that a web request which waits behind the call does not notice.
PAUSES_S = (0.1, 0.4)


class Attempts:
    """The calls of a client to one server, all attempts of each within its time."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        random_share: Callable[[], float] = random.random,
    ) -> None:
        self.exchange = Exchange(settings)
        self._timeout_s = settings.timeout_s
        self._clock = clock
        self._random_share = random_share

    def make(self, call: Call[A], cancellation: Optional[Cancellation] = None) -> A:
        """Makes the call and reads its answer. Raises `TayoriError`."""
        try:
            members = self._answer(call, cancellation or Cancellation())
            return call.read(Members(members))
        except Refusal as refusal:
            problem = refusal.problem
            raise TayoriError(refusal.text, code=problem.code, status=problem.status, detail=problem.text) from None
        except Foreign as foreign:
            raise TayoriError(foreign.text, status=foreign.status) from None
        except Away as away:
            text = self.exchange.words_of(away)
            raise Unreachable(text, may_have_arrived=away.may_have_arrived, timed_out=away.timed_out) from away
        except Incomplete:
            raise TayoriError(self.exchange.incomplete(call.verb).text, status=200) from None

    def _answer(self, call: Call[A], cancellation: Cancellation) -> Dict[str, object]:
        end = self._clock() + self._timeout_s + call.longer_s
        may_have_arrived = False
        for pause_s in (*PAUSES_S, None):
            try:
                return self.exchange.call(
                    call.verb,
                    call.fields,
                    repeatable=call.repeatable,
                    answer_timeout_s=max(end - self._clock(), 0.001),
                    cancellation=cancellation,
                )
            except Away as away:
                # What an earlier attempt may have done is not undone by one that got nowhere.
                away.may_have_arrived = may_have_arrived = away.may_have_arrived or may_have_arrived
                if pause_s is None or away.timed_out or (may_have_arrived and not call.repeatable):
                    raise
                pause_s *= 0.5 + 0.5 * self._random_share()  # many callers do not come back at one moment
                if self._clock() + pause_s >= end or not cancellation.pause(pause_s):
                    raise
        raise AssertionError("the last attempt returns or raises")
