"""The old address of `tayori.channel`: `from google.appengine.api.channel import channel`."""

from tayori.channel import (
    MAXIMUM_CLIENT_ID_LENGTH as MAXIMUM_CLIENT_ID_LENGTH,
    MAXIMUM_MESSAGE_LENGTH as MAXIMUM_MESSAGE_LENGTH,
    MAXIMUM_TOKEN_DURATION_MINUTES as MAXIMUM_TOKEN_DURATION_MINUTES,
    AppIdAliasRequired as AppIdAliasRequired,
    ConfigurationError as ConfigurationError,
    Error as Error,
    InvalidChannelClientIdError as InvalidChannelClientIdError,
    InvalidChannelTokenDurationError as InvalidChannelTokenDurationError,
    InvalidMessageError as InvalidMessageError,
    ServerAwayError as ServerAwayError,
    ServiceError as ServiceError,
    _GetService as _GetService,
    create_channel as create_channel,
    send_message as send_message,
)
