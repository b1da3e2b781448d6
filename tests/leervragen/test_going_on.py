"""One question after the other: "Beantwoord, volgende vraag", one answer for more, and a question that comes up."""

from html import unescape
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse

from groups.models import Membership
from leervragen.journeys import group_journeys
from leervragen.models import Leervraag, Meetlat, WrittenAnswer
from leervragen.services import answering, choosing
from meetings.models import ExpertInvitation, Meeting
from netwerkleren.base.conflicts import version_of
from netwerkleren.base.models import OutgoingMail
from tests.factories import make_expert_invitation
from tests.types import AskQuestion, Response, SignIn


def said(answer: Response) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def address(route: str, leervraag: Leervraag) -> str:
    return reverse(f"leervragen:{route}", args=[leervraag.pk])


def ends(leervraag: Leervraag, outcome: str = "answered", **texts: str) -> dict[str, str]:
    """What the button of an outcome sends, from a page on which the question stands as given."""
    fields = {"outcome": outcome, "version": leervraag.version_of_outcome, **texts}
    return {f"{leervraag.pk}-{name}": value for name, value in fields.items()}


def outcomes() -> dict[str, str]:
    return dict(Leervraag.objects.values_list("text", "outcome"))


def current(meeting: Meeting) -> str:
    return Meetlat.objects.get(pk=meeting.pk).current.text  # type: ignore[union-attr]


@pytest.fixture
def invitation(meeting: Meeting) -> ExpertInvitation:
    return make_expert_invitation(meeting, "Lotte de Wit", answer="yes")


