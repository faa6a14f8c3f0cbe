"""What spu (SecretFlow) takes for the same two lists, each party a process, over loopback.

    python bench/peers/common_spu.py ASKER.csv HOLDER.csv FOLDER

Prints one JSON object: seconds of ECDH-PSI in all, and of unbalanced PSI offline and online; beside
them the seconds of all cores in both parties (`..._cores`) and the numbers of matches. Runs in
.venv-peers, which has no Stanch.
"""

import json
import multiprocessing
import os
import socket
import sys
import time

from spu import psi
from spu.libspu import link


def parties(work, arguments):
    """Run `work` as rank 0 and 1: the longer of the two times, the sum of their processors' time,
    and how many rank 0 found.
    """
    ports = [free() for _ in range(2)]
    answers = multiprocessing.Queue()
    running = [
        multiprocessing.Process(target=party, args=(work, rank, ports, arguments, answers))
        for rank in range(2)
    ]
    for each in running:
        each.start()
    found = [answers.get(timeout=900) for _ in running]
    for each in running:
        each.join()
    walls, cores, counts = zip(*found, strict=True)
    return max(walls), sum(cores), max(counts)


def party(work, rank, ports, arguments, answers):
    desc = link.Desc()
    for at, port in enumerate(ports):
        desc.add_party(f"party{at}", f"127.0.0.1:{port}")
    context = link.create_brpc(desc, rank)
    begun, cores = time.perf_counter(), time.process_time()
    count = work(rank, context, arguments)
    answers.put((time.perf_counter() - begun, time.process_time() - cores, count))
    context.stop_link()


def ecdh(rank, context, arguments):
    asker, holder, folder = arguments
    config = psi.PsiExecuteConfig(
        protocol_conf=psi.PsiProtocolConfig(
            protocol=psi.PsiProtocol.PROTOCOL_ECDH,
            receiver_rank=0,
            broadcast_result=False,
            ecdh_params=psi.EcdhParams(curve=psi.EllipticCurveType.CURVE_25519),
        ),
        input_params=psi.InputParams(path=(asker, holder)[rank], selected_keys=["id"]),
        output_params=psi.OutputParams(path=os.path.join(folder, f"ecdh-{rank}.csv")),
    )
    return psi.psi_execute(config, context).intersection_count


def unbalanced(mode):
    def work(rank, context, arguments):
        asker, holder, folder = arguments
        config = psi.UbPsiExecuteConfig(
            mode=mode,
            role=(psi.UbPsiRole.ROLE_CLIENT, psi.UbPsiRole.ROLE_SERVER)[rank],
            client_receive_result=True,
            cache_path=os.path.join(folder, f"cache-{rank}"),
            input_params=psi.InputParams(path=(asker, holder)[rank], selected_keys=["id"]),
            output_params=psi.OutputParams(path=os.path.join(folder, f"ub-{rank}.csv")),
            server_params=psi.UbPsiServerParams(secret_key_path=os.path.join(folder, "secret")),
        )
        return psi.ub_psi_execute(config, context).intersection_count

    return work


def free():
    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        return each.getsockname()[1]


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    arguments = tuple(sys.argv[1:4])
    with open(os.path.join(arguments[2], "secret"), "wb") as stream:
        stream.write(os.urandom(32))
    said = {}
    for name, work in (
        ("ecdh", ecdh),
        ("offline", unbalanced(psi.UbPsiMode.MODE_OFFLINE)),
        ("online", unbalanced(psi.UbPsiMode.MODE_ONLINE)),
    ):
        said[name], said[f"{name}_cores"], said[f"{name}_count"] = parties(work, arguments)
    print(json.dumps(said))
