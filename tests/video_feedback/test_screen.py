"""The wall of talentmomenten on the Scherm, and how feedback is given."""

import pytest
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from meetings.models import AgendaItem, Meeting
from tests.factories import make_meeting
from tests.screens import be_at, drawn, words_on
from tests.types import CountQueries, SignIn
from video_feedback.models import Talentmoment
from video_feedback.screens import MOST_CARDS

Kind = AgendaItem.Kind


def test_the_wall_has_the_cards_of_this_meeting_the_newest_first(
    coach: Membership, participant: Membership, meeting: Meeting, other_member: Membership, sign_in: SignIn
) -> None:
    Talentmoment.objects.create(author=participant, meeting=meeting, text="Vroeg door.", signs=["curious"])
    Talentmoment.objects.create(
        author=participant, meeting=meeting, text="Bleef proberen.", before="Mijn eigen aantekening."
    )
    Talentmoment.objects.create(author=participant, text="Voor geen bijeenkomst.")
    Talentmoment.objects.create(
        author=other_member, meeting=make_meeting(other_member.group, position=1), text="Van een andere groep."
    )
    be_at(coach, meeting, Kind.TALENT)
    words = words_on(sign_in(coach), meeting)
    name = participant.user.first_name
    assert f"Bleef proberen. {name} Vroeg door. {name} is nieuwsgierig" in words
    for elsewhere in ("Voor geen bijeenkomst.", "andere groep", "aantekening"):
        assert elsewhere not in words


def test_an_empty_wall_says_how_a_card_comes_there(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    be_at(coach, meeting, Kind.TALENT)
    assert "Noteer het op je telefoon, dan verschijnt het hier." in words_on(sign_in(coach), meeting)


@pytest.mark.parametrize("number", [1, 30])
def test_the_wall_counts_what_it_has_no_room_for_and_asks_as_much_for_thirty_as_for_one(
    coach: Membership,
    participant: Membership,
    meeting: Meeting,
    django_assert_num_queries: CountQueries,
    number: int,
) -> None:
    for count in range(number):
        Talentmoment.objects.create(author=participant, meeting=meeting, text=f"Kaart {count}.")
    item = be_at(coach, meeting, Kind.TALENT)
    with django_assert_num_queries(1):
        page = drawn(item)
    assert page.count('id="kaart-') == min(number, MOST_CARDS)
    assert f'data-beside="{max(0, number - MOST_CARDS)}"' in page


def test_at_the_video_stand_three_tops_to_a_tip_and_what_was_filmed_and_no_film(
    coach: Membership, group: NetworkGroup, meeting: Meeting, sign_in: SignIn
) -> None:
    make_meeting(group, position=0, state=Meeting.State.ENDED, film_task="Een moment waarop je wacht.")
    be_at(coach, meeting, Kind.VIDEO)
    page = sign_in(coach).get(reverse("meetings:screen", args=[meeting.pk])).content.decode()
    assert "Drie tops bij één tip: zo spraken jullie het af." in page
    assert "Een moment waarop je wacht." in page
    assert "<video" not in page
