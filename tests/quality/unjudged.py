#!/usr/bin/env python3
"""Authors and dates of pages of `traf` for which the truth has none: our values, beside those read by eye.

    unjudged.py [--data ../shared/data/pages] [--write] -- APP extract

Takes 100 pages, evenly over all that lack an author or a date, and compares what APP gives with the rows of
fixtures/quality/traf-unjudged.tsv (file, field, value, verdict: `right`, `wrong`, `empty` for rightly empty, `missed` for
something the page states and we do not give). A value that has changed since is listed as `unread`. `--write` prints the
rows of the table with the verdicts known. Needs only Python 3."""
import argparse, csv, gzip, json, os, subprocess, tempfile
from collections import Counter

here = os.path.dirname(os.path.abspath(__file__))
ap = argparse.ArgumentParser()
ap.add_argument("--data", default=os.path.join(here, "../../../shared/data/pages"))
ap.add_argument("--write", action="store_true")
ap.add_argument("app", nargs=argparse.REMAINDER)
a = ap.parse_args()
app = [x for x in a.app if x not in ("--", "--write")]
table = os.path.join(here, "../../fixtures/quality/traf-unjudged.tsv")
verdicts = {}
if os.path.exists(table):
    with open(table) as rows:
        for r in csv.DictReader(rows, delimiter="\t"):
            verdicts[r["file"], r["field"], r["value"]] = r["verdict"]
rows = [json.loads(line) for line in open(os.path.join(a.data, "truth.jsonl"))]
pages = [r for r in rows if r["corpus"] == "traf" and not (r.get("authors") and r.get("date"))]
pages = [pages[at * len(pages) // 100] for at in range(min(100, len(pages)))]
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
count = {field: Counter() for field in ("authors", "date")}
out = []
for name, r in zip(names, pages):
    o = found.get(name, {})
    values = {"authors": "; ".join(o.get("authors") or []), "date": o.get("published") or ""}
    for field, value in values.items():
        if r.get("authors" if field == "authors" else "date"):
            continue
        verdict = verdicts.get((r["file"], field, value), "unread")
        count[field][verdict] += 1
        out.append((r["file"], field, value, verdict))
if a.write:
    print("file\tfield\tvalue\tverdict")
    for row in out:
        print("\t".join(row))
else:
    for row in out:
        if row[3] in ("unread", "wrong", "missed"):
            print("\t".join(row))
    for field, c in count.items():
        print(field, dict(c))
