"""Fragmenten, Nieuw fragment and Fragment as their readers see them."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Membership, NetworkGroup, User
from meetings.models import Meeting
from tests.factories import make_group, make_meeting, make_member
from tests.types import CountQueries, MakeClip, Response, SignIn
from video_feedback.models import Clip, Feedback, Remark
from video_feedback.services import consent

LIST, ADD = reverse("video_feedback:overview"), reverse("video_feedback:add_clip")


def page_of(browser: Client, clip: Clip) -> str:
    return " ".join(browser.get(reverse("video_feedback:detail", args=[clip.pk])).content.decode().split())


def add(browser: Client, owner: Membership, **data: str) -> Response:
    fields = {"key": str(uuid.uuid4()), "owner": str(owner.pk), "title": "Drie tellen wachten", "goal": ""}
    return browser.post(ADD, fields | data)


def test_one_places_a_fragment_of_oneself(
    participant: Membership, maatje: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    form = browser.get(ADD).content.decode()
    assert "Wie zie je aan het werk?" in form
    assert "mijn maatje Yusuf Demir" in form

    response = add(browser, participant, meeting=str(meeting.pk))

    clip = Clip.objects.get()
    assert response["Location"] == reverse("video_feedback:cut_clip", args=[clip.pk])
    assert (clip.owner, clip.uploaded_by, clip.meeting) == (participant, participant, meeting)
    assert (clip.state, clip.audience, clip.is_handed_over) == (Clip.State.UPLOADING, Clip.Audience.ALONE, True)
    assert "Stuur de opname op" in page_of(browser, clip)


@pytest.mark.parametrize(
    ("ends", "said"),
    [("group is closed", "Deze groep is afgesloten."), ("owner left", "Je zit niet meer in deze groep.")],
)
def test_where_nobody_else_can_watch_any_more_no_page_says_that_they_can(
    participant: Membership, maatje: Membership, make_clip: MakeClip, sign_in: SignIn, ends: str, said: str
) -> None:
    clip = make_clip(participant)
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    browser = sign_in(participant)
    page, row = page_of(browser, clip), browser.get(LIST).content.decode()
    assert "kan kijken." in page and "Yusuf Demir." in page and "De groep" in row

    if ends == "owner left":
        Membership.objects.filter(pk=participant.pk).update(left=timezone.now())
    else:
        NetworkGroup.objects.update(closed_at=timezone.now())

    page, row = page_of(browser, clip), browser.get(LIST).content.decode()
    assert said in page and "Van jou. Alleen jij kunt kijken." in page and "Alleen jij" in row
    for untrue in ("Yusuf Demir.", "Deel dit fragment", "Speel af op het Scherm", "Schrijf ondertitels", "is gedeeld"):
        assert untrue not in page
    assert "Trek het delen in" in page and "Wis dit fragment" in page
    assert sign_in(maatje).get(reverse("video_feedback:detail", args=[clip.pk])).status_code == 404


def test_the_maatje_places_it_for_the_owner_and_hands_it_over(
    participant: Membership, maatje: Membership, make_clip: MakeClip, sign_in: SignIn
) -> None:
    add(sign_in(maatje), participant)
    clip = Clip.objects.get()
    assert (clip.owner, clip.uploaded_by, clip.is_handed_over) == (participant, maatje, False)
    assert "Yusuf Demir stuurt de opname op." in page_of(sign_in(participant), clip)
    clip.delete()

    ready = make_clip(participant, uploaded_by=maatje)
    assert "Draag het fragment over" in page_of(sign_in(maatje), ready)
    sign_in(maatje).post(reverse("video_feedback:hand_over", args=[ready.pk]))

    assert sign_in(maatje).get(reverse("video_feedback:detail", args=[ready.pk])).status_code == 404
    assert ready.title in page_of(sign_in(participant), ready)


@pytest.mark.parametrize("route", ["hand_over", "withdraw"])
def test_the_owner_need_not_wait_for_the_maatje(
    participant: Membership, maatje: Membership, make_clip: MakeClip, sign_in: SignIn, route: str
) -> None:
    clip = make_clip(participant, uploaded_by=maatje)
    assert "Yusuf Demir zette het klaar en kan kijken tot jij het overneemt." in page_of(sign_in(participant), clip)

    sign_in(participant).post(reverse(f"video_feedback:{route}", args=[clip.pk]))

    assert "Van jou. Alleen jij kunt kijken." in page_of(sign_in(participant), clip)
    assert sign_in(maatje).get(reverse("video_feedback:film", args=[clip.pk])).status_code == 404


@pytest.mark.parametrize("who", ["colleague", "other_member", "coach"])
def test_nobody_places_a_fragment_for_another_than_oneself_or_the_maatje(
    request: pytest.FixtureRequest, participant: Membership, maatje: Membership, who: str, sign_in: SignIn
) -> None:
    response = add(sign_in(participant), request.getfixturevalue(who))

    assert response.status_code == 422
    assert not Clip.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"title": ""}, "Dit veld is verplicht."),
        ({"title": "x" * 201}, "200"),
        ({"goal": "x" * 5000}, "4000"),
        ({"meeting": str(uuid.uuid4())}, "Selecteer een geldige keuze."),
        ({"key": "geen-sleutel"}, "UUID"),
    ],
)
def test_a_wrong_form_says_so_and_makes_nothing(
    participant: Membership, sign_in: SignIn, data: dict[str, str], sentence: str
) -> None:
    response = add(sign_in(participant), participant, **data)

    assert (response.status_code, Clip.objects.exists()) == (422, False)
    assert sentence in response.content.decode()


def test_a_meeting_of_another_group_is_refused(participant: Membership, sign_in: SignIn) -> None:
    other = make_group("Hunzedal")
    make_member(other, user=participant.user)

    response = add(sign_in(participant), participant, meeting=str(make_meeting(other).pk))

    assert "Deze bijeenkomst is van een andere groep." in response.content.decode()
    assert not Clip.objects.exists()


def test_the_next_meeting_of_the_own_group_is_chosen_beforehand(
    participant: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    other = make_group("Hunzedal")
    make_member(other, user=participant.user)
    make_meeting(other, starts_at=timezone.now() + timedelta(days=1))
    make_meeting(group, starts_at=timezone.now() - timedelta(days=1), position=1)
    coming = make_meeting(group, starts_at=timezone.now() + timedelta(days=2), position=2)

    page = sign_in(participant).get(ADD).content.decode()

    assert re.findall(r'<option value="([^"]+)" selected', page) == [str(coming.pk)]


def test_a_double_click_makes_one_fragment(participant: Membership, sign_in: SignIn) -> None:
    browser, key = sign_in(participant), str(uuid.uuid4())

    first, second = add(browser, participant, key=key), add(browser, participant, key=key)

    assert first["Location"] == second["Location"]
    assert Clip.objects.count() == 1


def test_who_is_in_no_group_is_told_what_to_do(outsider: User, sign_in: SignIn) -> None:
    assert "Vraag je coach om een uitnodiging." in sign_in(outsider).get(ADD).content.decode()


def test_sharing_needs_a_statement_and_says_so(
    clip: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    browser, url = sign_in(participant), reverse("video_feedback:share", args=[clip.pk])

    page = browser.post(url, {"audience": "maatje"}).content.decode()
    assert "Kies een verklaring. Zonder verklaring kun je niet delen." in page
    page = browser.post(url, {"audience": "maatje", "scope": "own_school"}).content.decode()
    assert "Daarvoor is toestemming van alle ouders nodig." in page
    assert not Clip.objects.visible_to(maatje.user).exists()

    browser.post(url, {"audience": "maatje", "scope": "all_parents"})

    assert "Van jou. 1 ander kan kijken." in page_of(browser, clip)
    assert clip.title in sign_in(maatje).get(LIST).content.decode()
    browser.post(reverse("video_feedback:withdraw", args=[clip.pk]))
    assert "Van jou. Alleen jij kunt kijken." in page_of(browser, clip)
    assert clip.title not in sign_in(maatje).get(LIST).content.decode()


def test_the_owner_is_told_who_was_not_asked_about(
    clip: Clip, participant: Membership, maatje: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    make_member(group, "Sanne Mulder")

    assert "Nog niet gevraagd: Sanne Mulder." in page_of(sign_in(participant), clip)


def test_the_owner_is_asked_about_who_may_watch_by_audience_and_statement_alone(
    clip: Clip, participant: Membership, maatje: Membership, colleague: Membership, group: NetworkGroup, sign_in: SignIn
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="maatje", scope="all_parents")
    assert "Nog niet gevraagd" not in page_of(sign_in(participant), clip), "the others are not asked to watch"

    Membership.objects.filter(pk=maatje.pk).update(pair=None)
    Membership.objects.filter(pk=colleague.pk).update(pair=participant.pair)
    assert "Nog niet gevraagd: Anouk Bosma." in page_of(sign_in(participant), clip)

    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="own_school")
    make_member(group, "Sanne Mulder", school=participant.school)
    make_member(group, "Elif Kaya")
    assert "Nog niet gevraagd: Sanne Mulder." in page_of(sign_in(participant), clip)


def test_what_only_the_owner_knows_is_not_on_the_page_of_another(
    clip: Clip, participant: Membership, maatje: Membership, colleague: Membership, sign_in: SignIn
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    sign_in(maatje).get(reverse("video_feedback:film", args=[clip.pk]))

    page = page_of(sign_in(colleague), clip)

    assert "Van Marijke Hoekstra, gedeeld met de groep." in page
    for secret in ("Bekeken door", "keek al", "verklaar", "Wis dit fragment", "Yusuf"):
        assert secret not in page


def test_progress_is_shown_in_words_and_numbers_and_can_be_left(
    make_clip: MakeClip, participant: Membership, sign_in: SignIn
) -> None:
    make_clip(participant, state=Clip.State.CONVERTING, progress=10)
    waiting = make_clip(participant, state=Clip.State.QUEUED)
    busy = make_clip(participant, state=Clip.State.CONVERTING, progress=42)
    browser = sign_in(participant)

    assert "Nog 2 andere fragmenten gaan voor. Je mag deze bladzijde sluiten." in page_of(browser, waiting)
    assert "42% klaar. Je mag deze bladzijde sluiten." in page_of(browser, busy)
    fragment = browser.get(reverse("video_feedback:detail", args=[busy.pk]), headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert "42% klaar" in fragment.content.decode()


def test_the_page_that_waited_reloads_when_it_is_over(
    clip: Clip, make_clip: MakeClip, participant: Membership, sign_in: SignIn
) -> None:
    failed = make_clip(participant, state=Clip.State.FAILED, reason="damaged")
    for over in (clip, failed):
        response = sign_in(participant).get(
            reverse("video_feedback:detail", args=[over.pk]) + "?was=converting", headers={"HX-Request": "true"}
        )
        assert response["HX-Refresh"] == "true"


def followed_by(page: str) -> str | None:
    """The address that the page asks every two seconds; None when it asks nothing."""
    found = re.search(r'hx-get="([^"]+)" hx-trigger="every 2s"', page)
    return found[1] if found else None


def test_a_failed_page_asks_nothing_and_is_left_to_its_reader(
    make_clip: MakeClip, participant: Membership, sign_in: SignIn
) -> None:
    failed = make_clip(participant, state=Clip.State.FAILED, reason="damaged")

    assert followed_by(page_of(sign_in(participant), failed)) is None


def test_the_page_that_waits_reloads_once_and_only_when_there_is_something_else_to_see(
    make_clip: MakeClip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    """An owner whose maatje sends the recording: nothing happens, it comes in, it is converted, it fails."""
    clip, owner = make_clip(participant, uploaded_by=maatje, state=Clip.State.UPLOADING), sign_in(participant)
    url = followed_by(page_of(owner, clip))
    words = ["stuurt de opname op", "Je opname is binnen", "We zetten je opname om"]
    for state, seen in zip(["uploading", "queued", "converting"], words, strict=True):
        Clip.objects.filter(pk=clip.pk).update(state=state)
        for _time in range(2):
            assert url is not None
            assert url is not None
            assert url is not None
            assert url is not None
            answer = owner.get(url, headers={"HX-Request": "true"})
            assert "HX-Refresh" not in answer.headers
            assert seen in answer.content.decode()
            url = followed_by(answer.content.decode())

    Clip.objects.filter(pk=clip.pk).update(state=Clip.State.FAILED, reason="damaged")
    assert url is not None
    assert url is not None
    assert url is not None
    assert url is not None
    assert owner.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert followed_by(page_of(owner, clip)) is None


def test_an_unfinished_upload_is_listed_with_how_far_it_is(
    make_clip: MakeClip, participant: Membership, sign_in: SignIn
) -> None:
    from video_feedback.services import recordings

    clip = make_clip(participant, state=Clip.State.UPLOADING)
    upload = recordings.begin_upload(actor=participant.user, clip=clip, length=200, filename="IMG_0412.MOV")
    upload.path.write_bytes(b"x" * 50)
    browser = sign_in(participant)

    assert "25% binnen, bewaard tot " in browser.get(LIST).content.decode()
    page = page_of(browser, clip)
    assert "al 25% binnen" in page
    assert f'data-upload="{reverse("video_feedback:upload", args=[upload.pk])}"' in page


@pytest.fixture
def full_group(
    group: NetworkGroup,
    participant: Membership,
    maatje: Membership,
    colleague: Membership,
    coach: Membership,
    meeting: Meeting,
) -> Callable[[MakeClip, int], Clip]:
    """`full_group(n)`: n fragments of each sort, with n remarks each, and n members."""

    def _full_group(make_clip: MakeClip, count: int) -> Clip:
        givers = [make_member(group) for _ in range(count)]
        clips = []
        for number in range(count):
            mine = make_clip(participant, title=f"Van mij {number}", meeting=meeting)
            theirs = make_clip(maatje, title=f"Van Yusuf {number}", meeting=meeting)
            for clip, owner in ((mine, participant), (theirs, maatje)):
                consent.share_clip(actor=owner.user, clip=clip, audience="group", scope="all_parents")
                clips.append(clip)
        for clip in clips[:2]:
            for giver in givers:
                feedback = Feedback.objects.create(clip=clip, giver=giver, sent_at=timezone.now())
                Remark.objects.create(feedback=feedback, kind="top", start_ms=1000, text="Mooi")
        return clips[0]

    return _full_group


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("reader", ["participant", "maatje"])
def test_queries_do_not_grow_with_the_rows(
    request: pytest.FixtureRequest,
    full_group: Callable[[MakeClip, int], Clip],
    make_clip: MakeClip,
    sign_in: SignIn,
    reader: str,
    count: int,
    django_assert_num_queries: CountQueries,
) -> None:
    """The same number at 1 and at 30 rows. The owner's panel reads more; of another's fragment consent is asked."""
    clip = full_group(make_clip, count)
    browser = sign_in(request.getfixturevalue(reader))
    detail = reverse("video_feedback:detail", args=[clip.pk])
    browser.get(detail)

    with django_assert_num_queries(7):
        listed = browser.get(LIST)
    with django_assert_num_queries(10 if reader == "participant" else 8):
        shown = browser.get(detail)

    assert len(listed.content) < 60_000
    assert len(shown.content) < 60_000


def test_a_long_list_has_pages(make_clip: MakeClip, participant: Membership, sign_in: SignIn) -> None:
    for number in range(31):
        make_clip(participant, title=f"Fragment {number}")
    browser = sign_in(participant)

    assert "Fragment 0<" not in browser.get(LIST).content.decode()
    assert "Fragment 0<" in browser.get(LIST + "?page=2").content.decode()


def test_a_member_removed_loses_it_at_the_next_request(
    clip: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")
    watcher = sign_in(maatje)
    assert watcher.get(reverse("video_feedback:film", args=[clip.pk])).status_code == 200

    Membership.objects.filter(pk=maatje.pk).update(left=timezone.now())

    assert watcher.get(reverse("video_feedback:film", args=[clip.pk])).status_code == 404


def test_who_has_shared_is_not_asked_to_share(
    clip: Clip, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    assert "Deel je fragment met je maatje" in page_of(browser, clip)

    consent.share_clip(actor=participant.user, clip=clip, audience="group", scope="all_parents")

    page = page_of(browser, clip)
    assert "Deel je fragment" not in page
    assert "Je fragment is gedeeld. Feedback komt hier als geheel binnen." in page
