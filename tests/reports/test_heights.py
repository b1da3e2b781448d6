"""Heights in words."""

import pytest

from reports.lines import heights


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zelden"),
        (6, "zelden"),
        (13, "tussen zelden en soms"),
        (19, "soms"),
        (25, "soms"),
        (50, "regelmatig"),
        (69, "vaak"),
        (88, "tussen vaak en heel vaak"),
        (100, "heel vaak"),
        (None, "niet geweest"),
    ],
)
def test_a_height_has_a_word(value: int | None, words: str) -> None:
    assert heights.in_words(value) == words


def test_the_list_has_every_word_once_from_many_to_few() -> None:
    assert [words for _value, words in heights.choices()] == [
        "heel vaak", "tussen vaak en heel vaak", "vaak", "tussen regelmatig en vaak", "regelmatig",
        "tussen soms en regelmatig", "soms", "tussen zelden en soms", "zelden",
    ]  # fmt: skip
