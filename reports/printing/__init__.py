"""Everything on paper: the sheets of a meeting and of a traject, as one PDF (docs/domain.md#paper)."""
