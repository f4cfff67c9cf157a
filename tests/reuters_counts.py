#!/usr/bin/env python3
"""Counts taken straight from the Reuters-21578 SGML, to hold morgue's totals against.

    reuters_counts.py SGML_DIR                              rows of `query-arguments<TAB>count`
    reuters_counts.py SGML_DIR --doubtful                   the candidates left out, with their bounds
    reuters_counts.py SGML_DIR --check MORGUE INDEX_DIR     compares with `morgue count`; 1 on a difference

It shares nothing with morgue. A record is searched in its title, dateline, author line and body (or, where
there is no title, the raw text). What is a word is not in question in most places, and where it is, the
script does not decide: every word and phrase has two sets of records, those that have it beyond doubt and
those that may have it. They are carried through AND, OR, NOT and the filters, and only rows whose two counts
are equal are printed. Doubtful are:

- a word touched by anything but white space, a comma, a full stop before white space, and the like (see
  `beyond_doubt_before`): `oil/gas`, `<OIL>`, `oil.The`, `oil...12`, `companies'`; a word broken after a hyphen;
- text that lies between the tags (about 40 records: a table's head between title and dateline), the line
  `Blah blah blah.` that stands for the missing body of a brief, and the closing line of a body;
- a phrase over a paragraph's end (an indented line), over any line end of a raw text, or over marks other
  than commas, full stops, colons, quotes and brackets.

Not doubtful, as the query language says: parts of hyphenated words are words, the possessive 's is dropped,
case is ignored, phrases lie within the title or the body and run on through sentence ends.
"""

import html
import re
import shlex
import subprocess
import sys
from pathlib import Path

MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
FEWEST_ROWS = 60


# Records

class Record:
    def __init__(self, number, source):
        self.number = number
        self.day = day_of(tag(source, "DATE"))
        text = re.search(r"<TEXT[^>]*>(.*?)</TEXT>", source, re.S).group(1)
        title, dateline, author, body = (tag(text, name) for name in ("TITLE", "DATELINE", "AUTHOR", "BODY"))
        outside = re.sub(r"<(TITLE|DATELINE|AUTHOR|BODY)>.*?</\1>", "\n", text, flags=re.S)
        raw = title is None
        main = outside if raw else body or ""
        main, closing = without_closing_line(decoded(main))
        title = decoded(title or "")
        # (text, takes part in phrases, every line is a paragraph)
        self.sure = [(title, True, False), (main, True, raw)]
        self.sure += [(decoded(text or ""), False, False) for text in (dateline, author)]
        self.perhaps = [(closing, True, True)]
        if not raw:
            self.perhaps.append((decoded(outside), True, True))
        # A title and a closing line may be read as one with what stands beside them.
        self.perhaps.append((title + "\n" + main + "\n" + closing, True, False))
        self.authors = authors_of(author)
        self.folded = "\n".join(text for text, _, _ in self.sure + self.perhaps).lower()
        self.joined = re.sub(r"(?<=[^\W_])-(?=[^\W_])", "", self.folded)


def tag(source, name):
    found = re.search(f"<{name}>(.*?)</{name}>", source, re.S)
    return found and found.group(1)


def decoded(text):
    """The start and end marks of a wire text are no characters of it; any other control character is a doubt."""
    text = text.replace("&#2;", "\n").replace("&#3;", "\n")
    text = re.sub(r"&#(\d+);", lambda found: chr(int(found.group(1))), text)
    return html.unescape(text)


def without_closing_line(text):
    lines = text.rstrip().split("\n")
    return "\n".join(lines[:-1]), lines[-1]


def day_of(text):
    found = re.match(r"\s*(\d{1,2})-([A-Z]{3})-(\d{4})\s", text)
    return "%s-%02d-%02d" % (found.group(3), MONTHS.index(found.group(2)) + 1, int(found.group(1)))


def authors_of(line):
    """`    By Norma Cohen and Dominique Jackson, Reuters` is two lists of folded names."""
    if line is None:
        return []
    names = re.sub(r"^by\s+", "", decoded(line).strip().lower())
    names = re.sub(r",?\s+reuter(s|sd)?\.?$", "", names)
    return [re.findall(r"[a-z'\-]+", name) for name in re.split(r"\s+and\s+|,", names) if name.strip()]


