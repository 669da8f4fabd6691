"""Japanese postal addresses in running text: from the numbers of a house back to the town, on to building and room.

A number alone is no address: there must be a prefecture, a town, 丁目 or 番地, or the word 住所 before it. The text
must be of even width. Towns are known by their endings, and by Sudachi's place names where the numbers alone are weak.
"""

import re
from typing import NamedTuple

from kbtool.text import analysis
from kbtool.text.personal_kinds import DASH, Found, Kind

_PREFECTURES = (
    "北海道|東京都|京都府|大阪府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|"
    "三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県"
)
_PREFECTURE = re.compile(f"{_PREFECTURES}|(?<![一-鿿])[一-鿿]{{2}}県")
#: Designated cities (地方自治法 252条の19) and the wards of Tokyo, which people write without their prefecture.
_GREAT_CITY = re.compile(
    "(?:札幌|仙台|さいたま|千葉|横浜|川崎|相模原|新潟|静岡|浜松|名古屋|京都|大阪|堺|神戸|岡山|広島|北九州|福岡|熊本)市|"
    "(?:千代田|中央|港|新宿|文京|台東|墨田|江東|品川|目黒|大田|世田谷|渋谷|中野|杉並|豊島|北|荒川|板橋|練馬|足立|葛飾|江戸川)区"
)
_LETTER = "一-鿿々〆ヶぁ-んァ-ヴー"
_TOWN = re.compile(r"[一-鿿々ヶぁ-んァ-ヴー]{1,7}?[市区町村郡]")
#: These are words, not towns.
_NO_TOWN = re.compile(
    "市区?町村|都市|[各同当本全他両諸毎]市|市[場販内外民立役街営政]|[学地管選各同全両]区|区[分間別切画域民役]|町[内名民会並役]|"
    "郡部|村[民落]|農村|漁村|[朝夜]市|城下町|番町"
)
_NUMBER = "(?:[0-9]{1,5}|[一二三四五六七八九十百〇]{1,5})"
_STEP = rf"(?:丁目|番地の?|番町|番|号|地割|条|線|{DASH}|の|ノ|-)"
#: 1-2-3, 1丁目2番3号, 三丁目4の5, 2番地1, 北1条西2丁目3番4号 …
_CHAIN = re.compile(
    rf"(?<![0-9A-Za-z.,第¥\\])(?:[甲乙丙丁イロハ]\s?)?{_NUMBER}(?:\s?{_STEP}\s?(?:[東西南北甲乙丙]\s?)?{_NUMBER})*(?:\s?(?:丁目|番地|番|号室?|地割))?(?![0-9.,]|ヶ?[月年])"
)
_STRONG = re.compile(r"丁目|番地|番\s?[0-9一二三四五六七八九十]|地割|条[東西南北]|[0-9]番$")
#: What follows an amount, a range or a span of time, and no house.
_UNIT = re.compile(
    r"\s?(?:[日時間分秒円人名件個年月週回歳割倍度%℃台種本枚冊つ点様以期級章節項条巻編段列行桁次位代世階]|か[所月国]|ヶ[所月]|パーセント|ページ|cm|mm|km|m|kg|g|w|v|a)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_RUN = re.compile(
    rf"(?:[{_LETTER}]|[0-9]{{1,2}}(?=[条線区号])|(?<=[都道府県市区町村郡])[ ]|(?<=[{_LETTER}])[ ](?=[{_LETTER}0-9]))*$"
)
#: How far back a town may begin before the number.
_LONGEST_RUN = 48
_PARTICLE = re.compile("[はがをにでへともや]|から|より|です|ます|まで|した|する")
_LABEL = (
    r"(?:ご?(?:現)?住\s?所|所在地|お?届け?先|お?送り?付?先|送付先|居所|住居|本籍(?:地)?|ご?自宅|宛先|"
    r"引っ?越し先|転居先|転出先|転入先|勤務先|実家|帰省先|address)"
)
_LABELLED = re.compile(
    rf"{_LABEL}[\s:=|は、(\])が】]{{0,4}}(?:〒?\s?\d{{3}}{DASH}?\d{{4}}[\s、|]{{0,3}})?$", re.IGNORECASE
)
_LABEL_AT_START = re.compile(rf"^(?:の)?{_LABEL}(?:[はがの:、\s]|まで|へ)*")
_BUILDING = (
    "ビルディング|ビル|マンション|ハイツ|コーポ|メゾン|ハイム|レジデンス|タワー|アパート|ハウス|パレス|コート|ヒルズ|プラザ|キャッスル|パーク|ガーデン|"
    "テラス|シティ|グラン|ロイヤル|サン|ライオンズ|カーサ|ヴィラ|ビラ|エステート|フラット|ドミール|メイプル|団地|住宅|宿舎|会館|荘|寮|館|棟"
)
_ROOM = (
    rf"(?:[A-Za-z]?\s?{DASH}?\s?[0-9]{{1,4}}\s?(?:号室|号|室|[Ff](?![a-z])|階)|"
    rf"[A-Za-z]?{DASH}?[0-9]{{2,4}}(?![0-9年月日時分円]))"
)
#: A building and a room behind the house number, at most one line.
_REST = re.compile(
    rf"(?:[ 、,]?(?:[A-Za-z0-9{_LETTER}・]{{0,14}}?(?:{_BUILDING})[一-鿿ァ-ヴーA-Za-z・]{{0,10}}(?:[ ]?{_ROOM}){{0,2}}|"
    rf"[ ]?[ァ-ヴー一-鿿A-Za-z・]{{2,14}}[ ]?{_ROOM}|[ ]{_ROOM})){{1,2}}"
)
#: 住所：東京都みほん区例町 with no number at all.
_WITHOUT_NUMBER = re.compile(
    rf"{_LABEL}\s?[:=|は】」]\s?(?:〒?\s?\d{{3}}{DASH}?\d{{4}}[\s、|]{{0,3}})?"
    rf"((?:{_PREFECTURE.pattern})\s?(?:[{_LETTER}]{{1,7}}?[市区町村郡]\s?){{1,3}}[{_LETTER}0-9]{{0,16}})",
    re.IGNORECASE,
)
#: The streets of Kyoto: 烏丸通御池上る, 寺町通四条下ル東側.
_STREETS = re.compile(
    rf"(?:(?![市区府県])[一-鿿]){{1,5}}(?:通り?|筋|小路|町|条|大路)[一-鿿ぁ-んァ-ヶー]{{0,10}}?(?:上[るルガが]る?|下[るルガが]る?|[東西]入[るル]?)(?:[一-鿿々ヶ]{{1,10}}町?)?(?:\s?{_CHAIN.pattern})?"
)
_KYOTO = re.compile("(?:京都府)?\\s?(?:京都市)?\\s?(?:[一-鿿]{1,2}京区|[東南北左右下上中]山?区|伏見区)?\\s?$")


