"""A way for one thread to end the call that another one is in, without harm to any other call."""

from __future__ import annotations

import socket
import threading
from typing import Optional


class Cancellation:
    """Belongs to one call: `cancel` ends what it waits for, be it an answer or a pause.

    A connection is shut down only while the call holds it. Once it has been released it may be in
    another call's hands, so a cancellation that comes too late touches nothing.

    Threads: any.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._lock = threading.Lock()
        self._held: Optional[socket.socket] = None  # guarded by _lock

    def cancel(self) -> None:
        """Ends the call if it is under way; does nothing when it is over."""
        self._asked.set()
        with self._lock:
            if self._held is not None:
                try:
                    # The plain socket's own: that of a TLS socket takes its state away under the reader.
                    socket.socket.shutdown(self._held, socket.SHUT_RDWR)
                except OSError:
                    pass  # the other side was quicker

    def hold(self, sock: socket.socket) -> bool:
        """Says that the call now waits on `sock`; False when it is to go no further."""
        with self._lock:
            self._held = sock
        # Asked after the socket is in place: whoever cancels sets the event first, so one of the two sees the other.
        return not self._asked.is_set()

    def release(self) -> None:
        with self._lock:
            self._held = None

    def pause(self, seconds: float) -> bool:
        """Waits; False when the call was cancelled meanwhile."""
        return not self._asked.wait(seconds)
