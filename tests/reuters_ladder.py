#!/usr/bin/env python3
"""The rungs of two- and three-word queries on Reuters-21578: the order of the hits, and the counts against explicit queries.

    reuters_ladder.py SGML_DIR MORGUE INDEX_DIR [PAIRS]      1 on a difference

Pairs (and threes) of words are drawn with a seed from articles that have both. Only the standard library is used.
"""

import json
import random
import re
import subprocess
import sys
from pathlib import Path

RUNGS = ["phrase", "near", "paragraph", "all"]


def run(*arguments):
    ran = subprocess.run(arguments, capture_output=True, text=True)
    if ran.returncode not in (0, 1):
        sys.exit(f"{arguments}: {ran.stderr}")
    return ran.stdout


def queries(folder, pairs):
    texts = []
    for file in sorted(Path(folder).glob("*.sgm")):
        source = file.read_text(encoding="latin-1")
        texts += [re.findall(r"\b[a-z]{5,12}\b", it) for it in re.findall(r"<BODY>(.*?)</BODY>", source, re.S)]
    texts = [it for it in texts if len(set(it)) > 20]
    draw = random.Random(21578)
    # Words that weigh nothing side by side would not be words of the query.
    common = set("about after again against because before being between could doing during their there these those "
                 "through under until where which while would other further itself themselves having should themself".split())
    while pairs:
        words = sorted(set(draw.choice(texts)) - common)
        pairs -= 1
        yield draw.sample(words, 3 if pairs % 3 == 0 else 2)


def main():
    folder, morgue, index = sys.argv[1:4]
    wrong = checked = 0
    for words in queries(folder, int(sys.argv[4]) if len(sys.argv) > 4 else 50):
        typed = " ".join(words)
        answer = json.loads(run(morgue, "search", "--index", index, "--format", "json", "--limit", "100000", "--copies", "--passages", "0", "--", *words))
        near = " w/10 ".join(words) if len(words) == 2 else f'"{typed}"~10'
        explicit = [f'"{typed}"', near, " /p ".join(words), " AND ".join(words)]
        counts = [int(run(morgue, "count", "--index", index, "--", it) or 0) for it in explicit]
        shown = [next((it["count"] for it in answer["ladder"] if it["rung"] == rung), None) for rung in RUNGS]
        order = [(RUNGS.index(it["rung"]), -it["score"]) for it in answer["hits"] if it["rung"] in RUNGS]
        checked += 1
        if shown != counts or order != sorted(order) or (answer["total"] and len(order) != answer["total"]):
            wrong += 1
            print(f"{typed}: ladder {shown}, explicit {counts}, {'in order' if order == sorted(order) else 'out of order'}")
    print(f"{checked} queries, {wrong} wrong")
    return 1 if wrong else 0


sys.exit(main())
