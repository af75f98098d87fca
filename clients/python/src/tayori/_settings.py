"""Where the server is and how to speak to it, read from environment variables or given in the program.

`TAYORI_URL` (default http://127.0.0.1:8081), `TAYORI_API_KEY`, `TAYORI_TIMEOUT_S` (default 10).
Nothing here does I/O. A value that cannot be used raises `ValueError`, whose text names the
variable or argument and never repeats a secret.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Mapping, Optional
from urllib.parse import urlsplit

DEFAULT_URL = "http://127.0.0.1:8081"
DEFAULT_TIMEOUT_S = 10.0
LONGEST_TIMEOUT_S = 3600.0

_PORTS = {"http": 80, "https": 443}
_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]*")


@dataclass(frozen=True)
class Address:
    """One server's internal listener: its URL, taken apart."""

    scheme: str
    host: str
    port: int
    prefix: str = ""

    @classmethod
    def parse(cls, url: str, name: str = "TAYORI_URL", key_name: str = "TAYORI_API_KEY") -> Address:
        """Reads http://HOST[:PORT][/PREFIX] (or https); raises ValueError, which names `name`, for anything else."""
        if "@" in url:  # before anything that would repeat it: what stands before the @ is a secret
            raise ValueError(f"{name} must not hold a user or password; a key belongs in {key_name}")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise ValueError(f"{name} is not an address: {error}") from None
        if parts.query or parts.fragment:
            raise ValueError(f"{name} must not hold a ? or #")
        if parts.scheme not in _PORTS or not parts.hostname or not _VISIBLE_ASCII.fullmatch(parts.path):
            raise ValueError(f"{name} has to look like {DEFAULT_URL}, not {url!r}")
        port = _PORTS[parts.scheme] if port is None else port
        return cls(parts.scheme, parts.hostname, port, parts.path.rstrip("/"))

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.prefix}"


@dataclass(frozen=True)
class Settings:
    """All that a call needs to know. The key is left out of `repr`."""

    address: Address
    api_key: Optional[str] = field(default=None, repr=False)
    timeout_s: float = DEFAULT_TIMEOUT_S
    # What a person has to change when the address or the key is wrong: a variable or an argument.
    url_name: str = field(default="TAYORI_URL", compare=False)
    key_name: str = field(default="TAYORI_API_KEY", compare=False)

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> Settings:
        """Reads the variables; empty ones count as not set."""
        return cls.given(None, None, None, variables)

    @classmethod
    def given(
        cls, url: Optional[str], key: Optional[str], timeout_s: Optional[float], variables: Mapping[str, str]
    ) -> Settings:
        """What is given, and for the rest what the variables say; an empty `key` means none at all."""
        url_name = "TAYORI_URL" if url is None else "url"
        key_name = "TAYORI_API_KEY" if key is None else "key"
        address = (variables.get("TAYORI_URL", "") if url is None else url).strip()
        if not address and url is None:
            address = DEFAULT_URL
        return cls(
            address=Address.parse(address, url_name, key_name),
            api_key=_api_key(variables.get("TAYORI_API_KEY", "") if key is None else key, key_name),
            timeout_s=_timeout(variables.get("TAYORI_TIMEOUT_S", "")) if timeout_s is None else _given(timeout_s),
            url_name=url_name,
            key_name=key_name,
        )


def _api_key(value: str, name: str) -> Optional[str]:
    # Keys come out of files with a newline at their end. Anything else that cannot stand in a
    # header is refused here, because http.client would quote the whole header in its ValueError.
    key = value.strip()
    if not _VISIBLE_ASCII.fullmatch(key):
        raise ValueError(f"{name} may only have visible ASCII characters (the value is not shown)")
    return key or None


def _timeout(variable: str) -> float:
    value = variable.strip()
    try:
        seconds = float(value) if value else DEFAULT_TIMEOUT_S
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds <= LONGEST_TIMEOUT_S:
        raise ValueError(f"TAYORI_TIMEOUT_S has to be a number of seconds above 0, not {value!r}")
    return seconds


def _given(timeout_s: float) -> float:
    if not 0.0 < timeout_s <= LONGEST_TIMEOUT_S:
        raise ValueError(f"timeout_s has to be above 0 and at most {LONGEST_TIMEOUT_S:g} seconds, not {timeout_s!r}")
    return float(timeout_s)
