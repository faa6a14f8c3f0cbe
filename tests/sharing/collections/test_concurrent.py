"""Many write at once and one polls: each object comes once, in the order in which it was added."""

import threading
from itertools import pairwise

from stanch.formats.taxii.filters import Filters
from stanch.sharing.collections import objects, pages
from stanch.sharing.collections.objects import Batch
from stanch.sharing.collections.pages import Want
from tests.desk_world import KR, US
from tests.sharing.collections.shelf import Shelf, offer
from tests.taxii.objects import id_of

_WRITERS, _BATCHES, _SIZE = 3, 8, 6


def test_a_poll_while_others_write_neither_loses_nor_repeats(everybody):
    shelf = Shelf(everybody)
    shelf.let(US)
    database, broken = everybody.database, []

    def write(start: int) -> None:
        try:
            for batch in range(_BATCHES):
                first = start + batch * _SIZE
                with database.write() as tx:
                    offers = [offer(number) for number in range(first, first + _SIZE)]
                    objects.put(tx, everybody.analyst(KR), Batch(shelf.id, offers))
        except Exception as error:  # a thread's error is nobody's otherwise
            broken.append(error)

    threads = [threading.Thread(target=write, args=(1000 * n,)) for n in range(_WRITERS)]
    for each in threads:
        each.start()
    found, place, quiet = [], "", False
    while True:
        alive = any(each.is_alive() for each in threads)
        view = shelf.access(US).view
        with database.read() as connection:
            page = pages.page(connection, view, Want(Filters(limit=5), place))
        found += page.rows
        place = page.rows[-1][0] if page.rows else place
        if not page.rows and quiet:
            break
        quiet = not alive and not page.rows
    assert broken == []
    wanted = {id_of(1000 * n + at) for n in range(_WRITERS) for at in range(_BATCHES * _SIZE)}
    assert len(found) == len(wanted)
    assert {row[1] for row in found} == wanted
    assert all(one[0] < other[0] for one, other in pairwise(found))
