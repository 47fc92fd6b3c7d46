"""Broken versions of sample files.

In: a folder of samples. Out: names and mutated bytes, the same for the same seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One to four random changes: bytes changed, cut out, doubled, inserted, the end lost."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if not broken:
            break
        place = chance.randrange(len(broken))
        length = chance.choice((1, 2, 8, 64, 1024))
        match chance.randrange(7):
            case 0:
                broken[place] ^= 1 << chance.randrange(8)
            case 1:
                broken[place : place + length] = chance.randbytes(length)
            case 2:
                del broken[place : place + length]
            case 3:
                broken[place:place] = broken[place : place + length] * chance.randint(1, 8)
            case 4:
                broken[place:place] = chance.choice((b"\x00", b"\xff\xfe", b"<", b"&#0;", b"\r", b"</p>", b"PK\x03\x04", b"\xef\xbf\xbd", b"9" * 40))
            case 5:
                del broken[place:]
            case 6:
                broken[place : place + length] = b"\x00" * min(length, len(broken) - place)
    return bytes(broken)


def mutations(samples: Path, each: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`each` mutations of every file below `samples`."""
    files = sorted(path for path in samples.rglob("*") if path.is_file())
    for number, path in enumerate(files):
        data = path.read_bytes()
        chance = random.Random(seed * 1000 + number)
        for _ in range(each):
            yield path.name, mutate(data, chance)
