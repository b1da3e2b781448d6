"""Prints the figures of a bench, a line each, and remembers whether one was over its limit, or under it."""


class Figures:
    def __init__(self, bench: str) -> None:
        self.bench = bench
        self.is_over = False

    def say(self, figure: str, value: float, unit: str, limit: float) -> None:
        """A figure that may be at most so much."""
        self._print(figure, value, unit, limit, " OVER" if value > limit else "")

    def say_least(self, figure: str, value: float, unit: str, limit: float) -> None:
        """A figure that must be at least so much."""
        self._print(figure, value, unit, limit, " UNDER" if value < limit else "")

    def _print(self, figure: str, value: float, unit: str, limit: float, fault: str) -> None:
        self.is_over |= bool(fault)
        print(f"{self.bench}.{figure} {value:g} {unit} ({limit:g}){fault}", flush=True)
