"""Every planted leak is found and named; a clean tree passes."""

import base64
import io
import json
import shutil
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from kbtool import messages, site
from kbtool.entry import Audience
from kbtool.site import HiddenContent, HiddenText
from kbtool.site.hidden import PEOPLE
from kbtool.site.unwrap import squeeze
from tests.site import sample
from tests.site.conftest import Built

NOTE = "休止ではなく周期変更を先に案内する。粗利の下限"
SHORT = "見本81"


def hidden(content: site.SiteContent) -> HiddenContent:
    shown = [one.entry for one in content.entries]
    return HiddenContent(
        site.hidden_texts(sample.ENTRIES, shown, content.audience),
        (HiddenText("", "contact", SHORT),) if content.audience is Audience.PUBLIC else (),
        sample.SETTINGS.allowed_contacts,
        pictures=content.audience is not Audience.PUBLIC,
    )


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNER])
def test_a_clean_build_passes_and_says_what_was_compared(audience: Audience, built: dict[Audience, Built]) -> None:
    one = built[audience]
    proof = site.prove(one.tree, hidden(one.content), one.report.own)
    assert proof.problems == ()
    assert proof.files > 20 and proof.texts > 50 and proof.pieces > 100


def page_with(change: Callable[[str], str]) -> Callable[[Path], None]:
    def plant(tree: Path) -> None:
        path = tree / "q/q0002.html"
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    return plant


def body(text: str) -> Callable[[Path], None]:
    return page_with(lambda page: page.replace("</article>", f"{text}</article>"))


def file(name: str, content: str | bytes) -> Callable[[Path], None]:
    def plant(tree: Path) -> None:
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return plant


def png(chunk: bytes, data: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (2, 2)).save(buffer, "PNG")
    plain = buffer.getvalue()
    extra = struct.pack(">I", len(data)) + chunk + data + struct.pack(">I", zlib.crc32(chunk + data))
    return plain[:33] + extra + plain[33:]


def webp_with_exif() -> bytes:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "internal"
    Image.new("RGB", (4, 4)).save(buffer, "WEBP", exif=exif)
    return buffer.getvalue()


CHANNELS: dict[str, Callable[[Path], None]] = {
    "plain text": body(f"<p>{NOTE}</p>"),
    "comment": body(f"<!-- {NOTE} -->"),
    "attribute": body(f'<p title="{NOTE}">x</p>'),
    "split by tags": body("<p>" + "<b>・</b>".join(NOTE).replace("・", "") + "</p>"),
    "split by lines": body("<p>" + "\n   ".join(NOTE) + "</p>"),
    "entities": body("".join(f"&#{ord(character)};" for character in NOTE)),
    "hexadecimal entities": body("".join(f"&#x{ord(character):x};" for character in NOTE)),
    "percent": body(f'<a href="?q={quote(NOTE)}">x</a>'),
    "escapes in json": body(f'<script type="application/json">{json.dumps(NOTE)}</script>'),
    "escapes in style": file("assets/kb/kb.css", "".join(f"\\{ord(character):x} " for character in NOTE)),
    "base64": body(f'<i data-x="{base64.b64encode(NOTE.encode()).decode()}"></i>'),
    "zero width": body("\u200b".join(NOTE)),
    "full width": body("ＫＢ−ＩＮＴＥＲＮＡＬ−ＣＡＮＡＲＹ"),
    "other case": body("kb-Internal-canary"),
    "short contact": body(f"<p>内線 {SHORT}</p>"),
    "description": page_with(
        lambda page: page.replace("<meta name=", f'<meta name="x" content="{NOTE}"><meta name=', 1)
    ),
    "feed": file("feed.json", json.dumps({"items": [NOTE]}, ensure_ascii=False)),
    "sitemap": file("sitemap.xml", f"<urlset><loc>{escape(NOTE)}</loc></urlset>"),
    "search index": file("search/s1.js", f"kb({json.dumps(NOTE)})"),
    "not found page": file("404.html", f"<p>{NOTE}</p>"),
    "file name": file(f"q/{NOTE}.html", "<p>x</p>"),
    "folder name": file(f"{NOTE}/x.html", "<p>x</p>"),
    "draft question": body("<p>代金引換は使えますか</p>"),
    "internal entry": body("<p>三つのうち二つがそろわないときは、折り返しを案内</p>"),
}
UNKNOWN: dict[str, Callable[[Path], None]] = {
    "backup copy": file("q/q0001.html~", "x"),
    "office lock": file("q/~$q0001.xlsx", "x"),
    "markdown": file("q/q0001.md", "x"),
    "source map": file("assets/javascripts/bundle.js.map", "{}"),
    "pdf": file("manual.pdf", b"%PDF-1.7"),
    "svg": file("assets/x.svg", "<svg/>"),
    "hidden file": file(".htaccess", "x"),
    "page picture": file("img/p.webp", sample.page_image(1)),
    "compressed": file("q/q0001.html.gz", b"\x1f\x8b"),
    "link": lambda tree: (tree / "q/x.html").symlink_to("/etc/hostname"),
    "linked folder": lambda tree: (tree / "docs").symlink_to("/etc"),
}
BROKEN: dict[str, Callable[[Path], None]] = {
    "text in a picture": file("assets/images/favicon.png", png(b"tEXt", b"Comment\x00internal")),
    "words after a picture": lambda tree: file(
        "assets/images/favicon.png", (tree / "assets/images/favicon.png").read_bytes() + b"internal"
    )(tree),
    "exif": file("assets/images/favicon.png", png(b"eXIf", b"II*\x00")),
    "archive named as page": file("q/q0010.html", b"PK\x03\x04\x00\x00\xff\xfe"),
    "another encoding": file("q/q0011.html", NOTE.encode("cp932")),
}


