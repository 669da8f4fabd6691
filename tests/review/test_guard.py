"""Who gets in, and what no page allows."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from kbtool.knowledge import KnowledgeBase
from kbtool.project import Project
from kbtool.review import Guard, review_app
from tests.review.conftest import PICTURE, SLIP, Visitor

PAGES = ("/", "/entry/KB-0001", f"/inquiry/{SLIP.number}", "/page/manual-1/1", "/page/slips-1/1")
Visit = Callable[..., Visitor]


@pytest.fixture
def guard() -> Guard:
    return Guard()


@pytest.fixture
def stranger(project: Project, guard: Guard) -> FlaskClient:
    return review_app(project, "b.reiji", lambda document, page: PICTURE, guard).test_client()


@pytest.mark.parametrize("address", PAGES)
def test_without_the_key_nothing_is_shown(stranger: FlaskClient, address: str) -> None:
    answer = stranger.get(address)
    assert answer.status_code == 403
    assert "次回のお届け" not in answer.text


@pytest.mark.parametrize("key", ["", "wrong", "あ"])
def test_a_wrong_key_sets_no_cookie(stranger: FlaskClient, key: str) -> None:
    answer = stranger.get("/enter", query_string={"key": key})
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (403, None)


def test_the_key_becomes_a_strict_cookie_and_leaves_the_address(stranger: FlaskClient, guard: Guard) -> None:
    answer = stranger.get("/enter", query_string={"key": guard.key})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert stranger.get("/").status_code == 200


def test_each_start_has_a_key_of_its_own(stranger: FlaskClient, guard: Guard) -> None:
    stranger.set_cookie(guard.cookie, Guard().key)
    assert stranger.get("/").status_code == 403
    stranger.set_cookie(guard.cookie, guard.key)
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8801"])
@pytest.mark.parametrize("address", [*PAGES, "/static/review.js"])
def test_a_foreign_host_name_is_refused(visit: Visit, host: str, address: str) -> None:
    answer = visit().client.get(address, headers={"Host": host})
    assert answer.status_code == 400
    assert "次回のお届け" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8801", "localhost:8801"])
def test_this_machine_s_own_names_are_fine(project: Project, guard: Guard, host: str) -> None:
    app = review_app(project, "b.reiji", lambda document, page: PICTURE, guard)
    answer = app.test_client().get("/enter", query_string={"key": guard.key}, headers={"Host": host})
    assert answer.status_code == 303


@pytest.mark.parametrize("token", ["", "wrong", "ａ"])
@pytest.mark.parametrize("address", ["/entry/KB-0001", f"/inquiry/{SLIP.number}"])
def test_a_form_of_another_site_does_nothing(visit: Visit, kb: KnowledgeBase, address: str, token: str) -> None:
    before = kb.entry("KB-0001")
    status, _ = visit().post(address, token=token, question="書き換え")
    assert status == 403
    assert kb.entry("KB-0001") == before


def test_a_form_too_large_is_refused(visit: Visit) -> None:
    assert visit().post("/entry/KB-0001", question="あ" * 400_000)[0] in (413, 403)


@pytest.mark.parametrize("address", [*PAGES, "/static/review.js", "/nowhere"])
def test_nothing_may_run_be_framed_or_kept(visit: Visit, address: str) -> None:
    headers = visit().client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_holds_a_script_or_style_of_its_own(visit: Visit) -> None:
    for address in PAGES[:3]:
        page = visit().get(address)
        assert page.count("<script") == page.count("<script src=") == 1
        assert " style=" not in page
        assert "<style" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/entry/KB-9999",
        "/entry/..%2f..%2fsettings",
        "/inquiry/../../x",
        "/inquiry/none",
        "/page/manual-1/2",
        "/page/nowhere/1",
        "/page/..%2fprivate/1",
        "/page/%2e%2e/1",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
    ],
)
def test_what_does_not_exist_is_not_found(visit: Visit, address: str) -> None:
    assert visit().client.get(address).status_code == 404


def test_pictures_are_pictures(visit: Visit) -> None:
    answer = visit().client.get("/page/slips-1/1")
    assert (answer.mimetype, answer.data) == ("image/webp", PICTURE)
