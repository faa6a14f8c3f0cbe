"""Private matching beside spu, on the same lists, in one run.

    python bench/common.py [--asker 100000] [--holder 1000000] [--each 100000] [--members 5]
        [--k 3] [--peer .venv-peers/bin/python] [--json FILE]

Real use cases in real homes, files on the disk, each step by itself as members run them one after
the other; `offline` is what `stanch common prepare` does once for all partners. Wall seconds, and
beside them the seconds of all cores, and of these the seconds of the main thread, which no second
core can take over: multiplications are in the other threads. `floor` is what one waits at least on
two cores that are free: the main thread's seconds and half of the others'. Results are compared
with plain sets: one difference ends the run. spu's two parties run at the same time on the same
cores, over loopback.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from tests.app.common.parties import Parties, desk_of, learned  # noqa: E402
from tests.reference.in_common import at_least, both  # noqa: E402

PEER = Path(".venv-peers/bin/python")
SPU = Path(__file__).parent / "peers" / "common_spu.py"


class Watch:
    """Steps with their seconds: by the clock, of all cores, and of these of the main thread."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, float, float, float]] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        wall, cores, main = time.perf_counter(), time.process_time(), time.thread_time()
        yield
        took = (
            time.perf_counter() - wall, time.process_time() - cores, time.thread_time() - main
        )  # fmt: skip
        self.steps.append((name, *took))
        print(f"  {name:28}{took[0]:9.2f} s{took[1]:9.2f} s of all cores, "
              f"{took[2]:.2f} of the main thread", flush=True)  # fmt: skip

    def sum(self, *begin: str) -> tuple[float, float]:
        """Wall and processor seconds of the steps whose names begin so."""
        chosen = [step for step in self.steps if step[0].startswith(begin)]
        return sum(step[1] for step in chosen), sum(step[2] for step in chosen)

    def floor(self, *begin: str) -> float:
        """What one waits at least on two free cores for the steps whose names begin so."""
        chosen = [step for step in self.steps if step[0].startswith(begin)]
        return sum(main + (cores - main) / 2 for _, _, cores, main in chosen)


def wallets(first: int, count: int) -> list[str]:
    """Addresses that nobody has: of EVM, in lower case."""
    return [
        f"0x{hashlib.sha256(b'%d' % at).hexdigest()[:40]}" for at in range(first, first + count)
    ]


def two(folder: Path, asker: list[str], holder: list[str]) -> dict[str, object]:
    """Both learn: each step, the traffic, and whether it is exact."""
    parties, watch = Parties(folder), Watch()
    print(f"two parties: {len(asker):,} x {len(holder):,}")
    with watch.step("offline, asker"):
        parties.prepare("kr", asker)
    with watch.step("offline, holder"):
        parties.prepare("jp", holder)
    with watch.step("invite"):
        request = parties.invite("kr", "jp")
    with watch.step("answer"):
        answer = parties.answer("jp", request)
    with watch.step("finish"):
        out, claim = parties.finish("kr", answer)
    with watch.step("confirm"):
        other = parties.confirm("jp", claim)
    expected = both(set(asker), set(holder))
    if not learned(out) == learned(other) == expected:
        raise SystemExit("wrong: not the intersection of the two sets")
    files = {name: file.stat().st_size for name, file in
             (("request", request), ("answer", answer), ("claim", claim))}  # fmt: skip
    online, cores = watch.sum("invite", "answer", "finish", "confirm")
    floor = watch.floor("invite", "answer", "finish", "confirm")
    print(f"  online {online:.2f} s, {cores:.2f} s of all cores, floor {floor:.2f} s")
    print(f"  exact: {len(expected):,} in common")
    print("  traffic " + ", ".join(f"{name} {size:,} bytes" for name, size in files.items()))
    return {
        "steps": watch.steps,
        "online": online,
        "cores": cores,
        "floor": floor,
        "traffic": files,
        "count": len(expected),
    }


