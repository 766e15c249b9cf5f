"""What announcements are about. People stop a topic with one tap, and take it up again in their settings."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.messages import M, Message

__all__ = ["ALL", "TOPICS", "button"]

ALL = "news"
"""The topic of whatever has no narrower one: who stops it wants no announcements at all."""

TOPICS: Mapping[str, Message] = {
    ALL: M("topic.news"),
    "prizes": M("topic.prizes"),
    "forum": M("topic.forum"),
}
"""By the code that the store keeps."""


def button(topic: str) -> Message:
    """The way out that stands below every announcement."""
    if topic == ALL or topic not in TOPICS:
        return M("announce.stop")
    return M("announce.stop_topic", topic=TOPICS[topic])
