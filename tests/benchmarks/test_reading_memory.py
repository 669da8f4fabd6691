import subprocess
import sys

from benchmarks.reading.memory import Watch, cpu_s

_GRANDCHILD = "import time; held = bytearray(200 * 2**20); time.sleep(1.5)"
_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_GRANDCHILD!r}])"


def test_a_grandchild_counts_and_the_watcher_does_not() -> None:
    held = bytearray(600 * 2**20)
    process = subprocess.Popen([sys.executable, "-c", _CHILD])
    with Watch(process.pid) as watch:
        process.wait()
    assert 200 <= watch.peak_mb < 300
    assert held


def test_cpu_seconds_count_children_that_run_and_that_ended() -> None:
    busy = "import time\nwhile time.process_time() < 0.4: pass\n"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}]); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout and process.stdin
        process.stdout.readline()
        assert 0.4 <= cpu_s(process.pid) < 2
        process.stdin.write("\n")
    assert cpu_s(process.pid) == 0
