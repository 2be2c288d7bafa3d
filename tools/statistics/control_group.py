"""Who is left alone, so that something can be told afterwards.

Drawn at random within groups of alike customers, such as those of one status and class, so that
both sides are made up alike. The draw follows from a number that is kept: whoever doubts it draws
again. Needs nothing but Python, and does not depend on how Python's own generator works.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from hashlib import sha256


def draw_control_group(strata: Mapping[int, Hashable], share: float, seed: int) -> set[int]:
    """The members of the control group.

    :param strata: id of each customer -> the group of alike ones that it belongs to
    :param share: of the customers to be drawn, from 0 to 1
    :param seed: decides who; the same number and customers give the same draw
    :return: ids; of each group its share, rounded up or down so that all together have theirs
    """
    by_stratum = defaultdict(list)
    for member, stratum in strata.items():
        by_stratum[stratum].append(member)
    drawn = set()
    for stratum, count in _counts(by_stratum, share, seed).items():
        drawn.update(sorted(by_stratum[stratum], key=lambda one: _lot(seed, one))[:count])
    return drawn


def _counts(by_stratum: Mapping, share: float, seed: int) -> dict:
    """How many are drawn of each group, by largest remainders; ties by lot."""
    total = round(sum(map(len, by_stratum.values())) * share)
    exact = {stratum: len(members) * share for stratum, members in by_stratum.items()}
    counts = {stratum: int(number) for stratum, number in exact.items()}
    by_remainder = sorted(
        exact,
        key=lambda stratum: (
            counts[stratum] - exact[stratum],
            _lot(seed, min(by_stratum[stratum])),
        ),
    )
    for stratum in by_remainder[: total - sum(counts.values())]:
        counts[stratum] += 1
    return counts


def _lot(seed: int, member: int) -> bytes:
    return sha256(f"{seed}:{member}".encode()).digest()
