"""What belongs together is seen as such in every step of the meetlat."""

import pytest

from groups.models import Membership
from leervragen.models import Leervraag, Meetlat
from meetings.models import Meeting
from tests.types import SignIn

Step = Meetlat.Step


@pytest.mark.parametrize("step", [Step.LAYING, Step.ANSWERING, Step.FINISHING])
def test_a_group_has_its_bracket_and_its_name_in_every_step(
    sign_in: SignIn, maatje: Membership, meeting: Meeting, pair_of_questions: tuple[Leervraag, Leervraag], step: Step
) -> None:
    page = sign_in(maatje).get(f"/bijeenkomsten/{meeting.pk}/meetlat/{step.query}").content.decode()
    assert "bracket" in page
    assert ">Uitleg<" in page
    for question in pair_of_questions:
        assert question.text in page


def test_what_is_dropped_on_another_can_be_grouped_and_a_group_goes_as_a_whole(
    sign_in: SignIn, maatje: Membership, meeting: Meeting, pair_of_questions: tuple[Leervraag, Leervraag]
) -> None:
    alone = Leervraag.objects.create(meeting=meeting, author=maatje, text="Hoe begin ik?")
    page = sign_in(maatje).get(f"/bijeenkomsten/{meeting.pk}/meetlat/").content.decode()
    assert f'data-block="{alone.pk}" data-group ' in page
    assert page.count(" data-group ") == 1
    assert page.count("data-block=") == 2