class _Chain(NamedTuple):
    """The numbers of a house and how strong they speak for one by themselves."""

    start: int
    end: int
    numbers: int
    is_strong: bool
    is_alone: bool


def find(text: str) -> Found:
    """Addresses with their building and room; one with a prefecture or a label is surer than a town alone."""
    done = -1
    for match in _STREETS.finditer(text):
        start = match.start() - len(_kyoto_before(text[max(0, match.start() - 16) : match.start()]))
        done = _with_building(text, match.end())
        yield Kind.ADDRESS, start, done, 88.0
    for match in _CHAIN.finditer(text):
        if match.start() < done or (found := _address(text, _chain(text, match))) is None:
            continue
        start, confidence = found
        done = _with_building(text, match.end())
        yield Kind.ADDRESS, start, done, confidence
    yield from _labelled(text, done)


def _chain(text: str, match: re.Match[str]) -> _Chain:
    numbers = len(re.findall(_NUMBER, match.group()))
    return _Chain(match.start(), match.end(), numbers, _STRONG.search(match.group()) is not None, numbers == 1)


def _address(text: str, chain: _Chain) -> tuple[int, float] | None:
    """Where the address that ends in these numbers begins and how sure that is; None where it is none."""
    if not chain.is_strong and (_UNIT.match(text, chain.end) or not re.search("[0-9]", text[chain.start : chain.end])):
        return None
    window = max(0, chain.start - _LONGEST_RUN)
    run = _RUN.search(text, window, chain.start)
    begin = run.start() if run else chain.start
    words = text[begin : chain.start]
    if not words.strip() or (not chain.is_strong and _PARTICLE.match(words.rstrip()[-1:])):
        return None
    labelled = _LABELLED.search(text, max(0, begin - 24), begin) is not None
    said = _LABEL_AT_START.match(words)
    if said:
        labelled, begin, words = True, begin + said.end(), words[said.end() :]
    prefecture = _last(_PREFECTURE, words)
    if prefecture is not None:
        rest = words[prefecture.end() :]
        if _TOWN.search(rest) or chain.is_strong or (labelled and not chain.is_alone):
            return begin + prefecture.start(), 95.0
        return None
    return _from_town(words, begin, chain, labelled=labelled)


def _from_town(words: str, begin: int, chain: _Chain, *, labelled: bool) -> tuple[int, float] | None:
    great = _last(_GREAT_CITY, words)
    if (
        great is not None
        and (chain.is_strong or not chain.is_alone or labelled)
        and not words[great.end() :].endswith("の")
    ):
        return begin + _city_start(words, great), 88.0
    towns = [town for town in _TOWN.finditer(words) if not _NO_TOWN.search(words[town.start() : town.end() + 1])]
    if towns:
        start = _after_particle(words, towns[0])
        is_place = chain.numbers >= 3 or chain.is_strong or labelled or _is_place(words[start : towns[0].end()])
        if is_place and (chain.is_strong or not chain.is_alone or labelled):
            return begin + start, 80.0
        return None
    if "丁目" in words + "丁目" * chain.is_strong and chain.is_strong and chain.numbers >= 2:
        start = max((match.end() for match in _PARTICLE.finditer(words)), default=0)
        return (begin + start, 72.0) if len(words) - start >= 2 else None
    return (begin, 75.0) if labelled and chain.numbers >= 3 else None


def _labelled(text: str, done: int) -> Found:
    """Behind 住所 an address needs no number: a prefecture and a town are enough."""
    for match in _WITHOUT_NUMBER.finditer(text):
        if match.start(1) >= done:
            yield Kind.ADDRESS, match.start(1), match.end(1), 72.0


def _with_building(text: str, end: int) -> int:
    rest = _REST.match(text, end)
    return rest.end() if rest else end


def _kyoto_before(text: str) -> str:
    found = _KYOTO.search(text)
    return found.group() if found else ""


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=re.Match.start, default=None)


def _city_start(words: str, great: re.Match[str]) -> int:
    """大阪市北区: where the last great town is a ward, its city stands before it."""
    before = words[: great.start()]
    city = re.search(r"[一-鿿]{1,4}市\s?$", before)
    return city.start() if city else great.start()


def _after_particle(words: str, town: re.Match[str]) -> int:
    """Where a town's name begins behind the last particle before it (いわき市 and にかほ市 begin with one)."""
    name = words[town.start() : town.end() - 1]
    starts = [match.end() for match in _PARTICLE.finditer(name) if len(name) - match.end() >= 1]
    return town.start() + (starts[-1] if starts else 0)


def _is_place(name: str) -> bool:
    return analysis.is_place(name) or analysis.is_place(name[:-1])
