"""Pages of fragments and talentmomenten, split by noun."""
