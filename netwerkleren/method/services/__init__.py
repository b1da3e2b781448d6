"""What happens when someone does something with the explanations."""
