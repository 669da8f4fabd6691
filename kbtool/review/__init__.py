"""The local web app: what a person looks at in a browser on this machine.

``preview_server`` shows the built sites; ``review_app`` behind ``room_server`` is where drafts and slips are corrected
and approved beside the page they were read from.
"""

from kbtool.review.app import review_app
from kbtool.review.guard import Guard
from kbtool.review.pages import PagePicture
from kbtool.review.preview import preview_server
from kbtool.review.server import RoomServer, room_server
from kbtool.review.waiting import Queue, Waiting, queue

__all__ = [
    "Guard",
    "PagePicture",
    "Queue",
    "RoomServer",
    "Waiting",
    "preview_server",
    "queue",
    "review_app",
    "room_server",
]
