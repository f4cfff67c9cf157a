#!/usr/bin/env python3
"""Measures a mix of 200 queries in one process beside `floor`, a bare tantivy program, on Reuters-21578.

    cargo build --release
    cargo build --release --manifest-path benches/floor/Cargo.toml --target-dir target/floor
    benches/mix.py [DATA_DIR] [--morgue PROGRAM] [--floor PROGRAM] [--seed 1] [--rounds 5]

The mix, drawn from the articles by a seed: two words joined by AND, two to five words of which any will do, phrases,
`w/5`, endings (`oblig*`), an author with two months. floor can do all but `w/5` and endings; the ratio is over what both
can do, each class in a process of its own and then all in one. Ten hits a query with one passage each, as floor prints
them, to which morgue adds the reading, the exact total and the copies; a row of its own has up to three passages, the
default. Times are CPU time of whole processes, the median of some rounds, in turns; what a process costs before its
first query is measured with one query that finds nothing, and taken off."""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from compare import REPOSITORY, run  # noqa: E402

STOP = set("the of and to in a said it for on by from at is was with that as be its has an will or which he are have not "
           "this were would been but had their they also we i his about more than after other one".split())
EACH = {"AND": 34, "OR": 34, "phrase": 33, "w/5": 33, "ending": 33, "author and days": 33}
BOTH = ["AND", "OR", "phrase", "author and days"]


def articles(folder):
    for path in sorted(folder.glob("*.sgm")):
        text = path.read_text(encoding="latin-1")
        for record in re.findall(r"<REUTERS.*?</REUTERS>", text, re.S):
            body = re.search(r"<BODY>(.*?)</BODY>", record, re.S)
            author = re.search(r"<AUTHOR>\s*by\s+([a-z]+ )+([a-z]+),", record, re.I)
            if body:
                words = re.findall(r"[a-z]+", body[1].lower())
                yield words, author[2].lower() if author else None


def mix(folder, seed):
    """Pairs of (floor's query, morgue's query) by class."""
    draw = random.Random(seed)
    all_articles = [it for it in articles(folder) if len(it[0]) > 40]
    authors = sorted({it[1] for it in all_articles if it[1]})
    queries = {name: [] for name in EACH}

    def content(words):
        return [word for word in words if word not in STOP and len(word) > 3]

    while any(len(queries[name]) < count for name, count in EACH.items()):
        words = draw.choice(all_articles)[0]
        some = sorted(set(content(words)))
        if len(some) < 10:
            continue
        two, several = draw.sample(some, 2), draw.sample(some, draw.randint(2, 5))
        at = draw.randrange(len(words) - 6)
        drawn = {"AND": (" AND ".join(two),) * 2, "OR": (" OR ".join(several),) * 2}
        if words[at] not in STOP and words[at + 1] not in STOP:
            drawn["phrase"] = (f'"{words[at]} {words[at + 1]}"',) * 2
        if words[at] not in STOP and words[at + 4] not in STOP and words[at] != words[at + 4]:
            drawn["w/5"] = (None, f"{words[at]} w/5 {words[at + 4]}")
        drawn["ending"] = (None, two[0][:4] + "* AND " + two[1])
        month, author = draw.randint(2, 9), draw.choice(authors)
        drawn["author and days"] = (
            f"{two[0]} AND author:{author} AND day:[1987{month:02}01 TO 1987{month + 1:02}31]",
            f"{two[0]} by:{author} date:1987-{month:02}..1987-{month + 1:02}",
        )
        for name, pair in drawn.items():
            if len(queries[name]) < EACH[name]:
                queries[name].append(pair)
    return queries


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=REPOSITORY / "../shared/data/reuters21578")
    parser.add_argument("--morgue", type=Path, default=REPOSITORY / "target/release/morgue")
    parser.add_argument("--floor", type=Path, default=REPOSITORY / "target/floor/release/floor")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    if not any(asked.data.glob("*.sgm")):
        print(f"skipped: no .sgm files in `{asked.data}`")
        return
    floor, morgue = str(asked.floor.resolve()), str(asked.morgue.resolve())
    queries, order = mix(asked.data, asked.seed), random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="mix-") as scratch:
        ours, theirs = os.path.join(scratch, "morgue"), os.path.join(scratch, "floor")
        os.mkdir(theirs)
        for command in ([floor, "index", str(asked.data), theirs], [morgue, "--index", ours, "index", str(asked.data), "--no-entities"]):
            subprocess.run(command, check=True, capture_output=True)

        def commands(name, pairs, passages):
            files = {}
            for which, program in enumerate(("floor", "morgue")):
                files[program] = os.path.join(scratch, f"{name.replace('/', '-')}.{program}")
                with open(files[program], "w") as out:
                    for number, pair in enumerate(pairs):
                        if pair[which]:
                            out.write(f"{number}\t{pair[which]}\n" if which else pair[which] + "\n")
            return [floor, "batch", theirs, files["floor"]], \
                [morgue, "--index", ours, "batch", files["morgue"], "--format", "text", "--passages", str(passages)]

        def measure(name, pairs, passages):
            """CPU milliseconds a query, of floor (None where it cannot) and morgue."""
            both = all(pair[0] for pair in pairs)
            spent = {}
            for kind, rows in (("all", pairs), ("none", [("zzzz", "=zzzz")])):
                for program, command in zip(("floor", "morgue"), commands(f"{name}-{kind}", rows, passages)):
                    if program == "morgue" or both:
                        spent[program, kind] = (command, [])
            # In turns, for what else the machine does slows all of them down, and in an order drawn anew each time, for
            # what comes after a long process pays for what that left behind.
            runs = list(spent.values())
            for _ in range(asked.rounds):
                order.shuffle(runs)
                for command, times in runs:
                    times.append(run(command).cpu)
            median = lambda program, kind: statistics.median(spent[program, kind][1])
            each = lambda program: (median(program, "all") - median(program, "none")) / len(pairs) * 1000
            return (each("floor") if both else None), each("morgue")

        print(f"{'CPU ms a query':<22}{'floor':>10}{'morgue':>10}{'ratio':>8}")
        both = [pair for name in BOTH for pair in queries[name]]
        rows = [(name, queries[name], 1) for name in EACH]
        rows += [("what both can do", both, 1), ("with three passages", both, 3)]
        rows.append(("the whole mix", [pair for name in EACH for pair in queries[name]], 1))
        for name, pairs, passages in rows:
            theirs_each, ours_each = measure(name, pairs, passages)
            if theirs_each is None:
                print(f"{name:<22}{'-':>10}{ours_each:>10.3f}")
            else:
                print(f"{name:<22}{theirs_each:>10.3f}{ours_each:>10.3f}{ours_each / theirs_each:>8.2f}")


if __name__ == "__main__":
    main()
