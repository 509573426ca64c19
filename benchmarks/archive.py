"""An archive of any size in our own words, to measure and torment the pipeline with: one CSV file a month.

    python benchmarks/archive.py FOLDER [MONTHS] [SITUATIONS]

20 years x 75 situations (18,000 entries) is the standard one. The same arguments give the same bytes. Sentences are drawn
from templates in the house style; places, groups and numbers are filled in, so no event in it is real.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
FULL = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SITUATIONS = {
    "Mali": "Gao Mopti Timbuktu",
    "Chad": "Abéché Moundou Faya",
    "Niger": "Tillabery Diffa Agadez",
    "Nigeria": "Maiduguri Jos Kaduna",
    "Burkina Faso": "Djibo Dori Fada",
    "Somalia": "Kismayo Baidoa Beledweyne",
    "Kenya": "Garissa Mandera Lamu",
    "Sudan": "Nyala El Obeid Kassala",
    "South Sudan": "Bor Malakal Yei",
    "Ethiopia": "Gondar Mekelle Jijiga",
    "Mozambique": "Pemba Palma Macomia",
    "Cameroon": "Buea Bamenda Kumbo",
    "Burundi": "Gitega Ngozi Rumonge",
    "Uganda": "Gulu Kasese Arua",
    "Rwanda": "Kigali Huye Musanze",
    "Guinea": "Conakry Kankan Labé",
    "Togo": "Lomé Dapaong Kara",
    "Benin": "Cotonou Parakou Malanville",
    "Senegal": "Dakar Ziguinchor Thiès",
    "Zimbabwe": "Harare Bulawayo Gweru",
    "Afghanistan": "Kabul Kandahar Herat",
    "Pakistan": "Quetta Peshawar Karachi",
    "Bangladesh": "Dhaka Chittagong Sylhet",
    "Nepal": "Kathmandu Janakpur Pokhara",
    "Sri Lanka": "Colombo Jaffna Kandy",
    "Myanmar": "Sittwe Myitkyina Lashio",
    "Thailand": "Pattani Yala Narathiwat",
    "Philippines": "Marawi Jolo Cotabato",
    "Indonesia": "Jayapura Timika Ambon",
    "Kazakhstan": "Almaty Shymkent Aqtobe",
    "Kyrgyzstan": "Osh Bishkek Batken",
    "Tajikistan": "Khorog Khujand Isfara",
    "Uzbekistan": "Namangan Andijan Nukus",
    "Georgia": "Tbilisi Batumi Gori",
    "Armenia": "Yerevan Gyumri Goris",
    "Azerbaijan": "Baku Ganja Lachin",
    "Ukraine": "Kharkiv Odesa Kherson",
    "Moldova": "Chişinău Tiraspol Bălţi",
    "Belarus": "Minsk Brest Gomel",
    "Kosovo": "Pristina Mitrovica Zvečan",
    "Serbia": "Belgrade Niš Novi Pazar",
    "Colombia": "Cali Cúcuta Tumaco",
    "Venezuela": "Caracas Maracaibo Mérida",
    "Haiti": "Port-au-Prince Gonaïves Jacmel",
    "Honduras": "Tegucigalpa San Pedro Sula Tela",
    "El Salvador": "San Salvador Santa Ana Sonsonate",
    "Guatemala": "Cobán Escuintla Xela",
    "Nicaragua": "Managua León Masaya",
    "Mexico": "Culiacán Morelia Tijuana",
    "Ecuador": "Guayaquil Esmeraldas Quito",
    "Peru": "Puno Juliaca Cusco",
    "Bolivia": "La Paz Cochabamba Potosí",
    "Lebanon": "Tripoli Sidon Tyre",
    "Syria": "Aleppo Homs Deraa",
    "Iraq": "Mosul Kirkuk Basra",
    "Iran": "Tehran Zahedan Mahabad",
    "Yemen": "Taiz Aden Marib",
    "Jordan": "Amman Irbid Maan",
    "Egypt": "Cairo al-Arish Minya",
    "Libya": "Benghazi Sebha Misrata",
    "Tunisia": "Tunis Kasserine Sfax",
    "Algeria": "Algiers Oran Béchar",
    "Morocco": "Rabat Oujda Nador",
    "Mauritania": "Nouakchott Nouadhibou Kaédi",
    "Liberia": "Monrovia Gbarnga Buchanan",
    "Sierra Leone": "Freetown Bo Kenema",
    "Guinea-Bissau": "Bissau Bafatá Gabú",
    "Gambia": "Banjul Serekunda Brikama",
    "Madagascar": "Antananarivo Toliara Tamatave",
    "Angola": "Luanda Cabinda Huambo",
    "Malawi": "Lilongwe Blantyre Mzuzu",
    "Zambia": "Lusaka Ndola Kitwe",
    "Tanzania": "Dodoma Mwanza Mtwara",
    "Gabon": "Libreville Oyem Franceville",
    "Papua New Guinea": "Lae Wabag Mendi",
}
LEADS = (
    "Violence persisted in several districts.", "Authorities tightened grip on opposition.", "Talks between rivals resumed amid mistrust.",
    "Economic strain fuelled discontent.", "Security forces pressed campaign against armed groups.", "Border tensions simmered.",
)  # fmt: skip
SENTENCES = (
    "Gunmen {d} {m} killed {n} soldiers in ambush near {p} city; army same day said it had repelled attack, killing {k} assailants.",
    "Police {d} {m} fired tear gas at protesters in {p}, injuring at least {k} and detaining dozens.",
    "Court in {p} {d} {m} sentenced opposition politician to {k} years in prison on charges rights groups called fabricated.",
    "Roadside bomb {d} {m} killed {n} civilians, including two children, on road to {p}.",
    "President {d}-{e} {m} visited {p} and pledged to hold local elections early next year.",
    "Opposition parties {d} {m} rejected draft electoral law, calling for dialogue; govt next day dismissed demand.",
    "UN {d} {m} reported that clashes since {l} had displaced over {t} people in villages around {p}.",
    "Teachers’ union {d} {m} began strike over unpaid salaries, shutting schools in {p} and other cities.",
    "Unidentified men {d} {m} abducted {n} aid workers near {p}; local officials {e} {m} said captives were released unharmed.",
    "Army {d}, {e} {m} conducted airstrikes on militant positions near {p}, reportedly killing scores.",
    "FM {d} {m} met with regional counterparts in {p} to discuss border security and trade.",
    "Demonstrators {d} {m} marched in {p} demanding release of political prisoners.",
    "Parliament {d} {m} approved law restricting foreign funding of NGOs, prompting criticism from EU.",
    "Intercommunal fighting mid-{m} left around {t} dead in villages near {p}, according to local media.",
    "Authorities {d} {m} arrested {n} suspected militants in raids in {p} and seized weapons.",
    "Bandits {d} {m} raided village near {p}, burning houses and stealing cattle.",
)  # fmt: skip


def months(count: int) -> list[tuple[int, int]]:
    """Return so many months as year and number, the last of them December 2024."""
    last = 2024 * 12 + 11
    return [(number // 12, number % 12) for number in range(last - count + 1, last + 1)]


def write_archive(folder: Path, month_count: int, situation_count: int) -> int:
    """Write the archive and return its number of entries."""
    folder.mkdir(parents=True, exist_ok=True)
    names = list(SITUATIONS)[:situation_count]
    for year, number in months(month_count):
        write_bulletin(folder, year, number, names)
    return month_count * len(names)


def write_bulletin(folder: Path, year: int, number: int, names: list[str], edition: int = 0) -> Path:
    """Write one month's file; another `edition` of it has other texts."""
    path = folder / f"{year}-{number + 1:02}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["country", "month", "title", "content"])
        for name in names:
            out.writerow([name, f"{FULL[number]} {year}", *_entry(name, year, number, edition)])
    return path


def _entry(name: str, year: int, number: int, edition: int) -> tuple[str, str]:
    rng = random.Random(f"{name} {year} {number} {edition}")
    paragraphs = []
    for lead in rng.sample(LEADS, 3):
        told = " ".join(_sentence(rng, SITUATIONS[name].split(), number) for _ in range(3))
        paragraphs.append(f"{lead} {told}")
    return f"Insecurity and political tensions persisted in {name} as {rng.choice(LEADS).lower().rstrip('.')}.", "\n".join(paragraphs)


def _sentence(rng: random.Random, places: list[str], number: int) -> str:
    day = rng.randint(1, 20)
    return rng.choice(SENTENCES).format(
        d=day,
        e=day + rng.randint(1, 7),
        m=MONTHS[number],
        l=MONTHS[number - 1],
        p=rng.choice(places),
        n=rng.choice(["two", "five", "eight", "14"]),
        k=rng.randint(3, 29),
        t=rng.choice(["40", "120", "2,500"]),
    )


if __name__ == "__main__":
    size = [int(argument) for argument in sys.argv[2:4]]
    print(write_archive(Path(sys.argv[1]), *(size or [240]), *([75] if len(size) < 2 else [])), "entries")
