"""Members of the desk's world who report: signed by their own key, as homes do."""

from stanch.formats.common.reports import Report, sign_report
from stanch.formats.signed.keys import PrivateKey
from stanch.sharing.threats import answers, records, reports
from stanch.sharing.threats.answers import NewAnswer
from stanch.store.desk.page import Asked
from stanch.store.desk.transaction import moment
from tests.desk_world import JP, KR, US, World

RUN = "run-1"  # a new one for each test
TAGS = tuple(f"{at:032x}" for at in range(1, 4))


def signed(desk: World, member: str, tags=TAGS, key: PrivateKey | None = None, /, **changed) -> str:
    said = {
        "desk": desk.desk, "run": RUN, "member": member, "members": (JP, KR), "k": 2,
        "at": f"{moment(desk.database.now()):%Y-%m-%dT%H:%M:%SZ}", "tags": tags, **changed,
    }  # fmt: skip
    return sign_report(key or desk.offline[member], Report(**said))


def report(desk: World, member: str, tags=TAGS, **changed) -> list[str]:
    with desk.database.write() as tx:
        return reports.take(tx, desk.analyst(member), signed(desk, member, tags, **changed))


def hand_in(desk: World, member: str, text: str) -> list[str]:
    with desk.database.write() as tx:
        return reports.take(tx, desk.analyst(member), text)


def ring(desk: World, member: str, tags=TAGS) -> list[str]:
    return report(desk, member, tags, members=(JP, KR, US))


def answer(desk: World, member: str, threat: str, word: str, *offers: str, to=()) -> dict:
    with desk.database.write() as tx:
        new = NewAnswer(word, offers, tuple(to))
        return answers.answer(tx, desk.analyst(member), threat, new).threat


def listed(desk: World, member: str) -> list[dict]:
    with desk.database.read() as connection:
        return list(
            records.listed(connection, desk.analyst(member), Asked(filters={"run": RUN})).rows
        )


def one(desk: World, member: str, threat: str) -> dict:
    with desk.database.read() as connection:
        return records.one(connection, desk.analyst(member), threat)
