"""Level rules that may be a table, from drawn pages."""

from kbtool.document import Kind
from kbtool.layout import build_page
from kbtool.recognise import RecogniseOptions, recognise
from kbtool.recognise.clean_up import clean
from kbtool.recognise.ladders import find_ladders
from kbtool.recognise.ruling import find_rules
from tests.recognise.paper import DPI, Sheet, scanned

ROWS = (("症状", "原因"), ("風が弱い", "目詰まり"), ("音が大きい", "強運転"), ("匂いがする", "水が古い"))


def ladder(gap: int = 0) -> Sheet:
    sheet = Sheet(1000, 520)
    for n in range(5):
        y = 100 + 70 * n
        sheet.draw.line((100, y, 900, y), fill="black", width=2)
    sheet.draw.rectangle((400, 165, 400 + gap, 175), fill="white")
    return sheet


def test_rules_with_the_same_ends_even_where_one_is_broken() -> None:
    rules = find_rules(clean(scanned(ladder(gap=40).raster(), degrees=1.0, noise=6)).grey, DPI)
    (found,) = find_ladders(rules, ())
    assert (len(found.ys), len(found.cells), found.open) == (5, 4, True)


def test_rules_of_other_lengths_are_none() -> None:
    sheet = Sheet(1000, 520)
    for n in range(6):
        sheet.draw.line((100, 80 + 70 * n, 500 + 60 * n, 80 + 70 * n), fill="black", width=2)
    assert find_ladders(find_rules(clean(sheet.raster()).grey, DPI), ()) == ()


def test_a_scanned_table_ruled_by_level() -> None:
    sheet = ladder()
    for n, row in enumerate(ROWS):
        for x, words in zip((120, 500), row, strict=True):
            sheet.text(x, 118 + 70 * n, words)
    reading = recognise(scanned(sheet.raster(), noise=5), 1, RecogniseOptions(engine="ppocr"))
    (table,) = build_page(reading, "manual").blocks
    assert table.kind is Kind.TABLE
    assert [cell.text for cell in table.cells] == [words for row in ROWS for words in row]
