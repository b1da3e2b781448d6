"""Maatjes: chosen by themselves, confirmed by the coach, who helps whoever is left; once three when odd."""

import pytest
from django.core.exceptions import ValidationError

from groups.matches import matches_of
from groups.models import Membership, NetworkGroup, Pair
from groups.services import members, pairing
from tests.factories import make_member
from tests.types import SignIn


def people(group: NetworkGroup, number: int) -> list[Membership]:
    return [make_member(group) for _ in range(number)]


def choose(who: Membership, whom: Membership | None) -> None:
    who.refresh_from_db()
    pairing.choose_maatje(actor=who.user, membership=who, maatje=whom)


def members_of(pair: Pair) -> set[Membership]:
    return set(pair.members.all())


def test_two_who_choose_each_other_become_a_pair_when_the_coach_confirms(coach: Membership) -> None:
    a, b, c, d = people(coach.group, 4)
    for who, whom in ((a, b), (b, a), (c, a)):
        choose(who, whom)
    matches = matches_of(coach.group.memberships.with_people())
    assert (matches.mutual, matches.left, matches.wishes) == ([(a, b)], [c, d], [(c, a)])
    assert Pair.objects.count() == 0

    assert pairing.confirm_mutual_pairs(actor=coach.user, group=coach.group) == 1
    assert pairing.confirm_mutual_pairs(actor=coach.user, group=coach.group) == 0
    assert members_of(Pair.objects.get()) == {a, b}


def test_a_wish_can_be_changed_and_taken_back(coach: Membership) -> None:
    a, b, c = people(coach.group, 3)
    choose(a, b)
    choose(a, c)
    a.refresh_from_db()
    assert a.wished_maatje == c
    choose(a, None)
    a.refresh_from_db()
    assert a.wished_maatje is None


def test_who_has_a_maatje_chooses_no_other_and_is_not_chosen(coach: Membership) -> None:
    a, b, c = people(coach.group, 3)
    pairing.make_pair(actor=coach.user, group=coach.group, members=[a, b])
    with pytest.raises(ValidationError, match="Je hebt al een maatje"):
        choose(a, c)
    with pytest.raises(ValidationError, match="heeft al een maatje"):
        choose(c, a)
    with pytest.raises(ValidationError):
        choose(c, c)


def test_the_coach_puts_together_two_and_once_three_when_odd(coach: Membership) -> None:
    a, b, c, d, e = people(coach.group, 5)
    with pytest.raises(ValidationError, match="twee of drie"):
        pairing.make_pair(actor=coach.user, group=coach.group, members=[a])
    with pytest.raises(ValidationError, match="twee of drie"):
        pairing.make_pair(actor=coach.user, group=coach.group, members=[a, b, c, d])
    three = pairing.make_pair(actor=coach.user, group=coach.group, members=[a, b, c])
    assert members_of(three) == {a, b, c}
    with pytest.raises(ValidationError, match="heeft al een maatje"):
        pairing.make_pair(actor=coach.user, group=coach.group, members=[c, d])
    assert members_of(pairing.make_pair(actor=coach.user, group=coach.group, members=[d, e])) == {d, e}


def test_three_only_when_the_number_is_odd(coach: Membership) -> None:
    a, b, c, _d = people(coach.group, 4)
    with pytest.raises(ValidationError, match="Kies er twee"):
        pairing.make_pair(actor=coach.user, group=coach.group, members=[a, b, c])


def test_the_last_one_joins_a_pair_once(coach: Membership) -> None:
    a, b, c, d, e = people(coach.group, 5)
    first = pairing.make_pair(actor=coach.user, group=coach.group, members=[a, b])
    second = pairing.make_pair(actor=coach.user, group=coach.group, members=[c, d])
    pairing.add_to_pair(actor=coach.user, pair=first, membership=e)
    assert members_of(first) == {a, b, e}
    late = people(coach.group, 2)[0]
    with pytest.raises(ValidationError, match="één keer"):
        pairing.add_to_pair(actor=coach.user, pair=second, membership=late)