def records_of(folder):
    files = sorted(folder.glob("*.sgm"))
    if not files:
        sys.exit(f"no .sgm files in `{folder}`")
    sources = []
    for file in files:
        sources += re.findall(r"<REUTERS(.*?)</REUTERS>", file.read_bytes().decode("latin-1"), re.S)
    return [Record(number, source) for number, source in enumerate(sources)]


# Words and phrases: the records that have them beyond doubt, and those that may

def beyond_doubt_before(text, start):
    before = text[max(0, start - 80):start]
    broken_after_hyphen = re.search(r"[^\W_]-[ \t]*\n\s*$", before)
    return not broken_after_hyphen and bool(re.search(r"(^|\s)[(\"]?$|\s-$|[^\W_]-$", before))


def beyond_doubt_after(text, end):
    return bool(re.match(r"$|\s|[,;:!?)\"]+(\s|$)|\.[\")]?(\s|$)|'s(?![^\W_]|')|-[^\W_]", text[end:end + 80]))


GAP_SURE = r"(?:[.,;:\"()]|[ \t]|\n(?![ \t\n]))+"
GAP_SURE_RAW = r"(?:[.,;:\"()]|[ \t])+"
GAP_PERHAPS = r"[\W_]+(?:s[\W_]+)?"


def occurs(words, record):
    """(beyond doubt, perhaps)"""
    # `semi-conductors` is `semiconductors` too, over two words: a doubt, and no row of this table.
    if all(word in record.joined for word in words) and any(word not in record.folded for word in words):
        return False, True
    if any(word not in record.folded for word in words):
        return False, False
    phrase = len(words) > 1
    sure = any(
        found
        for text, in_phrases, raw in record.sure
        if in_phrases or not phrase
        for found in re.finditer(pattern(words, GAP_SURE_RAW if raw else GAP_SURE), text)
        if clean(text, found)
    )
    perhaps = sure or any(
        re.search(pattern(words, GAP_PERHAPS), text) for text, _, _ in record.sure + record.perhaps
    ) or bool(re.search(pattern(words, GAP_PERHAPS), record.joined))
    return sure, perhaps


def clean(text, found):
    """Every word of the match stands free on both sides."""
    return all(
        beyond_doubt_before(text, found.start(group)) and beyond_doubt_after(text, found.end(group))
        for group in range(1, found.re.groups + 1)
    )


def pattern(words, gap):
    key = (words, gap)
    if key not in PATTERNS:
        inner = gap.join(f"({word})" for word in words)
        PATTERNS[key] = re.compile(rf"(?<![^\W_]){inner}(?![^\W_])", re.I)
    return PATTERNS[key]


PATTERNS = {}


# Queries: each has its arguments and its two sets of records

class Query:
    def __init__(self, text, evaluate, level=3):
        self.text, self.evaluate, self.level = text, evaluate, level

    def inside(self, level):
        return self.text if self.level >= level else f"({self.text})"


def word(form):
    return Query(f"={form}", lambda archive: archive.having((form,)))


def phrase(text):
    return Query(f'="{text}"', lambda archive: archive.having(tuple(text.split())))


def both(*parts, by=" "):
    return Query(by.join(part.inside(2) for part in parts), lambda archive: tuple(
        set.intersection(*sets) for sets in zip(*(part.evaluate(archive) for part in parts))), 2)


def either(*parts):
    return Query(" OR ".join(part.inside(2) for part in parts), lambda archive: tuple(
        set.union(*sets) for sets in zip(*(part.evaluate(archive) for part in parts))), 1)


def but_not(part, other):
    def evaluate(archive):
        (sure, perhaps), (other_sure, other_perhaps) = part.evaluate(archive), other.evaluate(archive)
        return sure - other_perhaps, perhaps - other_sure
    return Query(f"{part.inside(2)} NOT {other.inside(3)}", evaluate, 2)


def days(text, first, last):
    return Query(text, lambda archive: archive.exactly(lambda record: first <= record.day <= last))


