"""Feedback: a draft of one's own, sent as a whole; who reads what; the giver's own 3:1."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup
from netwerkleren.base import live
from tests.factories import make_member
from tests.types import MakeClip, OnCommit, Response, SignIn
from video_feedback.models import Clip, Feedback, Remark
from video_feedback.services import consent, feedback


@pytest.fixture
def shared(clip: Clip, participant: Membership, maatje: Membership, colleague: Membership, coach: Membership) -> Clip:
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    return clip


def remark(
    clip: Clip,
    giver: Membership,
    kind: str = "top",
    start: int = 12_000,
    text: str = "Je bleef stil, en toen kwam het.",
    **fields: Any,
) -> Remark:
    return feedback.add_remark(
        actor=giver.user, clip=clip, key=uuid.uuid4(), kind=kind, start=start, text=text, **fields
    )


def post_remark(browser: Client, clip: Clip, key: object = None, **data: str) -> Response:
    fields = {"key": str(key or uuid.uuid4()), "kind": "top", "start": "0:12", "end": "", "text": "Je bleef stil."}
    return browser.post(reverse("video_feedback:add_remark", args=[clip.pk]), fields | data)


def kinds_for(person: Membership, clip: Clip) -> set[str]:
    return set(Remark.objects.visible_to(person.user).filter(feedback__clip=clip).values_list("kind", flat=True))


def test_a_draft_is_seen_by_its_giver_alone(
    shared: Clip, participant: Membership, maatje: Membership, colleague: Membership
) -> None:
    remark(shared, maatje)

    assert kinds_for(maatje, shared) == {"top"}
    assert kinds_for(participant, shared) == kinds_for(colleague, shared) == set()


def test_sent_feedback_is_read_by_all_who_may_see_it_but_tips_by_the_owner(
    shared: Clip, participant: Membership, maatje: Membership, colleague: Membership
) -> None:
    for kind in ("top", "tip", "vraag", "talent"):
        made = remark(shared, maatje, kind)
    feedback.send_feedback(actor=maatje.user, feedback=made.feedback)

    assert kinds_for(participant, shared) == {"top", "tip", "vraag", "talent"}
    assert kinds_for(maatje, shared) == {"top", "tip", "vraag", "talent"}
    assert kinds_for(colleague, shared) == {"top", "vraag", "talent"}
    feedback.open_tips(actor=participant.user, clip=shared, opened=True)
    assert kinds_for(colleague, shared) == {"top", "tip", "vraag", "talent"}
    feedback.open_tips(actor=participant.user, clip=shared, opened=False)
    assert kinds_for(colleague, shared) == {"top", "vraag", "talent"}


def test_who_may_not_see_the_fragment_reads_nothing_of_its_feedback(
    clip: Clip, participant: Membership, maatje: Membership, colleague: Membership, other_member: Membership
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    made = remark(clip, maatje)
    feedback.send_feedback(actor=maatje.user, feedback=made.feedback)

    assert kinds_for(colleague, clip) == kinds_for(other_member, clip) == set()


def test_the_owner_gets_one_mail_without_a_word_of_it(
    shared: Clip, participant: Membership, maatje: Membership, django_capture_on_commit_callbacks: OnCommit
) -> None:
    made = remark(shared, maatje, text="De rechterkant van de tafel")

    with django_capture_on_commit_callbacks(execute=True):
        feedback.send_feedback(actor=maatje.user, feedback=made.feedback)
        feedback.send_feedback(actor=maatje.user, feedback=made.feedback)

    assert [letter.to for letter in mail.outbox] == [[participant.user.email]]
    letter = mail.outbox[0]
    assert letter.subject == "Yusuf stuurde je feedback"
    assert isinstance(letter, EmailMultiAlternatives)
    html = str(letter.alternatives[0][0])
    for text in (letter.body, html):
        assert reverse("video_feedback:detail", args=[shared.pk]) in text
        assert "rechterkant" not in text
        assert shared.title not in text


def test_the_page_keeps_the_draft_and_sends_it_as_a_whole(
    shared: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(maatje)
    post_remark(browser, shared)
    post_remark(browser, shared, kind="tip", start="1:07", end="1:12", text="Kijk ook naar rechts.")

    page = browser.get(reverse("video_feedback:detail", args=[shared.pk])).content.decode()
    assert "1 top, 1 tip" in " ".join(page.split())
    assert "Verstuur naar Marijke" in page
    assert "1:07 tot 1:12" in " ".join(page.split())
    response = browser.post(reverse("video_feedback:send_feedback", args=[shared.pk]), follow=True)
    assert "Je feedback is verstuurd naar Marijke." in response.content.decode()
    owner_page = sign_in(participant).get(reverse("video_feedback:detail", args=[shared.pk])).content.decode()
    assert "Kijk ook naar rechts." in owner_page
    assert "1 top, 1 tip" not in " ".join(owner_page.split()), "the count is the giver's alone"
    post_remark(browser, shared)
    page = browser.get(reverse("video_feedback:detail", args=[shared.pk])).content.decode()
    assert "2 tops, 1 tip" in " ".join(page.split()), "the giver's count is of draft and sent together"
    tokens = page.partition('<p class="tokens">')[2].partition("</p>")[0]
    assert (tokens.count("k-top"), tokens.count("k-tip")) == (2, 1)


def test_after_sending_a_new_draft_begins(shared: Clip, maatje: Membership) -> None:
    feedback.send_feedback(actor=maatje.user, feedback=remark(shared, maatje).feedback)
    remark(shared, maatje, "vraag")

    assert Feedback.objects.sent().count() == 1
    assert Feedback.objects.drafts().get().remarks.get().kind == "vraag"


def test_more_tips_than_tops_gets_a_word_and_no_block(shared: Clip, maatje: Membership, sign_in: SignIn) -> None:
    browser = sign_in(maatje)
    post_remark(browser, shared, kind="tip")

    page = browser.get(reverse("video_feedback:detail", args=[shared.pk])).content.decode()

    assert "Zag je ook nog iets wat goed ging?" in page
    assert "Verstuur naar Marijke" in page


def test_the_same_form_twice_is_one_remark(shared: Clip, maatje: Membership, sign_in: SignIn) -> None:
    browser, key = sign_in(maatje), uuid.uuid4()
    for _press in range(2):
        assert post_remark(browser, shared, key).status_code == 302
    browser.post(reverse("video_feedback:send_feedback", args=[shared.pk]))
    post_remark(browser, shared, key)

    assert Remark.objects.count() == 1


def test_a_key_of_someone_elses_remark_makes_nothing(
    shared: Clip, maatje: Membership, colleague: Membership, sign_in: SignIn
) -> None:
    theirs = remark(shared, colleague)

    response = post_remark(sign_in(maatje), shared, theirs.pk, text="Van mij")

    assert "Dit formulier is al eens gebruikt." in response.content.decode()
    assert Remark.objects.get().text == theirs.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Schrijf eerst wat je wilt zeggen."),
        ({"text": "x" * 4001}, "4000"),
        ({"start": ""}, "Op welk moment van de film is dit?"),
        ({"start": "morgen"}, "Schrijf het moment als minuten en seconden, zoals 1:12."),
        ({"start": "9:59"}, "Zo lang duurt het fragment niet."),
        ({"start": "0:12", "end": "0:12"}, "Het einde van het stuk film ligt na het begin."),
        ({"kind": "cijfer"}, "Selecteer een geldige keuze."),
    ],
)
def test_bad_input_gives_a_sentence_and_keeps_the_text(
    shared: Clip, maatje: Membership, sign_in: SignIn, fields: dict[str, str], sentence: str
) -> None:
    response = post_remark(sign_in(maatje), shared, **{"text": "Dit wil ik bewaren"} | fields)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    if "text" not in fields:
        assert "Dit wil ik bewaren" in response.content.decode()
    assert not Remark.objects.exists()


def test_emoji_and_right_to_left_text_come_back_as_they_were(shared: Clip, maatje: Membership, sign_in: SignIn) -> None:
    browser, text = sign_in(maatje), "Prachtig 🎉 <b>ja</b> مرحبا"
    post_remark(browser, shared, text=text)

    assert Remark.objects.get().text == text
    page = browser.get(reverse("video_feedback:detail", args=[shared.pk])).content.decode()
    assert "Prachtig 🎉 &lt;b&gt;ja&lt;/b&gt; مرحبا" in page


def test_htmx_gets_only_what_changed(shared: Clip, maatje: Membership, sign_in: SignIn) -> None:
    browser = sign_in(maatje)
    data = {"key": str(uuid.uuid4()), "kind": "top", "start": "0:12", "end": "", "text": "Je bleef stil."}

    response = browser.post(
        reverse("video_feedback:add_remark", args=[shared.pk]), data, headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert "<html" not in page
    assert page.count("hx-swap-oob") == 3
    assert "Je bleef stil." in page


def test_htmx_gets_the_refused_form_with_what_was_typed_and_the_status_of_a_refusal(
    shared: Clip, maatje: Membership, sign_in: SignIn
) -> None:
    data = {"key": str(uuid.uuid4()), "kind": "top", "start": "59:00", "end": "", "text": "Je bleef stil."}

    response = sign_in(maatje).post(
        reverse("video_feedback:add_remark", args=[shared.pk]), data, headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert (response.status_code, "<html" in page, page.count("hx-swap-oob")) == (422, False, 3)
    assert "Zo lang duurt het fragment niet." in page and "Je bleef stil." in page
    assert not Remark.objects.exists()


def test_one_takes_back_only_an_own_draft(
    shared: Clip, maatje: Membership, colleague: Membership, participant: Membership, sign_in: SignIn
) -> None:
    mine, sent = remark(shared, maatje), remark(shared, colleague)
    feedback.send_feedback(actor=colleague.user, feedback=sent.feedback)
    url = "video_feedback:remove_remark"

    assert sign_in(maatje).post(reverse(url, args=[sent.pk])).status_code == 403
    assert sign_in(colleague).post(reverse(url, args=[sent.pk])).status_code == 403
    assert sign_in(participant).post(reverse(url, args=[mine.pk])).status_code == 404
    assert sign_in(maatje).post(reverse(url, args=[mine.pk])).status_code == 302
    assert list(Remark.objects.all()) == [sent]


def test_the_owner_gives_no_feedback_to_the_own_fragment(
    shared: Clip, participant: Membership, sign_in: SignIn
) -> None:
    assert post_remark(sign_in(participant), shared).status_code == 403


def test_sending_an_empty_draft_sends_nothing(shared: Clip, maatje: Membership, sign_in: SignIn) -> None:
    made = remark(shared, maatje)
    sign_in(maatje).post(reverse("video_feedback:remove_remark", args=[made.pk]))

    response = sign_in(maatje).post(reverse("video_feedback:send_feedback", args=[shared.pk]), follow=True)

    assert "Schrijf eerst een top, tip, vraag of talentmoment." in response.content.decode()
    assert not Feedback.objects.sent().exists()


def test_feedback_appears_on_the_open_page_of_the_owner_and_stays_new_until_the_page_is_opened(
    shared: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    browser, url = sign_in(participant), reverse("video_feedback:detail", args=[shared.pk])
    topic = live.topic_of("clip", shared)
    assert f'<live-region topic="{topic}" src="{url}">' in browser.get(url).content.decode()
    before = browser.get(f"/live/{topic}/").json()["version"]
    feedback.send_feedback(actor=maatje.user, feedback=remark(shared, maatje).feedback)

    assert browser.get(f"/live/{topic}/").json()["version"] > before
    part = browser.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "Je bleef stil, en toen kwam het." in part
    assert "<html" not in part
    assert "<video" not in part
    assert Feedback.objects.get(seen_at=None).clip == shared
    browser.get(url)
    assert not Feedback.objects.filter(seen_at=None).exists()


def test_an_open_page_hears_that_the_fragment_is_withdrawn(
    shared: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    watcher, topic = sign_in(maatje), live.topic_of("clip", shared)
    page = watcher.get(reverse("video_feedback:detail", args=[shared.pk])).content.decode()
    assert f'data-topic="{topic}"' in page
    assert watcher.get(f"/live/{topic}/").status_code == 200

    consent.withdraw_clip(actor=participant.user, clip=shared)

    assert watcher.get(f"/live/{topic}/").status_code == 404


def test_opened_feedback_is_no_longer_new(
    shared: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    feedback.send_feedback(actor=maatje.user, feedback=remark(shared, maatje).feedback)
    browser = sign_in(participant)
    assert "Nieuwe feedback" in browser.get(reverse("video_feedback:overview")).content.decode()

    browser.get(reverse("video_feedback:detail", args=[shared.pk]))

    assert "Nieuwe feedback" not in browser.get(reverse("video_feedback:overview")).content.decode()


def test_vandaag_shows_what_each_giver_said_first_under_one_fragment(
    sign_in: SignIn, shared: Clip, participant: Membership, maatje: Membership, colleague: Membership, coach: Membership
) -> None:
    for giver in (maatje, colleague):
        for second, text in enumerate(("Je wachtte.", "Je keek eerst.", "Je vatte het samen.")):
            made = remark(shared, giver, start=second * 1000, text=f"{giver.user.first_name}: {text}")
        feedback.send_feedback(actor=giver.user, feedback=made.feedback)

    html = sign_in(participant).get("/").content.decode()
    assert html.count("Bekijk het fragment") == 1
    assert [f"{giver.user.first_name}: Je wachtte." in html for giver in (maatje, colleague)] == [True, True]
    assert "Je keek eerst." not in html
    assert html.count('class="mk k-top"') == 6


def test_vandaag_shows_the_latest_feedback_first(
    make_clip: MakeClip, participant: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    old, new = make_clip(participant, title="Rekenen"), make_clip(participant, title="Kring")
    for days, (clip, name) in enumerate([(new, "Vijf"), (old, "Vier"), (new, "Drie"), (old, "Twee"), (old, "Een")]):
        given = remark(clip, make_member(group, name), "top", 100).feedback
        Feedback.objects.filter(pk=given.pk).update(sent_at=timezone.now() - timedelta(days=days))

    page = sign_in(participant).get("/").content.decode()

    assert [name in page for name in ("Vijf", "Vier", "Drie", "Twee", "Een")] == [True, True, True, False, False]
    assert page.index("‘Kring’") < page.index("‘Rekenen’")
