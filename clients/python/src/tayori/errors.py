"""Everything that a channel call raises.

The first five classes are the App Engine Channel API's own, with its names and its tree. The others
stand for what that API left to `apiproxy_errors.ApplicationError`; they are both a `channel.Error`
and an `ApplicationError`, so old `except` clauses of either kind catch them.
"""

from __future__ import annotations

from typing import Dict, Type

try:  # Google's class when Google's SDK is installed, so that `except` finds the same one
    from google.appengine.runtime.apiproxy_errors import ApplicationError
except ImportError:  # a `google` package that hides ours from `import`
    from tayori._apiproxy_errors import ApplicationError

_INTERNAL_ERROR = 1  # ChannelServiceError.INTERNAL_ERROR, the old number for "none of the others"


class Error(Exception):
    """Base of all errors of the channel."""


class InvalidChannelClientIdError(Error):
    """The client id is not one."""


class InvalidChannelTokenDurationError(Error):
    """The duration is not a whole number of minutes from 1 to 1440."""


class InvalidMessageError(Error):
    """The message is not a text of 1 to 32767 bytes."""


class AppIdAliasRequired(Error):
    """Of old: the app needs an alias. Never raised; it exists so that `except` clauses work."""


class ConfigurationError(Error):
    """One of the TAYORI_ variables cannot be used; the text says which and why."""


class ServiceError(Error, ApplicationError):
    """The server answered with something that the old API has no class for.

    `code` is the machine name from the table of errors (`unauthorized`, `overloaded`, ...), or empty
    when the answer was not a Tayori server's; `status` is the HTTP status, 0 when there was none.
    """

    def __init__(self, text: str, *, code: str = "", status: int = 0) -> None:
        ApplicationError.__init__(self, _INTERNAL_ERROR, text)
        self.args = (text,)  # what copying and pickling call the class with
        self.code = code
        self.status = status

    def __str__(self) -> str:
        return str(self.args[0])


class ServerAwayError(ServiceError):
    """No answer came from the server.

    `address` says from where. `may_have_arrived` is false when the server cannot have acted on the
    call, so that it is safe to make it again; true when nobody can tell.
    """

    def __init__(self, text: str, *, address: str = "", may_have_arrived: bool = False) -> None:
        super().__init__(text)
        self.address = address
        self.may_have_arrived = may_have_arrived


# Codes of spec/codes.json for which the old API has a class. A refused token is one that was given
# as client id: apps catch InvalidChannelClientIdError for "may have expired". Too large is only ever
# a message, on a server whose limit is below the default.
OLD_CLASSES: Dict[str, Type[Error]] = {
    "invalid_client_id": InvalidChannelClientIdError,
    "invalid_token": InvalidChannelClientIdError,
    "token_timed_out": InvalidChannelClientIdError,
    "invalid_duration": InvalidChannelTokenDurationError,
    "invalid_message": InvalidMessageError,
    "payload_too_large": InvalidMessageError,
}
