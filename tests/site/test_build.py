"""What is built again, and what is refused."""

import os
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbtool import site
from kbtool.entry import Audience, EntryType, Section, Status
from kbtool.errors import DiskFull, EnvironmentMissing, PublishRefused, UsageError
from kbtool.settings import Category
from kbtool.site import look, placeholders
from kbtool.site.content import SiteContent
from kbtool.site.wording import Wording
from tests.site import sample


def files(tree: Path) -> dict[str, bytes]:
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}


def edited(content: SiteContent, number: int, **changes: object) -> SiteContent:
    shown = [
        replace(one, entry=replace(one.entry, **changes)) if one.entry.id == f"KB-{number:04}" else one  # type: ignore[arg-type]
        for one in content.entries
    ]
    return replace(content, entries=tuple(shown))


def test_an_incremental_build_has_the_bytes_of_a_full_one(tmp_path: Path) -> None:
    before = sample.content(Audience.INTERNAL)
    after = edited(before, 3, question="解約したいときはどうするか")
    site.build(before, tmp_path / "first", tmp_path / "cache")
    report = site.build(after, tmp_path / "second", tmp_path / "cache")
    site.build(after, tmp_path / "full", tmp_path / "other cache")
    assert files(tmp_path / "second") == files(tmp_path / "full")
    # the entry, its category, the pages that name it; not the other entries
    assert set(report.changed) == {
        "e/KB-0003.html", "c/teiki.html", "index.html", "404.html", "map.html", "d/gyomu-4-p0002.html"
    }  # fmt: skip


def test_a_second_build_makes_no_page_anew(tmp_path: Path, cache: Path) -> None:
    content = sample.content(Audience.PUBLIC)
    site.build(content, tmp_path / "one", cache)
    assert site.build(content, tmp_path / "two", cache).changed == ()


def test_a_cached_page_that_somebody_changed_is_made_anew(tmp_path: Path) -> None:
    content = sample.content(Audience.PUBLIC)
    site.build(content, tmp_path / "one", tmp_path / "cache")
    whole = files(tmp_path / "one")
    with (tmp_path / "one" / "q" / "q0001.html").open("a") as page:  # the same inode as in the cache
        page.write("planted")
    site.build(content, tmp_path / "two", tmp_path / "cache")
    assert files(tmp_path / "two") == whole


def test_dates_do_not_move_without_a_change(tmp_path: Path, cache: Path) -> None:
    content = sample.content(Audience.PUBLIC)
    site.build(content, tmp_path / "today", cache)
    site.build(replace(content, today=date(2027, 1, 31)), tmp_path / "later", cache)
    assert files(tmp_path / "today") == files(tmp_path / "later")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"audience": Audience.INTERNAL}, "site_entry_audience"),
        ({"audience": Audience.RESTRICTED}, "site_entry_audience"),
        ({"status": Status.DRAFT}, "site_entry_status"),
        ({"status": Status.RETIRED}, "site_entry_status"),
        ({"type": EntryType.POLICY}, "site_entry_type"),
        ({"type": EntryType.SCRIPT}, "site_entry_type"),
        ({"public_id": ""}, "site_entry_address"),
        ({"public_id": "../q0001"}, "site_entry_address"),
        ({"sections": (Section("回答", "はい"), Section("裏話", "秘密"))}, "site_entry_section"),
        ({"category": "ない分類"}, "site_entry_category"),
    ],
)
def test_what_must_not_be_public_is_refused(changes: dict[str, object], code: str, tmp_path: Path, cache: Path) -> None:
    with pytest.raises(PublishRefused) as refusal:
        site.build(edited(sample.content(Audience.PUBLIC), 1, **changes), tmp_path / "out", cache)
    assert refusal.value.code == code
    assert not (tmp_path / "out").exists()


def test_a_document_is_never_public(tmp_path: Path, cache: Path) -> None:
    content = replace(sample.content(Audience.PUBLIC), documents=(sample.document(),))
    with pytest.raises(PublishRefused, match="site_document_refused"):
        site.build(content, tmp_path / "out", cache)


def test_a_picture_must_be_webp(tmp_path: Path, cache: Path) -> None:
    document = replace(sample.document(), pages=(site.ShownPage(1, b"%PDF-1.7 not pixels"),))
    content = replace(sample.content(Audience.INTERNAL), documents=(document,))
    with pytest.raises(PublishRefused, match="site_image"):
        site.build(content, tmp_path / "out", cache)