def no_author():
    return Query("by:none", lambda archive: archive.exactly(lambda record: not record.authors))


class Archive:
    def __init__(self, records):
        self.records = records
        self.known = {}

    def having(self, words):
        if words not in self.known:
            answers = [(record.number, *occurs(words, record)) for record in self.records]
            self.known[words] = ({number for number, sure, _ in answers if sure},
                                 {number for number, _, perhaps in answers if perhaps})
        return self.known[words]

    def exactly(self, holds):
        found = {record.number for record in self.records if holds(record)}
        return found, found


class Row:
    """A query (or none) and flags."""

    def __init__(self, query, **flags):
        self.query, self.flags = query, flags

    def arguments(self):
        flags = [part for name, value in self.flags.items() for part in (f"--{name}", value)]
        return ([self.query.text] if self.query else []) + flags

    def bounds(self, archive):
        everything = {record.number for record in archive.records}
        sure, perhaps = self.query.evaluate(archive) if self.query else (everything, everything)
        kept = {record.number for record in archive.records if self.passes(record)}
        return len(sure & kept), len(perhaps & kept)

    def passes(self, record):
        flags = self.flags
        if "by" in flags:
            asked = flags["by"].lower().split()
            if not any(all(part in name for part in asked) for name in record.authors):
                return False
        return (flags.get("on", record.day) == record.day
                and flags.get("since", record.day) <= record.day <= flags.get("until", record.day))


def candidates():
    rows = []
    # Words alone, from the rare to the common.
    for form in ("cruzados", "tannin", "soviet", "cocoa", "wheat", "lawson", "volcker", "baker", "yeutter", "opec",
                 "tokyo", "gold", "sugar", "coffee", "copper", "rubber", "torday", "mankowski", "kalbag", "philippines",
                 "aquino", "ecuador", "earthquake", "pipeline", "strike", "uranium", "submarine", "whales", "cotton",
                 "lira", "bundesbank", "semiconductors", "toshiba", "nakasone", "brazilian", "tanker", "iranian",
                 "dividend", "quarterly", "acquisition", "wine", "beer", "chernobyl", "aids", "piedmont", "purolator"):
        rows.append(Row(word(form)))
    # Phrases.
    for text in ("bank of england", "bank of japan", "interest rates", "crude oil", "trade deficit", "hong kong",
                 "el salvador", "white house", "soft loan", "new zealand", "saudi arabia", "world bank",
                 "prime minister", "finance minister", "oil minister", "tender offer", "chapter eleven",
                 "money market", "west germany", "hostile takeover", "sugar beet", "palm oil"):
        rows.append(Row(phrase(text)))
    # AND, OR, NOT, groups.
    for first, second in (("cocoa", "ghana"), ("coffee", "brazil"), ("wheat", "soviet"), ("baker", "volcker"),
                          ("tokyo", "semiconductors"), ("lawson", "sterling"), ("opec", "ecuador"), ("gold", "strike")):
        rows.append(Row(both(word(first), word(second))))
        rows.append(Row(but_not(word(first), word(second))))
        rows.append(Row(either(word(first), word(second))))
    rows.append(Row(both(word("coffee"), word("quotas"), word("colombia"), by=" AND ")))
    rows.append(Row(both(either(word("coffee"), word("cocoa")), word("quotas"))))
    rows.append(Row(both(either(word("wheat"), word("maize")), either(word("soviet"), word("ussr")), by=" AND ")))
    rows.append(Row(but_not(word("sugar"), either(word("cuba"), word("brazil")))))
    rows.append(Row(both(phrase("bank of japan"), word("intervention"))))
    rows.append(Row(but_not(phrase("saudi arabia"), word("opec"))))
    rows.append(Row(either(phrase("hong kong"), phrase("new zealand"))))
    rows.append(Row(both(phrase("prime minister"), phrase("finance minister"))))
    rows.append(Row(but_not(phrase("world bank"), phrase("prime minister"))))
    # Authors.
    for name in ("torday", "Peter Torday", "kalbag", "Rich Miller", "peter", "domm", "Stephen Jukes", "shehadi", "conradi",
                 "jane", "Patti Domm", "smith", "Merriman Jane", "norma cohen"):
        rows.append(Row(None, by=name))
    rows.append(Row(no_author()))
    for form, name in (("baker", "torday"), ("dollar", "miller"), ("aquino", "kalbag"), ("coffee", "jukes"),
                       ("lawson", "raven"), ("gold", "peter")):
        rows.append(Row(word(form), by=name))
    rows.append(Row(phrase("interest rates"), by="wheatley"))
    rows.append(Row(but_not(word("baker"), word("volcker")), by="torday"))
    # Dates.
    for day in ("1987-02-26", "1987-03-09", "1987-04-07", "1987-06-29", "1987-10-19", "1987-10-20", "1987-05-01"):
        rows.append(Row(None, on=day))
    rows.append(Row(None, since="1987-10-20"))
    rows.append(Row(None, until="1987-02-28"))
    rows.append(Row(None, since="1987-03-05", until="1987-03-11"))
    rows.append(Row(days("date:1987-03", "1987-03-01", "1987-03-31")))
    rows.append(Row(days("date:1987", "1987-01-01", "1987-12-31")))
    rows.append(Row(days("date:1987-04..1987-06", "1987-04-01", "1987-06-30")))
    rows.append(Row(days("date:1987-02-27", "1987-02-27", "1987-02-27")))
    rows.append(Row(days("before:1987-03", "0000", "1987-02-28")))
    rows.append(Row(days("after:1987-06", "1987-07-01", "9999")))
    march = days("date:1987-03", "1987-03-01", "1987-03-31")
    for form in ("cocoa", "tokyo", "ecuador", "wheat", "sugar"):
        rows.append(Row(both(word(form), march)))
        rows.append(Row(word(form), since="1987-04-01"))
    rows.append(Row(word("dividend"), on="1987-03-11"))
    rows.append(Row(word("gold"), on="1987-10-20"))
    rows.append(Row(phrase("crude oil"), since="1987-10-01"))
    rows.append(Row(phrase("bank of england"), until="1987-03-06"))
    rows.append(Row(but_not(word("coffee"), word("brazil")), since="1987-03-01", until="1987-03-15"))
    # Everything at once.
    rows.append(Row(word("baker"), by="torday", since="1987-04-01", until="1987-04-30"))
    rows.append(Row(None, by="kalbag", since="1987-03-01", until="1987-03-31"))
    rows.append(Row(both(word("aquino"), march), by="kalbag"))
    rows.append(Row(both(no_author(), word("ecuador"))))
    return rows


