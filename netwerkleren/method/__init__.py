"""The method explained: short pages, the same as slides, and the presentation of the introductie."""
