"""The plain MkDocs project: MkDocs builds it without a warning, and nothing that somebody wrote runs in it."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.entry import Audience, Section
from kbtool.site import SiteContent, plain_project
from tests.site import sample

PAYLOADS = """
<script>alert(1)</script>
<img src=x onerror=alert(1)>
[x](javascript:alert(1))
\\[x\\](javascript:alert(1))
[x][y]
[y]: javascript:alert(1)
![x](https://outside.example/x.png)
<javascript:alert(1)>
&lt;script&gt;alert(1)&lt;/script&gt;
[x](&#106;avascript:alert(1))
<!-- secret -->
"""
HARMLESS = """
[窓口](https://kakuudo.example/contact)

| a | b |
| --- | --- |
| 1 | 2 |
"""


@pytest.fixture(scope="module")
def content() -> SiteContent:
    """The sample site, its first entry full of what an outsider might write."""
    given = sample.content(Audience.PUBLIC)
    first, *others = given.entries
    hostile = replace(
        first.entry,
        question="<script>alert(2)</script> 解約 [x](javascript:alert(2))",
        sections=(Section("回答", PAYLOADS + HARMLESS),),
    )
    return replace(given, entries=(replace(first, entry=hostile), *others))


def test_mkdocs_builds_it_and_nothing_runs(content: SiteContent, tmp_path: Path) -> None:
    for name, text in plain_project(content).items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site")],
        cwd=tmp_path / "project",
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "site").glob("*.html")}
    assert len(pages) >= len(content.entries) + 2
    for name, page in pages.items():
        assert "<script>alert" not in page, name
        assert not re.search(r"<[^>]+\son\w+\s*=\s*[\"']?alert", page), name
        assert not re.search(r"""(?:href|src)\s*=\s*["']?\s*javascript:""", page, re.IGNORECASE), name
        assert not re.search(r"""<(?:script|link|img)[^>]+(?:src|href)=["']?https?:""", page), name
    hostile = next(page for page in pages.values() if "alert(1)" in page)
    assert '<a href="https://kakuudo.example/contact">' in hostile
    assert "<td>2</td>" in hostile


def test_only_the_public_gets_one() -> None:
    with pytest.raises(ValueError, match="internal"):
        plain_project(sample.content(Audience.INTERNAL))
