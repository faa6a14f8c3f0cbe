"""How well the words of a query and of one listed name go together, in decibans.

Every word is matched with at most one other, the strongest pairs first; then what is left over is
tried as initials and as words that are split or joined otherwise. Words left over on one side only
are missing; left over on both sides they contradict each other, and that costs more.

A `side` is (worth, kinds, letters, lengths) of a name's words.
"""

from typing import Final

import numpy as np
from numba import njit

from stanch.screening.kernels.edit import WIDTH, edit_cost

CORE: Final = 0
GENERIC: Final = 1
PLACE: Final = 2
LEGAL: Final = 3
PARTICLE: Final = 4
NUMBER: Final = 5
INITIAL: Final = 6
JOINED: Final = 7  # no word: several words of a name run together, in the vocabulary alone
TITLE: Final = 8  # President: what follows is a family name
KINDS: Final = 9

MOST: Final = 24  # words of a name that take part

# Weights of name@1, in decibans; docs/screening-methods/name@1.md says why each is what it is.
MISSING: Final = 0.2  # of a left-over word's weight, whatever the other side has
FEW: Final = 2  # left-over words; each further one weighs
MANY: Final = 3.0  # so many times more
CONTRADICTS: Final = 1.2  # and of the lesser side's weight where both have words left over
AGREED: Final = 22.0  # the most that agreeing words count for in that case
LEFT_INITIAL: Final = 8.0  # William G. is not William W.
LEFT_SHARED: Final = 4.0  # the least that a shared word (trade, Chile) weighs when it contradicts
COMPLETE: Final = 6.0  # nothing of weight is left over on either side
IDENTICAL: Final = 4.0  # and every word is the very same
INITIAL_GAIN: Final = 1.5
NUMBER_DIFFERS: Final = 6.0
LEGAL_DIFFERS: Final = 8.0  # a limited company is no stock company
JOIN_COST: Final = 1.0
JOIN_LIMIT: Final = 9.0
MOST_JOINED_WORTH: Final = 20.0
LEFT_NUMBER: Final = 9.0  # a left-over number weighs so much, any other word what it is worth
TRIFLE: Final = 1.0  # left over words of so little weight leave a name complete
CLEARLY: Final = 0.01  # decibans: what is better by less is taken for equal, and the first wins
_SPAN: Final = 3  # words of one side that are run together


@njit(cache=True, nogil=True)
def align(gain, query, listed, pair, taken, rows):
    """Points of one pair of names, what of them agrees, and whether nothing of weight is left over.

    `gain[i, j]` is what it says that query word i and listed word j are one (0: they are not).
    `pair[i]` becomes the listed word that query word i was matched with, -1 for none, -2 for one
    taken as an initial, -3 for one that was joined; `taken[j]` becomes 1 where listed word j was
    matched. `rows` is scratch of kernels.edit.
    """
    wide, columns = gain.shape
    pair[:wide] = -1
    taken[:columns] = 0
    points = 0.0
    while True:
        best, one, two = 0.0, -1, -1
        for i in range(wide):
            if pair[i] == -1:
                for j in range(columns):
                    if taken[j] == 0 and gain[i, j] > best + CLEARLY:
                        best, one, two = gain[i, j], i, j
        if one < 0:
            break
        points += best
        pair[one] = two
        taken[two] = 1
    points += _initials(query, listed, pair, taken)
    points += _joined(query, listed, pair, taken, rows)
    agreed = points
    cost, complete = _left(query, listed, pair, taken, agreed)
    if complete:
        points += COMPLETE
        if agreed > listed[0].sum() - TRIFLE + 0.01:
            points += IDENTICAL
    return points - cost, agreed, complete


@njit(cache=True, nogil=True)
def _initials(query, listed, pair, taken):
    _, kinds, letters, _ = query
    _, listed_kinds, listed_letters, _ = listed
    points = 0.0
    for i in range(len(kinds)):
        if pair[i] != -1:
            continue
        for j in range(len(listed_kinds)):
            if taken[j] or letters[i, 0] != listed_letters[j, 0]:
                continue
            one = kinds[i] == INITIAL and listed_kinds[j] in (CORE, INITIAL)
            if one or (listed_kinds[j] == INITIAL and kinds[i] == CORE):
                pair[i], taken[j] = -2, 1
                points += INITIAL_GAIN
                break
            size = _several(letters[i], query[3][i], listed_letters, taken, j)
            if kinds[i] == CORE and size > 1:
                pair[i] = -2
                taken[j : j + size] = 1
                points += INITIAL_GAIN * size
                break
    return points


