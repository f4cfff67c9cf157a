#!/usr/bin/env python3
"""Dates of the evaluation pages, as the truth has them and with its own errors mended.

    dates.py [--data ../shared/data/pages] -- APP extract

The errors are rows of fixtures/quality/page-dates-mended.tsv: the file, what the truth says, what the page states, and why:
`absent` (the page says the truth's date nowhere), `change` (it is that of a change, and the page tells both apart),
`no date` (it is none). An empty third column is a page that states no date. Needs only Python 3."""
import argparse, csv, gzip, json, os, subprocess, tempfile
from collections import Counter

here = os.path.dirname(os.path.abspath(__file__))
ap = argparse.ArgumentParser()
ap.add_argument("--data", default=os.path.join(here, "../../../shared/data/pages"))
ap.add_argument("app", nargs=argparse.REMAINDER)
a = ap.parse_args()
app = [x for x in a.app if x != "--"]
with open(os.path.join(here, "../../fixtures/quality/page-dates-mended.tsv")) as table:
    mended = {row["file"]: row["page"] for row in csv.DictReader(table, delimiter="\t")}
rows = [json.loads(line) for line in open(os.path.join(a.data, "truth.jsonl"))]
for corpus in ("fundus", "traf", "hd"):
    pages = [r for r in rows if r["corpus"] == corpus and r.get("date")]
    with tempfile.TemporaryDirectory() as tmp:
        names = []
        for at, r in enumerate(pages):
            names.append(os.path.join(tmp, f"{at:04d}.html"))
            with gzip.open(os.path.join(a.data, r["file"] + ".gz")) as z, open(names[-1], "wb") as out:
                out.write(z.read())
        run = subprocess.run(app + names, capture_output=True, check=True)
        found = {}
        for line in run.stdout.decode().splitlines():
            o = json.loads(line)
            found.setdefault(o["path"], o)
    for kind, table in (("as it is", {}), ("mended", mended)):
        count = Counter()
        for name, r in zip(names, pages):
            truth = table.get(r["file"], str(r["date"])[:10])
            got = found.get(name, {}).get("published") or ""
            got = got if len(got) == 10 else ""
            count["same" if got == truth else "wrong" if got else "none"] += 1
        n = len(pages)
        print(f"{corpus:7} {kind:9} pages {n} same day {count['same'] / n:.3f} wrong {count['wrong'] / n:.3f}")
