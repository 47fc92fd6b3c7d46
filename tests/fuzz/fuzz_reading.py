"""Fuzzes reading and layout: thousands of broken files, each read within time and memory or refused with a reason.

Usage: ``python -m tests.fuzz.fuzz_reading [--count 10000] [--seed 1] [--samples corpora/samples]``. Exit status 1 if one raised, hung or gave nothing.
"""

from __future__ import annotations

import argparse
import resource
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from types import FrameType

from miner.layout import lay_out
from miner.reading import Limits, Source, read_bytes
from tests.fuzz.mutate import mutations

_SECONDS = 10
_MEMORY = 4 * 2**30
_LIMITS = Limits(file_bytes=2**25, characters=2_000_000, total_bytes=2**28)


def _hang(signum: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"no answer within {_SECONDS} s")


def main() -> int:
    """Run the fuzzer; prints a summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=Path, default=Path("corpora/samples"))
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGALRM, _hang)
    files = sum(path.is_file() for path in options.samples.rglob("*"))
    outcome: Counter[str] = Counter()
    slowest = (0.0, "")
    for name, data in mutations(options.samples, max(1, -(-options.count // files)), options.seed):
        begin = time.perf_counter()
        signal.alarm(_SECONDS)
        try:
            items = list(read_bytes(data, name, _LIMITS))
            for item in items:
                if isinstance(item, Source):
                    lay_out(item.text, item.kind)
                    outcome["read"] += 1
                else:
                    outcome[f"reject {item.stage}"] += 1
            outcome["nothing"] += not items
        except BaseException as error:
            outcome["failed"] += 1
            failed = Path(f"fuzz-failure-{outcome['failed']}-{name}")
            failed.write_bytes(data)
            print(f"{type(error).__name__}: {error} (kept as {failed})", file=sys.stderr)
            if isinstance(error, KeyboardInterrupt):
                break
        finally:
            signal.alarm(0)
        slowest = max(slowest, (time.perf_counter() - begin, name))
        outcome["files"] += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print({**outcome, "slowest": f"{slowest[0]:.2f} s {slowest[1]}", "peak memory": f"{peak} MB"})
    return 1 if outcome["failed"] or outcome["nothing"] else 0


if __name__ == "__main__":
    sys.exit(main())
