"""Mijn lijn, the lines of the group, and the moments below them."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from groups.models import Membership, NetworkGroup
from meetings.models import Meeting
from reports.lines.moments import all_moments, moments_of
from reports.lines.screen import pictures
from reports.models import BehaviourGraph, GraphMoment, GraphPoint
from reports.services import lines
from tests.types import SignIn

from .factories import make_line


@pytest.fixture
def mine(group: NetworkGroup) -> str:
    return reverse("reports:my_line", args=[group.pk])


def names(group: NetworkGroup) -> list[str]:
    return [moment.name for moment in moments_of(group)]


def points() -> dict[str, tuple[int | None, str]]:
    return {
        point.moment.name: (point.value, point.note) for point in GraphPoint.objects.select_related("moment__meeting")
    }


def test_the_netwerkbijeenkomsten_and_the_afsluiting_are_moments_by_themselves(
    group: NetworkGroup, closing: Meeting
) -> None:
    assert names(group) == ["Bijeenkomst 1", "Bijeenkomst 2", "Afsluiting"]
    assert not GraphMoment.objects.exists()


def test_a_cancelled_meeting_is_no_moment(
    group: NetworkGroup, closing: Meeting, second_meeting: Meeting, participant: Membership
) -> None:
    make_line(participant, {second_meeting: 40})
    Meeting.objects.filter(pk=second_meeting.pk).update(state=Meeting.State.CANCELLED)

    assert names(group) == ["Bijeenkomst 1", "Afsluiting"]


def test_the_coach_adds_moments_after_a_meeting(
    sign_in: SignIn, coach: Membership, group: NetworkGroup, closing: Meeting, meeting: Meeting
) -> None:
    client = sign_in(coach)
    url = reverse("reports:moments", args=[group.pk])

    client.post(url, {"key": uuid4(), "kind": "coaching", "label": "Coaching november", "after": str(meeting.pk)})
    client.post(url, {"key": uuid4(), "kind": "education", "label": "", "after": ""})

    assert names(group) == ["Educatiebijeenkomst", "Bijeenkomst 1", "Coaching november", "Bijeenkomst 2", "Afsluiting"]


def test_the_introductie_is_offered_and_a_moment_can_be_taken_out(
    sign_in: SignIn, coach: Membership, group: NetworkGroup, closing: Meeting, introduction: Meeting, meeting: Meeting
) -> None:
    client = sign_in(coach)

    def show(moment: Meeting, shown: str) -> None:
        client.post(reverse("reports:show_moment", args=[group.pk, moment.pk]), {"shown": shown})

    show(introduction, "yes")
    show(meeting, "no")
    assert names(group) == ["Introductie", "Bijeenkomst 2", "Afsluiting"]
    assert [moment.name for moment in all_moments(group) if moment.hidden] == ["Bijeenkomst 1"]

    show(meeting, "yes")
    assert names(group) == ["Introductie", "Bijeenkomst 1", "Bijeenkomst 2", "Afsluiting"]


def test_a_moment_of_another_group_or_without_a_name_is_refused(
    sign_in: SignIn, coach: Membership, group: NetworkGroup, other_group: NetworkGroup, closing: Meeting
) -> None:
    theirs = GraphMoment.objects.create(group=other_group, kind="coaching")
    client = sign_in(coach)

    assert client.post(reverse("reports:show_moment", args=[group.pk, theirs.pk]), {"shown": "no"}).status_code == 404
    nameless = client.post(reverse("reports:moments", args=[group.pk]), {"key": uuid4(), "kind": "other", "label": ""})
    assert "Geef je eigen moment een naam." in nameless.content.decode()
    theirs.refresh_from_db()
    assert not theirs.hidden


def test_the_same_form_twice_adds_one_moment_and_two_forms_add_two(
    sign_in: SignIn, coach: Membership, group: NetworkGroup, other_group: NetworkGroup, meeting: Meeting
) -> None:
    client, url = sign_in(coach), reverse("reports:moments", args=[group.pk])
    first = re.findall(r'name="key" value="([^"]+)"', client.get(url).content.decode())[0]
    theirs = GraphMoment.objects.create(group=other_group, kind="coaching")

    for key in (first, first, uuid4(), theirs.pk, meeting.pk):
        assert client.post(url, {"key": key, "kind": "coaching"}).status_code == 302

    assert names(group) == ["Coaching"] * 4 + ["Bijeenkomst 1"]
    assert [moment.pk for moment in all_moments(other_group)] == [theirs.pk]


def test_a_moment_that_the_coach_added_can_be_removed_until_someone_drew_on_it(
    sign_in: SignIn, coach: Membership, group: NetworkGroup, participant: Membership, meeting: Meeting
) -> None:
    client, page = sign_in(coach), reverse("reports:moments", args=[group.pk])
    undrawn, drawn = (GraphMoment.objects.create(group=group, kind="coaching", label=name) for name in ("Vrij", "Vol"))
    lines.save_line(actor=participant.user, member=participant, points={drawn.pk: lines.DrawnPoint(40)})
    assert client.get(page).content.decode().count('name="remove"') == 1

    told = [
        client.post(reverse("reports:show_moment", args=[group.pk, pk]), {"remove": ""}, follow=True).content.decode()
        for pk in (undrawn.pk, drawn.pk, meeting.pk)
    ]

    assert names(group) == ["Vol", "Bijeenkomst 1"]
    assert ["Iemand heeft dit moment al in de lijn." in html for html in told] == [False, True, False]


def test_a_line_is_drawn_in_words_with_a_gap_and_a_reason(
    sign_in: SignIn,
    participant: Membership,
    group: NetworkGroup,
    closing: Meeting,
    meeting: Meeting,
    second_meeting: Meeting,
    mine: str,
) -> None:
    answer = sign_in(participant).post(
        mine,
        {
            f"value-{meeting.pk}": "63",
            f"note-{meeting.pk}": "Toen klikte het 👍",
            f"value-{second_meeting.pk}": "absent",
            f"value-{closing.pk}": "",
        },
    )

    assert answer.status_code == 302
    assert points() == {"Bijeenkomst 1": (63, "Toen klikte het 👍"), "Bijeenkomst 2": (None, "")}
    html = sign_in(participant).get(mine).content.decode()
    assert '<option value="63" selected>tussen regelmatig en vaak</option>' in html
    assert '<option value="absent" selected>niet geweest</option>' in html


def test_a_height_between_the_words_is_kept_exactly(
    sign_in: SignIn, participant: Membership, closing: Meeting, meeting: Meeting, mine: str
) -> None:
    client = sign_in(participant)
    client.post(mine, {f"value-{meeting.pk}": "57"})

    assert points() == {"Bijeenkomst 1": (57, "")}
    assert '<option value="57" selected>tussen regelmatig en vaak</option>' in client.get(mine).content.decode()


def test_drawing_again_replaces_the_line_and_a_hidden_moment_keeps_its_point(
    participant: Membership, coach: Membership, group: NetworkGroup, closing: Meeting, meeting: Meeting
) -> None:
    graph = make_line(participant, {meeting: 10, closing: 20})
    hidden = GraphMoment.objects.get(pk=meeting.pk)
    lines.show_moment(actor=coach.user, moment=hidden, shown=False)

    lines.save_line(actor=participant.user, member=participant, points={closing.pk: lines.DrawnPoint(90)})

    assert points() == {"Bijeenkomst 1": (10, ""), "Afsluiting": (90, "")}
    assert BehaviourGraph.objects.get() == graph


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("value", "101", "geldige keuze"),
        ("value", "-1", "geldige keuze"),
        ("value", "veel", "geldige keuze"),
        ("note", "x" * 121, "120"),
        ("note", "Zonder hoogte", "Kies ook hoe hoog je lijn hier komt."),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(
    sign_in: SignIn,
    participant: Membership,
    closing: Meeting,
    meeting: Meeting,
    mine: str,
    field: str,
    value: str,
    message: str,
) -> None:
    make_line(participant, {meeting: 10})

    answer = sign_in(participant).post(mine, {f"{field}-{meeting.pk}": value})

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert points() == {"Bijeenkomst 1": (10, "")}


def test_a_moment_of_another_group_is_not_drawn(
    sign_in: SignIn, participant: Membership, other_group: NetworkGroup, closing: Meeting, mine: str
) -> None:
    theirs = GraphMoment.objects.create(group=other_group, kind="coaching")

    sign_in(participant).post(mine, {f"value-{theirs.pk}": "50"})

    assert points() == {}


def test_what_saving_by_itself_refuses_is_said_in_full(
    sign_in: SignIn, participant: Membership, closing: Meeting, meeting: Meeting, mine: str
) -> None:
    refused = sign_in(participant).post(mine, {f"note-{meeting.pk}": "Waarom"}, headers={"accept": "application/json"})

    assert (refused.status_code, refused.json()) == (422, {"message": "Kies ook hoe hoog je lijn hier komt."})


def test_a_line_is_private_until_its_member_shares_it_and_can_be_taken_back(
    sign_in: SignIn,
    participant: Membership,
    coach: Membership,
    group: NetworkGroup,
    closing: Meeting,
    meeting: Meeting,
    mine: str,
) -> None:
    client, reader = sign_in(participant), sign_in(coach)
    address = reverse("reports:group_lines", args=[group.pk])
    drawn = {f"value-{meeting.pk}": "50"}

    client.post(mine, drawn)
    assert "Marijke" not in reader.get(address).content.decode()

    client.post(mine, drawn | {"share": "yes"})
    html = reader.get(address).content.decode()
    assert "Marijke Hoekstra" in html and "regelmatig" in html

    client.post(mine, drawn | {"share": "no"})
    assert "Marijke" not in reader.get(address).content.decode()


def test_no_line_shows_a_number_a_rank_or_who_is_missing(
    sign_in: SignIn,
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    group: NetworkGroup,
    closing: Meeting,
    meeting: Meeting,
) -> None:
    make_line(participant, {meeting: 57}, shared=True)
    make_line(maatje, {meeting: 91})

    html = sign_in(coach).get(reverse("reports:group_lines", args=[group.pk])).content.decode()

    assert "Yusuf" not in html
    assert ">57<" not in html and "gemiddeld" not in html


def test_lines_differ_by_dash_and_marker(
    sign_in: SignIn,
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    group: NetworkGroup,
    closing: Meeting,
    meeting: Meeting,
) -> None:
    make_line(participant, {meeting: 20, closing: 30}, shared=True)
    make_line(maatje, {meeting: 60, closing: 80}, shared=True)

    page = sign_in(coach).get(reverse("reports:group_lines", args=[group.pk]))

    lying, standing = page.context["pictures"]
    assert [series.number for series in lying.series] == [1, 2]
    assert len({series.marker for series in lying.series}) == 2
    assert 'class="series s1"' in page.content.decode() and 'class="series s2"' in page.content.decode()
    assert standing.paper.standing


def test_no_two_of_twelve_lines_look_alike(group: NetworkGroup, meeting: Meeting, closing: Meeting) -> None:
    points = {meeting.pk: GraphPoint(value=20), closing.pk: GraphPoint(value=30)}

    for picture in pictures(moments_of(group), [(f"Deelnemer {n}", points) for n in range(12)], named=True):
        assert len({(series.number, series.marker) for series in picture.series}) == 12
