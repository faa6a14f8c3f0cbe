"""What each rule of `affinity@1` says, on ledgers of a few lines. Purse 0 is the thief's."""

from tests.tracing.affinity_cases import STOPPED, Case, seen

THIEF, HUB, CLEAN, SHOP, OTHER = range(5)


def follow(*rows):
    """What leaves the hub: row -> (traced, inferred, rule). The theft is from the first row."""
    got = seen(Case(list(rows), {THIEF: (0, 0, None)}).walk())
    return {
        row: (got.traced.get((row, 0), 0), got.inferred.get((row, 0), 0), got.rule[row, 0])
        for row, (src, _, _) in enumerate(rows)
        if src == HUB and (row, 0) in got.rule
    }


def test_plain_lifo_is_the_frame():
    assert follow((THIEF, HUB, 500), (CLEAN, HUB, 900), (HUB, SHOP, 1000), (HUB, SHOP, 300)) == {
        2: (100, 0, "lifo"),
        3: (300, 0, "lifo"),
    }


def test_a_payment_of_the_amount_received_takes_that_money():
    """3 per mille of 998 are 2, and so they are of 997."""
    assert follow((THIEF, HUB, 1000), (CLEAN, HUB, 900), (HUB, SHOP, 998)) == {2: (998, 0, "pair")}
    assert follow((THIEF, HUB, 1000), (CLEAN, HUB, 900), (HUB, SHOP, 997)) == {2: (97, 0, "lifo")}


def test_of_two_incomes_as_near_the_smaller_belongs_to_the_payment():
    rows = [(CLEAN, HUB, 1001), (THIEF, HUB, 999), (CLEAN, HUB, 5000), (HUB, SHOP, 1000)]
    assert follow(*rows) == {3: (999, 0, "pair")}


def test_of_equal_incomes_the_latest_belongs_to_the_payment():
    rows = [(CLEAN, HUB, 1000), (THIEF, HUB, 1000), (CLEAN, HUB, 5000), (HUB, SHOP, 1000)]
    assert follow(*rows) == {3: (1000, 0, "pair")}


def test_money_kept_for_a_payment_waits_for_it():
    rows = [(THIEF, HUB, 1000), (CLEAN, HUB, 700), (HUB, OTHER, 600), (HUB, SHOP, 1000)]
    assert follow(*rows) == {3: (1000, 0, "pair")}


def test_one_income_leaves_in_two_to_four_parts():
    parts = [(HUB, SHOP, 410), (HUB, OTHER, 330), (HUB, SHOP, 260)]
    assert follow((THIEF, HUB, 1000), (CLEAN, HUB, 5000), *parts) == {
        2: (410, 0, "run"),
        3: (330, 0, "run"),
        4: (260, 0, "run"),
    }


def test_two_incomes_leave_as_one():
    rows = [(THIEF, HUB, 600), (THIEF, HUB, 400), (CLEAN, HUB, 5000), (HUB, SHOP, 1000)]
    assert follow(*rows) == {3: (1000, 0, "run")}


def test_three_equal_notes_are_a_series_and_two_are_not():
    theft = [(THIEF, HUB, 350), (CLEAN, HUB, 5000)]
    assert len(follow(*theft, *[(HUB, SHOP, 100)] * 3)) == 3
    assert not follow(*theft[:1], (CLEAN, HUB, 5000), *[(HUB, SHOP, 150)] * 2)


def test_equal_notes_spend_the_income_that_they_use_up():
    notes = [(HUB, SHOP, 100)] * 9
    assert follow((THIEF, HUB, 950), (CLEAN, HUB, 5000), *notes) == dict.fromkeys(
        range(2, 11), (100, 0, "run")
    )


def test_the_same_amount_to_the_same_shop_draws_on_the_same_kind():
    rows = [(THIEF, HUB, 950), (HUB, SHOP, 100), (CLEAN, HUB, 500), (HUB, SHOP, 100)]
    assert follow(*rows) == {1: (100, 0, "lifo"), 3: (100, 0, "standing")}


def test_a_shortfall_beside_stolen_money_is_inferred_up_to_what_came():
    rows = [(THIEF, HUB, 950), (HUB, SHOP, 500), (HUB, SHOP, 1300), (HUB, SHOP, 700)]
    assert follow(*rows) == {
        1: (500, 0, "lifo"),
        2: (450, 850, "lifo"),
        3: (0, 100, "shortfall"),
    }


def test_a_shortfall_beside_clean_money_is_clean():
    rows = [(CLEAN, HUB, 960), (HUB, SHOP, 50), (THIEF, HUB, 900), (HUB, OTHER, 2400)]
    assert follow(*rows) == {3: (900, 0, "lifo")}


def test_who_got_the_stolen_money_gets_the_shortfall():
    rows = [(CLEAN, HUB, 5000), (HUB, SHOP, 5000), (THIEF, HUB, 900), (HUB, OTHER, 1500)]
    assert follow(*rows) == {3: (900, 600, "lifo")}


def test_inferred_money_that_a_seed_receives_is_stolen_money():
    rows = [(THIEF, HUB, 950), (HUB, SHOP, 950), (HUB, THIEF, 80), (THIEF, STOPPED, 80)]
    got = seen(Case(rows, {THIEF: (0, 0, None)}).walk())
    assert got.inferred == {(2, 0): 80}
    assert got.claimed == {(2, 0): 80}
    assert got.traced[3, 0] == 80
    assert not got.guessed


def test_parts_may_lose_what_a_plain_transfer_costs_and_no_more():
    rows = [(CLEAN, HUB, 5000), (HUB, SHOP, 600), (HUB, OTHER, 400)]
    assert len(follow((THIEF, HUB, 1001), *rows)) == 2
    assert not follow((THIEF, HUB, 1002), *rows)


def test_four_parts_are_a_run_and_five_are_not():
    four, five = (410, 290, 180, 120), (300, 250, 190, 150, 110)
    for parts, found in ((four, 4), (five, 0)):
        rows = [(HUB, SHOP + n % 2, part) for n, part in enumerate(parts)]
        assert len(follow((THIEF, HUB, 1000), (CLEAN, HUB, 5000), *rows)) == found


def test_a_payment_half_clean_and_half_stolen_is_a_habit_of_clean_money():
    first = [(CLEAN, HUB, 150), (THIEF, HUB, 50), (HUB, SHOP, 100)]
    assert follow(*first, (THIEF, HUB, 370), (HUB, SHOP, 100)) == {2: (50, 0, "lifo")}


def test_where_nothing_is_free_the_pair_that_kept_last_gives():
    rows = [(CLEAN, HUB, 700), (THIEF, HUB, 1000), (HUB, OTHER, 600), (CLEAN, HUB, 650)]
    assert follow(*rows, (HUB, SHOP, 1000), (HUB, OTHER, 700)) == {
        2: (600, 0, "lifo"),
        4: (400, 0, "pair"),
    }
