"""Characters that the encoding of older Japanese programs (CP932) does not have, and how they come back.

Each such character goes out as the one that looks like it, or as 〓, which printers put where a letter is missing;
one for one, so that what comes back can be compared place by place and gets its characters again.
"""

from difflib import SequenceMatcher

CP932 = "cp932"
#: What stands for a character that nothing there looks like.
MISSING = "〓"
#: Where Python knows no character of CP932 for one that everybody would take for it.
_ALIKE = {"—": "―", "–": "－", "‐": "－", "‑": "－", "•": "・", "✓": "レ", "☑": "■", "☐": "□", "ゔ": "ヴ"}


def replacements(text: str) -> dict[str, str]:
    """The characters of a text that CP932 lacks → what stands for each."""
    standing = {each: _standing_for(each) for each in dict.fromkeys(text)}
    return {each: other for each, other in standing.items() if other != each}


def written(text: str) -> str:
    """The text as CP932 can hold it, as long as before."""
    return text.translate({ord(each): other for each, other in replacements(text).items()})


def restored(text: str, sent: str) -> str:
    """A text that came back with the characters of what was sent, wherever it still says the same."""
    lossy = written(sent)
    if lossy == sent:
        return text
    pieces = []
    for tag, i, j, k, m in SequenceMatcher(None, lossy, text, autojunk=False).get_opcodes():
        pieces.append(sent[i:j] if tag == "equal" else text[k:m])
    return "".join(pieces)


def _standing_for(character: str) -> str:
    """What comes back for a character: some are encoded and come back as another, as 〜 does as ～."""
    try:
        return character.encode(CP932).decode(CP932)
    except UnicodeEncodeError:
        return _ALIKE.get(character, MISSING)