def problems(plant: Callable[[Path], None], public: Built, folder: Path) -> tuple[object, ...]:
    tree = folder / "tree"
    shutil.copytree(public.tree, tree)
    plant(tree)
    canary = HiddenText("", "canary", "KB-INTERNAL-CANARY")
    wanted = hidden(public.content)
    return site.audit(tree, replace(wanted, exact=(*wanted.exact, canary)), public.report.own)


def test_a_person_in_a_page_is_named_by_id(public: Built, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(public.tree, tree)
    (tree / "q" / "q0099.html").write_text("<html><body><p>見本 花子が承ります。</p></body></html>", encoding="utf-8")
    person = HiddenText("a.mihon", PEOPLE, "見本 花子")
    found = site.audit(tree, replace(hidden(public.content), texts=(), exact=(person,)), public.report.own)
    assert {problem.code for problem in found} == {"site_leak_person"}
    assert "「a.mihon」" in messages.say("site_leak_person", **found[0].params)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_planted_leak_is_found_and_named(channel: str, public: Built, tmp_path: Path) -> None:
    found = problems(CHANNELS[channel], public, tmp_path)
    assert found and {problem.code for problem in found} == {"site_leak"}  # type: ignore[attr-defined]
    sentence = messages.say("site_leak", **found[0].params)  # type: ignore[attr-defined]
    assert squeeze(NOTE) not in squeeze(sentence) or "name" in channel


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_file_that_nobody_listed_is_refused(name: str, public: Built, tmp_path: Path) -> None:
    assert "site_unknown_file" in {problem.code for problem in problems(UNKNOWN[name], public, tmp_path)}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_not_what_it_says_is_refused(name: str, public: Built, tmp_path: Path) -> None:
    assert "site_broken_file" in {problem.code for problem in problems(BROKEN[name], public, tmp_path)}  # type: ignore[attr-defined]


def test_a_picture_with_exif_is_refused_for_partners(partner: Built, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(partner.tree, tree)
    (tree / "img/gyomu-4/p0001.webp").write_bytes(webp_with_exif())
    found = site.audit(tree, hidden(partner.content), partner.report.own)
    assert [problem.code for problem in found] == ["site_broken_file"]


@pytest.mark.parametrize("text", ["ご担当 見本花子様 090-0000-0012", "mihon.hanako@kakuudo.example"])
def test_personal_data_is_refused(text: str, public: Built, tmp_path: Path) -> None:
    found = problems(body(f"<p>{text}</p>"), public, tmp_path)
    assert "site_personal" in {problem.code for problem in found}  # type: ignore[attr-defined]


def test_an_edit_that_waits_for_approval_is_hidden() -> None:
    frozen = sample.ENTRIES[3]
    changed = replace(
        frozen, sections=(replace(frozen.sections[0], text="お届けから30日以内で返品できるように変える案です。"),)
    )
    found = site.hidden_texts([changed], [frozen], Audience.PUBLIC)
    assert "お届けから30日以内で返品できるように変える案です。" in {item.text for item in found}


@pytest.mark.parametrize("id", ["css", "html", "function", "md", "nav"])
def test_an_id_that_is_a_word_of_the_shell_is_not_found_in_it(id: str, public: Built) -> None:
    wanted = replace(hidden(public.content), exact=(HiddenText("", "people", id),))
    assert site.audit(public.tree, wanted, public.report.own) == ()


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("担当は css です", True),
        ("担当はcssです", True),
        ("担当は c s s です", True),
        ("担当は<b>CSS</b>です", True),
        ("accss と cssx", False),
        ("css_x", False),
    ],
)
def test_a_short_id_is_found_as_a_word_of_its_own(text: str, is_found: bool, public: Built, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(public.tree, tree)
    body(text)(tree)
    wanted = replace(hidden(public.content), exact=(HiddenText("", "people", "css"),))
    assert bool(site.audit(tree, wanted, public.report.own)) is is_found


def test_a_file_of_the_shell_that_was_changed_is_looked_at(public: Built, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(public.tree, tree)
    script = next(tree.rglob("bundle.*.js"))
    script.write_text(script.read_text(encoding="utf-8") + f"/*{NOTE}*/", encoding="utf-8")
    assert {problem.code for problem in site.audit(tree, hidden(public.content), public.report.own)} == {"site_leak"}
