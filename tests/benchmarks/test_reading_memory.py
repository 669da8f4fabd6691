import subprocess
import sys

from benchmarks.reading.memory import Watch

_GRANDCHILD = "import time; held = bytearray(200 * 2**20); time.sleep(1.5)"
_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_GRANDCHILD!r}])"


def test_a_grandchild_counts_and_the_watcher_does_not() -> None:
    held = bytearray(600 * 2**20)
    process = subprocess.Popen([sys.executable, "-c", _CHILD])
    with Watch(process.pid) as watch:
        process.wait()
    assert 200 <= watch.peak_mb < 300
    assert held