@njit(cache=True, nogil=True)
def _several(word, size, listed_letters, taken, first):
    """How many listed words, from `first` on, begin with the letters of `word`: JC, Jean-Claude."""
    if size > _SPAN or first + size > len(taken):
        return 0
    for at in range(size):
        if taken[first + at] or listed_letters[first + at, 0] != word[at]:
            return 0
    return size


@njit(cache=True, nogil=True)
def _joined(query, listed, pair, taken, rows):
    """Left-over neighbours run together on both sides, where both runs begin with one letter."""
    points = 0.0
    for i in range(len(query[1])):
        for j in range(len(listed[1])):
            if pair[i] == -1 and taken[j] == 0 and query[2][i, 0] == listed[2][j, 0]:
                value, span, listed_span = _best_run(query, listed, pair, taken, (i, j), rows)
                if span:
                    points += value
                    pair[i : i + span] = -3
                    taken[j : j + listed_span] = 1
    return points


@njit(cache=True, nogil=True)
def _best_run(query, listed, pair, taken, place, rows):
    i, j = place
    best, span, listed_span = 0.0, 0, 0
    one_len = 0
    for a in range(1, _SPAN + 1):
        if i + a > len(pair) or pair[i + a - 1] != -1 or query[1][i + a - 1] in (NUMBER, LEGAL):
            break
        one_len += query[3][i + a - 1]
        two_len = 0
        for b in range(1, _SPAN + 1):
            if j + b > len(taken) or taken[j + b - 1] or listed[1][j + b - 1] in (NUMBER, LEGAL):
                break
            two_len += listed[3][j + b - 1]
            if a + b < 3 or one_len < 4 or abs(one_len - two_len) > 3:
                continue
            one, two = _run(query, i, a), _run(listed, j, b)
            cost = edit_cost(one, one_len, two, two_len, JOIN_LIMIT, rows)
            if cost >= JOIN_LIMIT:
                continue
            worth = min(query[0][i : i + a].sum(), listed[0][j : j + b].sum())
            value = min(worth, MOST_JOINED_WORTH) - JOIN_COST - cost
            if value > best + CLEARLY:
                best, span, listed_span = value, a, b
    return best, span, listed_span


@njit(cache=True, nogil=True)
def _run(side, first, count):
    _, _, letters, lengths = side
    """The letters of `count` words, from the first on, without blanks."""
    out = np.empty(_SPAN * WIDTH, np.uint8)
    size = 0
    for word in range(first, first + count):
        for at in range(lengths[word]):
            out[size] = letters[word, at]
            size += 1
    return out


@njit(cache=True, nogil=True)
def _left(query, listed, pair, taken, points):
    """What the words left over cost, and whether none of weight is left over.

    Where both sides have words left over, what agrees counts for no more than AGREED: five words of
    a name do not outvote a sixth that is another. `points` is what agrees.
    """
    here, mine, odd = weight_left(query, pair, -1)
    there, theirs, listed_odd = weight_left(listed, taken, 0)
    against = min(mine, theirs)
    cost = MISSING * (here + forgiven(query[1], there)) + CONTRADICTS * against
    if against > TRIFLE:
        cost += max(0.0, points - AGREED)
    if odd[0] and listed_odd[0]:
        cost += NUMBER_DIFFERS
    if odd[1] and listed_odd[1]:
        cost += LEGAL_DIFFERS
        return cost, False
    return cost, here <= TRIFLE and there <= TRIFLE


@njit(cache=True, nogil=True)
def forgiven(kinds, missing):
    """What is missing beside a title and one name: nothing, who says President X leaves it out."""
    titles = words = 0
    for kind in kinds:
        titles += kind == TITLE
        words += kind not in (PARTICLE, TITLE)
    return 0.0 if titles and words == 1 else missing


@njit(cache=True, nogil=True)
def weight_left(side, marks, free):
    """The weight of the words left over, as missing and as contradicting, and how many of them are
    numbers and legal forms. Left over is a word whose mark is `free`.
    """
    missing = against = 0.0
    numbers = forms = words = 0
    for place in range(len(side[1])):
        if marks[place] != free:
            continue
        kind, worth = side[1][place], side[0][place]
        if kind == NUMBER:
            numbers += 1
            missing += LEFT_NUMBER
            against += LEFT_NUMBER
        elif kind in (LEGAL, PARTICLE, TITLE):
            forms += kind == LEGAL
            missing += worth
        else:
            words += 1
            missing += worth * (MANY if words > FEW else 1.0)
            least = 0.0
            if kind in (GENERIC, PLACE):
                least = LEFT_SHARED
            elif kind == INITIAL:
                least = LEFT_INITIAL
            against += max(worth, least)
    return missing, against, (numbers, forms)
