#!/usr/bin/env python3
"""How many of the human PEOPLE, ORGS and PLACES tags of Reuters-21578 are among the names found in the text.

    reuters_tags.py SGML_DIR MORGUE

Over all articles that have tags. The tags are taken out of the files before `extract` reads them. A
person is found by the surname of the tag, an organization by its short form or the names written below, a place by its
name or by one of its cities or peoples' names for it, as the gazetteer of cities is not in the archive: a country is also
found by its capital and the cities that the archive names most. Only the standard library is used.
"""

import collections
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

ORGANIZATIONS = {
    "ec": "european community|eec|european communities|common market|european commission|ec commission|commission",
    "imf": "international monetary fund",
    "worldbank": "world bank",
    "opec": "organization of petroleum exporting countries",
    "gatt": "general agreement on tariffs and trade",
    "oecd": "organization for economic cooperation and development|organisation for economic cooperation and development",
    "fao": "food and agriculture organization|food and agriculture organisation",
    "ico-coffee": "international coffee organization|international coffee organisation|ico",
    "icco": "international cocoa organization|international cocoa organisation|cocoa council",
    "inro": "international natural rubber organization|international natural rubber organisation",
    "itc": "international tin council|tin council",
    "iwc-wheat": "international wheat council|iwc|wheat council",
    "adb-asia": "asian development bank|adb", "adb-africa": "african development bank|adb",
    "iata": "international air transport association", "iaea": "international atomic energy agency",
    "iea": "international energy agency", "un": "united nations|u.n.", "unctad": "conference on trade and development",
    "bis": "bank for international settlements", "nato": "north atlantic treaty organization",
    "aibd": "association of international bond dealers", "eib": "european investment bank",
    "efta": "european free trade association", "comecon": "council for mutual economic assistance",
    "iadb": "inter-american development bank", "fsf": "", "geplacea": "", "icj": "international court of justice",
    "iso": "international sugar organization|international sugar organisation", "mfa": "multi-fibre arrangement",
    "oapec": "organization of arab petroleum exporting countries", "caricom": "", "ecafe": "", "eca": "",
    "ida": "international development association", "asean": "association of southeast asian nations|association of south east asian nations",
    "gcc": "gulf cooperation council", "opecna": "opec news agency", "tokyo": "",
}
PLACES = {
    "usa": "u.s.|us|united states|america|washington|new york|chicago|white house|wall street|california|texas|ohio|florida|pennsylvania|illinois|michigan|minnesota|massachusetts|connecticut|new jersey|virginia|georgia|colorado|arizona|oklahoma|louisiana|missouri|indiana|wisconsin|tennessee|maryland|delaware|oregon|utah|nevada|iowa|kansas|nebraska|kentucky|alabama|north carolina|south carolina|new england|midwest|houston|dallas|los angeles|san francisco|boston|philadelphia|detroit|minneapolis|st. louis|atlanta|miami|denver|pittsburgh|cleveland|seattle|phoenix|san diego|baltimore|cincinnati|milwaukee|hawaii|alaska|calif.|tex.|fla.|n.j.|n.y.|pa.|mass.|conn.|ill.|mich.|minn.|ga.|va.|colo.|ariz.|okla.|la.|mo.|ind.|wis.|tenn.|md.|del.|ore.|n.c.|manhattan|long island|rhode island|new hampshire|washington d.c.|idaho|montana|new mexico|north dakota|south dakota|mississippi|arkansas|west virginia|vermont|maine|wyoming|puerto rico|kansas city|memphis|omaha",
    "uk": "u.k.|britain|united kingdom|london|england|scotland|wales|great britain|northern ireland|north sea|liverpool|manchester|glasgow|edinburgh|hull",
    "canada": "ottawa|toronto|montreal|ontario|quebec|alberta|vancouver|british columbia|calgary|saskatchewan|manitoba|winnipeg|ont.|b.c.|newfoundland|nova scotia",
    "japan": "tokyo|osaka", "west-germany": "west germany|bonn|frankfurt|duesseldorf|hamburg|munich|germany|cologne|west berlin|stuttgart|hanover",
    "east-germany": "east germany|east berlin|leipzig|german democratic republic", "france": "paris|marseille|lyon|strasbourg", "switzerland": "zurich|geneva|basle|berne|bern|lausanne",
    "ussr": "soviet union|u.s.s.r.|moscow|russia", "netherlands": "amsterdam|rotterdam|the hague|hague|holland|utrecht", "belgium": "brussels|antwerp",
    "italy": "rome|milan|venice|turin", "spain": "madrid|barcelona", "china": "peking|beijing|shanghai|canton", "hong-kong": "hong kong",
    "south-korea": "south korea|korea|seoul", "north-korea": "north korea|pyongyang", "australia": "sydney|melbourne|canberra|perth|queensland|new south wales|victoria|western australia|brisbane",
    "new-zealand": "new zealand|wellington|auckland", "brazil": "brasilia|rio de janeiro|sao paulo|bahia|santos", "argentina": "buenos aires", "mexico": "mexico city",
    "saudi-arabia": "saudi arabia|riyadh|jeddah|dhahran", "uae": "united arab emirates|abu dhabi|dubai|u.a.e.", "kuwait": "", "iran": "tehran", "iraq": "baghdad|basra",
    "south-africa": "south africa|johannesburg|pretoria|cape town", "india": "new delhi|bombay|delhi|calcutta", "indonesia": "jakarta", "malaysia": "kuala lumpur", "philippines": "manila",
    "thailand": "bangkok", "taiwan": "taipei", "sweden": "stockholm|gothenburg", "norway": "oslo", "denmark": "copenhagen", "finland": "helsinki", "austria": "vienna", "greece": "athens",
    "turkey": "ankara|istanbul", "egypt": "cairo", "israel": "jerusalem|tel aviv", "pakistan": "karachi|islamabad", "bangladesh": "dhaka", "sri-lanka": "sri lanka|colombo", "poland": "warsaw",
    "hungary": "budapest", "yugoslavia": "belgrade", "romania": "bucharest", "bulgaria": "sofia", "czechoslovakia": "prague", "portugal": "lisbon", "ireland": "dublin", "luxembourg": "",
    "venezuela": "caracas", "colombia": "bogota", "ecuador": "quito|guayaquil", "peru": "lima", "chile": "santiago", "uruguay": "montevideo", "bolivia": "la paz", "paraguay": "asuncion",
    "nigeria": "lagos", "kenya": "nairobi", "ivory-coast": "ivory coast|abidjan|cote d'ivoire", "ghana": "accra", "zambia": "lusaka", "zimbabwe": "harare", "zaire": "kinshasa", "ethiopia": "addis ababa",
    "morocco": "rabat|casablanca", "algeria": "algiers", "tunisia": "tunis", "libya": "tripoli", "sudan": "khartoum", "syria": "damascus", "lebanon": "beirut", "jordan": "amman", "qatar": "doha", "oman": "muscat",
    "bahrain": "manama", "cuba": "havana", "panama": "panama city", "costa-rica": "costa rica|san jose", "el-salvador": "el salvador|san salvador", "dominican-republic": "dominican republic|santo domingo",
    "papua-new-guinea": "papua new guinea|port moresby", "trinidad-tobago": "trinidad and tobago|trinidad|port of spain", "north-yemen": "north yemen|yemen|sanaa", "south-yemen": "south yemen|yemen|aden", "burma": "rangoon",
}


