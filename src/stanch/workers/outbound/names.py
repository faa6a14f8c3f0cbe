"""What DNS answers for a host, in time or not at all."""

from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Thread

from stanch.errors import UnreachableError
from stanch.formats.outbound.address import Destination
from stanch.workers.outbound.policy import Policy


def resolved(to: Destination, policy: Policy) -> Sequence[str]:
    """Ask DNS, once. In a thread that is left behind where it does not answer: the machine's
    resolver cannot be interrupted, and gives up by itself. Raises UnreachableError.
    """
    if to.literal is not None:
        return [str(to.literal)]
    answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(policy.resolve(to.host, to.port))
        except Exception as error:  # whatever it is belongs to the caller, not to this thread
            answers.put(error)

    Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=policy.limits.connect)
    except Empty:
        raise UnreachableError("DNS did not answer in time") from None
    if isinstance(answer, OSError | UnicodeError):
        raise UnreachableError("DNS does not know the webhook's host")
    if isinstance(answer, Exception):
        raise answer
    return answer
