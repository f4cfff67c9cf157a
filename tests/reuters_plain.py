#!/usr/bin/env python3
"""How well `morgue extract` reads Reuters-21578 written out as plain text.

    reuters_plain.py SGML_DIR MORGUE [--failures city|day|authors|false-authors|false-city|title|language] [--check]

Every record that has a title and a body becomes a file of a temporary folder: the title, the author line where
there is one, dateline and body as they stand in the SGML. What `extract` gives for the dateline's city, for its
day and month, and for the authors is held against the tags. --check ends with 1 below the bars: city .98,
day and month .98, authors .97, false authors .01.

Left as it is counts every slip of the collection itself (`WOODBRIDGE, N.J. -` has no date and is not counted
for the day; `Wilcox/Gibbs -` is counted as a city). Nothing is shared with morgue but the data.
"""

import argparse
import html
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
BARS = {"city": 0.98, "day": 0.98, "authors": 0.97, "false authors": 0.01}


def tag(source, name):
    found = re.search(f"<{name}>(.*?)</{name}>", source, re.S)
    return found and decoded(found.group(1))


def decoded(text):
    """Without the marks of the wire: start, end and whatever else is a control character."""
    return html.unescape(re.sub(r"&#(\d+);", "", text))


def records_of(folder):
    for file in sorted(folder.glob("*.sgm")):
        text = file.read_bytes().decode("latin-1")
        for number, source in enumerate(re.findall(r"<REUTERS(.*?)</REUTERS>", text, re.S)):
            yield f"{file.stem}/{number:04d}.txt", source


def city_and_day(dateline):
    """`    PORTLAND, Ore., Feb 26 - ` is portland and --02-26."""
    line = " ".join(dateline.split()).lstrip("*")
    date = re.search(rf"\b({MONTH}) (\d{{1,2}})\b|\b(\d{{1,2}}) ({MONTH})(?!\w)", line, re.I)
    head = line[: date.start()] if date else line
    city = re.split(r",| -", head)[0].strip(" .-")
    if not date:
        return city, None
    month, number = (date.group(1), date.group(2)) if date.group(1) else (date.group(4), date.group(3))
    return city, "--%02d-%02d" % (MONTHS.index(month[:3].lower()) + 1, int(number))


def authors_of(line):
    names = re.sub(r"^by\s+", "", " ".join(line.split()).lower())
    names = re.sub(r",?\s+reuter(s|sd)?\.?$", "", names)
    return [" ".join(name.split()) for name in re.split(r"\s+and\s+|,", names) if name.strip()]


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("data", type=Path)
    ask.add_argument("morgue")
    ask.add_argument("--failures")
    ask.add_argument("--most", type=int, default=60)
    ask.add_argument("--check", action="store_true")
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        truth = written(given.data, Path(folder))
        got = extracted(given.morgue, folder, truth)
    failures = compare(truth, got)
    if given.failures:
        for row in failures[given.failures][: given.most]:
            print("   ", *row, sep="\t")
        print(given.failures, len(failures[given.failures]))
    sys.exit(1 if given.check and not above_bars(truth, failures) else 0)


def written(data, folder):
    truth = {}
    for name, source in records_of(data):
        title, author, dateline, body = (tag(source, it) for it in ("TITLE", "AUTHOR", "DATELINE", "BODY"))
        if not title or not body:
            continue
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        lines = [" ".join(title.split()) + "\n\n"]
        if author:
            lines.append(author.strip("\n").rstrip() + "\n")
        lines.append((dateline or "") + body.rstrip() + "\n")
        file.write_text("".join(lines), encoding="utf-8")
        city, day = city_and_day(dateline) if dateline else (None, None)
        truth[name] = {
            "title": " ".join(title.split()),
            "city": city,
            "day": day,
            "authors": authors_of(author) if author else [],
            "line": " ".join((dateline or body[:80]).split()),
        }
    return truth


def extracted(morgue, folder, truth):
    paths = "\n".join(f"{folder}/{name}" for name in truth)
    ran = subprocess.run(
        [morgue, "extract", "-", "--now", "1990-01-01"], input=paths, capture_output=True, text=True, check=False
    )
    if ran.returncode != 0:
        sys.exit(f"exit {ran.returncode}: {ran.stderr[-400:]}")
    rows = (json.loads(line) for line in ran.stdout.splitlines())
    return {row["path"][len(folder) + 1 :]: row for row in rows}


def compare(truth, got):
    failures = {key: [] for key in "city day authors false-authors false-city title language".split()}
    languages = Counter()
    for name, true in truth.items():
        row = got.get(name, {})
        if row.get("title") != true["title"]:
            failures["title"].append((name, true["title"], row.get("title")))
        if row.get("language") not in ("en", None):
            failures["language"].append((name, row.get("language"), true["title"]))
        languages[row.get("language")] += 1
        city = row.get("dateline")
        if true["city"] is None:
            if city:
                failures["false-city"].append((name, city, true["line"]))
        elif (city or "").casefold() != true["city"].casefold():
            failures["city"].append((name, true["city"], city, true["line"]))
        day = row.get("published_partial") or (row.get("published") or "")[4:] and "-" + row["published"][4:]
        if true["day"] and day != true["day"]:
            failures["day"].append((name, true["day"], day, true["line"]))
        authors = [it.casefold() for it in row.get("authors") or []]
        if true["authors"] and authors != true["authors"]:
            failures["authors"].append((name, true["authors"], authors))
        if not true["authors"] and authors:
            failures["false-authors"].append((name, authors, row.get("byline")))
    shares = shares_of(truth, failures)
    print(f"articles {len(truth)}", *(f"{key} {share:.4f}" for key, share in shares.items()), sep=" | ")
    print("languages", dict(languages.most_common()))
    return failures


def shares_of(truth, failures):
    rows = list(truth.values())
    cities, days = sum(bool(it["city"]) for it in rows), sum(bool(it["day"]) for it in rows)
    signed = sum(bool(it["authors"]) for it in rows)
    return {
        "city": 1 - len(failures["city"]) / cities,
        "false city": len(failures["false-city"]) / (len(rows) - cities),
        "day": 1 - len(failures["day"]) / days,
        "authors": 1 - len(failures["authors"]) / signed,
        "false authors": len(failures["false-authors"]) / (len(rows) - signed),
        "title": 1 - len(failures["title"]) / len(rows),
    }


def above_bars(truth, failures):
    shares = shares_of(truth, failures)
    return all(
        shares[key] <= bar if key.startswith("false") else shares[key] >= bar for key, bar in BARS.items()
    )


if __name__ == "__main__":
    main()