def fold(text):
    return "".join(it for it in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(it))


def plain(text):
    return " ".join(re.sub(r"[.'’-]+", " ", fold(text)).split())


def main():
    data, morgue = sys.argv[1:3]
    files = sorted(str(it) for it in Path(data).glob("*.sgm"))
    with tempfile.TemporaryDirectory() as folder:
        bare = []
        for path in files:
            text = Path(path).read_text("latin-1")
            text = re.sub(r"<(PEOPLE|ORGS|PLACES)>.*?</\1>", r"<\1></\1>", text, flags=re.S)
            bare.append(str(Path(folder) / Path(path).name))
            Path(bare[-1]).write_text(text, "latin-1")
        ran = subprocess.run([morgue, "extract", *bare], capture_output=True, text=True)
    articles = {}
    for line in ran.stdout.splitlines():
        article = json.loads(line)
        if "skipped" not in article:
            articles[Path(article["path"]).name, article["record"]] = article
    found, tagged, missed = collections.Counter(), collections.Counter(), collections.Counter()
    for path in files:
        text = Path(path).read_text("latin-1")
        for number, record in enumerate(re.findall(r"<REUTERS.*?</REUTERS>", text, re.S)):
            article = articles.get((Path(path).name, number))
            if article is None:
                continue
            names = collections.defaultdict(set)
            for entity in article.get("entities", []):
                if entity["first"] is not None:
                    names[entity["kind"]].update(plain(it) for it in [entity["name"], *(form["text"] for form in entity["forms"])])
            if article["dateline"]:
                names["place"].add(plain(article["dateline"]))
            everything = set().union(*names.values()) if names else set()
            for kind, tag in (("person", "PEOPLE"), ("organization", "ORGS"), ("place", "PLACES")):
                inside = re.search(f"<{tag}>(.*?)</{tag}>", record, re.S)
                for value in re.findall(r"<D>(.*?)</D>", inside.group(1)) if inside else []:
                    if kind == "person":
                        surname = plain(value).split()[-1]
                        hit = any(surname in it.split() for it in names["person"])
                    elif kind == "organization":
                        wanted = {plain(it) for it in [value, *ORGANIZATIONS.get(value, "").split("|")] if it}
                        hit = any(it in wanted or any(f" {short} " in f" {it} " for short in wanted) for it in names["organization"])
                    else:
                        wanted = {plain(it) for it in [value, *PLACES.get(value, "").split("|")] if it}
                        hit = bool(wanted & names["place"])
                    tagged[kind] += 1
                    found[kind] += hit
                    if not hit:
                        missed[kind, value] += 1
    for kind in ("person", "organization", "place"):
        most = ", ".join(f"{name} {count}" for (k, name), count in missed.most_common(400) if k == kind)
        print(f"{kind}: {found[kind]} of {tagged[kind]} tags, {found[kind] / max(1, tagged[kind]):.3f}; missed most: {most[:220]}")


main()