def test_a_second_three_is_refused_and_the_next_page_says_why(coach: Membership, sign_in: SignIn) -> None:
    a, b, c, d, e = people(coach.group, 5)
    three = pairing.make_pair(actor=coach.user, group=coach.group, members=[a, b, c])
    members.remove_member(actor=coach.user, membership=d)
    response = sign_in(coach).post(f"/groepen/maatjes/{three.pk}/erbij/", follow=True)
    assert "Een drietal kan één keer, bij een oneven aantal deelnemers." in response.content.decode()
    e.refresh_from_db()
    assert e.pair is None


def test_undoing_sets_them_free_and_does_not_pair_them_again(coach: Membership) -> None:
    a, b = people(coach.group, 2)
    choose(a, b)
    choose(b, a)
    pairing.confirm_mutual_pairs(actor=coach.user, group=coach.group)
    pairing.dissolve_pair(actor=coach.user, pair=Pair.objects.get())
    assert pairing.confirm_mutual_pairs(actor=coach.user, group=coach.group) == 0
    assert matches_of(coach.group.memberships.with_people()).left == [a, b]


def test_a_deelnemer_chooses_on_the_page_and_only_the_two_see_it(
    coach: Membership, participant: Membership, colleague: Membership, sign_in: SignIn
) -> None:
    third = make_member(coach.group, "Ruben de Groot")
    page = f"/groepen/{coach.group_id}/maatjes/"
    response = sign_in(participant).post(f"{page}kiezen/", {"maatje": str(colleague.pk)})
    assert response.headers["Location"] == page
    assert "koos jou" in sign_in(colleague).get(page).content.decode()
    assert "koos jou" not in sign_in(third).get(page).content.decode()
    assert "koos Anouk Bosma" in sign_in(coach).get(page).content.decode()

    sign_in(colleague).post(f"{page}kiezen/", {"maatje": str(participant.pk)})
    assert "jullie kozen elkaar" in sign_in(participant).get(page).content.decode()
    sign_in(coach).post(f"{page}bevestigen/")
    said = sign_in(participant).get(page).content.decode()
    assert "Je maatje is <b>Anouk Bosma</b>." in said


@pytest.mark.parametrize("maatje", ["", "verzonnen", "other", "coach", "ex"])
def test_a_choice_from_elsewhere_changes_nothing(
    maatje: str,
    coach: Membership,
    participant: Membership,
    colleague: Membership,
    other_member: Membership,
    ex_member: Membership,
    sign_in: SignIn,
) -> None:
    value = {"other": other_member.pk, "coach": coach.pk, "ex": ex_member.pk}.get(maatje, maatje)
    response = sign_in(participant).post(f"/groepen/{coach.group_id}/maatjes/kiezen/", {"maatje": str(value)})
    assert response.status_code == (302 if maatje == "" else 422)
    if maatje:
        said = "geen geldige UUID" if maatje == "verzonnen" else "Kies iemand uit de lijst."
        assert said in response.content.decode()
    participant.refresh_from_db()
    assert participant.wished_maatje is None


def test_the_coach_helps_who_is_left_on_the_page(coach: Membership, sign_in: SignIn, other_member: Membership) -> None:
    a, b, c = people(coach.group, 3)
    client, page = sign_in(coach), f"/groepen/{coach.group_id}/maatjes/"
    nothing = client.post(f"{page}samen/", {})
    assert "Kies twee mensen uit de lijst." in nothing.content.decode()
    foreign = client.post(f"{page}samen/", {"members": [str(a.pk), str(other_member.pk)]})
    assert "Kies twee mensen uit de lijst." in foreign.content.decode()
    assert Pair.objects.count() == 0

    for _double_click in range(2):
        assert client.post(f"{page}samen/", {"members": [str(a.pk), str(b.pk)]}).headers["Location"] == page
    assert members_of(Pair.objects.get()) == {a, b}
    taken = client.post(f"{page}samen/", {"members": [str(b.pk), str(c.pk)]})
    assert taken.status_code == 422
    assert "Een van hen heeft al een maatje." in taken.content.decode()
    assert f"Zet {c.user.first_name} erbij" in client.get(page).content.decode()
    client.post(f"/groepen/maatjes/{Pair.objects.get().pk}/erbij/")
    assert members_of(Pair.objects.get()) == {a, b, c}
    client.post(f"/groepen/maatjes/{Pair.objects.get().pk}/los/")
    assert members_of(Pair.objects.get()) == set()