def test_answered_goes_on_to_the_next_question_with_its_notes_kept(
    ask: AskQuestion, meeting: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    first, second = ask("Een?", number=1), ask("Twee?", number=2)
    answering.begin_question(actor=participant.user, leervraag=first)

    answer = sign_in(participant).post(
        address("go_on", first), {"answer": "Zo dus.", "version": version_of(""), **ends(first)}
    )

    assert answer["Location"] == address("answer", second)
    assert outcomes() == {"Een?": "answered", "Twee?": "open"}
    assert Leervraag.objects.get(pk=first.pk).answer == "Zo dus."
    assert current(meeting) == "Twee?"


def test_pressed_by_two_the_group_goes_one_question_further(
    ask: AskQuestion, meeting: Meeting, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    first, second, _third = (ask(f"{number}?", number=number) for number in (1, 2, 3))
    body = ends(first)

    went = [sign_in(who).post(address("go_on", first), body)["Location"] for who in (participant, maatje, maatje)]

    assert went == [address("answer", second)] * 3
    assert outcomes() == {"1?": "answered", "2?": "open", "3?": "open"}


def test_what_was_passed_by_comes_after_the_harder_ones(
    ask: AskQuestion, participant: Membership, sign_in: SignIn
) -> None:
    passed, second, third = (ask(f"{number}?", number=number) for number in (1, 2, 3))
    client = sign_in(participant)

    assert client.post(address("go_on", second), ends(second))["Location"] == address("answer", third)
    assert client.post(address("go_on", third), ends(third))["Location"] == address("answer", passed)
    last = client.post(address("go_on", passed), ends(passed))

    assert last["Location"] == reverse("leervragen:meetlat", args=[passed.meeting_id]) + "?step=3"
    assert said(last) == ["Dat was de laatste open vraag van vandaag."]


def test_what_another_ended_otherwise_is_shown_first(
    ask: AskQuestion, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    first, _second = ask("Een?", number=1), ask("Twee?", number=2)
    body = ends(first)
    answering.end_question(actor=maatje.user, leervraag=first, outcome="partly")

    told = sign_in(participant).post(address("go_on", first), body)

    assert (told.status_code, outcomes()["Een?"]) == (409, "partly")
    assert "deels beantwoord" in told.content.decode()


def test_a_group_has_one_answer_and_one_outcome_and_every_asker_keeps_the_own(
    pair_of_questions: tuple[Leervraag, Leervraag], participant: Membership, sign_in: SignIn
) -> None:
    first, _second = pair_of_questions
    sign_in(participant).post(
        address("go_on", first), {"answer": "Laat zien wat helpt.", "version": version_of(""), **ends(first)}
    )
    kept = set(Leervraag.objects.values_list("author__user__name", "text", "answer", "outcome"))
    assert kept == {
        ("Marijke Hoekstra", "Hoe leg ik het uit?", "Laat zien wat helpt.", "answered"),
        ("Yusuf Demir", "Wat vertel ik?", "Laat zien wat helpt.", "answered"),
    }


def test_a_group_is_unfolded_where_its_questions_differ(
    pair_of_questions: tuple[Leervraag, Leervraag], participant: Membership, sign_in: SignIn
) -> None:
    first, second = pair_of_questions
    client = sign_in(participant)

    def is_unfolded() -> bool:
        page = client.get(address("answer", first)).content.decode()
        return "open" in page.split("Per vraag een eigen afloop")[0].rsplit("<details", 1)[1]

    assert not is_unfolded()
    client.post(address("end", second), ends(second, "partly"))
    assert is_unfolded()
    assert outcomes() == {"Hoe leg ik het uit?": "open", "Wat vertel ik?": "partly"}
    first.refresh_from_db()
    client.post(address("end", first) + "?together", ends(first, "answered"))
    assert outcomes() == {"Hoe leg ik het uit?": "answered", "Wat vertel ik?": "partly"}, "what one ended stays"


def test_one_button_ends_a_whole_group_and_changes_it_as_one(
    pair_of_questions: tuple[Leervraag, Leervraag], participant: Membership, sign_in: SignIn
) -> None:
    first, _second = pair_of_questions
    client = sign_in(participant)
    for outcome in ("partly", "open", "answered"):
        first.refresh_from_db()
        client.post(address("end", first) + "?together", ends(first, outcome))
        assert set(outcomes().values()) == {outcome}


def test_one_answer_answers_a_harder_question_too_and_that_points_to_it(
    ask: AskQuestion, meeting: Meeting, participant: Membership, maatje: Membership, sign_in: SignIn
) -> None:
    first, harder = ask("Een?", number=1), ask("Tien?", number=10, author=maatje)
    client = sign_in(participant)
    body = {"answer": "Wacht drie tellen.", "version": version_of(""), "other": str(harder.pk)}

    assert [client.post(address("answer_too", first), body).status_code for _twice in range(2)] == [302, 302]

    harder.refresh_from_db()
    assert (harder.outcome, harder.answered_with, harder.answer, harder.author) == ("answered", first, "", maatje)
    assert outcomes()["Een?"] == "open", "one may go on with the question itself"
    for page in (
        client.get(address("answer", harder)),
        client.get(reverse("leervragen:group_questions", args=[meeting.group_id])),
        client.get(reverse("leervragen:leervragen", args=[meeting.pk])),
    ):
        shown = unescape(page.content.decode()).split("<main")[1]
        assert "Beantwoord met:" in shown and "Een?" in shown and "Wacht drie tellen." in shown
    journey = next(one for one in group_journeys(meeting.group, None) if one.question == harder)
    assert journey.answers == ["Wacht drie tellen."]


def test_what_ended_otherwise_is_not_said_to_be_answered_too(
    ask: AskQuestion, participant: Membership, sign_in: SignIn
) -> None:
    first, parked = ask("Een?", number=1), ask("Twee?", state="parked", outcome="parked")

    told = sign_in(participant).post(address("answer_too", first), {"other": str(parked.pk)})

    assert (told.status_code, "Die vraag is intussen al afgerond." in told.content.decode()) == (422, True)


def test_the_list_says_lees_het_antwoord_only_where_there_is_one(
    ask: AskQuestion, meeting: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    first, too = ask("Een?", number=1, answer="Tel tot drie."), ask("Twee?", number=2)
    third = ask("Drie?", number=3)
    answering.end_question(actor=participant.user, leervraag=third, outcome="answered")
    answering.end_question(actor=participant.user, leervraag=first, outcome="answered")
    answering.answer_too(actor=participant.user, leervraag=first, other=too)

    page = reverse("leervragen:meetlat", args=[meeting.pk]) + "?step=3"
    html = sign_in(participant).get(page).content.decode()

    rows = [row for row in html.split("<li>") if '<span class="q">' in row]
    told = ["Beantwoord", "Beantwoord met een andere vraag", "Beantwoord in het gesprek"]
    assert [words in row for words, row in zip(told, rows, strict=True)] == [True, True, True]
    assert ["Lees het antwoord" in row for row in rows] == [True, True, False]
    assert "Bekijk de vraag" in rows[2]


def test_a_chain_points_to_where_the_answer_stands(ask: AskQuestion, participant: Membership) -> None:
    first, second, third = (ask(f"{number}?", number=number) for number in (1, 2, 3))
    Leervraag.objects.filter(pk=first.pk).update(answer="Zo.")
    for source, other in ((first, second), (second, third)):
        answering.answer_too(actor=participant.user, leervraag=source, other=other)
    assert Leervraag.objects.get(pk=third.pk).answered_by == first


def test_what_is_opened_again_points_nowhere(ask: AskQuestion, participant: Membership) -> None:
    first, second = ask("Een?", number=1), ask("Twee?", number=2)
    answering.answer_too(actor=participant.user, leervraag=first, other=second)
    for outcome in ("open", "answered"):
        answering.end_question(actor=participant.user, leervraag=second, outcome=outcome)
    assert Leervraag.objects.get(pk=second.pk).answered_by is None


def test_only_another_question_of_the_meeting_is_answered_too(
    ask: AskQuestion, next_meeting: Meeting, participant: Membership, sign_in: SignIn
) -> None:
    first, elsewhere = ask("Een?", number=1), ask("Elders?", meeting=next_meeting)
    client = sign_in(participant)
    for other in (str(first.pk), str(elsewhere.pk), "x", ""):
        told = client.post(address("answer_too", first), {"other": other})
        assert told.status_code == 422, other
    assert set(outcomes().values()) == {"open"}


def test_a_new_question_that_comes_up_lies_on_the_pile_and_the_group_stays(
    ask: AskQuestion, participant: Membership, sign_in: SignIn
) -> None:
    first = ask("Een?", number=1)
    client, body = sign_in(participant), {"key": str(uuid4()), "text": "En daarna?", "nobody_recognisable": "on"}

    answers = [client.post(address("ask_beside", first), body) for _twice in range(2)]

    assert [answer["Location"] for answer in answers] == [address("answer", first)] * 2
    new = Leervraag.objects.get(text="En daarna?")
    assert (new.meeting, new.author, new.state) == (first.meeting, participant, "tray")
    told = client.post(address("ask_beside", first), {"key": str(uuid4()), "text": ""})
    assert told.status_code == 422 and outcomes().keys() == {"Een?", "En daarna?"}


def test_what_members_and_the_expert_wrote_stands_beside_the_question(
    ask: AskQuestion, invitation: ExpertInvitation, maatje: Membership, participant: Membership, sign_in: SignIn
) -> None:
    first = ask("Een?", number=1)
    WrittenAnswer.objects.create(leervraag=first, author=maatje, text="Vraag door.")
    WrittenAnswer.objects.create(leervraag=first, invitation=invitation, text="Adem eerst.")

    page = unescape(sign_in(participant).get(address("answer", first)).content.decode())

    beside = page.split("Dit is ook geschreven")[1].split("</section>")[0]
    assert all(words in beside for words in ("Vraag door.", "Yusuf", "Adem eerst.", "Lotte de Wit"))


@pytest.mark.parametrize(
    ("where", "typed", "stands"),
    [
        ("", "", ""),
        ("", "Naar bijeenkomst 4", "Naar bijeenkomst 4"),
        ("topic", "", "Ander onderwerp"),
        ("topic", "Ouders", "Ander onderwerp: Ouders"),
        ("topic", "Ander onderwerp: Ouders", "Ander onderwerp: Ouders"),
        ("expert", "", "Naar Lotte de Wit"),
    ],
)
def test_a_destination_is_a_choice_and_needs_no_words(
    where: str,
    typed: str,
    stands: str,
    ask: AskQuestion,
    invitation: ExpertInvitation,
    participant: Membership,
    sign_in: SignIn,
) -> None:
    first = ask("Een?", number=1)
    chosen = str(invitation.pk) if where == "expert" else where

    answer = sign_in(participant).post(address("end", first), ends(first, "parked", where=chosen, destination=typed))

    first.refresh_from_db()
    assert (answer.status_code, first.outcome, first.destination) == (302, "parked", stands)
    assert not OutgoingMail.objects.filter(kind="leervragen.for_expert").exists(), "a deelnemer sends no mail"


def test_the_choice_of_an_expert_by_the_coach_is_a_mail(
    ask: AskQuestion, invitation: ExpertInvitation, coach: Membership, sign_in: SignIn
) -> None:
    first = ask("Een?", number=1)
    client = sign_in(coach)
    shows = {"step": "4", "open": str(first.pk)}
    page = client.get(reverse("leervragen:meetlat", args=[first.meeting_id]), shows).content.decode()
    assert "Mail naar Lotte de Wit" in page

    client.post(address("end", first), ends(first, "parked", where=str(invitation.pk)))

    sent = OutgoingMail.objects.filter(kind="leervragen.for_expert").values_list("recipient", flat=True)
    assert list(sent) == [invitation.expert.email]


def test_a_choice_with_too_many_words_and_an_unknown_one_are_refused(
    ask: AskQuestion, participant: Membership, sign_in: SignIn
) -> None:
    first = ask("Een?", number=1)
    client = sign_in(participant)
    for more, field in (
        ({"where": "topic", "destination": "x" * 195}, "destination"),
        ({"where": str(uuid4())}, "where"),
    ):
        told = client.post(address("end", first), ends(first, "parked", **more))
        assert (told.status_code, list(told.context["failed"].errors)) == (422, [field])
    assert outcomes() == {"Een?": "open"}


def test_its_asker_and_the_coach_let_a_question_go_and_nobody_else(
    ask: AskQuestion, participant: Membership, maatje: Membership, coach: Membership, sign_in: SignIn
) -> None:
    own, other = ask("Van mij?", number=1), ask("Van Yusuf?", number=2, author=maatje)
    client, meetlat = sign_in(participant), reverse("leervragen:meetlat", args=[own.meeting_id])
    shows = {"step": "4", "open": f"{own.pk},{other.pk}"}
    page = client.get(meetlat, shows).content.decode()
    assert "Ik laat hem los" in page and "Yusuf laat hem los" not in page
    assert "Yusuf laat hem los" in sign_in(coach).get(meetlat, shows).content.decode()

    assert client.post(address("end", own), ends(own, "let_go")).status_code == 302
    assert client.post(address("end", other), ends(other, "let_go")).status_code == 403

    assert outcomes() == {"Van mij?": "let_go", "Van Yusuf?": "open"}
    assert Leervraag.objects.taken_from_p().get() == own, "it can be laid back there"


def test_after_an_early_stop_the_coach_gives_each_question_its_place(
    ask: AskQuestion,
    meeting: Meeting,
    next_meeting: Meeting,
    coach: Membership,
    participant: Membership,
    sign_in: SignIn,
) -> None:
    first = ask("Een?", number=1)
    choosing.choose_several(
        actor=participant.user, meeting=meeting, chosen=[(first.pk, first.version)], not_today=False
    )
    answering.finish_open_questions(actor=coach.user, meeting=meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.ENDED)
    url = reverse("leervragen:meetlat", args=[meeting.pk])
    shows = {"step": "4", "open": str(first.pk)}
    pages = [sign_in(who).get(url, shows).content.decode() for who in (coach, participant)]
    assert [f'action="{address("end", first)}"' in page for page in pages] == [True, False]
    assert [f"anders-{first.pk}" in page for page in pages] == [True, False]

    first.refresh_from_db()
    sign_in(coach).post(address("end", first), ends(first, "parked", where="topic", destination="Ouders"))

    first.refresh_from_db()
    assert (first.outcome, first.destination) == ("parked", "Ander onderwerp: Ouders")
    assert not Leervraag.objects.filter(meeting=next_meeting).exists(), "its copy goes with it"


def test_two_questions_are_not_answered_with_each_other(ask: AskQuestion, participant: Membership) -> None:
    first, second = ask("Een?", number=1), ask("Twee?", number=2)
    answering.answer_too(actor=participant.user, leervraag=first, other=second)

    with pytest.raises(ValidationError, match="zelf met die vraag beantwoord"):
        answering.answer_too(actor=participant.user, leervraag=second, other=first)

    assert Leervraag.objects.get(pk=first.pk).answered_with is None
