"""The figures of the interview, which are the playbook's."""

from reports import protocol


def test_parts_and_minutes_are_the_playbooks():
    assert [(part.code, part.minutes) for part in protocol.PARTS] == [
        ("A", 8), ("B1", 2), ("B2", 2), ("B3", 5), ("B4", 2), ("B5", 5), ("B6", 5),
    ]  # fmt: skip
    assert protocol.minutes_of(protocol.CODES) == 29


def test_every_part_has_questions_to_go_on_with():
    assert all(part.follow_ups("druk gedrag") for part in protocol.PARTS)


def test_the_theme_stands_in_the_questions():
    assert "over 100 % rust dat" in protocol.PARTS_BY_CODE["B5"].question("100 % rust")
