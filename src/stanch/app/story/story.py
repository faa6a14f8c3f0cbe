"""The story: reported, traced, proposed, concurred, received, held. Each step has the real time."""

import csv
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx

from stanch.app.desk.desk import opened
from stanch.app.desk.keeping import audit_desk
from stanch.app.desk.rounds import pass_time
from stanch.app.story.people import EAST, NORTH, ONE, SOUTH, TWO, Person, answer_of, come_in
from stanch.app.story.served import Served, served
from stanch.app.trace_upload import trace_files
from stanch.client import Answer, Desk, Pin, Reply, hashed
from stanch.errors import UnreachableError, UsageError
from stanch.formats.signed.fields import stamp
from stanch.formats.signed.order import order_hash, read_order
from stanch.formats.signed.statement import sign_statement
from stanch.model.desk.orders import Said, Statement

_MARK: Final = "SIMULATION.txt"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when it was done, who did it, and what."""

    at: datetime
    who: str
    what: str


@dataclass(slots=True)
class Story:
    """What the steps know of each other; `times` is the order's clock, when it is told."""

    folder: Path
    trace: Path
    times: dict[str, Any] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        """Play it, step by step. Raises UsageError where the folder is another's, and what the
        desk and its clients raise: a step that fails ends the story.
        """
        manifest, accounts = trace_files(self.trace)
        targets = _targets(self.trace)
        _emptied(self.folder)
        with ExitStack() as stack:
            desk = stack.enter_context(served(self.folder / "desk"))
            people, pin = come_in(desk)
            at = _At(desk, people, pin, self.folder)
            yield _now("desk", f"serves two governments and three exchanges at {desk.url}")
            yield from self._case(at, manifest, accounts)
            yield from _ordered(at, manifest, targets)
            yield from _answered(at, targets)
            self.times = at.call(ONE, "GET", f"/v1/orders/{at.order}/times")["order"]
        found = audit_desk(self.folder / "desk", None, desk.key)
        if found.faults:
            raise UsageError(f"the log is not whole: {found.faults[0].says}")
        yield _now("audit verify", f"{found.entries} entries of the log, whole")

    def _case(self, at: "_At", manifest: str, accounts: bytes) -> Iterator[Step]:
        body = {
            "kind": "victim",
            "contact": "victim@example.org",
            "text": "SIMULATION: it is gone.",
        }
        report = at.call(ONE, "POST", "/v1/reports", body)["id"]
        reported = _now(ONE, f"takes in the victim's report of a theft: {report}")
        yield reported
        body = {"title": "SIMULATION: theft", "reported": reported.at.isoformat()}
        at.case = at.call(ONE, "POST", "/v1/cases", {**body, "release": ["mem-two"]})["id"]
        body = {"verdict": "valid", "reason": "SIMULATION: as the ledger has it", "case": at.case}
        at.call(ONE, "POST", f"/v1/reports/{report}/verdict", body)
        yield _now(ONE, f"finds it valid, and opens a case: {at.case}")
        path = f"/v1/cases/{at.case}/traces"
        sent = httpx.post(
            f"{at.desk.url}{path}", params={"manifest": manifest, "release": ["mem-two"]},
            content=accounts, headers={**at.door(ONE), "Content-Type": "text/csv"}, timeout=30,
        )  # fmt: skip
        answer_of(sent)
        passed = accounts.count(b"\n") - 1
        yield _now(ONE, f"puts the trace into the case: {passed:,} rows of accounts")


@dataclass(slots=True)
class _At:
    """The desk, and everybody's way to it."""

    desk: Served
    people: dict[str, Person]
    pin: str
    folder: Path
    case: str = ""
    order: str = ""

    def door(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.people[who].token}"}

    def call(self, who: str, method: str, path: str, body: Any = None) -> Any:
        url = f"{self.desk.url}{path}"
        return answer_of(httpx.request(method, url, json=body, headers=self.door(who)))

    def client(self, who: str) -> Desk:
        person = self.people[who]
        member = str(person.member["id"])
        state = self.folder / f"{member}.state"
        return Desk(self.desk.url, person.token, Pin(self.pin, self.desk.key, member), state)

    def say(self, who: str, said: Said) -> str:
        """Sign with the approver's own key and hand in; gives the order's state."""
        person = self.people[who]
        with self.client(who) as desk:
            order = read_order(desk.line.read("GET", f"/v1/orders/{self.order}/document"))
            statement = Statement(
                said, order.desk, order.id, order_hash(order), order.version, order.directory,
                str(person.member["id"]), person.id, stamp(datetime.now(UTC)),
            )  # fmt: skip
            return str(desk.hand_in(order.id, sign_statement(person.key, statement))["state"])