def check(rows, morgue, index):
    different = 0
    for row, count in rows:
        command = [morgue, "count", *row.arguments(), "--index", index]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        said = answer.stdout.strip()
        if said != str(count) or answer.returncode not in (0, 1):
            different += 1
            reason = answer.stderr.strip().replace("\n", " · ")
            print(f"{shlex.join(row.arguments())}\tsgml {count}\tmorgue {said or 'nothing'}\t{reason}")
    print(f"{len(rows) - different} of {len(rows)} counts agree", file=sys.stderr)
    return 1 if different else 0


def main():
    arguments = sys.argv[1:]
    if not arguments or arguments[1:2] not in ([], ["--doubtful"], ["--check"]) or (
            arguments[1:2] == ["--check"] and len(arguments) != 4):
        sys.exit(__doc__)
    archive = Archive(records_of(Path(arguments[0])))
    bounds = [(row, *row.bounds(archive)) for row in candidates()]
    rows = [(row, sure) for row, sure, perhaps in bounds if sure == perhaps]
    if len(rows) < FEWEST_ROWS:
        sys.exit(f"only {len(rows)} rows are beyond doubt")
    if arguments[1:2] == ["--check"]:
        return check(rows, arguments[2], arguments[3])
    for row, sure, perhaps in bounds:
        if "--doubtful" in arguments and sure != perhaps:
            print(f"{shlex.join(row.arguments())}\t{sure}..{perhaps}")
        if "--doubtful" not in arguments and sure == perhaps:
            print(f"{shlex.join(row.arguments())}\t{sure}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
