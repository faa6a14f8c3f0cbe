"""A line between two processes that can be cut: a TCP proxy on this machine."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Cut:
    """Passes connections on to `to`, unless it is cut; cutting ends those that are there."""

    to: int
    port: int = 0
    cut: bool = False
    _open: list[socket.socket] = field(default_factory=list)

    def sever(self) -> None:
        """Cut the line, in the middle of whatever it carries."""
        self.cut = True
        for each in list(self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def mend(self) -> None:
        self.cut = False

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:
                return
            try:
                if self.cut:
                    raise OSError
                far = socket.create_connection(("127.0.0.1", self.to), 5)
            except OSError:
                near.close()
                continue
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_pass, args=(one, other), daemon=True).start()


def _pass(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(1 << 16):
            other.sendall(data)
    for each in (one, other):
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def line_to(port: int) -> Iterator[Cut]:
    """A line to a port of this machine, while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Cut(port, listening.getsockname()[1])
        threading.Thread(target=made.serve, args=(listening,), daemon=True).start()
        yield made
        made.sever()