def test_a_campaign_shows_in_its_time_and_keeps_its_address_after(tmp_path: Path, cache: Path) -> None:
    over = edited(sample.content(Audience.PUBLIC), 3, valid_to=date(2026, 11, 19))
    site.build(over, tmp_path / "over", cache)
    assert "掲載を終了しました" in (tmp_path / "over/q/q0003.html").read_text()
    assert "q0003" not in (tmp_path / "over/c/teiki.html").read_text()
    early = edited(sample.content(Audience.PUBLIC), 3, valid_from=date(2026, 11, 21))
    site.build(early, tmp_path / "early", cache)
    assert not (tmp_path / "early/q/q0003.html").exists()


def test_a_theme_that_moves_a_placeholder_is_noticed() -> None:
    html = "<title>@@kb:title@@</title><p title='@@kb:body@@'>"
    with pytest.raises(EnvironmentMissing) as failure:
        placeholders.frame("e/a", html)
    assert failure.value.code == "site_token"


def test_no_word_that_somebody_wrote_reaches_mkdocs() -> None:
    pages = look.placeholders(Audience.INTERNAL, sample.SETTINGS.categories)
    made = repr(look.configuration("", Audience.INTERNAL, pages, Wording("ja")))
    written = [sample.SETTINGS.company.name, sample.SETTINGS.sites.internal_title]
    written += [category.name for category in sample.SETTINGS.categories]
    assert not [words for words in written if words in made]


@pytest.mark.parametrize(
    "text",
    ["hooks: [evil.py]", "theme: {custom_dir: x}", "theme: {features: [navigation.instant]}", "plugins: [search]"],
)
def test_a_look_that_could_run_code_or_fetch_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="site_look_key"):
        look.configuration(text, Audience.PUBLIC, (), Wording("ja"))


def test_a_category_slug_is_an_address() -> None:
    with pytest.raises(UsageError, match="site_slug"):
        look.placeholders(Audience.PUBLIC, (Category("見本", "../x"),))


def test_the_site_speaks_english(tmp_path: Path, cache: Path) -> None:
    content = sample.content(Audience.PUBLIC)
    content = replace(content, settings=replace(content.settings, language="en"))
    site.build(content, tmp_path / "en", cache)
    page = (tmp_path / "en" / "updates.html").read_text()
    assert '<html lang="en"' in page and ">Updates<" in page and "2026-11-12" in page and "更新履歴" not in page


def test_the_shipped_look_is_a_valid_look(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "mkdocs.yml").read_text(encoding="utf-8")
    assert look.configuration(text, Audience.PUBLIC, (), Wording("ja"))


@pytest.mark.parametrize("address", ["q/../../escaped.html", "../q0001.html", "/q/q0001.html", "q/", "q/a\\b.html", ""])
def test_no_address_leads_out_of_the_site(address: str, tmp_path: Path, cache: Path) -> None:
    stone = replace(sample.content(Audience.PUBLIC).tombstones[0], address=address)
    content = replace(sample.content(Audience.PUBLIC), tombstones=(stone,))
    with pytest.raises(PublishRefused, match="site_address_outside"):
        site.build(content, tmp_path / "out", cache)
    assert not (tmp_path / "out").exists()


def test_whatever_was_edited_in_the_site_or_the_cache_comes_back(tmp_path: Path) -> None:
    content = sample.content(Audience.INTERNAL)
    site.build(content, tmp_path / "one", tmp_path / "cache")
    whole = files(tmp_path / "one")
    edited_files = ["e/KB-0001.html", "img/gyomu-4/p0001.webp", "assets/search/index.js"]
    edited_files += [next(name for name in whole if name.endswith(".css"))]
    for name in edited_files:
        if name in whole:
            path = tmp_path / "one" / name
            state = path.stat()
            path.write_bytes(bytes(len(whole[name])))  # the same inode as in the cache, the same size and time
            os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    next((tmp_path / "cache" / "shell").rglob("*.js")).unlink()
    next((tmp_path / "cache" / "search").rglob("*.js")).write_bytes(b"")
    site.build(content, tmp_path / "two", tmp_path / "cache")
    assert files(tmp_path / "two") == whole


def test_a_disk_that_fills_up_under_mkdocs_is_called_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = subprocess.CompletedProcess([], 1, "", "OSError: [Errno 28] No space left on device: 'x'\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(DiskFull):
        site.build(sample.content(Audience.PUBLIC), tmp_path / "out", tmp_path / "cache")
