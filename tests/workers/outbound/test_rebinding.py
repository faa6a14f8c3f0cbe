"""DNS that lies: between two questions, in one answer, or by not answering."""

import socket
import time
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest

from stanch.formats.outbound.address import Reach
from stanch.workers.outbound.policy import Limits, Policy
from stanch.workers.outbound.sender import Message, Outcome, send
from tests.workers.outbound.receiver import DESK_KEY, authority, listening

NOW = datetime(2026, 11, 26, 19, 3, tzinfo=UTC)
FIRST = "127.0.0.1"
INSIDE = "127.0.0.2"  # not in the range: what a private address is to a desk in the world


class Rebinding:
    """Answers from a list, one each time it is asked, and the last for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def policy(resolve: Rebinding) -> Policy:
    reach = Reach((ip_network(f"{FIRST}/32"),))
    return Policy(DESK_KEY.sign, reach, resolve=resolve, limits=Limits(1.0, 2.0))


def post(port: int, policy: Policy) -> Outcome:
    return send(Message("dlv_1", b"{}"), f"http://hooks.example:{port}/", policy, NOW)


def test_a_second_answer_that_leads_inside_is_never_asked_for() -> None:
    resolve = Rebinding([FIRST], [INSIDE])
    with listening() as good, listening(address=INSIDE, port=good.port) as inside:
        assert post(good.port, policy(resolve)).delivered
    assert (good.knocks, inside.knocks, resolve.asked) == (1, 0, 1)


def test_the_machines_own_resolver_is_not_asked_behind_the_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The name would lead inside; the connection goes to the address that was checked."""
    asked: list[object] = []
    real = socket.getaddrinfo

    def spy(host: object, *rest: object, **more: object) -> object:
        asked.append(host)
        return real(INSIDE if host == "hooks.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", spy)
    with listening() as good, listening(address=INSIDE, port=good.port) as inside:
        assert post(good.port, policy(Rebinding([FIRST]))).delivered
    assert (good.knocks, inside.knocks) == (1, 0)
    assert "hooks.example" not in asked


def test_each_attempt_checks_anew() -> None:
    resolve = Rebinding([FIRST], [INSIDE])
    with listening() as good, listening(address=INSIDE, port=good.port) as inside:
        sending = policy(resolve)
        assert post(good.port, sending).delivered
        refused = post(good.port, sending)
    assert refused.problem == "the webhook's host has an address that is not public"
    assert (good.knocks, inside.knocks) == (1, 0)


@pytest.mark.parametrize(
    "other",
    [INSIDE, "10.0.0.5", "169.254.169.254", "::1", "fe80::1%lo", "::ffff:127.0.0.1", "nonsense"],
)
def test_one_bad_address_among_good_ones_spoils_all(other: str) -> None:
    with listening() as good:
        for answers in ([FIRST, other], [other, FIRST]):
            outcome = post(good.port, policy(Rebinding(answers)))
            assert outcome.problem == "the webhook's host has an address that is not public"
            assert other not in outcome.problem
        assert good.knocks == 0


def test_the_next_checked_address_is_tried_where_the_first_does_not_listen() -> None:
    reach = Reach((ip_network("127.0.0.0/30"),))
    with listening() as good:
        sending = replace(policy(Rebinding([INSIDE, FIRST])), reach=reach)
        assert post(good.port, sending).delivered
    assert len(good.requests) == 1


def test_the_name_is_checked_in_tls_at_each_address(tmp_path: Path) -> None:
    """A stranger at the first address cannot take the message; the right one still gets it."""
    ca = authority()
    reach = Reach((ip_network("127.0.0.0/30"),))
    resolve = Rebinding([FIRST, INSIDE])
    sending = Policy(DESK_KEY.sign, reach, ca.trust, resolve, Limits(1.0, 2.0))
    wrong, right = ca.server("other.example", tmp_path), ca.server("hooks.example", tmp_path)
    with (
        listening(tls=wrong) as bad,
        listening(tls=right, address=INSIDE, port=bad.port) as good,
    ):
        url = f"https://hooks.example:{bad.port}/"
        assert send(Message("dlv_1", b"{}"), url, sending, NOW).delivered
    assert (bad.requests, len(good.requests)) == ([], 1)


def test_dns_that_fails_or_hangs_is_an_outcome() -> None:
    def fails(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    def hangs(host: str, port: int) -> list[str]:
        time.sleep(4)
        return [FIRST]

    sending = policy(Rebinding([]))
    assert post(1, sending).problem == "the webhook's host has no address"
    assert (
        post(1, replace(sending, resolve=fails)).problem == "DNS does not know the webhook's host"
    )
    late = post(1, replace(sending, resolve=hangs))
    assert late.problem == "DNS did not answer in time"
    assert late.seconds < 2
