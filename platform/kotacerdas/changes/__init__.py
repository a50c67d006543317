"""What has changed: recorded in the unit of work, published after its commit, heard everywhere.

Best effort. The database is the truth: whoever may have missed something is told so, and reads.
"""

from kotacerdas.changes.change import Change
from kotacerdas.changes.feed import Feed
from kotacerdas.changes.follower import Cause, Follower, News, Topic
from kotacerdas.changes.publisher import Publisher
from kotacerdas.changes.recording import Announced, record, recorded

__all__ = [
    "Announced",
    "Cause",
    "Change",
    "Feed",
    "Follower",
    "News",
    "Publisher",
    "Topic",
    "record",
    "recorded",
]
