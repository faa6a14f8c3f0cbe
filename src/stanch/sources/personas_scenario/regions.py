"""Regions where applicants say they are, and what people share there by accident.

Shares are round numbers of the right order, not measurements: carrier-grade NAT is usual where
IPv4 came late (Richter et al., IMC 2016: most mobile networks, a fifth of fixed ones, most in
Asia and Africa), numbers are given out again faster where prepaid cards are usual, and students
and newcomers live in halls. They differ between regions so that fairness is hard, and rules that
take a shared address for proof fail here as they fail in life.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Region:
    """Where people live: time zones, telephone numbers, networks, and shares of its people.

    `phones` are beginnings of mobile numbers that numbering plans know, `digits` how many follow.
    `octets` are first bytes of addresses. `nat` is the share of people behind carrier-grade NAT,
    `hall` of those who live in halls and shared flats, `reused` of those whose telephone number
    was another applicant's before.
    """

    code: str
    offsets: tuple[int, ...]  # hours east of UTC
    phones: tuple[str, ...]
    digits: int
    octets: tuple[int, ...]
    nat: float
    hall: float
    reused: float
    cities: tuple[str, ...]
    lowest: int = 0  # of the digits that follow


# Area codes of the North American plan.
_AREAS: Final = (
    "205 206 209 212 213 214 215 216 217 240 248 253 254 260 262 267 269 281 301 302 303 304 "
    "305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 325 330 336 337 346 347 "
    "351 352 360 361 385 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 "
    "424 425 432 434 435 440 443 469 470 475 478 479 480 484 501 502 503 504 505 507 508 509 "
    "510 512 513 515 516 517 518 520"
)

REGIONS: Final = (
    Region(
        "north_america",
        (-8, -7, -6, -5),
        tuple(f"+1{area}" for area in _AREAS.split()),
        7,
        (24, 47, 50, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 96, 97, 98),
        0.03,
        0.008,
        0.004,
        ("Ashford", "Millbrook", "Cedar Falls", "Lakeview", "Port Ellis", "Granite Bay"),
        lowest=2_000_000,  # an exchange does not begin with 0 or 1
    ),
    Region(
        "europe",
        (0, 1, 2),
        (
            *(f"+49{each}" for each in (160, 162, 163, *range(170, 180))),
            *(f"+33{each}" for each in range(60, 70)),
            *(f"+34{each}" for each in range(60, 70)),
        ),
        7,
        (77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92),
        0.08,
        0.012,
        0.005,
        ("Altenhof", "Weststadt", "Pont-Neuf", "Villanueva", "Neukirch", "Rosenthal"),
    ),
    Region(
        "eastern_europe",
        (1, 2, 3),
        (
            *(f"+380{each}" for each in (50, 63, 66, 67, 68, 73, 93, 95, 96, 97, 98, 99)),
            *(f"+48{each}" for each in (50, 51, 53, 60, 66, 69, 72, 78, 88)),
        ),
        7,
        (31, 37, 46, 93, 94, 95, 109, 176, 178, 188),
        0.15,
        0.015,
        0.008,
        ("Nova Huta", "Zelenyi Hai", "Brzozowo", "Staromiast", "Lypova", "Dubrava"),
    ),
    Region(
        "latin_america",
        (-6, -5, -4, -3),
        ("+55119", "+55219", "+55319", "+55419", "+55519", "+55819"),
        8,
        (177, 179, 181, 186, 187, 189, 190, 191, 200, 201),
        0.35,
        0.012,
        0.01,
        ("Vila Nova", "Santa Clara", "Boa Vista", "San Isidro", "Monte Alto", "Las Flores"),
    ),
    Region(
        "south_asia",
        (5,),
        ("+9170", "+9173", "+9178", "+9180", "+9184", "+9188", "+9190", "+9194", "+9198"),
        8,
        (49, 59, 103, 106, 115, 117, 122, 157, 171),
        0.5,
        0.02,
        0.012,
        ("Shanti Nagar", "Rajapur", "Green Park", "Lakshmipuram", "Civil Lines", "Sector 21"),
    ),
    Region(
        "east_asia",
        (8, 9),
        ("+82102", "+82103", "+82104", "+82105", "+82106", "+82107", "+82108", "+82109"),
        7,
        (58, 60, 61, 110, 111, 112, 113, 114, 118, 119, 120, 121, 123, 124, 125, 126),
        0.2,
        0.025,
        0.006,
        ("Hanbit-dong", "Minami-cho", "Jianshe Road", "Saemaul-ro", "Higashi-ku", "Xinhua Street"),
    ),
    Region(
        "southeast_asia",
        (7, 8),
        ("+8432", "+8435", "+8437", "+8470", "+8481", "+8490", "+8493", "+8497"),
        7,
        (14, 27, 36, 42, 101, 116, 180, 182),
        0.5,
        0.022,
        0.015,
        ("Phuong Mai", "Tan Dinh", "Hoa Binh", "Bukit Indah", "San Roque", "Thanh Xuan"),
    ),
    Region(
        "africa_middle_east",
        (1, 2, 3),
        ("+2010", "+2011", "+2012", "+2015"),
        8,
        (41, 102, 105, 154, 156, 196, 197),
        0.55,
        0.018,
        0.015,
        ("Nasr Road", "Palm Estate", "Garden City", "New Wharf", "Al Amal", "Old Market"),
    ),
)
