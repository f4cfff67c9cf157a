#!/usr/bin/env python3
"""How well `morgue extract` reads articles that a person copied from web pages into text files.

    copied_pages.py PAGES_DIR MORGUE [--failures authors|date|false-authors|title] [--keep FOLDER] [--check]

PAGES_DIR holds truth.jsonl and the pages. Of the sets `fundus` and `aeb` the first 200 pages whose headline and
text are found in what the page shows become text files, as one gets them by marking an article in a browser
from its headline to its end: the headline, what stands between it and the text (all of it where that is little,
else the lines that hold an author or a date), the text as the truth has it, and the lines after it that
sign it. Truth for `aeb`, which has none of its own for authors and dates, is the page's JSON-LD.

Authors count where every one of them stands in the file, dates where the day stands there with its year; a news
agency counts as named if it stands in `agency` or in `authors`. A date is wrong if it is given and is neither the
true day nor (zones) the day beside it standing in a date line. --check ends with 1 below the bars: authors .85,
dates .90, wrong dates .02.
"""

import argparse
import gzip
import html
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

COUNT = 200
BARS = {"authors": 0.85, "dates": 0.90, "wrong dates": 0.02}
WORD = re.compile(r"\w+")
HIDDEN = {"script", "style", "noscript", "svg", "template", "select", "textarea", "iframe", "button", "nav", "head"}
INLINE = set("a abbr b bdi bdo cite code data dfn em font i kbd mark q s samp small span strong sub sup time u var wbr".split())
VOID = set("area base br col embed hr img input link meta param source track wbr".split())
# Lines between headline and text that are copied whatever they say, if there are no more of them.
FEW = 8
AGENCIES = "ap afp dpa reuters apa sda ansa efe lusa pa aap cp the_associated_press associated_press".split()


