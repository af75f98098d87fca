"""The old import addresses, alone and beside other distributions that live below `google`.

Every case runs in an interpreter of its own, without site-packages, on folders made for it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List

import pytest

SRC = Path(__file__).resolve().parents[1] / "src"

PKGUTIL = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"
THEIR_ERRORS = """
theirs = True
class Error(Exception): pass
class ApplicationError(Error):
    def __init__(self, application_error, error_detail=''):
        self.application_error, self.error_detail = application_error, error_detail
"""
# The shape of Google's SDK for Python 3: `google` is a namespace, what is below it is not.
GOOGLES_SDK = {
    "google/appengine/__init__.py": "",
    "google/appengine/api/__init__.py": "theirs = True",
    "google/appengine/api/users.py": "",
    "google/appengine/runtime/__init__.py": "class DeadlineExceededError(BaseException): pass",
    "google/appengine/runtime/apiproxy_errors.py": THEIR_ERRORS,
}

ALL_STYLES = """
import google.appengine.api.channel
from google.appengine.api import channel
from google.appengine.api.channel import channel as inner
from google.appengine.api.channel import create_channel, send_message
from google.appengine.api.channel.channel import InvalidChannelClientIdError, _GetService
from tayori import channel as ours
names = ours.__all__ + ["_GetService"]
for module in (google.appengine.api.channel, channel, inner, google.appengine.api.channel.channel):
    assert all(getattr(module, name) is getattr(ours, name) for name in names), module
assert create_channel is ours.create_channel and send_message is ours.send_message
assert InvalidChannelClientIdError is ours.InvalidChannelClientIdError and _GetService() == "xmpp"
from google.appengine.runtime import apiproxy_errors
assert issubclass(ours.ServiceError, apiproxy_errors.ApplicationError)
error = ours.ServiceError("text")
assert (str(error), error.application_error, error.error_detail) == ("text", 1, "text")
"""


def write(folder: Path, files: Dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def run(code: str, *path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TAYORI_"))}
    environment.pop("SERVER_SOFTWARE", None)
    environment["PYTHONPATH"] = os.pathsep.join(map(str, path))
    command = [sys.executable, "-S", "-B", "-W", "error", "-c", code]
    result = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr


def in_both_orders(code: str, *others: Path) -> None:
    run(code, SRC, *others)
    run(code, *others, SRC)


def test_every_old_import_works_when_nothing_else_is_there() -> None:
    run(ALL_STYLES, SRC)


@pytest.mark.parametrize("first", ["google.appengine.runtime.apiproxy_errors", "tayori.errors", "tayori.channel"])
def test_it_does_not_matter_what_is_imported_first(first: str) -> None:
    run(f"import {first}\n{ALL_STYLES}", SRC)


def test_beside_implicit_namespace_packages(tmp_path: Path) -> None:
    protobuf = write(tmp_path / "1", {"google/protobuf/__init__.py": ""})
    storage = write(tmp_path / "2", {"google/cloud/storage/__init__.py": ""})
    users = write(tmp_path / "3", {"google/appengine/api/users.py": ""})
    others = "import google.protobuf, google.cloud.storage, google.appengine.api.users\n"
    in_both_orders(others + ALL_STYLES, protobuf, storage, users)
    in_both_orders(ALL_STYLES + others, protobuf, storage, users)


@pytest.mark.parametrize("levels", [["google"], ["google", "google/appengine", "google/appengine/api"]])
def test_beside_pkgutil_namespace_packages(tmp_path: Path, levels: List[str]) -> None:
    files = {f"{level}/__init__.py": PKGUTIL for level in levels}
    other = write(tmp_path, {**files, "google/cloud/__init__.py": PKGUTIL, "google/cloud/storage.py": ""})
    others = "import google.cloud.storage\n"
    in_both_orders(others + ALL_STYLES, other)
    in_both_orders(ALL_STYLES + others, other)


def test_beside_a_namespace_that_a_pth_file_made(tmp_path: Path) -> None:
    # What setuptools writes for `namespace_packages = google`: the package exists before any import.
    pth = (
        "import sys, os, importlib.util, importlib.machinery; p = os.path.join({folder!r}, 'google'); "
        "m = sys.modules.setdefault('google', importlib.util.module_from_spec("
        "importlib.machinery.PathFinder.find_spec('google', [os.path.dirname(p)]))); "
        "mp = m.__dict__.setdefault('__path__', []); (p not in mp) and mp.append(p)\n"
    ).format(folder=str(tmp_path))
    other = write(tmp_path, {"google/cloud/storage.py": "", "other-nspkg.pth": pth})
    made = f"import site, sys; site.addsitedir({str(other)!r})\n"
    theirs = "import google.cloud.storage\n"
    # An interpreter puts the script's folder in front once all .pth files have run; the namespace
    # follows every change of sys.path. Where that is switched off (-P), install() has to help.
    run(made + "sys.path.insert(0, '')\n" + theirs + ALL_STYLES, SRC)
    run(made + theirs + "from tayori import appengine\nappengine.install()\n" + ALL_STYLES + theirs, SRC)


def test_in_one_folder_with_googles_sdk(tmp_path: Path) -> None:
    shutil.copytree(SRC, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    ours = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert not ours & set(GOOGLES_SDK), "one distribution would overwrite the other's files"
    write(tmp_path, GOOGLES_SDK)
    theirs = """
from google.appengine.runtime import apiproxy_errors, DeadlineExceededError
import google.appengine.api, google.appengine.api.users, google.appengine.runtime.apiproxy_errors as again
assert google.appengine.api.theirs and apiproxy_errors.theirs and again is apiproxy_errors
"""
    run(ALL_STYLES + theirs, tmp_path)
    run(theirs + ALL_STYLES, tmp_path)


def test_beside_googles_sdk_in_another_folder_after_install(tmp_path: Path) -> None:
    sdk = write(tmp_path, GOOGLES_SDK)
    code = """
import tayori.appengine
from tayori import channel
try:
    from google.appengine.api import channel as hidden
    raise SystemExit("nothing hides it: what is install() for?")
except ImportError:
    pass
tayori.appengine.install()
tayori.appengine.install()
from google.appengine.runtime import apiproxy_errors
import google.appengine.api, google.appengine.api.users
assert google.appengine.api.theirs and apiproxy_errors.theirs
assert len(google.appengine.api.__path__) == 2
"""
    in_both_orders(code + ALL_STYLES, sdk)


def test_beside_a_closed_google_package_after_install(tmp_path: Path) -> None:
    other = write(tmp_path, {"google/__init__.py": "", "google/cloud.py": ""})
    code = "from tayori import appengine, channel\nimport google.cloud\nappengine.install()\n"
    in_both_orders(code + ALL_STYLES, other)


def test_install_does_no_harm_where_it_is_not_needed() -> None:
    run("from tayori import appengine\nappengine.install()\n" + ALL_STYLES, SRC)


def test_install_says_so_when_google_is_a_plain_module(tmp_path: Path) -> None:
    other = write(tmp_path, {"google.py": ""})
    code = """
from tayori import appengine, channel
try:
    appengine.install()
except ImportError as error:
    assert "google is a module, not a package" in str(error), error
else:
    raise SystemExit("install() did not mind")
"""
    run(code, other, SRC)
