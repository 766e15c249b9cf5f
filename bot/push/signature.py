"""Standard Webhooks, version 1: by whom a message is, and that it is not an old one sent again.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

__all__ = ["headers"]


def headers(id: str, seconds: int, body: bytes, keys: Iterable[bytes]) -> dict[str, str]:
    """The headers of a message. `seconds`: now, since 1970; `keys`: one signature each, any of which is enough."""
    signed = b".".join((id.encode(), str(seconds).encode(), body))
    digests = (hmac.new(key, signed, hashlib.sha256).digest() for key in keys)
    signatures = " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests)
    return {"webhook-id": id, "webhook-timestamp": str(seconds), "webhook-signature": signatures, "Idempotency-Key": id}
