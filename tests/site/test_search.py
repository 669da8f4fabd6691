"""What the index of a site is made of."""

from dataclasses import replace
from pathlib import Path

import pytest

from kbtool import site
from kbtool.entry import Audience
from tests.site import sample

SECRET = "内緒の言い方"


@pytest.mark.parametrize(("audience", "told"), [(Audience.PUBLIC, False), (Audience.INTERNAL, True)])
def test_synonyms_that_no_page_says_stay_in_the_house(
    audience: Audience, told: bool, tmp_path: Path, cache: Path
) -> None:
    content = replace(sample.content(audience), synonyms=(("返品", SECRET),))
    site.build(content, tmp_path / "site", cache)
    index = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "site/assets/search").glob("[lw]*.js"))
    assert ("内緒" in index) is told
