"""What a name is shortened to."""


def initials_of(name: str) -> str:
    """Two letters at most, of the first and the last word: "Ruben de Groot" is RG. Nothing for a name without any."""
    words = [word for word in name.split() if word[0].isalnum()]
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper()
