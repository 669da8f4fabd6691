"""What the front door names is there, though its modules are imported only when a name is asked for."""

import subprocess
import sys

from kbtool import knowledge


def test_every_name_leads_to_what_it_names() -> None:
    for name in knowledge.__all__:
        assert getattr(knowledge, name) is not None
    assert not hasattr(knowledge, "no_such_name")


def test_who_asks_for_one_name_does_not_wait_for_the_others() -> None:
    script = "import sys; from kbtool.knowledge import KnowledgeBase; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"kbtool.knowledge.exchange", "kbtool.text.personal_names"} & set(run.stdout.split())
