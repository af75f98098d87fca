"""The Channel API: `create_channel` gives a token for a page, `send_message` reaches that page.

    from google.appengine.api import channel      # or: from tayori import channel

Names, arguments, constants, exceptions, their texts and the order of the checks are those of the
App Engine SDK 1.9.90. Which server is meant is read from the environment at every call:
`TAYORI_URL`, `TAYORI_API_KEY`, `TAYORI_TIMEOUT_S`.

Threads: any. Processes: a forked child may go on calling.
"""

from __future__ import annotations

import logging
import os
import re
from typing import Dict, Optional, Union

from tayori._service import service_from_environment
from tayori.errors import (
    AppIdAliasRequired,
    ConfigurationError,
    Error,
    InvalidChannelClientIdError,
    InvalidChannelTokenDurationError,
    InvalidMessageError,
    ServerAwayError,
    ServiceError,
)

__all__ = [
    "MAXIMUM_CLIENT_ID_LENGTH",
    "MAXIMUM_MESSAGE_LENGTH",
    "MAXIMUM_TOKEN_DURATION_MINUTES",
    "AppIdAliasRequired",
    "ConfigurationError",
    "Error",
    "InvalidChannelClientIdError",
    "InvalidChannelTokenDurationError",
    "InvalidMessageError",
    "ServerAwayError",
    "ServiceError",
    "create_channel",
    "send_message",
]

MAXIMUM_CLIENT_ID_LENGTH = 256  # bytes of UTF-8
MAXIMUM_TOKEN_DURATION_MINUTES = 24 * 60  # allowed itself
MAXIMUM_MESSAGE_LENGTH = 32767  # bytes of UTF-8

_MAXIMUM_TOKEN_LENGTH = 16 * 1024
# A JWT in compact form: its header is a JSON object, and every one of those begins with `{"`.
_TOKEN = re.compile(rb"eyJ[\w-]*\.eyJ[\w-]*\.[\w-]+")

_log = logging.getLogger("tayori.channel")


def create_channel(client_id: Union[str, bytes], duration_minutes: Optional[int] = None) -> str:
    """Makes a new token with which a page opens the channel of `client_id`.

    `client_id` is 1 to 256 bytes of text; bytes are taken as UTF-8. The token is good for
    `duration_minutes` (1 to 1440), the server's default (120) if None. Every call makes another one.

    Raises InvalidChannelClientIdError, InvalidChannelTokenDurationError, ServiceError when the
    server refuses, ServerAwayError when it does not answer, ConfigurationError.
    """
    fields: Dict[str, object] = {"client_id": _client_id(client_id)}
    if duration_minutes is not None:
        fields["duration_minutes"] = _duration(duration_minutes)
    service = service_from_environment()
    # Repeatable: the server keeps nothing about a token, so one that nobody receives is no harm.
    token = service.call("create_channel", fields, repeatable=True).get("token")
    if not isinstance(token, str) or not token:
        raise service.incomplete("create_channel")
    return token


def send_message(client_id: Union[str, bytes], message: Union[str, bytes]) -> None:
    """Sends `message` to all pages on the channel of `client_id`.

    `client_id` may also be a token: then its client id is meant. `message` is 1 to 32767 bytes of
    text; bytes are taken as UTF-8 and sent as they are. A client that is not there is not an
    error: the message waits for it in the server's log.

    Raises InvalidChannelClientIdError, InvalidMessageError, ServiceError when the server refuses,
    ServerAwayError when it does not answer, ConfigurationError.
    """
    fields = {"client_id": _client_id_or_token(client_id), "message": _message(message)}
    if not fields["client_id"]:
        _log.warning("send_message: the client id is empty, so the message was dropped")
        return
    # Not repeatable: a message that is sent twice is received twice.
    service_from_environment().call("send_message", fields, repeatable=False)


def _GetService() -> str:
    """Of old: the RPC service's name. Some apps call it, so it answers as it did."""
    server_software = os.environ.get("SERVER_SOFTWARE", "")
    return "channel" if server_software.startswith(("Devel", "test")) else "xmpp"


def _client_id(value: object) -> str:
    data = _client_id_bytes(value)
    if len(data) > MAXIMUM_CLIENT_ID_LENGTH:
        raise InvalidChannelClientIdError(
            f"Client id length {len(data)} is greater than max length {MAXIMUM_CLIENT_ID_LENGTH}"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidChannelClientIdError("Client id is not UTF-8 text") from None


def _client_id_or_token(value: object) -> str:
    # Tokens are longer than client ids may be. Whether it is a good one is for the server to say.
    data = _client_id_bytes(value)
    if len(data) <= _MAXIMUM_TOKEN_LENGTH and _TOKEN.fullmatch(data):
        return data.decode("ascii")
    return _client_id(data)


def _client_id_bytes(value: object) -> bytes:
    if not isinstance(value, (str, bytes)):
        raise InvalidChannelClientIdError(f'"{value!s}" is not a string.')
    return _bytes(value)


def _duration(value: object) -> int:
    if not isinstance(value, int):
        raise InvalidChannelTokenDurationError("Argument duration_minutes must be integral")
    if value < 1:
        raise InvalidChannelTokenDurationError("Argument duration_minutes must not be less than 1")
    if value > MAXIMUM_TOKEN_DURATION_MINUTES:
        raise InvalidChannelTokenDurationError(
            f"Argument duration_minutes must be less than {MAXIMUM_TOKEN_DURATION_MINUTES + 1}"
        )
    return int(value)  # True is 1 minute, as of old, and goes out as a number


def _message(value: object) -> str:
    if not isinstance(value, (str, bytes)):
        raise InvalidMessageError("Message must be a string")
    data = _bytes(value)
    if len(data) > MAXIMUM_MESSAGE_LENGTH:
        raise InvalidMessageError(f"Message must be no longer than {MAXIMUM_MESSAGE_LENGTH} chars")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidMessageError("Message is not UTF-8 text") from None


def _bytes(value: Union[str, bytes]) -> bytes:
    # A lone surrogate passes here, so that length is checked first, and fails in the strict decode.
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