def _ordered(at: _At, manifest: str, targets: list[dict[str, str]]) -> Iterator[Step]:
    at.order = at.call(ONE, "POST", "/v1/orders", {
        "case": at.case, "kind": "emergency", "trace": manifest, "release": ["mem-two"],
        "targets": [{key: each[key] for key in ("account", "asset", "amount")} for each in targets],
        "legal_reference": "SIMULATION: no law", "addressees": {"countries": ["KR"]},
        "expires": (datetime.now(UTC) + timedelta(days=30)).isoformat(),
    })["id"]  # fmt: skip
    yield _now(ONE, f"drafts an emergency hold on {len(targets)} balances: {at.order}")
    state = at.say(ONE, Said.PROPOSE)
    yield _now(ONE, f"signs the proposal: {state.replace('_', ' ')}, lapses if nobody concurs")
    state = at.say(TWO, Said.CONCUR)
    yield _now(TWO, f"signs its concurrence: {state.replace('_', ' ')}, and it stays")


def _answered(at: _At, targets: list[dict[str, str]]) -> Iterator[Step]:
    """South has it and holds it, East has none of it, North takes delivery and says nothing."""
    for name in (SOUTH, EAST, NORTH):
        with at.client(name) as desk:
            desk.directory()
            if at.order not in {each.subject for each in desk.feed().waiting()}:
                raise UnreachableError(f"{name} was not told of the order")
            yield _now(name, "receives the order from its feed")
            if name == NORTH:
                continue
            order = desk.order(at.order)
            desk.acknowledge(at.order)
            yield _now(name, "proves every signature from its pin, and acknowledges")
            held = set(order.held())
            salt = secrets.token_bytes(32)
            mine = [each for each in targets if each["label"].startswith(name)]
            mine = [each for each in mine if each["account"] in held]
            for each in mine:
                reference = hashed(each["account"], salt)
                said = (each["account"], each["asset"], int(each["amount"]), reference)
                desk.reply(at.order, Reply(Answer.HELD, *said))
            if not mine:
                desk.reply(at.order, Reply(Answer.NOTHING))
            yield _now(
                name, f"answers: {f'held, {len(mine)} balances' if mine else 'nothing found'}"
            )
    yield from _late(at)


def _late(at: _At) -> Iterator[Step]:
    """North never answers. Nobody waits for its time to be over: the desk's clock is put forward,
    by a round of the worker that takes it to be that late.
    """
    due = datetime.fromisoformat(_north(at)["due"])
    yield _now(NORTH, f"says nothing; its time is over on {due:%d %b at %H:%M:%S}")
    with opened(at.folder / "desk", None, lambda: due) as desk:
        pass_time(desk)
    if not _north(at)["late"]:
        raise UsageError(f"{NORTH} did not answer in time, and the desk does not say so")
    yield Step(due, "desk", f"counts {NORTH} as late: its clock is put forward for that")


def _north(at: _At) -> dict[str, Any]:
    slips = at.call(ONE, "GET", f"/v1/orders/{at.order}/deliveries")["items"]
    return next(each for each in slips if each["member"] == "mem-north")


def _targets(trace: Path) -> list[dict[str, str]]:
    with (trace / "endpoints.csv").open(newline="", encoding="utf-8") as lines:
        rows = [each for each in csv.DictReader(lines) if each["category"] == "exchange"]
    if not rows or not all(each["label"].startswith("Simulated ") for each in rows):
        raise UsageError(f"{trace}: is not the simulated trace that stanch demo writes")
    return rows


def _emptied(folder: Path) -> None:
    """A new folder, in place of an earlier story's and of nothing else."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).is_file():
            raise UsageError(f"{folder}: is no earlier story, and is left as it is")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).write_text("SIMULATION: nobody in it is real.\n", encoding="utf-8")


def _now(who: str, what: str) -> Step:
    return Step(datetime.now(UTC), who, what)
