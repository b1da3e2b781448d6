"""Who may watch a fragment: the consent gate of docs/security.md P1, both ways, for every watcher."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from groups.addresses import Address
from groups.models import Membership, NetworkGroup, School
from groups.services import inviting, members
from meetings.actors import ExpertGuest
from netwerkleren.base.written import written_once
from tests.factories import make_member
from tests.types import MakeClip
from video_feedback.models import Clip, ConsentStatement, standing_of
from video_feedback.queries import Showing, showings_of, watchers_of
from video_feedback.services import clips, consent

MAATJE, GROUP = Clip.Audience.MAATJE, Clip.Audience.GROUP
OWN_SCHOOL, ALL_PARENTS = ConsentStatement.Scope.OWN_SCHOOL, ConsentStatement.Scope.ALL_PARENTS


@written_once
def _watched(pk: UUID, user: UUID, mine: list[UUID], groups: list[UUID], pairs: list[UUID]) -> QuerySet[Clip]:
    return Clip.objects.watched_by(user, mine, groups, pairs).filter(pk=pk)


def watching(clip: Clip, *people: Membership) -> set[str]:
    """The first names of those who can get at the clip, by the gate of many, as it is written once too, and of one."""
    seen = set()
    for member in people:
        user = Membership.objects.get(pk=member.pk).user
        one = Clip.objects.one_visible_to(user, clip.pk)
        assert Clip.objects.visible_to(user).filter(pk=clip.pk).exists() == (one is not None), member.user.first_name
        assert (_watched(clip.pk, *standing_of(user)) == [clip]) == (one is not None), member.user.first_name
        if one is not None:
            seen.add(member.user.first_name)
    return seen


@pytest.fixture
def share(clip: Clip, participant: Membership) -> Callable[..., ConsentStatement]:
    def _share(audience: str, scope: str, **options: bool) -> ConsentStatement:
        return consent.share_clip(actor=participant.user, clip=clip, audience=audience, scope=scope, **options)

    return _share


@pytest.fixture
def people(
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    coach: Membership,
    ex_member: Membership,
    other_member: Membership,
    other_coach: Membership,
) -> list[Membership]:
    return [participant, maatje, colleague, coach, ex_member, other_member, other_coach]


def test_a_new_fragment_is_seen_by_its_owner_alone(clip: Clip, people: list[Membership]) -> None:
    assert watching(clip, *people) == {"Marijke"}


@pytest.mark.parametrize(
    ("audience", "scope", "watchers"),
    [
        (GROUP, ALL_PARENTS, {"Marijke", "Yusuf", "Anouk", "Hanneke"}),
        (GROUP, OWN_SCHOOL, {"Marijke", "Anouk"}),
        (MAATJE, ALL_PARENTS, {"Marijke", "Yusuf"}),
    ],
)
def test_who_watches_by_audience_and_statement(
    clip: Clip,
    people: list[Membership],
    share: Callable[..., ConsentStatement],
    audience: str,
    scope: str,
    watchers: set[str],
) -> None:
    share(audience, scope)

    assert watching(clip, *people) == watchers


def test_a_maatje_of_another_school_needs_the_consent_of_all_parents(
    clip: Clip, people: list[Membership], share: Callable[..., ConsentStatement]
) -> None:
    with pytest.raises(ValidationError) as caught:
        share(MAATJE, OWN_SCHOOL)

    assert caught.value.message_dict["scope"] == [
        "Je maatje werkt niet op jouw school. Daarvoor is toestemming van alle ouders nodig."
    ]
    assert watching(clip, *people) == {"Marijke"}
    assert clip.statements.in_force().first() is None


def test_a_maatje_of_the_own_school_needs_only_that_parents_are_informed(
    clip: Clip, maatje: Membership, participant: Membership, share: Callable[..., ConsentStatement]
) -> None:
    Membership.objects.filter(pk=maatje.pk).update(school=participant.school)

    share(MAATJE, OWN_SCHOOL)

    assert watching(clip, maatje) == {"Yusuf"}


def test_no_school_is_another_school_also_for_the_owner(
    clip: Clip, people: list[Membership], share: Callable[..., ConsentStatement]
) -> None:
    Membership.objects.filter(pk__in=[people[0].pk, people[2].pk]).update(school=None)
    clip.owner.refresh_from_db()

    with pytest.raises(ValidationError):
        share(GROUP, OWN_SCHOOL)
    assert watching(clip, *people) == {"Marijke"}

    share(GROUP, ALL_PARENTS)
    assert watching(clip, *people) == {"Marijke", "Yusuf", "Anouk", "Hanneke"}


def test_who_joins_later_is_asked_about_anew(
    clip: Clip, group: NetworkGroup, maatje: Membership, share: Callable[..., ConsentStatement]
) -> None:
    share(GROUP, ALL_PARENTS)
    newcomer = make_member(group, "Sanne Mulder")
    assert watching(clip, newcomer) == set()
    assert [watcher.membership.name for watcher in watchers_of(clip) if not watcher.is_covered] == ["Sanne Mulder"]

    share(GROUP, ALL_PARENTS)

    assert watching(clip, newcomer) == {"Sanne"}


def test_who_changes_school_is_asked_about_anew(
    clip: Clip, colleague: Membership, share: Callable[..., ConsentStatement]
) -> None:
    share(GROUP, ALL_PARENTS)
    Membership.objects.filter(pk=colleague.pk).update(school=School.objects.create(name="De Es", place="Gieten"))

    assert watching(clip, colleague) == set()


def test_who_comes_back_to_an_old_school_is_asked_about_anew(
    clip: Clip, colleague: Membership, share: Callable[..., ConsentStatement]
) -> None:
    school = colleague.school
    share(GROUP, ALL_PARENTS)
    for place in (School.objects.create(name="De Es", place="Gieten"), school):
        members.save_profile(
            actor=colleague.user, name=colleague.name, places={colleague: members.Workplace(place, "groep 5")}
        )

    assert watching(clip, colleague) == set()
    share(GROUP, ALL_PARENTS)
    assert watching(clip, colleague) == {"Anouk"}


def test_who_saves_the_profile_at_the_same_school_watches_on(
    clip: Clip, colleague: Membership, share: Callable[..., ConsentStatement]
) -> None:
    share(GROUP, ALL_PARENTS)
    members.save_profile(
        actor=colleague.user, name=colleague.name, places={colleague: members.Workplace(colleague.school, "groep 6")}
    )

    assert watching(clip, colleague) == {"Anouk"}


def test_who_left_and_comes_back_is_asked_about_anew(
    clip: Clip, coach: Membership, colleague: Membership, group: NetworkGroup, share: Callable[..., ConsentStatement]
) -> None:
    share(GROUP, ALL_PARENTS)
    members.remove_member(actor=coach.user, membership=colleague)
    (invitation,) = inviting.invite_people(
        actor=coach.user, group=group, people=[Address(colleague.user.email, colleague.name)]
    )
    inviting.accept_signed_in(actor=colleague.user, invitation=invitation, school=colleague.school)

    assert watching(clip, colleague) == set()
    assert [watcher.membership.name for watcher in watchers_of(clip) if not watcher.is_covered] == ["Anouk Bosma"]
    share(GROUP, ALL_PARENTS)
    assert watching(clip, colleague) == {"Anouk"}


def test_a_maatje_of_later_does_not_watch_what_was_shared_with_the_maatje_of_then(
    clip: Clip, people: list[Membership], group: NetworkGroup, share: Callable[..., ConsentStatement]
) -> None:
    participant, maatje, colleague, *_others = people
    share(MAATJE, ALL_PARENTS)
    Membership.objects.filter(pk=maatje.pk).update(pair=None)
    Membership.objects.filter(pk=colleague.pk).update(pair=participant.pair)

    assert watching(clip, *people) == {"Marijke"}


def test_when_the_owner_changes_school_the_old_colleagues_no_longer_watch(
    clip: Clip, participant: Membership, colleague: Membership, share: Callable[..., ConsentStatement]
) -> None:
    share(GROUP, OWN_SCHOOL)
    assert watching(clip, colleague) == {"Anouk"}

    Membership.objects.filter(pk=participant.pk).update(school=School.objects.create(name="De Es", place="Gieten"))

    assert watching(clip, colleague) == set()


@pytest.mark.parametrize("who_leaves", ["watcher", "owner"])
def test_nobody_watches_after_watcher_or_owner_left(
    clip: Clip, participant: Membership, maatje: Membership, share: Callable[..., ConsentStatement], who_leaves: str
) -> None:
    share(GROUP, ALL_PARENTS)
    leaver = maatje if who_leaves == "watcher" else participant
    Membership.objects.filter(pk=leaver.pk).update(left=timezone.now())

    assert watching(clip, maatje) == set()


def test_withdrawn_is_gone_and_needs_a_new_statement(
    clip: Clip, people: list[Membership], participant: Membership, share: Callable[..., ConsentStatement]
) -> None:
    share(GROUP, ALL_PARENTS)

    consent.withdraw_clip(actor=participant.user, clip=clip)

    assert watching(clip, *people) == {"Marijke"}
    Clip.objects.filter(pk=clip.pk).update(audience=GROUP)
    assert watching(clip, *people) == {"Marijke"}, "an audience without a statement opens nothing"


def test_the_statement_keeps_who_when_and_which_words(
    clip: Clip, participant: Membership, maatje: Membership, share: Callable[..., ConsentStatement]
) -> None:
    first = share(GROUP, ALL_PARENTS)
    second = share(MAATJE, ALL_PARENTS, includes_guests=True)

    first.refresh_from_db()
    assert first.ended_at == second.given_at
    assert (second.given_by, second.includes_guests) == (participant, True)
    assert second.text.startswith(
        "Ik verklaar dat alle ouders of verzorgers met gezag, van elk kind dat je ziet of hoort, toestemming gaven"
    )
    assert "De volwassenen in beeld weten er ook van. De klas is verteld dat er werd gefilmd" in second.text
    assert "wie dat niet wilde, zat buiten beeld" in first.text
    assert second.text.endswith("zoals een expert.")
    assert "expert" not in first.text


def test_it_is_played_to_the_group_when_everyone_may_watch_and_to_a_guest_with_the_tick_for_guests(
    clip: Clip,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    group: NetworkGroup,
    share: Callable[..., ConsentStatement],
) -> None:
    def showing() -> list[Showing]:
        return showings_of(maatje.user, [Clip.objects.with_people().get()])

    assert showing() == [Showing(clip, is_for_all=False, includes_guests=False)]
    share(MAATJE, ALL_PARENTS)
    assert showing() == [Showing(clip, is_for_all=False, includes_guests=False)]
    share(GROUP, ALL_PARENTS)
    assert showing() == [Showing(clip, is_for_all=True, includes_guests=False)]
    share(GROUP, ALL_PARENTS, includes_guests=True)
    assert showing() == [Showing(clip, is_for_all=True, includes_guests=True)]
    make_member(group, "Sanne Mulder")
    assert showing() == [Showing(clip, is_for_all=False, includes_guests=True)], "who joins later is asked about anew"


def test_it_is_played_by_nobody_who_may_not_watch_it(
    clip: Clip, maatje: Membership, other_member: Membership, share: Callable[..., ConsentStatement]
) -> None:
    share(GROUP, ALL_PARENTS)
    (showing,) = showings_of(other_member.user, [Clip.objects.with_people().get()])
    assert not showing.is_for_all


def test_an_expert_never_gets_footage(
    clip: Clip, maatje: Membership, expert_guest: ExpertGuest, share: Callable[..., ConsentStatement]
) -> None:
    share(GROUP, ALL_PARENTS, includes_guests=True)

    assert not Clip.objects.visible_to(expert_guest).exists()


def test_who_uploads_for_the_maatje_sees_it_until_it_is_handed_over(
    make_clip: MakeClip, participant: Membership, maatje: Membership, colleague: Membership
) -> None:
    clip = make_clip(participant, uploaded_by=maatje)
    assert watching(clip, participant, maatje, colleague) == {"Marijke", "Yusuf"}

    clips.hand_over_clip(actor=maatje.user, clip=clip)

    assert watching(clip, participant, maatje, colleague) == {"Marijke"}


def test_an_erased_fragment_exists_for_nobody(
    clip: Clip, people: list[Membership], share: Callable[..., ConsentStatement]
) -> None:
    share(GROUP, ALL_PARENTS)
    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.ERASED)

    assert watching(clip, *people) == set()
