"""A folder of pictures numbered by page is one document, and nothing but that."""

import io
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kbtool.errors import SourceError
from kbtool.intake import FileKind, PageReader, discover, is_unchanged, page_image, whole_source
from kbtool.intake.picture_folder import MAGIC, numbered_pictures, pack, unpack
from kbtool.intake.readers import Unreadable, open_reader
from kbtool.recognise import RecogniseOptions
from tests.intake.papers import pdf, picture


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    folder = tmp_path / "source_manuals" / "そよぎ 取扱説明書"
    folder.mkdir(parents=True)
    for name, words in (("1.png", "PAGE 101"), ("2.png", "PAGE 102"), ("10.jpg", "PAGE 110")):
        (folder / name).write_bytes(picture(words, kind="JPEG" if name.endswith("jpg") else "PNG", dpi=(150, 150)))
    return folder


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[PageReader]:
    with PageReader(RecogniseOptions(engine="tesseract"), 1, tmp_path / ".kbtool") as opened:
        yield opened


def found(manual: Path) -> list[tuple[str, FileKind]]:
    return [(source.name, source.kind) for source in discover(manual.parent).sources]


def test_it_is_one_document_with_its_pages_in_the_order_of_their_numbers(manual: Path, reader: PageReader) -> None:
    (source,) = discover(manual.parent).sources
    document = reader.read(source, slug="a")
    assert (source.name, source.kind, document.title) == ("そよぎ 取扱説明書", FileKind.PICTURES, "そよぎ 取扱説明書")
    assert [[block.text for block in page.blocks] for page in document.pages] == [
        ["PAGE 101"],
        ["PAGE 102"],
        ["PAGE 110"],
    ]


def test_its_pages_can_be_looked_at(manual: Path) -> None:
    with Image.open(io.BytesIO(page_image(manual, 3, width_px=300))) as shown:
        assert shown.width == 300
    with pytest.raises(SourceError):
        page_image(manual, 4, width_px=300)


def test_what_lies_about_keeps_its_own_end_and_the_manual_whole(manual: Path) -> None:
    (manual / "Thumbs.db").write_bytes(b"x")
    (manual / ".DS_Store").write_bytes(b"x")
    told = discover(manual.parent)
    assert [source.name for source in told.sources] == [manual.name]
    assert sorted(outcome.source for outcome in told.outcomes) == [
        f"{manual.name}/.DS_Store",
        f"{manual.name}/Thumbs.db",
    ]


@pytest.mark.parametrize("name", ["表紙.png", "3.pdf", "001.jpg", "IMG_0003.jpg", "scan 3.png"])
def test_one_file_that_is_no_page_by_number_and_every_picture_is_a_document(manual: Path, name: str) -> None:
    (manual / name).write_bytes(pdf([(50, 50, "a")]) if name.endswith("pdf") else picture(name))
    assert {kind for _, kind in found(manual)} <= {FileKind.IMAGE, FileKind.PDF}
    assert len(found(manual)) == 4


def test_a_single_picture_or_a_folder_inside_makes_no_document_of_a_folder(manual: Path, tmp_path: Path) -> None:
    (manual / "旧").mkdir()
    assert numbered_pictures(manual) == []
    lone = tmp_path / "lone"
    lone.mkdir()
    (lone / "1.png").write_bytes(picture())
    (lone / "2.png").symlink_to(manual / "2.png")
    assert numbered_pictures(lone) == []


def test_the_folder_of_all_manuals_is_never_one_itself(manual: Path) -> None:
    for path in list(manual.iterdir()):
        path.rename(manual.parent / path.name)
    assert len(found(manual)) == 3


def test_a_path_inside_it_names_it_whole(manual: Path) -> None:
    root = manual.parent
    assert whole_source(manual / "2.png", root) == whole_source(manual, root) == manual
    assert whole_source(root, root) is None


def test_a_changed_page_is_noticed(manual: Path) -> None:
    (source,) = discover(manual.parent).sources
    assert is_unchanged(manual, source.sha256)
    (manual / "2.png").write_bytes(picture("PAGE 999"))
    assert not is_unchanged(manual, source.sha256)
    (manual / "2.png").unlink()
    (manual / "10.jpg").unlink()
    assert not is_unchanged(manual, source.sha256)


def test_a_damaged_picture_costs_its_own_page(manual: Path, reader: PageReader) -> None:
    (manual / "2.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    document = reader.read(discover(manual.parent).sources[0], slug="a")
    codes = [[problem.code for problem in page.problems] for page in document.pages]
    assert codes == [[], ["intake_page_damaged"], []]


def test_it_may_have_more_pages_than_a_process_may_have_files_open(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "book"
    folder.mkdir(parents=True)
    one = picture(size=(8, 8))
    for number in range(2 * 1024):
        (folder / f"{number:04}.png").write_bytes(one)
    (book,) = discover(tmp_path / "in").sources
    assert book.kind is FileKind.PICTURES


def packed(*pictures: bytes) -> bytes:
    whole = io.BytesIO()
    pack(map(io.BytesIO, pictures), len(pictures), whole)
    return whole.getvalue()


def test_what_is_packed_is_found_again() -> None:
    assert [bytes(each) for each in unpack(packed(b"one", b"", b"three"))] == [b"one", b"", b"three"]


@pytest.mark.parametrize(
    "data",
    [
        MAGIC,
        MAGIC + b"\xff\xff\xff\xff",
        packed(b"one", b"two")[:-1],
        packed(b"one", b"two") + b"x",
        MAGIC + struct.pack("<IQQ", 2, 2**64 - 1, 3) + b"two",
    ],
)
def test_a_stream_that_lies_about_its_pictures_is_damaged(data: bytes) -> None:
    with pytest.raises(Unreadable):
        open_reader(FileKind.PICTURES, data)
