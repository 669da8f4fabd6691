"""Who may talk to the room: this machine's owner, from a page of the room itself.

The address printed at the start carries a random key; it becomes a cookie that no other site can send along, every
form carries a token derived from it, and pages reached under a foreign host name (DNS rebinding) are refused by Flask's
list of trusted hosts. Nothing a page shows may run, be framed or be kept.
"""

import hashlib
import hmac
import secrets

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

TRUSTED_HOSTS = ["127.0.0.1", "localhost"]
#: A long entry has 20 kB; nothing a form sends comes near this.
MAX_REQUEST_BYTES = 1024 * 1024
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_OPEN = ("static", "enter")


class Guard:
    """The key of one start of the room, and the checks it stands for."""

    def __init__(self) -> None:
        self.key = secrets.token_urlsafe(32)
        self.form_token = _derived(self.key, "form")
        # Cookies know no ports: a name of its own keeps two rooms on one machine apart.
        self.cookie = f"kbtool_{_derived(self.key, 'name')[:8]}"

    def watch(self, app: Flask) -> None:
        """Let an app answer only who holds the key."""
        app.config.update(
            TRUSTED_HOSTS=TRUSTED_HOSTS,
            MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
            MAX_FORM_MEMORY_SIZE=MAX_REQUEST_BYTES,
        )
        app.add_url_rule("/enter", "enter", self._enter)
        app.before_request(self._check)
        app.after_request(_with_headers)

    def _check(self) -> ResponseReturnValue | None:
        if request.routing_exception is not None or request.endpoint in _OPEN:
            return None
        if not _same(request.cookies.get(self.cookie, ""), self.key):
            return _refusal("closed")
        if request.method == "POST" and not _same(request.form.get("token", ""), self.form_token):
            return _refusal("form_token")
        return None

    def _enter(self) -> ResponseReturnValue:
        if not _same(request.args.get("key", ""), self.key):
            return _refusal("closed")
        answer = redirect(url_for("index"), code=303)
        answer.set_cookie(self.cookie, self.key, httponly=True, samesite="Strict")
        return answer


def _refusal(code: str) -> ResponseReturnValue:
    return render_template("refused.html", code=code), 403


def _with_headers(answer: Response) -> Response:
    answer.headers.update(HEADERS)
    return answer


def _derived(key: str, purpose: str) -> str:
    return hmac.new(key.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
