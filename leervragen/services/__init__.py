"""What happens when someone does something: one door per write, split by noun."""
