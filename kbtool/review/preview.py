"""Preview of the published sites on 127.0.0.1, each under its audience's name, and search for programs beside them.

Serves files only below the sites' folder, never a folder listing, to this machine only. ``/search?q=…`` answers as
``kbtool search --json`` does, without its start.
"""

import json
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from kbtool import messages
from kbtool.errors import Busy, KbError

#: Answers a question given as the parameters of an address.
Ask = Callable[[Mapping[str, str]], Mapping[str, object]]

ADDRESS = "127.0.0.1"
SEARCH = "/search"
_LOCAL_HOST = re.compile(r"(?:127\.0\.0\.1|localhost)(?::[0-9]{1,5})?")


class PreviewServer(ThreadingHTTPServer):
    """An HTTP server for the folder of built sites; ``url`` is where it answers."""

    daemon_threads = True

    def __init__(self, sites: Path, port: int, ask: Ask) -> None:
        super().__init__((ADDRESS, port), _Handler)
        self.sites, self.ask = sites, ask

    @property
    def url(self) -> str:
        """Address of the preview, with the port that was free."""
        return f"http://{ADDRESS}:{self.server_address[1]}/"


def preview_server(sites: Path, ask: Ask, port: int = 0) -> PreviewServer:
    """Open a server for ``sites`` (port 0: any free one); call ``serve_forever`` on it."""
    return PreviewServer(sites, port, ask)


class _Handler(SimpleHTTPRequestHandler):
    server: PreviewServer

    def __init__(self, request: Any, client_address: Any, server: PreviewServer) -> None:
        super().__init__(request, client_address, server, directory=str(server.sites))

    def do_GET(self) -> None:
        """Answer a page or a question."""
        if not self._is_from_here():
            return
        if urlsplit(self.path).path == SEARCH:
            self._answer(dict(parse_qsl(urlsplit(self.path).query)))
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        """Answer what a page would be."""
        if self._is_from_here():
            super().do_HEAD()

    def send_head(self) -> Any:
        """Send what comes before the bytes of a page."""
        if self.path != "/":
            return super().send_head()
        self._redirect_to_first_site()
        return None

    def translate_path(self, path: str) -> str:
        """Map an address to a file of one of the sites; hidden files and links out of them do not exist."""
        translated = Path(super().translate_path(path))
        if "\x00" in str(translated):
            return str(self.server.sites / "-")
        inside = translated.resolve().is_relative_to(self.server.sites.resolve())
        hidden = any(part.startswith(".") for part in translated.relative_to(self.server.sites).parts)
        return str(translated) if inside and not hidden else str(self.server.sites / "-")

    def list_directory(self, path: Any) -> None:
        """Never list a folder."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal belongs to the person."""

    def _answer(self, asked: Mapping[str, str]) -> None:
        try:
            status, told = HTTPStatus.OK, self.server.ask(asked)
        except KbError as error:
            status = HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, Busy) else HTTPStatus.BAD_REQUEST
            told = {"error": error.code, "message": messages.say(error.code, **error.params)}
        content = json.dumps(told, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _is_from_here(self) -> bool:
        """Refuse callers that reached this machine under a foreign name (DNS rebinding)."""
        if _LOCAL_HOST.fullmatch(self.headers.get("Host", "")):
            return True
        self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def _redirect_to_first_site(self) -> None:
        built = [name for name in ("internal", "partner", "public") if (self.server.sites / name).is_dir()]
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", f"/{built[0]}/index.html" if built else "/-")
        self.end_headers()
