#!/usr/bin/env python3
"""Counts of `morgue count --facets`, `timeline`, `kwic`, `search` and `batch` on Reuters-21578 against counts over what `morgue
extract` prints.

    reuters_facets.py SGML_DIR MORGUE INDEX_DIR       1 on a difference

The articles of a query are those that `search --all --format jsonl` lists; what they are counted by is read from the
lines of `extract`, joined by path and record. Only the standard library is used, and nothing of morgue's code.
"""

import collections
import csv
import io
import json
import subprocess
import sys
import tempfile
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


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def of_one_kind(query, found, hits, morgue, index):
    """What the other commands say of the articles that `found` lists, beside what is expected: name, said, expected."""
    ask = lambda *arguments: run(morgue, "--index", index, *arguments)
    dates = sorted(it["published"] for it in found if it["published"])
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write(f"q\t{query}\n")
        file.flush()
        table = rows(ask("batch", file.name, "--counts", "--format", "csv"))[0]
        ran = ask("batch", file.name, "--all", "--format", "trec").splitlines()
    yield "batch --counts", int(table["articles"]), len(found)
    yield "first and last", [table["first"], table["last"]], [dates[0], dates[-1]] if dates else ["", ""]
    # Of words that no article has, the run lists what has some of them.
    yield "trec", len(ran) if found else 0, len(found)
    listed = ask("search", "--all", "--copies", "--passages", "0", "--format", "json", "--", query)
    yield "json", sorted(it["id"] for it in json.loads(listed)["hits"] if found), sorted(it["id"] for it in hits)
    for step, letters in (("year", 4), ("month", 7), ("day", 10)):
        periods = rows(ask("timeline", "--per", step, "--format", "csv", "--", query))
        said = {it["period"]: int(it["count"]) for it in periods if it["count"] != "0"}
        yield f"timeline by {step}", said, dict(collections.Counter(it[:letters] for it in dates))
    if query != "*":
        lines = collections.Counter(json.loads(it)["id"] for it in ask("kwic", "--format", "jsonl", "--", query).splitlines())
        yield "kwic", dict(lines), {it["id"]: it["matches"] for it in hits if it["matches"]}


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
        hits = [json.loads(line) for line in lines.splitlines()]
        found = [articles[Path(it["path"]).name, it["record"]] for it in hits]
        counted = json.loads(run(
            morgue, "--index", index, "count", "--facets", ",".join(fields), "--facet-limit", "1000000",
            "--format", "json", "--", query))
        plain = int(run(morgue, "--index", index, "count", "--", query))
        if not counted["total"] == plain == len(found):
            wrong += 1
            print(f"`{query}`: total {counted['total']}, count {plain}, list {len(found)}")
        for name, said, expected in of_one_kind(query, found, hits, morgue, index):
            compared += len(expected) if isinstance(expected, dict) else 1
            if said != expected:
                wrong += 1
                print(f"`{query}`, {name}: {str(said)[:200]} is not {str(expected)[:200]}")
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
