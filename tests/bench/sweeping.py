"""What a minute's sweep costs when there is nothing new to do. Runs in the portal's shell."""

import json
from statistics import median
from time import perf_counter

from netwerkleren.base.points import sweepers
from tests.bench.plans import asking

TIMES = 3


def say_what_a_sweep_costs() -> None:
    """Prints by sweeper, as JSON: [seconds, queries]. A first time, not counted, does what there was to do."""
    costs = {}
    for sweeper in sweepers:
        sweeper()
        seconds, queries = [], []
        for _time in range(TIMES):
            begun = perf_counter()
            with asking() as asked:
                sweeper()
            seconds.append(perf_counter() - begun)
            queries.append(len(asked))
        costs[sweeper.__name__] = [median(seconds), max(queries)]
    print(json.dumps(costs))
