#!/usr/bin/env python3
"""Facets, `entities` and `person:`, `org:`, `place:` on Reuters-21578 against a count over what `extract` prints.

    reuters_entities.py SGML_DIR MORGUE INDEX_DIR [N]       1 on a difference; N names of each kind are asked for (60)

A name counts for an article that has it in `people`, `organizations` or `places`; a query also finds its other forms,
which `entities` of `extract` lists. Only the standard library is used, and nothing of morgue's code.
"""

import collections
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

KINDS = {"people": ("person", "person"), "organizations": ("organization", "org"), "places": ("place", "place")}
QUERIES = ["*", "oil", '"interest rate"', "dollar w/5 yen"]


def fold(text):
    return "".join(it for it in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(it))


def words(text):
    """The words of a name, as they are compared."""
    return tuple(re.findall(r"[^\W_]+(?:'[^\W_]+)*'?", fold(text).replace("’", "'")))


def run(*arguments):
    ran = subprocess.run(arguments, capture_output=True, text=True)
    if ran.returncode not in (0, 1):
        sys.exit(f"{arguments}: {ran.stderr}")
    return ran.stdout


def main():
    data, morgue, index = sys.argv[1:4]
    most = int(sys.argv[4]) if len(sys.argv) > 4 else 60
    files = sorted(str(it) for it in Path(data).glob("*.sgm"))
    articles = {}
    for line in run(morgue, "extract", *files).splitlines():
        article = json.loads(line)
        if "skipped" not in article:
            articles[Path(article["path"]).name, article["record"]] = article
    ask = [morgue, "--index", index]
    wrong = compared = 0

    def differ(what, expected, got):
        nonlocal wrong, compared
        compared += 1
        if expected != got:
            wrong += 1
            if wrong < 40:
                print(f"{what}: extract {expected}, morgue {got}")

    for query in QUERIES:
        lines = run(*ask, "search", "--all", "--format", "jsonl", "--passages", "0", "--", query).splitlines()
        found = [json.loads(line) for line in lines]
        found = [articles[Path(it["path"]).name, it["record"]] for it in found]
        facets = json.loads(run(*ask, "count", "--facets", ",".join(KINDS), "--facet-limit", "1000000", "--format", "json", "--", query))
        listed = json.loads(run(*ask, "entities", "--no-merge", "--all", "--format", "json", "--", query))
        differ(f"`{query}` articles", len(found), listed["total"])
        for facet in facets["facets"]:
            kind, field = KINDS[facet["field"]]
            expected, dates = collections.Counter(), {}
            for article in found:
                for name in {fold(it) for it in article[facet["field"]]}:
                    expected[name] += 1
                    if article["published"]:
                        dates.setdefault(name, []).append(article["published"])
            rows = {fold(it["name"]): it for it in listed["entities"] if it["kind"] == kind}
            differ(f"`{query}` {kind} names", len(expected), len(rows))
            for name, count in expected.items():
                row = rows.get(name, {})
                differ(f"`{query}` {kind} {name}", count, row.get("articles"))
                got = row.get("first"), row.get("last")
                differ(f"`{query}` {kind} {name} dates", (min(dates[name]), max(dates[name])) if name in dates else (None, None), got)
            by_facet = {fold(it["value"]): it["count"] for it in facet["values"]}
            differ(f"`{query}` {kind} facet", dict(expected), by_facet)
        if query != "*":
            continue
        for plural, (kind, field) in KINDS.items():
            top = collections.Counter(fold(name) for it in articles.values() for name in set(it[plural])).most_common(most)
            for name, _ in top:
                if '"' in name:
                    continue
                asked = words(name)
                expected = 0
                for article in articles.values():
                    names = list(article[plural])
                    names += [form["text"] for it in article.get("entities", []) if it["kind"] == kind for form in it["forms"]]
                    expected += any(words(it) == asked for it in names)
                differ(f'{field}:"{name}"', expected, int(run(*ask, "count", "--", f'{field}:"{name}"')))
                differ(f"--{field} {name}", expected if " " in name else None, int(run(*ask, "count", f"--{field}", name, "--", "*")) if " " in name else None)
                if field == "person" and name == top[0][0]:
                    listed = json.loads(run(*ask, "entities", "--no-merge", "--with", name, "--all", "--format", "json"))
                    beside = collections.Counter()
                    for article in articles.values():
                        names = [form["text"] for it in article.get("entities", []) for form in [{"text": it["name"]}, *it["forms"]]]
                        # A name of one word is looked for by word.
                        if any(words(it) == asked if " " in name else asked[0] in words(it) for it in names):
                            beside.update({(kind, fold(it)) for plural, (kind, _) in KINDS.items() for it in article[plural]})
                    got = {(it["kind"], fold(it["name"])): it["articles"] for it in listed["entities"]}
                    for key, count in got.items():
                        differ(f"with {name}: {key}", beside[key], count)
    print(f"{compared} counts, {wrong} differences")
    sys.exit(1 if wrong else 0)


main()
