"""The gedragspatroongrafiek: moments and heights, drawn on screen and in print."""
