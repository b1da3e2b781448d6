"""Prints the figures of a bench, a line each, and remembers whether one was over its limit."""


class Figures:
    def __init__(self, bench: str) -> None:
        self.bench = bench
        self.is_over = False

    def say(self, figure: str, value: float, unit: str, limit: float) -> None:
        over = value > limit
        self.is_over |= over
        print(f"{self.bench}.{figure} {value:g} {unit} ({limit:g}){' OVER' if over else ''}", flush=True)
