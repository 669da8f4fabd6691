"""The room's server: waitress, on this machine's own address only."""

import logging
from dataclasses import dataclass
from typing import Any

from flask import Flask
from waitress import create_server

from kbtool.review.guard import MAX_REQUEST_BYTES, Guard

ADDRESS = "127.0.0.1"
#: A reviewer's browser asks for a page and its few pictures.
_THREADS = 4


@dataclass(frozen=True, slots=True)
class RoomServer:
    """A server that waits for ``run``; ``url`` is the address that opens the room, with its key."""

    server: Any
    guard: Guard

    @property
    def url(self) -> str:
        """The address to open once; it sets the cookie."""
        return f"http://{ADDRESS}:{self.server.effective_port}/enter?key={self.guard.key}"

    def run(self) -> None:
        """Serve until Ctrl+C."""
        self.server.run()


def room_server(app: Flask, guard: Guard, port: int = 0) -> RoomServer:
    """Open the room on ``port`` (0: any free one); ``OSError`` when it is taken."""
    # A page's pictures come in one burst; that a few of them queue is no news for the person's terminal.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app, host=ADDRESS, port=port, threads=_THREADS, ident=None, max_request_body_size=MAX_REQUEST_BYTES
    )
    return RoomServer(server, guard)
