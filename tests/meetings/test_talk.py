"""The talk at the end: one scribe, two editors, points for the next time, afspraken."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from groups.models import Membership
from meetings.models import Agreement, Evaluation, ImprovementPoint, Meeting
from meetings.services import talk
from netwerkleren.base.conflicts import version_of
from tests.factories import make_meeting
from tests.types import SignIn

TEXTS = {"tops": "Open sfeer 😊", "tips": "", "obstacles": "شكرا"}
UNWRITTEN = version_of("", "", "")


def _url(meeting: Meeting, name: str = "evaluation", *args: object) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk, *args])


def test_the_form_works_without_a_module(participant: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    answer = sign_in(participant).post(_url(meeting), {**TEXTS, "version": UNWRITTEN})
    assert answer.status_code == 302
    stored = Evaluation.objects.get(meeting=meeting)
    assert {name: getattr(stored, name) for name in TEXTS} == TEXTS
    assert "Bewaard om" in sign_in(participant).get(_url(meeting)).content.decode()


def test_a_save_in_between_is_not_taken_for_ones_own(
    participant: Membership, meeting: Meeting, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = talk.save_evaluation

    def overtaken(**texts: Any) -> Evaluation:
        saved = save(**texts)
        Evaluation.objects.filter(meeting=meeting).update(tops="Van Yusuf")
        return saved

    monkeypatch.setattr(talk, "save_evaluation", overtaken)
    data = {**TEXTS, "version": UNWRITTEN}
    answer = sign_in(participant).post(_url(meeting), data, headers={"Accept": "application/json"})
    assert answer.json()["version"] == version_of(*TEXTS.values())


def test_of_two_editors_the_later_one_sees_each_text_of_the_other(
    participant: Membership, maatje: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    sign_in(participant).post(_url(meeting), {**TEXTS, "tops": "Van Marijke", "version": UNWRITTEN})

    both = sign_in(maatje).post(_url(meeting), {**TEXTS, "tops": "Van Yusuf", "version": UNWRITTEN})

    refused = next(form for form in both.context["forms"] if form.is_bound)
    shown = [(field.label, theirs) for field, theirs in refused.beside()]
    assert shown == [
        ("Tops: wat ging goed?", "Van Marijke"),
        ("Tips: wat kan beter?", ""),
        ("Wat zat tegen?", "شكرا"),
    ]


def test_too_long_is_said_and_nothing_is_lost(participant: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    long = "a" * 5000
    answer = sign_in(participant).post(_url(meeting), {**TEXTS, "tips": long, "version": UNWRITTEN})
    assert [list(form.errors) for form in answer.context["forms"] if form.is_bound] == [["tips"]]
    assert long in answer.content.decode()
    assert not Evaluation.objects.exists()


def test_one_scribe_and_another_may_take_over(
    participant: Membership, maatje: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    sign_in(participant).post(_url(meeting, "scribe"))
    assert "Marijke schrijft" in sign_in(maatje).get(_url(meeting)).content.decode()
    assert "Jij schrijft" in sign_in(participant).get(_url(meeting)).content.decode()
    sign_in(maatje).post(_url(meeting, "scribe"))
    assert Evaluation.objects.get().scribe == maatje


def test_what_we_do_differently_is_ticked_at_the_next_meeting(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    following = make_meeting(meeting.group, position=2)
    sign_in(participant).post(_url(meeting, "add_point"), {"improvement-text": "Beamer testen"})
    sign_in(participant).post(_url(meeting, "add_point"), {"improvement-text": "Beamer testen"})
    (point,) = ImprovementPoint.objects.all()
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    assert "Beamer testen" in sign_in(participant).get(_url(following, "detail")).content.decode()

    sign_in(coach).post(_url(following, "tick_point", point.pk), {"done": "1"})
    point.refresh_from_db()
    assert point.done_in == following
    Meeting.objects.filter(pk=following.pk).update(state=Meeting.State.ENDED)
    later = make_meeting(meeting.group, position=3)
    assert "Beamer testen" not in sign_in(coach).get(_url(later, "detail")).content.decode()
    sign_in(coach).post(_url(following, "tick_point", point.pk), {"done": "0"})
    assert "Beamer testen" in sign_in(coach).get(_url(later, "detail")).content.decode()


def test_what_the_group_said_stands_with_the_preparation_of_the_next_meeting(
    coach: Membership, participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    following = make_meeting(meeting.group, position=2)
    for person in (participant, coach):
        assert "Wat de groep toen zei" not in sign_in(person).get(_url(following, "detail")).content.decode()
    talk.save_evaluation(actor=coach.user, meeting=meeting, version=UNWRITTEN, **TEXTS)
    assert "Wat de groep toen zei" not in sign_in(coach).get(_url(following, "detail")).content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    for person in (participant, coach):
        page = sign_in(person).get(_url(following, "detail")).content.decode()
        assert "Wat de groep toen zei" in page
        assert all(text in page for text in TEXTS.values())
        assert "Tips" not in page
    assert "Wat de groep toen zei" not in sign_in(coach).get(_url(meeting, "detail")).content.decode()


def test_what_we_do_differently_waits_for_the_first_meeting_to_come(
    participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    browser, later = sign_in(participant), make_meeting(meeting.group, position=2)
    browser.post(_url(meeting, "add_point"), {"improvement-text": "Beamer testen"})
    assert "Beamer testen" not in browser.get(_url(later, "detail")).content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    assert "Beamer testen" in browser.get(_url(later, "detail")).content.decode()


def test_an_afspraak_has_someone_or_the_whole_group(
    participant: Membership, maatje: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    mine = {"agreement-text": "Filmpje delen", "agreement-owner": str(maatje.pk), "agreement-due": "2027-02-01"}
    for data in (mine, mine, {"agreement-text": "Koffie"}):
        assert browser.post(_url(meeting, "add_agreement"), data).status_code == 302
    assert list(Agreement.objects.values_list("text", "owner", "due")) == [
        ("Filmpje delen", maatje.pk, date(2027, 2, 1)),
        ("Koffie", None, None),
    ]
    following = make_meeting(meeting.group, position=2)
    agreement = Agreement.objects.get(text="Koffie")
    assert "Koffie" in browser.get(_url(following, "detail")).content.decode()
    browser.post(_url(following, "tick_agreement", agreement.pk), {"done": "1"})
    assert "Koffie" not in browser.get(_url(following, "detail")).content.decode()
    assert "Koffie" in browser.get(_url(meeting, "detail")).content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"agreement-text": ""}, "text"),
        ({"agreement-text": "a" * 5000}, "text"),
        ({"agreement-text": "Koffie", "agreement-due": "31-31-2027"}, "due"),
    ],
)
def test_a_bad_afspraak_is_said_beside_the_field(
    participant: Membership, meeting: Meeting, sign_in: SignIn, data: dict[str, str], field: str
) -> None:
    answer = sign_in(participant).post(_url(meeting, "add_agreement"), data)
    assert list(answer.context["agreement_form"].errors) == [field]
    assert not Agreement.objects.exists()


def test_nothing_of_another_group_gets_in(
    coach: Membership,
    participant: Membership,
    other_member: Membership,
    other_coach: Membership,
    meeting: Meeting,
    sign_in: SignIn,
) -> None:
    elsewhere = make_meeting(other_member.group, position=1)
    theirs = talk.add_improvement(actor=other_coach.user, meeting=elsewhere, text="Van een ander")
    agreed = talk.add_agreement(actor=other_coach.user, meeting=elsewhere, text="Van een ander")
    browser = sign_in(coach)
    owner = {"agreement-text": "Voor jou", "agreement-owner": str(other_member.pk)}
    assert list(browser.post(_url(meeting, "add_agreement"), owner).context["agreement_form"].errors) == ["owner"]
    for name, pk in [
        ("tick_point", theirs.pk),
        ("remove_point", theirs.pk),
        ("tick_agreement", agreed.pk),
        ("remove_agreement", agreed.pk),
    ]:
        assert browser.post(_url(meeting, name, pk), {"done": "1"}).status_code == 404
    with pytest.raises(ValidationError):
        talk.add_agreement(actor=coach.user, meeting=meeting, text="Voor jou", owner=other_member)
    with pytest.raises(ValidationError):
        talk.tick_improvement(actor=coach.user, point=theirs, meeting=meeting, done=True)
