"""The TAYORI_ variables."""

from __future__ import annotations

from typing import Dict

import pytest

from tayori._settings import Address, Settings


def test_nothing_set_means_the_local_server() -> None:
    unset: Dict[str, str] = {}
    empty = {"TAYORI_URL": "", "TAYORI_API_KEY": " \n", "TAYORI_TIMEOUT_S": ""}
    for variables in (unset, empty):
        settings = Settings.read(variables)
        assert str(settings.address) == "http://127.0.0.1:8081"
        assert settings.api_key is None
        assert settings.timeout_s == 10.0


@pytest.mark.parametrize(
    "url, address, text",
    [
        ("http://tayori", Address("http", "tayori", 80), "http://tayori:80"),
        ("HTTPS://Push.Example/", Address("https", "push.example", 443), "https://push.example:443"),
        (" http://[::1]:8081/a/b/ ", Address("http", "::1", 8081, "/a/b"), "http://[::1]:8081/a/b"),
    ],
)
def test_an_address_is_read(url: str, address: Address, text: str) -> None:
    settings = Settings.read({"TAYORI_URL": url})
    assert settings.address == address
    assert str(settings.address) == text


@pytest.mark.parametrize(
    "variables, variable",
    [
        ({"TAYORI_URL": "127.0.0.1:8081"}, "TAYORI_URL"),
        ({"TAYORI_URL": "http://"}, "TAYORI_URL"),
        ({"TAYORI_URL": "unix:/run/tayori"}, "TAYORI_URL"),
        ({"TAYORI_URL": "http://127.0.0.1:port"}, "TAYORI_URL"),
        ({"TAYORI_URL": "http://127.0.0.1:70000"}, "TAYORI_URL"),
        ({"TAYORI_URL": "http://[::1"}, "TAYORI_URL"),
        ({"TAYORI_URL": "http://127.0.0.1/a b"}, "TAYORI_URL"),
        ({"TAYORI_URL": "http://127.0.0.1/?key=hidden"}, "TAYORI_URL"),
        ({"TAYORI_URL": "http://127.0.0.1/#hidden"}, "TAYORI_URL"),
        ({"TAYORI_URL": "http://user:hidden@127.0.0.1"}, "TAYORI_URL"),
        ({"TAYORI_URL": "user:hidden@127.0.0.1"}, "TAYORI_URL"),
        ({"TAYORI_URL": "http://user:hid/hidden@127.0.0.1"}, "TAYORI_URL"),
        ({"TAYORI_API_KEY": "hidden\nX-Other: 1"}, "TAYORI_API_KEY"),
        ({"TAYORI_API_KEY": "hidden key"}, "TAYORI_API_KEY"),
        ({"TAYORI_API_KEY": "hidden\u00e9"}, "TAYORI_API_KEY"),
        ({"TAYORI_TIMEOUT_S": "soon"}, "TAYORI_TIMEOUT_S"),
        ({"TAYORI_TIMEOUT_S": "0"}, "TAYORI_TIMEOUT_S"),
        ({"TAYORI_TIMEOUT_S": "nan"}, "TAYORI_TIMEOUT_S"),
        ({"TAYORI_TIMEOUT_S": "inf"}, "TAYORI_TIMEOUT_S"),
    ],
)
def test_what_cannot_be_used_is_named_and_secrets_are_not_repeated(variables: Dict[str, str], variable: str) -> None:
    with pytest.raises(ValueError, match=variable) as caught:
        Settings.read(variables)
    assert "hid" not in str(caught.value)
