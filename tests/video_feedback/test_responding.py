"""What becomes of a remark and of a fragment that was handed over: mended, answered, thanked for, told once."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, User
from netwerkleren.base.models import OutgoingMail
from tests.types import MakeClip, OnCommit, SignIn
from video_feedback import contributions
from video_feedback.models import Clip, Feedback, Remark
from video_feedback.services import clips, consent, feedback


@pytest.fixture
def shared(participant: Membership, maatje: Membership, clip: Clip) -> Clip:
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    return Clip.objects.get(pk=clip.pk)


def said(clip: Clip, giver: Membership, kind: str = "top", text: str = "Je wachtte.", *, sent: bool = True) -> Remark:
    given = Feedback.objects.create(clip=clip, giver=giver, sent_at=timezone.now() if sent else None)
    return Remark.objects.create(feedback=given, kind=kind, start_ms=1000, text=text)


def page_of(browser: Client, clip: Clip) -> str:
    return browser.get(reverse("video_feedback:detail", args=[clip.pk])).content.decode()


def test_a_remark_of_a_draft_is_mended_before_it_is_sent(shared: Clip, maatje: Membership, sign_in: SignIn) -> None:
    remark, browser = said(shared, maatje, sent=False), sign_in(maatje)
    address = reverse("video_feedback:change_remark", args=[remark.pk])
    assert address in page_of(browser, shared)
    body = {"version": remark.version, "kind": "vraag", "start": "0:05", "text": "Wat dacht je?", "principle": "space"}
    assert browser.post(address, body)["Location"] == reverse("video_feedback:detail", args=[shared.pk])
    remark.refresh_from_db()
    assert (remark.kind, remark.start_ms, remark.text, remark.principle_name) == (
        "vraag",
        5000,
        "Wat dacht je?",
        "ruimte",
    )
    assert "ruimte" in page_of(browser, shared)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("start", "9:59", "Zo lang duurt het fragment niet."),
        ("end", "0:00", "Het einde van het stuk film ligt na het begin."),
        ("principle", "dans", ""),
        ("text", "", ""),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    shared: Clip, maatje: Membership, sign_in: SignIn, field: str, typed: str, sentence: str
) -> None:
    remark = said(shared, maatje, sent=False)
    body = {"version": remark.version, "kind": "top", "start": "0:05", "text": "Zo", "principle": "", field: typed}
    answer = sign_in(maatje).post(reverse("video_feedback:change_remark", args=[remark.pk]), body)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert Remark.objects.get().text == "Je wachtte."


def test_what_was_sent_is_not_mended(shared: Clip, maatje: Membership, sign_in: SignIn) -> None:
    remark = said(shared, maatje)
    assert sign_in(maatje).get(reverse("video_feedback:change_remark", args=[remark.pk])).status_code == 403


def test_the_next_remark_keeps_its_kind_and_takes_a_principle(
    shared: Clip, maatje: Membership, sign_in: SignIn
) -> None:
    body = {"key": str(uuid4()), "kind": "tip", "start": "0:03", "text": "Kijk rond.", "principle": "structure"}
    answer = sign_in(maatje).post(
        reverse("video_feedback:add_remark", args=[shared.pk]), body, headers={"HX-Request": "true"}
    )
    assert '<input type="radio" name="kind" value="tip" checked>' in answer.content.decode()
    assert Remark.objects.get().principle_name == "structuur"


def test_a_vraag_is_answered_by_whose_work_it_is_and_read_by_who_reads_the_vraag(
    colleague: Membership, shared: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    remark = said(shared, maatje, "vraag", "Wat dacht je?")
    address = reverse("video_feedback:answer_remark", args=[remark.pk])
    assert sign_in(maatje).get(address).status_code == 403
    owner = sign_in(participant)
    react = reverse("video_feedback:react", args=[shared.pk])
    assert react in page_of(owner, shared) and address in owner.get(react).content.decode()
    owner.post(address, {"version": remark.version_of_answer, "answer": "Ik telde tot vijf."})
    assert all("Ik telde tot vijf." in page_of(sign_in(who), shared) for who in (participant, maatje, colleague))


def test_only_a_vraag_is_answered(shared: Clip, participant: Membership, maatje: Membership, sign_in: SignIn) -> None:
    remark = said(shared, maatje)
    body = {"version": remark.version_of_answer, "answer": "Dank je."}
    answer = sign_in(participant).post(reverse("video_feedback:answer_remark", args=[remark.pk]), body)
    assert (answer.status_code, Remark.objects.get().answer) == (422, "")


def test_one_remark_is_marked_as_of_use_and_its_giver_alone_sees_it(
    colleague: Membership, shared: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    first, second = said(shared, maatje), said(shared, colleague, text="Je vroeg door.")
    owner, address = sign_in(participant), reverse("video_feedback:mark_helpful", args=[shared.pk])
    owner.post(address, {"remark": str(first.pk)})
    assert "heeft hier wat aan" in page_of(sign_in(maatje), shared)
    assert "heeft hier wat aan" not in page_of(sign_in(colleague), shared)

    owner.post(address, {"remark": str(second.pk)})
    assert list(Remark.objects.filter(helped=True)) == [second]
    page = owner.get(reverse("video_feedback:react", args=[shared.pk])).content.decode()
    assert f'value="-{second.pk}" aria-pressed="true"' in page and f'value="{first.pk}" aria-pressed="false"' in page
    owner.post(address, {"remark": f"-{second.pk}"})
    assert not Remark.objects.filter(helped=True).exists()


@pytest.mark.parametrize("named", ["", "-", "geen", "00000000-0000-4000-8000-000000000001"])
def test_a_mark_on_what_is_not_there_is_missing(
    shared: Clip, participant: Membership, maatje: Membership, sign_in: SignIn, named: str
) -> None:
    said(shared, maatje)
    address = reverse("video_feedback:mark_helpful", args=[shared.pk])
    assert sign_in(participant).post(address, {"remark": named}).status_code == 404


def test_a_remark_on_a_fragment_that_was_withdrawn_is_refused(
    shared: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    browser, remark = sign_in(maatje), said(shared, maatje, sent=False)
    consent.withdraw_clip(actor=participant.user, clip=shared)
    body = {"key": str(uuid4()), "kind": "top", "start": "0:03", "text": "Mooi", "version": remark.version}
    for address in (("add_remark", shared.pk), ("send_feedback", shared.pk)):
        assert browser.post(reverse(f"video_feedback:{address[0]}", args=[address[1]]), body).status_code == 404
    assert Remark.objects.count() == 1 and not Feedback.objects.sent().exists()


def test_each_is_told_once_and_nobody_of_what_they_did(
    participant: Membership, maatje: Membership, make_clip: MakeClip, django_capture_on_commit_callbacks: OnCommit,
    sign_in: SignIn,
) -> None:  # fmt: skip
    clip = make_clip(participant, uploaded_by=maatje)
    share: dict[str, Any] = {"audience": "maatje", "scope": "all_parents"}

    def told(change: Any) -> list[tuple[str, str]]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return [(letter.to[0], str(letter.subject)) for letter in mail.outbox]

    hand_over = lambda: clips.hand_over_clip(actor=maatje.user, clip=clip)  # noqa: E731, said three times
    assert told(hand_over) == [(participant.user.email, "Yusuf gaf je een fragment")]
    assert told(hand_over) == []
    assert told(lambda: consent.share_clip(actor=participant.user, clip=clip, **share)) == [
        (maatje.user.email, "Marijke deelde een fragment met je")
    ]
    assert not Clip.objects.get().is_offered
    assert told(lambda: consent.withdraw_clip(actor=participant.user, clip=clip)) == []
    assert told(lambda: consent.share_clip(actor=participant.user, clip=clip, **share)) == []
    said(clip, maatje, sent=False)
    draft = Feedback.objects.get()
    send = lambda: feedback.send_feedback(actor=maatje.user, feedback=draft)  # noqa: E731, said twice
    assert told(send) == [(participant.user.email, "Yusuf stuurde je feedback")]
    assert told(send) == []


def test_who_takes_their_own_fragment_is_not_mailed(
    participant: Membership, maatje: Membership, make_clip: MakeClip
) -> None:
    clips.hand_over_clip(actor=participant.user, clip=make_clip(participant, uploaded_by=maatje))
    assert not OutgoingMail.objects.exists() and not Clip.objects.get().is_offered


@pytest.mark.parametrize("decision", ["keep_clip", "erase"])
def test_what_was_handed_over_is_a_to_do_until_its_owner_decides(
    participant: Membership, maatje: Membership, make_clip: MakeClip, sign_in: SignIn, decision: str
) -> None:
    clip, owner = make_clip(participant, uploaded_by=maatje), sign_in(participant)
    assert "Er is een fragment van jou" in owner.get("/").content.decode()
    clips.hand_over_clip(actor=maatje.user, clip=clip)
    assert "Er is een fragment van jou" in owner.get("/").content.decode()
    assert "Er is een fragment van jou" not in sign_in(maatje).get("/").content.decode()
    owner.post(reverse(f"video_feedback:{decision}", args=[clip.pk]))
    assert "Er is een fragment van jou" not in owner.get("/").content.decode()


def test_who_keeps_it_to_themselves_in_a_tab_of_before_it_was_shared_shows_it_to_nobody(
    participant: Membership, maatje: Membership, make_clip: MakeClip, sign_in: SignIn
) -> None:
    clip = make_clip(participant, uploaded_by=maatje)
    clips.hand_over_clip(actor=maatje.user, clip=clip)
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")

    kept = sign_in(participant).post(reverse("video_feedback:keep_clip", args=[clip.pk]), follow=True)

    assert "Alleen jij ziet dit fragment." in kept.content.decode()
    assert not Clip.objects.visible_to(maatje.user).exists()


def test_a_fragment_that_the_maatje_shared_is_a_to_do_until_one_responded(
    participant: Membership, maatje: Membership, clip: Clip, sign_in: SignIn
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    assert "Geef feedback aan Marijke" in sign_in(maatje).get("/").content.decode()
    said(clip, maatje)
    assert "Geef feedback aan Marijke" not in sign_in(maatje).get("/").content.decode()


def test_in_a_group_that_was_closed_or_left_vandaag_asks_for_nothing(
    participant: Membership, maatje: Membership, make_clip: MakeClip, sign_in: SignIn
) -> None:
    make_clip(participant, state=Clip.State.UPLOADING)
    make_clip(participant, state=Clip.State.FAILED)
    make_clip(participant, asked_anew_at=timezone.now(), audience="maatje")
    asked = ("Stuur je opname op", "Je fragment is niet gelukt", "Leg je verklaring opnieuw vast")
    browser = sign_in(participant)
    assert all(words in browser.get("/").content.decode() for words in asked)

    NetworkGroup.objects.update(closed_at=timezone.now())
    assert not any(words in browser.get("/").content.decode() for words in asked)

    NetworkGroup.objects.update(closed_at=None)
    Membership.objects.filter(pk=participant.pk).update(left=timezone.now())
    assert contributions.clip_todos(User.objects.get(pk=participant.user_id)) == []
