"""One message of a batch, and to whom it goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, Optional


@dataclass(frozen=True)
class Send:
    """An entry of `Client.batch`. Made by `to_client`, `to_group` or `to_everyone`."""

    message: str = field(repr=False)
    client_id: Optional[str] = None
    group: Optional[str] = None
    everyone: bool = False
    idempotency_key: Optional[str] = None

    @classmethod
    def to_client(cls, client_id: str, message: str, *, idempotency_key: Optional[str] = None) -> Send:
        """To one client id, or to that of one of its tokens."""
        return cls(message, client_id=client_id, idempotency_key=idempotency_key)

    @classmethod
    def to_group(cls, group: str, message: str, *, idempotency_key: Optional[str] = None) -> Send:
        """To all who are in a group."""
        return cls(message, group=group, idempotency_key=idempotency_key)

    @classmethod
    def to_everyone(cls, message: str, *, idempotency_key: Optional[str] = None) -> Send:
        """To everyone."""
        return cls(message, everyone=True, idempotency_key=idempotency_key)

    def members(self) -> Dict[str, object]:
        """The entry as spec/openapi.yaml writes it."""
        members: Dict[str, object] = {"message": self.message}
        for name in ("client_id", "group", "idempotency_key"):
            value = getattr(self, name)
            if value is not None:
                members[name] = value
        if self.everyone:
            members["everyone"] = True
        return members
