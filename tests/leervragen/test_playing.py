"""A fragment with a question is played for the group, when everyone there may watch it."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from groups.models import Membership
from meetings.models import ExpertInvitation
from tests.types import AskQuestion, SignIn
from video_feedback.models import Clip
from video_feedback.services import consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer_page(ask: AskQuestion, film: Clip, sign_in: SignIn) -> Callable[..., str]:
    """`answer_page(coach, play=True)`: what the page of a question with a fragment says to someone."""
    leervraag = ask(clip=film)

    def _answer_page(member: Membership, *, play: bool = False) -> str:
        address = reverse("leervragen:answer", args=[leervraag.pk]) + (f"?play={film.pk}" if play else "")
        return sign_in(member).get(address).content.decode()

    return _answer_page


def test_a_fragment_that_not_everyone_may_see_is_not_played_here(
    answer_page: Callable[..., str], film: Clip, participant: Membership, maatje: Membership, coach: Membership
) -> None:
    consent.share_clip(actor=participant.user, clip=film, audience="maatje", scope="all_parents")
    for member in (coach, maatje):
        page = answer_page(member, play=True)
        assert "Marijke heeft er een fragment bij. Niet iedereen in de groep mag het zien." in page
        assert "<video" not in page
    assert reverse("video_feedback:detail", args=[film.pk]) in answer_page(participant)
    assert reverse("video_feedback:detail", args=[film.pk]) not in answer_page(coach)


def test_a_fragment_says_that_a_guest_may_not_watch_before_it_plays(
    answer_page: Callable[..., str],
    film: Clip,
    participant: Membership,
    coach: Membership,
    expert_invitation: ExpertInvitation,
) -> None:
    consent.share_clip(actor=participant.user, clip=film, audience="group", scope="all_parents")
    page = answer_page(coach)
    assert page.index("De toestemming van de ouders geldt niet voor een gast.") < page.index("Speel het fragment van")
    assert "Kijkt Lotte Meijerink mee, in de ruimte of online? Speel het fragment dan niet." in page
    assert reverse("video_feedback:poster", args=[film.pk]) not in page, "no picture of a pupil before it is played"
    assert reverse("video_feedback:film", args=[film.pk]) in answer_page(coach, play=True)

    expert_invitation.delete()
    assert "Kijkt er een gast mee, in de ruimte of online?" in answer_page(coach)

    consent.share_clip(actor=participant.user, clip=film, audience="group", scope="all_parents", includes_guests=True)
    assert "een gast" not in answer_page(coach)
    assert "Speel het fragment van Marijke" in answer_page(coach)
