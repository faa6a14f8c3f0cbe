"""Ctrl-C that is not lost.

KeyboardInterrupt may strike inside a library's compiled code and be cleared there: Arrow, for
one, looks for optional packages each time it meets a Python value, and forgets whatever goes
wrong on the way. So a Ctrl-C is remembered, and raised again where a command reports progress. Or
it comes out of there as the cause of another error, and is made itself again.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def remembered_interrupt() -> Iterator[Callable[[], None]]:
    """Give a check that raises KeyboardInterrupt if one has struck since; call it now and then."""
    struck = threading.Event()

    def hear(_signal: int, _frame: FrameType | None) -> None:
        struck.set()
        raise KeyboardInterrupt

    def check() -> None:
        if struck.is_set():
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield check  # only the main thread may set handlers, and only it is interrupted
        return
    before = signal.signal(signal.SIGINT, hear)
    try:
        yield check
    except SystemError as error:  # so C code that was interrupted ends: Numba does while it loads
        if isinstance(error.__cause__, KeyboardInterrupt):
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.signal(signal.SIGINT, before)
