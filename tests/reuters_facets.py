#!/usr/bin/env python3
"""Counts of `morgue count --facets` on Reuters-21578 against counts over what `morgue extract` prints.

    reuters_facets.py SGML_DIR MORGUE INDEX_DIR       1 on a difference

The articles of a query are those that `search --all --format jsonl` lists; what they are counted by is read from the
lines of `extract`, joined by path and record. Only the standard library is used, and nothing of morgue's code.
"""

import collections
import json
import subprocess
import sys
import unicodedata
from pathlib import Path

QUERIES = ["*", "oil", '"interest rate"', "oil OR gold", "dollar w/5 yen", "by:none -oil", "zzzz", "crude since:1987-04"]
LISTS = {"authors": "authors", "people": "people", "organizations": "organizations", "places": "places"}
SINGLE = {"source": "source", "agency": "agency", "section": "section", "language": "language"}


def fold(text):
    return "".join(it for it in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(it))


def values(article, field):
    if field in LISTS:
        return {fold(it) for it in article[LISTS[field]]}
    if field in SINGLE:
        return {fold(article[SINGLE[field]])} if article[SINGLE[field]] else set()
    date = article["published"] or ""
    return {date[:4 if field == "year" else 7]} - {""}


def run(*arguments):
    ran = subprocess.run(arguments, capture_output=True, text=True)
    if ran.returncode not in (0, 1):
        sys.exit(f"{arguments}: {ran.stderr}")
    return ran.stdout


def main():
    data, morgue, index = sys.argv[1:]
    files = sorted(str(it) for it in Path(data).glob("*.sgm"))
    articles = {}
    for line in run(morgue, "extract", *files).splitlines():
        article = json.loads(line)
        if "skipped" not in article:
            articles[Path(article["path"]).name, article["record"]] = article
    fields = [*LISTS, *SINGLE, "year", "month"]
    wrong = compared = 0
    for query in QUERIES:
        lines = run(morgue, "--index", index, "search", "--all", "--format", "jsonl", "--passages", "0", "--", query)
        found = [json.loads(line) for line in lines.splitlines()]
        found = [articles[Path(it["path"]).name, it["record"]] for it in found]
        counted = json.loads(run(
            morgue, "--index", index, "count", "--facets", ",".join(fields), "--facet-limit", "1000000",
            "--format", "json", "--", query))
        plain = int(run(morgue, "--index", index, "count", "--", query))
        if not counted["total"] == plain == len(found):
            wrong += 1
            print(f"`{query}`: total {counted['total']}, count {plain}, list {len(found)}")
        for facet in counted["facets"]:
            expected = collections.Counter(it for article in found for it in values(article, facet["field"]))
            got = {fold(it["value"]): it["count"] for it in facet["values"]}
            none = sum(not values(article, facet["field"]) for article in found)
            compared += len(expected) + 1
            if got != expected or facet["none"] != none or facet["distinct"] != len(expected):
                wrong += 1
                print(f"`{query}` by {facet['field']}: {dict(expected.items() - got.items())} is {dict(got.items() - expected.items())}, without {none} is {facet['none']}")
    print(f"{len(QUERIES)} queries, {compared} counts, {wrong} differences")
    sys.exit(1 if wrong else 0)


main()
