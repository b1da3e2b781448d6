"""A moment of the film is read in every way that a keyboard or a phone's keypad lets one write it."""

import pytest

from video_feedback.forms import RemarkForm
from video_feedback.moments import moment_ms


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:12", 72),
        ("01:12", 72),
        ("1.12", 72),
        ("1,12", 72),
        ("1;12", 72),
        ("1 12", 72),
        ("1 : 12", 72),
        (" 1:12 ", 72),
        ("112", 72),
        ("0112", 72),
        ("1012", 612),
        ("12", 12),
        ("72", 72),
        ("7", 7),
        ("0", 0),
        ("1:7", 67),
        ("0:00", 0),
        ("100:12", 6012),
        ("10012", 6012),
    ],
)
def test_a_moment_may_be_written_in_each_of_these_ways(text: str, seconds: int) -> None:
    assert moment_ms(text) == seconds * 1000


@pytest.mark.parametrize(
    "text",
    ["", " ", "morgen", "1:75", "175", "1,5", "1.5", ":12", "1:", "1:123", "1:12:13", "-1:12", "1:-2", "1e2", "100000"],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match="Not a moment"):
        moment_ms(text)


@pytest.mark.parametrize("name", ["start", "end"])
def test_the_keypad_of_an_iphone_has_what_a_moment_needs(name: str) -> None:
    assert 'inputmode="decimal"' in str(RemarkForm()[name])


def test_the_form_says_how_a_moment_is_written_and_reads_the_keypads_digits_so() -> None:
    form = RemarkForm({"start": "112", "end": "1,20", "kind": "top", "text": "Kijk."})
    form.errors  # noqa: B018  (this is what cleans)

    assert (form.cleaned_data["start"], form.cleaned_data["end"]) == (72_000, 80_000)
    assert "112" in str(form["start"].help_text)
