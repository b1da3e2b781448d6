"""What each sender of a film says to the portal."""

CUT = {"Upload-Metadata": "cut MQ=="}
"""That it was cut on the device: without that, or a yes to sending all of it, nothing is begun. In base64 it is a 1."""
