"""What simulated resumes are made of. `a|b` are two ways to say one thing."""

from typing import Final

import numpy as np

from stanch.sources.personas_scenario.chance import Int


def _each(text: str) -> tuple[str, ...]:
    return tuple(text.split())


class Choice:
    """Things to say, each in several ways."""

    def __init__(self, *things: str) -> None:
        """Each of `things` is one or more ways to say it, parted by `|`."""
        ways = [thing.split("|") for thing in things]
        self.things: Final = len(ways)
        self.texts: Final = [text for each in ways for text in each]
        self.count: Final[Int] = np.array([len(each) for each in ways], np.int64)
        self.start: Final[Int] = np.cumsum(self.count) - self.count


VERBS: Final = Choice(
    "Led|Headed|Directed", "Built|Created|Put together", "Designed|Laid out|Drafted",
    "Migrated|Moved|Transferred", "Automated|Scripted|Mechanised",
    "Maintained|Kept up|Looked after", "Rewrote|Reworked|Refactored", "Scaled|Grew|Expanded",
    "Integrated|Connected|Wired up", "Tested|Verified|Checked", "Shipped|Released|Delivered",
    "Tuned|Optimised|Sped up", "Documented|Described|Wrote up", "Reviewed|Audited|Examined",
    "Replaced|Swapped out|Retired", "Prototyped|Sketched|Tried out",
    "Secured|Hardened|Locked down", "Monitored|Watched|Observed",
)  # fmt: skip
OBJECTS: Final = Choice(
    "the checkout page|the payment page", "a booking engine|a reservation system",
    "the login service|the sign-in service", "an order book|an order-matching engine",
    "a search index|a search backend", "the mobile client|the phone app",
    "a data pipeline|an ETL job", "the reporting dashboard|the analytics board",
    "a message queue|an event bus", "the release pipeline|the CI/CD setup",
    "a token contract|an ERC-20 contract", "a wallet back end|a custody service",
    "the design system|the component library", "a chat service|a messaging module",
    "an image recogniser|a vision model", "the billing module|the invoicing module",
    "a cluster of servers|a fleet of nodes", "the file store|the object storage layer",
    "an admin panel|a back-office console", "a recommendation engine|a ranking model",
    "the notification service|the alert sender", "a price feed|a market-data feed",
    "the user directory|the accounts database", "a plug-in system|an extension framework",
    "the map view|the geolocation view", "a video player|a streaming client",
    "the test harness|the regression suite", "a rules engine|a decision service",
    "the caching layer|the cache tier", "an import tool|a migration script",
    "a staking portal|a staking front end", "the audit trail|the activity log",
    "a scheduling service|a job scheduler", "the inventory module|the stock-keeping module",
    "a form builder|a survey builder", "the loyalty programme|the rewards programme",
    "a document viewer|a PDF renderer", "the access controls|the permission model",
    "a bridge between ledgers|a cross-chain bridge", "the public API|the partner API",
)  # fmt: skip
DOMAINS: Final = Choice(
    "banking", "insurance", "retail", "travel", "logistics", "health care", "education", "games",
    "advertising", "real estate", "telecoms", "agriculture", "energy", "trading", "media",
    "public transport", "fashion", "food delivery", "sports", "recruiting", "security",
    "charities", "car rental", "manufacturing", "pharmacies", "music", "law firms", "airlines",
)  # fmt: skip
TOOLS: Final = Choice(
    "Python", "Go", "Rust", "Java", "Kotlin", "Swift", "TypeScript", "C#", "C++", "Ruby", "PHP",
    "Scala", "Elixir", "Solidity", "React", "Vue", "Angular", "Svelte", "Next.js", "Node.js",
    "Django", "FastAPI", "Spring", "Rails", "Laravel", "PostgreSQL", "MySQL", "MongoDB", "Redis",
    "Kafka", "RabbitMQ", "Elasticsearch", "Docker", "Kubernetes", "Terraform", "Ansible", "AWS",
    "GCP", "Azure", "GraphQL", "gRPC", "Flutter", "PyTorch", "TensorFlow", "Spark", "Airflow",
    "Hardhat", "Foundry", "Web3.js", "Ethers.js",
)  # fmt: skip
EFFECTS: Final = Choice(
    "cutting costs by|lowering spend by", "raising sales by|lifting revenue by",
    "cutting load times by|making pages faster by",
    "raising test coverage by|covering more code by",
    "cutting downtime by|raising availability by", "lowering error rates by|reducing failures by",
    "raising sign-ups by|winning more users by", "shortening builds by|speeding up builds by",
    "cutting support tickets by|easing support by", "raising throughput by|handling more load by",
)  # fmt: skip
SUMMARIES: Final = (
    "Results-driven engineer with a passion for clean code.",
    "Experienced full-stack developer seeking a remote position.",
    "Senior software engineer who enjoys solving hard problems.",
    "Detail-oriented developer with strong communication skills.",
    "Self-motivated programmer used to working across time zones.",
    "Blockchain developer with a focus on security and scale.",
    "Mobile developer who cares about users.",
    "Back-end engineer with a record of shipping on time.",
    "Front-end developer with an eye for design.",
    "Team player who learns fast and works well alone.",
    "Creative technologist looking for new challenges.",
    "Full-stack engineer fluent in modern web technologies.",
)
ROLES: Final = Choice(
    "Back-end engineer|Server-side developer", "Front-end engineer|Web developer",
    "Full-stack engineer|Full-stack developer", "Mobile engineer|App developer",
    "Data engineer|Data developer", "Blockchain engineer|Smart-contract developer",
    "Infrastructure engineer|DevOps engineer", "Machine-learning engineer|AI developer",
)  # fmt: skip
CLOSINGS: Final = (
    "Skills: agile delivery, code review, mentoring",
    "Skills: team work, problem solving, communication",
    "References available on request",
    "Open to contract and full-time work",
    "Languages: English (fluent)",
    "Comfortable with remote work across time zones",
)
LARGE_EMPLOYERS: Final = (
    "Meridian Consulting", "Apex Global Services", "Unity Systems", "Orbit Telecom",
    "First Harbor Bank", "Helios Retail Group", "Northstar Insurance", "Quantum Outsourcing",
    "Pacific Freight", "BlueSky Airlines", "CityCab", "Evergreen Health", "Atlas Motors",
    "Summit Energy", "Silverline Media", "Crown Hotels",
)  # fmt: skip
FIRMS: Final = _each(
    "Alder Amber Argo Aspen Aurora Basalt Beacon Birch Bolt Boreal Brook Cairn Canvas Cardinal "
    "Cedar  Cinder Cobalt Comet Copper Coral Crest Cypress Dawn Delta Drift Dune Echo Elm Ember "
    "Falcon Fern  Fjord Flint Forge Fox Garnet Glacier Granite Grove Harbor Hazel Heron Hollow "
    "Indigo Iris Iron Ivory  Jade Juniper Kestrel Lantern Lark Laurel Lichen Linden Lotus Lumen "
    "Maple Marble Marlin Meadow  Merlin Mesa Mica Mint Mosaic Nimbus North Nova Oak Ocean Onyx "
    "Opal Orchid Osprey Otter Palm Peak  Pearl Pebble Pine Pixel Plum Polar Prairie Prism Quarry "
    "Quartz Quill Raven Reef Ridge River Robin"
)
FIRM_KINDS: Final = (
    "Labs", "Systems", "Software", "Digital", "Technologies", "Studio", "Networks", "Analytics",
    "Interactive", "Solutions", "Data", "Works", "Cloud", "Games", "Mobile", "Partners",
)  # fmt: skip
STREETS: Final = _each(
    "Acacia Alder Almond Apple Ash Aspen Bay Beech Birch Bridge Brook Canal Castle Cedar Chapel "
    "Cherry  Church Clover College Coral Cypress Daisy East Elm Fern Field Forest Fountain Garden "
    "Glen Grove  Harbor Hazel Heather High Hill Holly Ivy Juniper King Lake Laurel Lemon Lily "
    "Lime Linden Main Maple  Market Meadow Mill Mint North Oak Olive Orchard Park Pine Plum "
    "Poplar Queen Ridge River Rose School  South Spring Station Summer Sunset Temple Valley View "
    "Walnut Water West Willow Wood"
)
STREET_KINDS: Final = Choice("Street|St.", "Road|Rd.", "Avenue|Ave.", "Lane|Ln.", "Drive|Dr.")
MAIL: Final = (
    "gmail.com", "gmail.com", "gmail.com", "gmail.com", "gmail.com", "gmail.com", "outlook.com",
    "outlook.com", "yahoo.com", "proton.me", "hotmail.com", "icloud.com",
)  # fmt: skip
