"""Puts `google.appengine.api.channel` in its place when another package hides it.

This distribution holds `google/appengine/api/channel` and no `__init__.py` above it: `google`,
`google.appengine` and `google.appengine.api` are namespaces that many distributions share. Beside
a package that closes one of them with an `__init__.py` of its own, in another folder, Python looks
no further than there. `install()` opens it again.
"""

from __future__ import annotations

import importlib
import os
from typing import MutableSequence

_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_SHARED = ("google", "google.appengine", "google.appengine.api", "google.appengine.runtime")


def install() -> None:
    """Makes `from google.appengine.api import channel` work from now on. Calling it twice is fine.

    Adds this distribution's folders at the end of each shared package's search path, so that
    whatever another distribution brings stays in force. Raises ImportError if `google` or one
    below it is a module without a path.
    """
    for name in _SHARED:
        package = importlib.import_module(name)
        path: MutableSequence[str] = getattr(package, "__path__", None)  # type: ignore[assignment]
        if path is None:
            raise ImportError(f"{name} is a module, not a package, so nothing can be added to it", name=name)
        ours = os.path.join(_ROOT, *name.split("."))
        if ours not in list(path):
            path.append(ours)
    importlib.import_module("google.appengine.api.channel")
