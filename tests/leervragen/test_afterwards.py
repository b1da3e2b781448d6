"""Achteraf invullen: a meeting held on paper, typed in on one page by a coach, who is named wherever it is read."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from groups.models import Membership, NetworkGroup
from groups.urls import WITH_PHOTO
from leervragen.documents import group_questions_pdf
from leervragen.journeys import group_journeys
from leervragen.models import Leervraag
from meetings.contributions import todos_of
from meetings.models import Agreement, Attendance, BoardPhoto, FilledIn, Handout, ImprovementPoint, Meeting
from meetings.services import changing
from reports.closing.documents import closing_document
from reports.closing.facts import closing_facts
from reports.models import Export
from tests.bodies import announce
from tests.factories import make_agenda_item, make_expert_invitation, make_meeting, make_member
from tests.shown import fields_on
from tests.types import CountQueries, OnCommit, SignIn


@pytest.fixture
def held(meeting: Meeting) -> Meeting:
    """Yesterday, for two hours, and nobody led it here."""
    make_agenda_item(meeting, minutes=120)
    starts_at = timezone.now() - timedelta(days=1)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=starts_at)
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def strips(held: Meeting, participant: Membership, maatje: Membership) -> list[Leervraag]:
    texts = ["Hoe wacht ik?", "Wat zeg ik?", "Wanneer stop ik?"]
    people = [participant, maatje, participant]
    return [
        Leervraag.objects.create(meeting=held, author=who, text=text) for who, text in zip(people, texts, strict=True)
    ]


def page_of(meeting: Meeting) -> str:
    return reverse("leervragen:afterwards", args=[meeting.pk])


def shown_to(browser: Client, meeting: Meeting) -> dict[str, Any]:
    """What the page would send as it stands."""
    return fields_on(browser, page_of(meeting), "key")


def typed(strip: Leervraag, place: str = "", outcome: str = "open", answer: str = "") -> dict[str, str]:
    return {f"place-{strip.pk}": place, f"outcome-{strip.pk}": outcome, f"answer-{strip.pk}": answer}


def ends(meeting: Meeting) -> dict[str, tuple[str, int | None, str, str]]:
    return {
        one.text: (one.state, one.number, one.outcome, one.answer) for one in Leervraag.objects.filter(meeting=meeting)
    }


def test_one_page_holds_a_whole_meeting_and_ends_it_at_its_planned_hours(
    coach: Membership, participant: Membership, held: Meeting, strips: list[Leervraag], sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    following = make_meeting(held.group, position=2)
    sent = shown_to(browser, held) | {"there": [str(participant.pk)]}
    for strip, told in zip(strips, [("3", "answered", "Tel tot drie."), ("0", "moved"), ("P",)], strict=True):
        sent |= typed(strip, *told)
    sent |= {"asked-1": "En thuis?", "asked_by-1": str(participant.pk)}
    sent |= {"agreed-1": "Koffie regelen", "agreed_by-1": str(participant.pk), "otherwise": "Korter\n\nMet pauze\n"}
    assert browser.post(page_of(held), sent).status_code == 302

    assert ends(held) == {
        "Hoe wacht ik?": ("laid", 3, "answered", "Tel tot drie."),
        "Wat zeg ik?": ("laid", 10, "moved", ""),
        "Wanneer stop ik?": ("parked", None, "parked", ""),
        "En thuis?": ("tray", None, "moved", ""),
    }
    assert set(following.leervragen.values_list("text", flat=True)) == {"Wat zeg ik?", "En thuis?"}
    assert Attendance.objects.of(held).statuses == {participant.pk: "present"}
    assert list(Agreement.objects.values_list("text", "owner")) == [("Koffie regelen", participant.pk)]
    assert list(ImprovementPoint.objects.values_list("text", flat=True)) == ["Korter", "Met pauze"]
    began = held.starts_at
    held.refresh_from_db()
    assert (held.state, held.started_at) == ("ended", began)
    assert held.ended_at == began + timedelta(minutes=120)  # type: ignore[operator]
    by_whom = Leervraag.objects.filter(meeting=held).values_list("text", "typed_by", "answer_by")
    assert set(by_whom) >= {("En thuis?", coach.pk, None), ("Hoe wacht ik?", None, coach.pk)}


def test_everything_may_stay_empty(coach: Membership, held: Meeting, strips: list[Leervraag], sign_in: SignIn) -> None:
    browser = sign_in(coach)
    assert browser.post(page_of(held), shown_to(browser, held)).status_code == 302
    held.refresh_from_db()
    assert held.state == "ended"
    assert not Attendance.objects.exists() and not Agreement.objects.exists() and not ImprovementPoint.objects.exists()


def test_sent_twice_it_is_kept_once(
    coach: Membership, participant: Membership, held: Meeting, strips: list[Leervraag], sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    sent = shown_to(browser, held) | typed(strips[0], "2", "answered", "Zo.") | {"otherwise": "Korter"}
    sent |= {"asked-1": "En thuis?", "asked_by-1": str(participant.pk), "agreed-1": "Koffie"}
    assert [browser.post(page_of(held), sent).status_code for _press in range(2)] == [302, 302]
    assert Leervraag.objects.filter(meeting=held).count() == 4
    assert (Agreement.objects.count(), ImprovementPoint.objects.count(), FilledIn.objects.count()) == (1, 1, 1)


def test_two_coaches_at_once_see_each_others(
    coach: Membership, held: Meeting, strips: list[Leervraag], sign_in: SignIn
) -> None:
    one, other = sign_in(coach), sign_in(make_member(held.group, "Karin Bos", coach=True))
    mine, theirs = shown_to(one, held), shown_to(other, held)
    other.post(page_of(held), theirs | typed(strips[0], "4", "answered", "Van Karin"))

    answer = one.post(page_of(held), mine | typed(strips[0], "7", "partly", "Van mij") | {"agreed-1": "Koffie"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Van Karin" in page and "Van mij" in page and 'value="Koffie"' in page
    assert ends(held)["Hoe wacht ik?"] == ("laid", 4, "answered", "Van Karin")

    on_top = mine | typed(strips[0], "7", "partly", "Van mij") | {"version": answer.context["form"].meanwhile.version}
    assert one.post(page_of(held), on_top).status_code == 302
    assert ends(held)["Hoe wacht ik?"] == ("laid", 7, "partly", "Van mij")
    assert "Achteraf ingevuld door Karin en Hanneke" in one.get(page_of(held)).content.decode()


@pytest.mark.parametrize("place", ["11", "-1", "x", "1.5", "99999999", "1 2", "٣"])
def test_a_wrong_place_is_said_beside_its_field_and_nothing_is_lost(
    place: str, coach: Membership, held: Meeting, strips: list[Leervraag], sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    sent = shown_to(browser, held) | typed(strips[0], place) | typed(strips[1], "2", "answered", "Bewaar mij")
    answer = browser.post(page_of(held), sent | {"otherwise": "Korter", "agreed-1": "Koffie"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert answer.context["form"].errors[f"place-{strips[0].pk}"] == ["Typ 1 tot en met 10, of P."]
    assert all(kept in page for kept in ("Bewaar mij", "Korter", "Koffie"))
    held.refresh_from_db()
    assert (held.state, FilledIn.objects.count()) == ("planned", 0)


def test_what_cannot_move_on_is_said_beside_its_question(
    coach: Membership, held: Meeting, strips: list[Leervraag], sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    answer = browser.post(page_of(held), shown_to(browser, held) | typed(strips[0], "1", "moved"))
    assert answer.status_code == 422
    assert "Er komt geen netwerkbijeenkomst meer." in str(answer.context["form"].errors[f"outcome-{strips[0].pk}"])
    assert ends(held)["Hoe wacht ik?"] == ("tray", None, "open", "")


@pytest.mark.parametrize("lines", [{"asked-2": "Van wie ben ik?"}, {"asked_by-2": "someone"}])
def test_a_new_question_has_an_asker(
    lines: dict[str, str], coach: Membership, participant: Membership, held: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    lines = {name: str(participant.pk) if value == "someone" else value for name, value in lines.items()}
    assert browser.post(page_of(held), shown_to(browser, held) | lines).status_code == 422


def test_nobody_of_another_group_was_there(
    coach: Membership, other_member: Membership, held: Meeting, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    for foreign in ({"there": [str(other_member.pk)]}, {"asked-1": "Hoe?", "asked_by-1": str(other_member.pk)}):
        assert browser.post(page_of(held), shown_to(browser, held) | foreign).status_code == 422
    assert not Attendance.objects.exists()


def test_after_it_ended_something_is_added_and_a_new_question_goes_on(
    coach: Membership, participant: Membership, held: Meeting, sign_in: SignIn
) -> None:
    Meeting.objects.update(state="ended", ended_at=timezone.now())
    browser = sign_in(coach)
    sent = shown_to(browser, held) | {"asked-1": "En thuis?", "asked_by-1": str(participant.pk)}
    assert browser.post(page_of(held), sent).status_code == 302
    assert ends(held) == {"En thuis?": ("parked", None, "parked", "")}


@pytest.mark.parametrize(
    ("state", "hours"),
    [("planned", 2), ("running", -2), ("cancelled", -2)],
    ids=["before", "while it is on", "not held"],
)
def test_never_before_it_was_held(state: str, hours: int, coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    Meeting.objects.update(state=state, starts_at=timezone.now() + timedelta(hours=hours))
    browser = sign_in(coach)
    for answer in (browser.get(page_of(meeting)), browser.post(page_of(meeting), {})):
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("meetings:detail", args=[meeting.pk]))
    meeting.refresh_from_db()
    assert meeting.state == state
    assert "Vul achteraf" not in browser.get(reverse("meetings:detail", args=[meeting.pk])).content.decode()


def test_a_closed_group_stays_as_it_is(coach: Membership, held: Meeting, sign_in: SignIn) -> None:
    browser = sign_in(coach)
    sent = shown_to(browser, held)
    NetworkGroup.objects.update(closed_at=timezone.now())
    assert (browser.get(page_of(held)).status_code, browser.post(page_of(held), sent).status_code) == (302, 403)


def test_the_coach_is_led_there_from_vandaag_and_from_the_meeting(
    coach: Membership, participant: Membership, held: Meeting, sign_in: SignIn
) -> None:
    assert [todo.url for todo in todos_of(coach.user)] == [page_of(held)]
    detail = reverse("meetings:detail", args=[held.pk])
    assert "Ging het zonder het portaal? Vul het dan hier in." in sign_in(coach).get(detail).content.decode()
    assert page_of(held) not in sign_in(participant).get(detail).content.decode()


def test_wherever_it_is_read_it_says_who_filled_it_in(
    coach: Membership, participant: Membership, held: Meeting, strips: list[Leervraag], sign_in: SignIn
) -> None:
    browser, reader = sign_in(coach), sign_in(participant)
    browser.post(page_of(held), shown_to(browser, held) | typed(strips[0], "3", "answered", "Tel tot drie."))

    pages = ["meetings:detail", "meetings:evaluation", "leervragen:meetlat", "leervragen:leervragen"]
    unsaid = [
        name
        for name in pages
        if "Achteraf ingevuld door Hanneke" not in reader.get(reverse(name, args=[held.pk])).content.decode()
    ]
    assert unsaid == []
    assert (
        "Achteraf ingevuld door Hanneke" in browser.get(reverse("meetings:attendance", args=[held.pk])).content.decode()
    )


def test_a_paper_with_an_answer_says_who_typed_it_in(
    coach: Membership, participant: Membership, held: Meeting, strips: list[Leervraag], sign_in: SignIn
) -> None:
    browser, reader = sign_in(coach), sign_in(participant)
    browser.post(page_of(held), shown_to(browser, held) | typed(strips[0], "3", "answered", "Tel tot drie."))

    page = reader.get(reverse("leervragen:group_questions", args=[held.group_id])).content.decode()
    pdf = group_questions_pdf(held.group, group_journeys(held.group, reader=None)).html
    taken_along = closing_document(Export(group=held.group), closing_facts(held.group)).html
    assert [text.count("Achteraf ingevuld door Hanneke") for text in (page, pdf, taken_along)] == [1, 1, 1]


def test_opened_again_it_is_planned_as_before(coach: Membership, held: Meeting, sign_in: SignIn) -> None:
    browser = sign_in(coach)
    browser.post(page_of(held), shown_to(browser, held))
    held.refresh_from_db()
    changing.reopen_meeting(actor=coach.user, meeting=held)
    held.refresh_from_db()
    assert (held.state, held.started_at, held.ended_at) == ("planned", None, None)


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_a_fixed_number(
    number: int,
    coach: Membership,
    participant: Membership,
    held: Meeting,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
) -> None:
    for count in range(number):
        Leervraag.objects.create(meeting=held, author=make_member(held.group), text=f"Vraag {count}")
    browser = sign_in(coach)
    with django_assert_num_queries(QUERIES):
        browser.get(page_of(held))


QUERIES = 13


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_of_the_meeting_stays_within_fifteen_with_all_that_hangs_there(
    number: int,
    coach: Membership,
    held: Meeting,
    sign_in: SignIn,
    django_assert_max_num_queries: CountQueries,
) -> None:
    Meeting.objects.update(state="ended")
    make_expert_invitation(held, answer="yes")
    FilledIn.objects.create(meeting=held, by=coach, key=uuid4())
    BoardPhoto.objects.create(meeting=held, put_by=coach, file="x")
    for count in range(number):
        facts: dict[str, Any] = {"kind": "link", "link": "https://a.example/", "put_by": coach}
        Handout.objects.create(meeting=held, title=f"Sheets {count}", **facts)
    browser = sign_in(coach)
    with django_assert_max_num_queries(15):
        browser.get(reverse("meetings:detail", args=[held.pk]))


def photo(kind: str = "JPEG") -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010F] = "Telefoon van Hanneke"
    made = BytesIO()
    Image.new("RGB", (3000, 2000), (200, 120, 40)).save(made, kind, exif=exif)
    return SimpleUploadedFile("meetlat.jpg", made.getvalue())


def hang(browser: Client, meeting: Meeting, content: SimpleUploadedFile | None) -> Any:
    return browser.post(reverse("meetings:hang_photo", args=[meeting.pk]), {"photo": content} if content else {})


def test_a_photo_of_the_paper_meetlat_hangs_with_the_meeting(
    coach: Membership,
    participant: Membership,
    held: Meeting,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: OnCommit,
) -> None:
    Meeting.objects.update(state="ended")
    browser, reader, store = sign_in(coach), sign_in(participant), storages["default"]
    page = browser.get(reverse("meetings:hang_photo", args=[held.pk])).content.decode()
    assert "Geen leerlingen op de foto." in page
    assert hang(browser, held, photo()).status_code == 302

    image = b"".join(reader.get(reverse("meetings:board_photo", args=[held.pk])))
    shown = Image.open(BytesIO(image))
    assert (shown.format, shown.size) == ("WEBP", (2400, 1600))
    assert b"Telefoon" not in image and shown.getexif() == {}
    assert "Opgehangen door Hanneke" in reader.get(reverse("meetings:detail", args=[held.pk])).content.decode()

    first = str(BoardPhoto.objects.get().file)
    with django_capture_on_commit_callbacks(execute=True):
        hang(browser, held, photo("PNG"))
    second = str(BoardPhoto.objects.get().file)
    assert (store.exists(first), store.exists(second)) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("meetings:take_photo_down", args=[held.pk]))
    assert (store.exists(second), BoardPhoto.objects.count()) == (False, 0)


@pytest.mark.parametrize("content", [None, SimpleUploadedFile("foto.jpg", b"MZ geen foto"), photo("GIF")])
def test_what_is_no_photo_does_not_hang(
    content: SimpleUploadedFile | None, coach: Membership, held: Meeting, sign_in: SignIn
) -> None:
    assert hang(sign_in(coach), held, content).status_code == 422
    assert not BoardPhoto.objects.exists()


def test_of_a_photo_that_a_phone_kept_as_heic_the_way_out_stands_beside_the_field(
    coach: Membership, held: Meeting, sign_in: SignIn
) -> None:
    answer = hang(sign_in(coach), held, SimpleUploadedFile("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 40))
    assert (answer.status_code, BoardPhoto.objects.exists()) == (422, False)
    assert "Maak een schermafbeelding van de foto" in answer.context["form"].errors["photo"][0]


def test_no_photo_hangs_before_the_meeting(coach: Membership, meeting: Meeting, sign_in: SignIn) -> None:
    assert hang(sign_in(coach), meeting, photo()).status_code == 422


def test_nobody_but_the_coach_sends_a_photo(
    coach: Membership, participant: Membership, held: Meeting, sign_in: SignIn
) -> None:
    address = reverse("meetings:hang_photo", args=[held.pk])
    assert announce(sign_in(participant), address, WITH_PHOTO).status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(coach.user, "django.contrib.auth.backends.ModelBackend")
    assert hang(strict, held, photo()).status_code == 403


@pytest.mark.parametrize(
    ("lay", "place", "outcome", "becomes"),
    [
        ("pitch", "", "partly", ("tray", None, "partly", "")),
        ("pitch", "", "open", ("parked", None, "parked", "")),
        ("pitch", "", "answered", ("pitch", None, "answered", "")),
        ("tray", "", "let_go", ("parked", None, "let_go", "")),
        ("tray", "3", "let_go", ("parked", None, "let_go", "")),
    ],
)
def test_a_place_and_an_end_that_cannot_be_together_become_what_they_are_in_the_room(
    lay: str,
    place: str,
    outcome: str,
    becomes: tuple[str, int | None, str, str],
    coach: Membership,
    held: Meeting,
    strips: list[Leervraag],
    sign_in: SignIn,
) -> None:
    if lay == "pitch":
        Leervraag.objects.filter(pk=strips[0].pk).update(state="pitch", outcome="answered")
    browser = sign_in(coach)

    assert browser.post(page_of(held), shown_to(browser, held) | typed(strips[0], place, outcome)).status_code == 302

    assert ends(held)["Hoe wacht ik?"] == becomes