def ring(folder: Path, each: int, members: int, k: int) -> dict[str, object]:
    """k of n: what all steps take one after the other, and the traffic."""
    parties, watch = Parties(folder, directory=desk_of(members)), Watch()
    names, shared, sets = parties.names, wallets(0, each // 2), {}
    for at, name in enumerate(names):  # each shares a little less than the one before
        common = shared[at * len(shared) // members :]
        sets[name] = common + wallets((at + 1) * 10**7, each - len(common))
    print(f"{k} of {members}: {each:,} each")
    with watch.step("offline, all"):
        for name in names:
            parties.prepare(name, sets[name])
            parties.ahead(name)
    teller = names[0]
    with watch.step("plan"):
        file = parties.plan(teller, names, k)
    traffic = file.stat().st_size
    for lap, whose in ((1, names), (2, names[:-1])):
        for name in whose:
            with watch.step(f"pass, lap {lap}, {name}"):
                file = parties.hand_on(name, file, "all" if lap == 1 else None)
            traffic += file.stat().st_size
    with watch.step("count"):
        done = parties.counted(teller, file)
    traffic += sum(one.size for one in done.files.values())
    found: dict[str, set[str]] = {}
    for name in names:
        with watch.step(f"finish, {name}"):
            own = done.folder / f"{name}.bin"
            if name == teller:
                own = parties.unmixed(done.to[name], own)
                traffic += own.stat().st_size
            found[name] = parties.told(name, own)
    if found != at_least({name: set(one) for name, one in sets.items()}, k):
        raise SystemExit("wrong: not what k of n hold")
    online, cores = watch.sum("plan", "pass", "count", "finish")
    floor = watch.floor("plan", "pass", "count", "finish")
    print(f"  online {online:.2f} s, {cores:.2f} s of all cores, floor {floor:.2f} s")
    print(f"  exact: {done.often:,} are held by {k} or more")
    print(f"  traffic {traffic:,} bytes in all")
    return {
        "steps": watch.steps,
        "online": online,
        "cores": cores,
        "floor": floor,
        "traffic": traffic,
        "count": done.often,
    }


def spu(peer: Path, folder: Path, asker: list[str], holder: list[str]) -> dict[str, float] | None:
    """What spu takes; None where it is not installed."""
    for name, items in (("asker", asker), ("holder", holder)):
        (folder / f"{name}.csv").write_text("id\n" + "".join(f"{each}\n" for each in items))
    command = [peer, SPU, folder / "asker.csv", folder / "holder.csv", folder]
    if not peer.exists():
        print(f"spu: {peer} is missing; make peers installs it")
        return None
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode:
        print(
            f"spu did not run: {done.stderr.splitlines()[-1] if done.stderr else done.returncode}"
        )
        return None
    said: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    for name, words in (("ecdh", "ECDH-PSI in all"), ("offline", "unbalanced, offline"),
                        ("online", "unbalanced, online")):  # fmt: skip
        wall, cores = said[name], said[f"{name}_cores"]
        print(f"spu {words:21}{wall:9.2f} s{cores:9.2f} s of all cores")
    return said


def compared(ours: dict[str, object], theirs: dict[str, float] | None) -> None:
    """Ratios: above one where Stanch takes less."""
    if theirs is None:
        return
    for name, words in (("ecdh", "ECDH in all"), ("online", "unbalanced online")):
        wall = theirs[name] / float(str(ours["online"]))
        cores = theirs[f"{name}_cores"] / float(str(ours["cores"]))
        print(f"spu {words} / Stanch online: {wall:.2f} in time, {cores:.2f} in processor time")


def main(parser: argparse.ArgumentParser) -> None:
    said = parser.parse_args()
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}")
    asker = wallets(0, said.asker)
    holder = wallets(said.asker // 2, said.holder)
    found: dict[str, object] = {"load": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as first:
        found["two"] = ours = two(Path(first), asker, holder)
        found["spu"] = theirs = spu(said.peer, Path(first), asker, holder)
        compared(ours, theirs)
    if said.members:
        with tempfile.TemporaryDirectory() as second:
            found["ring"] = ring(Path(second), said.each, said.members, said.k)
    if said.json:
        said.json.write_text(json.dumps(found, indent=1))


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--asker", type=int, default=100_000)
    parser.add_argument("--holder", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=100_000)
    parser.add_argument("--members", type=int, default=5, help="0: no ring")
    parser.add_argument("--k", type=int, default=3)
    parser.add_argument("--peer", type=Path, default=PEER)
    parser.add_argument("--json", type=Path)
    return parser


if __name__ == "__main__":
    main(arguments())
