"""第3版 in a manual of the 4th edition: a leaf of an older edition that was left in."""

from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.model import PageEnd


def old_edition(cursor: Cursor) -> Match | None:
    """Set a page aside whose header or heading names another edition than the one in force."""
    facts = cursor.facts
    named = facts.editions.get(cursor.item.page, "")
    if not named or not facts.edition or named == facts.edition or not cursor.starts_page:
        return None
    page = cursor.page_items()
    return Match(len(page), outcome=PageEnd.OLD_EDITION, aside=page)