class Page(HTMLParser):
    """The lines a page shows, which of them are headlines, and its JSON-LD."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.lines, self.headlines, self.data = [], [], []
        self.open, self.buffer, self.raw = [], [], None
        self.feed(source)
        self.close()
        self.end_line()

    def handle_starttag(self, name, attributes):
        attributes = dict(attributes)
        if name == "script" and "ld+json" in (attributes.get("type") or ""):
            self.raw = []
        hidden = name in HIDDEN or "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "")
        if name not in INLINE:
            self.end_line()
        if name not in VOID:
            self.open.append((name, hidden))

    def handle_endtag(self, name):
        if name == "script" and self.raw is not None:
            self.data.append("".join(self.raw))
            self.raw = None
        if name not in INLINE:
            self.end_line(headline=name == "h1")
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at][0] == name:
                del self.open[at:]
                break

    def handle_data(self, data):
        if self.raw is not None:
            self.raw.append(data)
        elif not any(hidden for _, hidden in self.open):
            self.buffer.append(data)

    def end_line(self, headline=False):
        line = " ".join("".join(self.buffer).split())
        self.buffer = []
        if line:
            self.lines.append(line)
            if headline:
                self.headlines.append(len(self.lines) - 1)


def folded(text):
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text or "").casefold()))


def objects(value):
    if isinstance(value, list):
        for item in value:
            yield from objects(item)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from objects(value.get(key))


def json_ld(page):
    for text in page.data:
        try:
            value = json.loads(text, strict=False)
        except ValueError:
            continue
        for item in objects(value):
            if item.get("datePublished") and (item.get("headline") or item.get("author")):
                authors = item.get("author") or []
                authors = authors if isinstance(authors, list) else [authors]
                names = [it.get("name") if isinstance(it, dict) else it for it in authors]
                names = [html.unescape(it) for it in names if isinstance(it, str)]
                return {"title": item.get("headline"), "authors": names, "date": str(item["datePublished"])}
    return {}


class Copy:
    """One page as a text file, and what is true of it."""

    def __init__(self, row, page):
        self.row = row
        known = row if row.get("title") else {**row, **json_ld(page)}
        self.authors = [it for it in known.get("authors") or [] if it]
        day = re.match(r"\d{4}-\d\d-\d\d", known.get("date") or "")
        self.day = day and day.group()
        self.text = None
        if known.get("title") or page.headlines:
            self.copy(html.unescape(known.get("title") or page.lines[page.headlines[0]]), page)

    def copy(self, title, page):
        paragraphs = [" ".join(it.split()) for it in (self.row["text"] or "").split("\n") if it.strip()]
        deck = self.row.get("deck")
        lines = [folded(it) for it in page.lines]
        found = [at for at, line in enumerate(lines) if line == folded(title)]
        head = next((at for at in found if at in page.headlines), found[-1] if found else None)
        if head is None:
            parts = [at for at, line in enumerate(lines) if len(line) > 20 and (line in folded(title) or folded(title) in line)]
            head = parts[0] if parts else None
        if head is None and page.headlines:
            head = page.headlines[0]
        if head is None or not paragraphs:
            return
        self.title = page.lines[head]
        start = place_of(lines, paragraphs, head, 1)
        if start is None:
            return
        end = place_of(lines, paragraphs[::-1], start - 1, -1)
        between = page.lines[head + 1 : start]
        if len(between) > FEW:
            between = [it for it in between if self.tells(it) or deck and folded(it) == folded(deck)]
        if between and folded(between[-1]) == folded(paragraphs[0]):
            between.pop()
        # Above the headline and below the text only what does not stand between them is copied.
        before = self.missing(page.lines[max(0, head - 4) : head], between)
        after = self.missing(page.lines[end + 1 : end + 7], before + between)
        self.lines = before + between + after
        self.text = "\n\n".join(before + [self.title] + between + paragraphs + after) + "\n"

    def tells(self, line):
        """Whether a line holds an author or a date."""
        if len(line) > 200:
            return False
        dated = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", line) and len(re.findall(r"\d+", line)) > 1
        return bool(dated) or any(folded(it) in folded(line) for it in self.authors)

    def missing(self, lines, known):
        """The lines that hold an author or the day where no line known before does."""
        lines = [it for it in lines if len(it) <= 200]
        authors = [] if self.shown_authors(known) else [it for it in lines if self.shown_authors([it])]
        days = [] if not self.day or self.shows(self.day, known) else [it for it in lines if self.shows(self.day, [it])]
        return [it for it in lines if it in authors or it in days]

    def shown_authors(self, lines=None):
        shown = " ".join(f" {folded(it)} " for it in (self.lines if lines is None else lines))
        return [it for it in self.authors if f" {folded(it)} " in shown]

    def shows(self, day, lines=None):
        """Whether a day stands in one of the lines around the text, with its year."""
        year, month, number = (str(int(it)) for it in day.split("-"))
        for line in self.lines if lines is None else lines:
            numbers = [str(int(it)) for it in re.findall(r"\d+", line)]
            compact = day.replace("-", "") in line
            short = re.search(rf"(?<!\d)0?{number}[./]0?{month}[./]{year[2:]}(?!\d)", line)
            named = re.search(rf"(?<!\d)0?{number}(?!\d)[^\d]{{0,6}}?\s?[^\W\d]{{3,}}|[^\W\d]{{3,}}[.\s]*0?{number}(?!\d)", line)
            if compact or short or year in numbers and number in numbers and (numbers.count(month) > (month == number) or named):
                return True
        return False


def place_of(lines, paragraphs, after, step):
    """Where the first (or, backwards, the last) paragraph stands that a page shows as a line."""
    for paragraph in paragraphs[:6]:
        words = folded(paragraph)
        if len(words) < 30:
            continue
        hits = [at for at, line in enumerate(lines) if at > after and (line[:60] == words[:60] or words[:60] in line[:200])]
        if hits:
            return hits[0] if step > 0 else hits[-1]
    return None if step > 0 else after + 1


def copies_of(folder):
    rows = [json.loads(line) for line in (folder / "truth.jsonl").open(encoding="utf-8")]
    found = []
    for row in rows:
        if row["corpus"] not in ("fundus", "aeb"):
            continue
        data = gzip.decompress((folder / (row["file"] + ".gz")).read_bytes())
        copy = Copy(row, Page(decoded(data)))
        if copy.text:
            found.append(copy)
    return found[:COUNT]


def decoded(data):
    named = re.search(rb"charset=[\"']?([\w-]+)", data[:4000])
    for name in ("utf-8", named.group(1).decode() if named else "cp1252", "cp1252"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def people(names):
    return {folded(re.sub(r"^(?:by|von|par|por|di)\s", "", it, flags=re.I)) for it in names} - {""}


def without_agencies(names):
    return {it for it in names if it.replace(" ", "_") not in AGENCIES}


def main():
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("data", type=Path)
    ask.add_argument("morgue")
    ask.add_argument("--failures")
    ask.add_argument("--keep", type=Path)
    ask.add_argument("--check", action="store_true")
    given = ask.parse_args()
    copies = copies_of(given.data)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        for number, copy in enumerate(copies):
            (folder / f"{number:04d}.txt").write_text(copy.text, encoding="utf-8")
        paths = [str(folder / f"{number:04d}.txt") for number in range(len(copies))]
        ran = subprocess.run([given.morgue, "extract", *paths], capture_output=True, text=True, check=True)
    rows = {Path(row["path"]).stem: row for row in map(json.loads, ran.stdout.splitlines())}
    failures, shares = compare(copies, rows)
    for row in failures.get(given.failures, []):
        print("   ", *row, sep="\t")
    print(f"articles {len(copies)}", *(f"{key} {share:.3f}" for key, share in shares.items()), sep=" | ")
    right = all(shares[key] <= bar if key.startswith("wrong") else shares[key] >= bar for key, bar in BARS.items())
    sys.exit(1 if given.check and not right else 0)


def compare(copies, rows):
    failures = {key: [] for key in "authors date wrong false-authors title".split()}
    signed = dated = unsigned = 0
    for number, copy in enumerate(copies):
        name = f"{number:04d}"
        row = rows[name]
        header = " / ".join(copy.lines)[:300]
        got = people(row.get("authors") or [])
        shown = copy.shown_authors()
        if shown and len(shown) == len(copy.authors):
            signed += 1
            true = people(shown)
            agency = people([row.get("agency") or ""])
            right = without_agencies(got) == without_agencies(true) and (without_agencies(true) or got | agency)
            if not right:
                failures["authors"].append((name, sorted(true), sorted(got), row.get("agency"), header))
        elif copy.authors and not shown:
            unsigned += 1
            if got:
                failures["false-authors"].append((name, copy.authors, sorted(got), header))
        day = row.get("published")
        if copy.day and copy.shows(copy.day):
            dated += 1
            if day != copy.day:
                failures["date"].append((name, copy.day, day, row["provenance"].get("published"), header))
        if copy.day and day and len(day) == 10 and day != copy.day and not (beside(day, copy.day) and copy.shows(day)):
            failures["wrong"].append((name, copy.day, day, row["provenance"].get("published"), header))
        if folded(row.get("title")) != folded(copy.title):
            failures["title"].append((name, copy.title, row.get("title"), header))
    print(f"signed {signed}, dated {dated}, neither name stands in {unsigned}")
    return failures, {
        "authors": 1 - len(failures["authors"]) / signed,
        "false authors": len(failures["false-authors"]) / max(1, unsigned),
        "dates": 1 - len(failures["date"]) / dated,
        "wrong dates": len(failures["wrong"]) / len(copies),
        "title": 1 - len(failures["title"]) / len(copies),
    }


def beside(day, other):
    return abs(date.fromisoformat(day) - date.fromisoformat(other)) <= timedelta(days=1)


if __name__ == "__main__":
    main()
