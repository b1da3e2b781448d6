"""Deel met je team: of one's own and of what may leave the group; no names, one A4, and nobody else reads it."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from groups.models import Membership, NetworkGroup
from groups.points import account_deleted
from leervragen.documents import team_pdf
from leervragen.models import Leervraag, OutsideMark
from leervragen.team_forms import TeamTextForm
from meetings.models import Agreement, Meeting, TeamSharing, TeamText
from tests.shown import fields_on
from tests.types import CountQueries, SignIn


@pytest.fixture
def held(meeting: Meeting) -> Meeting:
    Meeting.objects.update(state="ended", ended_at=timezone.now(), starts_at=timezone.now() - timedelta(hours=2))
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def own(held: Meeting, participant: Membership) -> Leervraag:
    facts: dict[str, Any] = {"outcome": "answered", "answer": "Tel tot drie. En kijk dan."}
    return Leervraag.objects.create(meeting=held, author=participant, text="Hoe wacht ik?", **facts)


@pytest.fixture
def theirs(held: Meeting, maatje: Membership) -> Leervraag:
    facts: dict[str, Any] = {"outcome": "answered", "answer": "Vraag het aan de klas."}
    return Leervraag.objects.create(meeting=held, author=maatje, text="Wat zeg ik tegen Bram?", **facts)


def page_of(meeting: Meeting) -> str:
    return reverse("leervragen:team", args=[meeting.pk])


def text_of(browser: Client, meeting: Meeting) -> str:
    form = browser.get(page_of(meeting)).context["form"]
    return f"{form['page'].value()}\n{form['sentences'].value()}"


def mark(browser: Client, row: Leervraag | Agreement, outside: str = "1") -> int:
    name = "mark_answer" if isinstance(row, Leervraag) else "mark_agreement"
    return browser.post(reverse(f"leervragen:{name}", args=[row.pk]), {"outside": outside}).status_code


def test_the_beginning_is_ones_own_question_with_its_answer_and_nothing_of_another(
    participant: Membership, held: Meeting, own: Leervraag, theirs: Leervraag, sign_in: SignIn
) -> None:
    Agreement.objects.create(meeting=held, text="Yusuf regelt koffie")
    text = text_of(sign_in(participant), held)

    assert "Mijn vraag: Hoe wacht ik?" in text and "Wat we vonden: Tel tot drie. En kijk dan." in text
    assert "Wat ik meeneem: Tel tot drie." in text
    for foreign in ("Vraag het aan de klas", "Bram", "koffie", "Marijke", "Yusuf"):
        assert foreign not in text


def test_what_its_asker_or_the_coach_marked_joins_it_without_the_question_or_a_name(
    coach: Membership,
    participant: Membership,
    maatje: Membership,
    held: Meeting,
    own: Leervraag,
    theirs: Leervraag,
    sign_in: SignIn,
) -> None:
    agreed = Agreement.objects.create(meeting=held, text="Elke week een rustmoment", owner=maatje)
    reader = sign_in(participant)
    assert (mark(reader, theirs), mark(reader, agreed)) == (403, 403)
    for asker in (sign_in(maatje), sign_in(coach)):
        assert (mark(asker, theirs), mark(asker, agreed)) == (302, 302)

        text = text_of(reader, held)
        assert "- Vraag het aan de klas." in text and "- Elke week een rustmoment" in text
        assert "Bram" not in text and "Yusuf" not in text

        assert (mark(asker, theirs, "0"), mark(asker, agreed, "0")) == (302, 302)
        assert "Vraag het aan de klas" not in text_of(reader, held)
    assert not OutsideMark.objects.exists()


def test_each_marks_what_is_ones_own_and_the_coach_all(
    coach: Membership, participant: Membership, held: Meeting, own: Leervraag, theirs: Leervraag, sign_in: SignIn
) -> None:
    Agreement.objects.create(meeting=held, text="Koffie")
    seen = [[one.text for one in sign_in(who).get(page_of(held)).context["markable"]] for who in (participant, coach)]
    assert seen == [[own.answer], [own.answer, theirs.answer, "Koffie"]]


def test_the_own_text_is_kept_and_no_other_member_reads_it(
    coach: Membership, participant: Membership, maatje: Membership, held: Meeting, own: Leervraag, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    sent = fields_on(browser, page_of(held)) | {"page": "Wij wachten voortaan.", "sentences": "Wacht."}
    for _press in range(2):
        assert browser.post(page_of(held), sent).status_code == 302

    assert TeamText.objects.get().page == "Wij wachten voortaan."
    assert "Wij wachten voortaan." in text_of(browser, held)
    for other in (maatje, coach):
        assert "Wij wachten voortaan." not in sign_in(other).get(page_of(held)).content.decode()
        pdf = sign_in(other).get(reverse("leervragen:team_page_pdf", args=[held.pk])).content
        assert "Wij wachten voortaan." not in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_it_is_saved_while_typing_and_two_tabs_see_each_others(
    participant: Membership, held: Meeting, own: Leervraag, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    sent = fields_on(browser, page_of(held))
    typed = browser.post(page_of(held), sent | {"page": "Van hier"}, headers={"Accept": "application/json"})
    assert (typed.status_code, set(typed.json())) == (200, {"version", "clock"})

    late = browser.post(page_of(held), sent | {"page": "Van daar"})
    assert late.status_code == 409
    assert "Van hier" in late.content.decode() and "Van daar" in late.content.decode()
    assert TeamText.objects.get().page == "Van hier"
    again = browser.post(page_of(held), sent | {"page": "Van daar", "version": typed.json()["version"]})
    assert (again.status_code, TeamText.objects.get().page) == (302, "Van daar")


def test_a_name_of_the_group_is_told(
    participant: Membership, maatje: Membership, held: Meeting, own: Leervraag, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    assert browser.get(page_of(held)).context["named"] == []
    sent = fields_on(browser, page_of(held)) | {"page": "Yusuf zei: wacht. Annoukje niet."}
    browser.post(page_of(held), sent)
    assert browser.get(page_of(held)).context["named"] == ["Yusuf"]


@pytest.mark.parametrize("page", ["m" * 84 * 20, "regel\n" * 35, "w " * 1200, ""])
def test_what_the_form_takes_stands_on_one_a4(page: str, held: Meeting, participant: Membership) -> None:

    held.topic.title = "Lang onderwerp " * 13  # type: ignore[union-attr]
    form = TeamTextForm(
        {"page": page, "sentences": "", "version": "x"}, instance=TeamText(meeting=held, member=participant)
    )
    assert form.is_valid(), form.errors
    made = team_pdf(held, TeamText(meeting=held, member=participant, page=form.cleaned_data["page"]))
    assert made.pages == 1


def test_what_does_not_fit_on_one_a4_is_said(
    participant: Membership, held: Meeting, own: Leervraag, sign_in: SignIn
) -> None:
    browser = sign_in(participant)
    answer = browser.post(page_of(held), fields_on(browser, page_of(held)) | {"page": "regel\n" * 60})
    assert answer.status_code == 422
    assert "Dit past niet op één A4" in answer.content.decode()


def share(browser: Client, meeting: Meeting, **fields: str) -> Any:
    sent = {"key": str(uuid4()), "form": "talk", "words": "Bij de koffie", "shared_on": str(timezone.localdate())}
    return browser.post(reverse("leervragen:add_sharing", args=[meeting.pk]), sent | fields)


def test_how_it_was_shared_is_kept_once_for_oneself(
    coach: Membership, participant: Membership, maatje: Membership, held: Meeting, sign_in: SignIn
) -> None:
    browser, key = sign_in(participant), str(uuid4())
    for _press in range(2):
        assert share(browser, held, key=key).status_code == 302
    kept = TeamSharing.objects.get()

    assert "Bij de koffie" in browser.get(page_of(held)).content.decode()
    for other in (maatje, coach):
        assert "Bij de koffie" not in sign_in(other).get(page_of(held)).content.decode()
        assert sign_in(other).post(reverse("leervragen:remove_sharing", args=[kept.pk])).status_code == 404
    assert browser.post(reverse("leervragen:remove_sharing", args=[kept.pk])).status_code == 302
    assert not TeamSharing.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"form": "rook"}, {"shared_on": "2999-01-01"}, {"shared_on": ""}, {"words": "x" * 501}]
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    wrong: dict[str, str], participant: Membership, held: Meeting, sign_in: SignIn
) -> None:
    answer = share(sign_in(participant), held, **({"words": "Bewaar mij"} | wrong))
    assert answer.status_code == 422
    assert ("Bewaar mij" in answer.content.decode()) is ("words" not in wrong)


def test_before_the_meeting_there_is_nothing_to_share(
    participant: Membership, meeting: Meeting, sign_in: SignIn
) -> None:
    assert sign_in(participant).get(page_of(meeting)).status_code == 302


def test_the_deelnemer_is_led_there_from_the_meeting(
    coach: Membership, participant: Membership, held: Meeting, sign_in: SignIn
) -> None:
    detail = reverse("meetings:detail", args=[held.pk])
    assert page_of(held) in sign_in(participant).get(detail).content.decode()
    assert page_of(held) not in sign_in(coach).get(detail).content.decode()


def test_with_the_account_it_goes(participant: Membership, held: Meeting, own: Leervraag, sign_in: SignIn) -> None:
    browser = sign_in(participant)
    share(browser, held)
    browser.post(page_of(held), fields_on(browser, page_of(held)) | {"page": "Van mij"})
    for react in account_deleted:
        react(participant.user, participant.user)
    assert not TeamText.objects.exists() and not TeamSharing.objects.exists()


def test_a_closed_group_is_read_only(participant: Membership, held: Meeting, own: Leervraag, sign_in: SignIn) -> None:
    browser = sign_in(participant)
    sent = fields_on(browser, page_of(held))
    NetworkGroup.objects.update(closed_at=timezone.now())
    assert (browser.get(page_of(held)).status_code, browser.post(page_of(held), sent).status_code) == (200, 403)


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
        Leervraag.objects.create(meeting=held, author=participant, text=f"Vraag {count}", answer="Zo.")
        Agreement.objects.create(meeting=held, text=f"Afspraak {count}", owner=participant)
    browser = sign_in(coach)
    with django_assert_num_queries(9):
        browser.get(page_of(held))
