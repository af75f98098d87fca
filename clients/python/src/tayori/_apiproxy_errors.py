"""The errors of App Engine's RPC layer that old code catches around a channel call.

Defined here, importable as `google.appengine.runtime.apiproxy_errors`, and only used when Google's
own `google.appengine.runtime.apiproxy_errors` is not installed. The channel raises
`ApplicationError` alone; the others exist so that an old `except` clause still names something.
"""

from __future__ import annotations

__all__ = [
    "Error",
    "RPCFailedError",
    "CallNotFoundError",
    "ArgumentError",
    "DeadlineExceededError",
    "CancelledError",
    "ApplicationError",
    "OverQuotaError",
    "RequestTooLargeError",
    "ResponseTooLargeError",
    "CapabilityDisabledError",
    "FeatureNotEnabledError",
]


class Error(Exception):
    """Base of all errors of the RPC layer."""


class RPCFailedError(Error):
    """The call to the service failed as a call. Never raised here."""


class CallNotFoundError(Error):
    """The service has no such call. Never raised here."""


class ArgumentError(Error):
    """The arguments could not be read. Never raised here."""


class DeadlineExceededError(Error):
    """The call took too long. Never raised here."""


class CancelledError(Error):
    """The call was cancelled. Never raised here."""


class ApplicationError(Error):
    """The service answered with an error: its number and its text."""

    def __init__(self, application_error: int, error_detail: str = "") -> None:
        super().__init__(application_error)
        self.application_error = application_error
        self.error_detail = error_detail

    def __str__(self) -> str:
        return f"ApplicationError: {self.application_error} {self.error_detail}"


class OverQuotaError(Error):
    """A quota is used up. Never raised here."""


class RequestTooLargeError(Error):
    """The request was too large. Never raised here."""


class ResponseTooLargeError(Error):
    """The answer was too large. Never raised here."""


class CapabilityDisabledError(Error):
    """The service is switched off for a time. Never raised here."""


class FeatureNotEnabledError(Error):
    """The app has to switch a feature on first. Never raised here."""
