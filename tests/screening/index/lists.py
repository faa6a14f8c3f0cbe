"""Small random lists of names and queries for them: real names, slips of them, many scripts."""

from hypothesis import strategies as st

from stanch.model.listed import PRIMARY, WEAK, Entry, ListedName

KOREAN = (
    "Kim Jong Un", "KIM Jong-un", "Kim Chŏng-ŭn", "Kim Jongun", "김정은", "金正恩",
    "キム・ジョンウン", "Ким Чен Ын", "RI Yong Nam", "Lee Young-nam", "리영남", "이영남",
    "Chŏng Yŏngnam", "정영남",
    "PAK Han Gil", "Park Hang-il", "박한길", "朴哲", "O Kuk Ryol", "육철수", "Yuk Chol Su",
    "영식 김", "Han-gil Pak", "CHOE Ryong Hae", "최룡해", "Choi Yong-hae",
)  # fmt: skip
OTHERS = (
    "Aleksandr Petrov", "Oleksandr Petrov", "Alexander Petroff", "Aleksei Gayevoy", "Igor Sechin",
    "Igоr Sechin", "Иван Иванович Сидоров", "Mohammed bin Salman", "Muhammad Salman", "محمد سلمان",
    "Wang Xiaoming", "王小明", "Xi Ming", "Sato Kenji", "佐藤健二", "William G. Smith", "W. Smith",
    "JC Martin", "Jean Claude Martin", "President Assad", "Bashar al-Assad", "Kim Smith",
    "Pasha Petrov", "Pavel Petrov", "Don Carlos", "Donald Carlos", "Sheikh Hassan", "Ben Ali",
)  # fmt: skip
ORGANISATIONS = (
    "Korea Mining Development Trading Corporation", "KOMID", "조선광업개발무역회사", "Tanchon Bank",
    "Foreign Trade Bank", "Unit 1234", "Bureau 39", "Office 39 Ltd", "Petrov Shipping GmbH",
    "Petrov Shipping LLC", "Petrov Trading JSC", "People's Liberation Army", "PLA", "P.L.A.",
    "Northern Star", "Nothern Star", "North ernStar", "M/V Chong Chon Gang", "CHONGCHONGANG",
    "Comercial Petrov", "Lazarus Group", "forty 4 trading",
)  # fmt: skip
SCHEMAS = ("Person", "Organization", "LegalEntity", "Vessel", "")
_WORDS = sorted({word for name in KOREAN + OTHERS + ORGANISATIONS for word in name.split()})


@st.composite
def slips(draw: st.DrawFn, name: str) -> str:
    """`name` with a letter added, left out, exchanged or swapped with its neighbour."""
    at = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from("aehikmnorsty "))
    return draw(
        st.sampled_from(
            (
                name[:at] + letter + name[at:],
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            )
        )
    )


_KNOWN = st.sampled_from(KOREAN + OTHERS + ORGANISATIONS)
_MADE = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map(" ".join)
NAMES = st.one_of(_KNOWN, _MADE, _KNOWN.flatmap(slips), _MADE.flatmap(slips))
SPELLED = st.lists(st.text("aeiounkmgst", min_size=2, max_size=7), min_size=1, max_size=3).map(
    " ".join
)


@st.composite
def entries(draw: st.DrawFn, names: st.SearchStrategy[str] = NAMES) -> list[Entry]:
    found = []
    for number in range(draw(st.integers(1, 6))):
        listed = tuple(
            ListedName(text, draw(st.sampled_from((PRIMARY, WEAK))))
            for text in draw(st.lists(names, min_size=1, max_size=3))
        )
        found.append(Entry(str(number), draw(st.sampled_from(SCHEMAS[:-1])), listed))
    return found
