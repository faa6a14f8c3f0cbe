"""What an exchange installs loads no more than it needs: no numpy and no Arrow, at a real desk."""

import subprocess
import sys

from tests.cli.at_desk import THIEF, AtDesk

HEAVY = {"numpy", "pyarrow", "duckdb", "numba", "sqlalchemy", "fastapi"}
SCRIPT = """
import sys
from pathlib import Path
from stanch.client import Answer, Desk, Pin, Reply
url, key, pin, desk_key, member, order, thief, state = sys.argv[1:]
with Desk(url, key, Pin(pin, desk_key, member), Path(state)) as desk:
    desk.directory()
    assert order in [each["id"] for each in desk.orders()]
    assert order in [each.subject for each in desk.feed().waiting()]
    assert desk.order(order).held() == (thief,)
    address, told = thief.rpartition(":")[2], []
    while order not in told:  # a running desk screens for a new order within a second
        told = [each["reference"] for each in desk.screen([address])[0]["findings"]]
    desk.acknowledge(order)
    desk.reply(order, Reply(Answer.NOTHING))
    desk.check_log()
print(*sys.modules)
"""


def test_a_client_that_asks_a_desk_loads_neither_numpy_nor_arrow(desk: AtDesk):
    order, world = desk.in_force(), desk.world
    person = world.people["upbeat"]
    words = (world.desk.url, person.api_key, world.pin, world.desk.key, person.member, order, THIEF)
    command = [sys.executable, "-c", SCRIPT, *words, str(desk.folder / "state")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "stanch.client.desk" in loaded
    assert loaded & HEAVY == set()
    assert not any(each.startswith(("stanch.app", "stanch.store")) for each in loaded)


def test_a_table_to_screen_with_is_loaded_when_it_is_asked_for():
    code = "import stanch.client; stanch.client.Local; import sys; assert 'numpy' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
