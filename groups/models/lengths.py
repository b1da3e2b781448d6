"""How much fits in a field of text; the higher apps use these too."""

LINE = 200
"""The most characters of a field that asks one line."""
PARAGRAPH = 4000
"""The most characters of a field that asks a few sentences."""
LINK = 2048
"""The most characters of a link: what Outlook makes of a link to Teams is far longer than the link itself."""
