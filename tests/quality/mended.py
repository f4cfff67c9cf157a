#!/usr/bin/env python3
"""Dates and titles of the evaluation pages, as the truth has them and with its own errors mended.

    mended.py [--data ../shared/data/pages] -- APP extract

The errors are rows of two tables in fixtures/quality: the file, what the truth says, and what the page states.
page-dates-mended.tsv also says why: `absent` (the page says the truth's date nowhere), `change` (it is that of a change, and the
page tells both apart), `no date` (it is none); an empty third column is a page that states no date. page-titles-mended.tsv holds
pages that show another headline, and the truth's title nowhere (it was written for search engines or for sharing).

Titles are compared as the evaluation does: exact but for case, quotes and spaces; near by the words in common. Needs only Python 3."""
import argparse, csv, difflib, gzip, json, os, re, subprocess, tempfile, unicodedata
from collections import Counter

here = os.path.dirname(os.path.abspath(__file__))
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-",
                        "\xa0": " ", "…": "...", "\xad": "", "\u200b": ""})


def letters(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", (text or "").translate(QUOTES))).strip().casefold()


def is_near(truth, title):
    a, b = (Counter(re.findall(r"\w+", letters(it))) for it in (truth, title))
    if not a or not b:
        return False
    common = 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values()))
    return common >= 0.85 or difflib.SequenceMatcher(None, letters(truth), letters(title)).ratio() >= 0.9


def mended(field):
    with open(os.path.join(here, f"../../fixtures/quality/page-{field}s-mended.tsv")) as table:
        reader = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["file"]: row["page"] for row in reader}


def date_line(pages, table):
    count = Counter()
    for found, row in pages:
        truth = table.get(row["file"], str(row["date"])[:10])
        got = found.get("published") or ""
        got = got if len(got) == 10 else ""
        count["same" if got == truth else "wrong" if got else "none"] += 1
    return f"same day {count['same'] / len(pages):.3f} wrong {count['wrong'] / len(pages):.3f}"


def title_line(pages, table):
    pairs = [(table.get(row["file"], row["title"]), found.get("title") or "") for found, row in pages]
    exact = sum(letters(truth) == letters(title) for truth, title in pairs)
    near = sum(is_near(truth, title) for truth, title in pairs)
    return f"exact {exact / len(pairs):.3f} near {near / len(pairs):.3f}"


ap = argparse.ArgumentParser()
ap.add_argument("--data", default=os.path.join(here, "../../../shared/data/pages"))
ap.add_argument("app", nargs=argparse.REMAINDER)
a = ap.parse_args()
app = [x for x in a.app if x != "--"]
rows = [json.loads(line) for line in open(os.path.join(a.data, "truth.jsonl"))]
for corpus in ("fundus", "traf", "hd"):
    of_corpus = [r for r in rows if r["corpus"] == corpus and (r.get("date") or r.get("title"))]
    with tempfile.TemporaryDirectory() as tmp:
        names = []
        for at, r in enumerate(of_corpus):
            names.append(os.path.join(tmp, f"{at:04d}.html"))
            with gzip.open(os.path.join(a.data, r["file"] + ".gz")) as z, open(names[-1], "wb") as out:
                out.write(z.read())
        run = subprocess.run(app + names, capture_output=True, check=True)
        found = {}
        for line in run.stdout.decode().splitlines():
            o = json.loads(line)
            found.setdefault(o["path"], o)
    read = [(found.get(name, {}), r) for name, r in zip(names, of_corpus)]
    for field, line in (("date", date_line), ("title", title_line)):
        pages = [it for it in read if it[1].get(field)]
        for kind, table in (("as it is", {}), ("mended", mended(field))):
            if pages:
                print(f"{corpus:7} {field:6} {kind:9} pages {len(pages)} {line(pages, table)}")
