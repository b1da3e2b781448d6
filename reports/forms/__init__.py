"""Forms of the Oogst, split by noun."""
