"""The preview shows the built sites and nothing else on this machine."""

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest

from kbtool.errors import Busy, UsageError
from kbtool.review import preview_server


def answer(told: Mapping[str, str]) -> Mapping[str, object]:
    if "q" not in told:
        raise UsageError("ask_what")
    if told["q"] == "busy":
        raise Busy("busy", pid=1, since="09:00", command="kbtool search")
    return {"query": told["q"], "hits": []}


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    build = tmp_path / "site" / ".builds" / "abc"
    build.mkdir(parents=True)
    (build / "index.html").write_text("内部サイト", encoding="utf-8")
    (tmp_path / "site" / "internal").symlink_to(".builds/abc")
    (tmp_path / "secret.txt").write_text("secret")
    (build / "out.txt").symlink_to(tmp_path / "secret.txt")
    with preview_server(tmp_path / "site", answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def get(port: int, path: str, host: str = "127.0.0.1", method: str = "GET") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request(method, path, headers={"Host": host if ":" in host else f"{host}:{port}"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode() + (answer.getheader("Location") or "")


def test_a_built_page_is_served(port: int) -> None:
    assert get(port, "/internal/index.html") == (200, "内部サイト")


def test_the_root_leads_to_the_first_site(port: int) -> None:
    assert get(port, "/") == (302, "/internal/index.html")


@pytest.mark.parametrize(
    "path",
    [
        "/.builds/abc/index.html",
        "/../secret.txt",
        "/internal/../../secret.txt",
        "/internal/out.txt",
        "/%2e%2e/secret.txt",
        "/internal/%00secret.txt",
    ],
)
def test_nothing_outside_the_sites_is_served(port: int, path: str) -> None:
    status, body = get(port, path)
    assert status == 404
    assert "secret" not in body.replace(path, "")


def test_a_folder_is_not_listed(port: int) -> None:
    assert get(port, "/-/")[0] == 404


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:80@evil", "127.0.0.1:", "127.0.0.1.evil.example:80"])
def test_a_foreign_host_name_is_refused(port: int, host: str, method: str) -> None:
    assert get(port, "/internal/index.html", host, method)[0] == 421


def test_a_look_at_the_head_is_answered(port: int) -> None:
    assert get(port, "/internal/index.html", method="HEAD") == (200, "")
    assert get(port, "/", method="HEAD") == (302, "/internal/index.html")


def test_programs_are_answered_in_json(port: int) -> None:
    status, body = get(port, "/search?q=" + quote("解約 期限"))
    assert (status, json.loads(body)) == (200, {"query": "解約 期限", "hits": []})


def test_a_question_that_cannot_be_is_told_why(port: int) -> None:
    status, body = get(port, "/search")
    assert status == 400
    assert json.loads(body)["error"] == "ask_what"


def test_while_another_run_builds_the_index_programs_are_asked_to_wait(port: int) -> None:
    assert get(port, "/search?q=busy")[0] == 503


def test_search_is_for_this_machine_alone(port: int) -> None:
    assert get(port, "/search?q=x", host="evil.example")[0] == 421
