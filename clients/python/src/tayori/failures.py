"""What the calls of `tayori.Client` raise. (What `tayori.channel` raises is in `tayori.errors`.)"""

from __future__ import annotations


class TayoriError(Exception):
    """A call failed.

    `code` is the machine name of spec/codes.json (`unauthorized`, `invalid_group`, ...), or empty
    when no Tayori server said so; `status` is the HTTP status, 0 when there was none; `detail` is the
    server's sentence. `str()` of it says also who said it and what to look at.
    """

    def __init__(self, text: str, *, code: str = "", status: int = 0, detail: str = "") -> None:
        super().__init__(text)  # alone, because copying and pickling call the class with it
        self.code = code
        self.status = status
        self.detail = detail or text


class Unreachable(TayoriError):
    """No answer came.

    `may_have_arrived` is false when the server cannot have acted on the call, so that it is safe to
    make it again; true when nobody can tell. `timed_out` says that a connection was there and the
    answer took too long.
    """

    def __init__(self, text: str, *, may_have_arrived: bool = False, timed_out: bool = False) -> None:
        super().__init__(text)
        self.may_have_arrived = may_have_arrived
        self.timed_out = timed_out
