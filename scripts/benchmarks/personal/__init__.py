"""Personal data planted into a desk's sentences: how much is found, how much is wholly masked, and false alarms."""

import argparse
import time
from collections import Counter
from pathlib import Path

from benchmarks.personal.planted import Planted, planted
from kbtool.text import personal_data

#: Of a kind's values, how many must be found (RELIABILITY: promise P12), in percent.
TARGETS = {
    "email": 99.5,
    "phone": 99.5,
    "postcode": 99.5,
    "mynumber": 99.5,
    "card": 99.5,
    "address": 95.0,
    "name_after_label": 97.0,
    "name_with_honorific": 97.0,
    "bare_name": 80.0,
}
#: One page of a manual, in characters: what DOMAIN.md's manuals hold.
_PAGE = 600


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this benchmark."""
    parser.add_argument("--seed", type=int, default=1, help="another seed, other values")
    parser.add_argument("--values", type=int, default=2_000, help="how many are planted")
    parser.add_argument("--clean", type=Path, nargs="*", default=[], help="texts without personal data (UTF-8)")
    parser.add_argument("--show", type=int, default=5, help="misses shown of each kind")


def run(options: argparse.Namespace) -> int:
    """Print the rates beside their targets; 1 where one is missed."""
    began = time.process_time()
    cases = planted(options.values, options.seed)
    missed = [case for case in cases if not _touched(case)]
    torn = [case for case in cases if case not in missed and not _covered(case)]
    print(f"{len(cases)} values, seed {options.seed}, {time.process_time() - began:.1f} CPU s\n")
    total, lost, open_ = (Counter(case.kind for case in group) for group in (cases, missed, torn))
    ok = True
    for kind, target in TARGETS.items():
        found = 100.0 * (1 - lost[kind] / total[kind])
        whole = 100.0 * (1 - (lost[kind] + open_[kind]) / total[kind])
        ok &= found >= target
        print(f"{kind:20} n {total[kind]:4}  found {found:6.2f} %  (target {target})  wholly masked {whole:6.2f} %")
        for case in [each for each in missed + torn if each.kind == kind][: options.show]:
            print(f"    {'missed' if case in missed else 'in part'}: {case.text}")
    unstable = [case for case in cases if _masked(_masked(case.text)) != _masked(case.text)]
    print(f"\nmasked twice differs from masked once: {len(unstable)}")
    for path in options.clean:
        _alarms(path, options.show)
    return 0 if ok and not unstable else 1


def _touched(case: Planted) -> bool:
    return any(each.start < case.end and case.start < each.end for each in personal_data.find(case.text))


def _covered(case: Planted) -> bool:
    """Whether no letter or digit of the value would stay readable."""
    findings = personal_data.find(case.text)
    open_ = (at for at in range(case.start, case.end) if not any(each.start <= at < each.end for each in findings))
    return not any(case.text[at].isalnum() for at in open_)


def _masked(text: str) -> str:
    return personal_data.mask(text, personal_data.find(text))


def _alarms(path: Path, shown: int) -> None:
    text = path.read_text(encoding="utf-8")
    found = [(line, each) for line in text.splitlines() for each in personal_data.find(line)]
    pages = max(1.0, len("".join(text.split())) / _PAGE)
    print(f"{path.name}: {len(found)} alarms on {pages:.0f} pages ({20 * len(found) / pages:.2f} in 20)")
    for line, each in found[:shown]:
        print(f"    {each.kind}: {line[max(0, each.start - 15) : each.end + 15]}")
