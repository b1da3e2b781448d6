"""A photo of the sheet, the stories beside each other, what helps to remember, and the talk about the lines."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from groups.models import LearningGoal, Membership, NetworkGroup
from groups.own_data import Taken
from reports.closing.facts import closing_facts
from reports.models import LinesTalk, StorySheet, ValueStory
from reports.own_data import lines_part, stories_part
from reports.services import stories
from tests.reports.factories import make_story
from tests.types import SignIn


def photo() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (60, 80), "white").save(made, "JPEG")
    return SimpleUploadedFile("blaadje.jpg", made.getvalue(), "image/jpeg")


@pytest.fixture
def kept(sign_in: SignIn, participant: Membership) -> StorySheet:
    address = reverse("reports:keep_sheet", args=[participant.group_id])
    assert sign_in(participant).post(address, {"photo": photo()}).status_code == 302
    return StorySheet.objects.get(teller=participant)


def test_a_photo_of_the_sheet_is_its_tellers_alone(
    sign_in: SignIn, participant: Membership, colleague: Membership, kept: StorySheet
) -> None:
    address = reverse("reports:sheet", args=[participant.group_id])
    page = reverse("reports:my_story", args=[participant.group_id])
    assert sign_in(colleague).get(address).status_code == 404
    assert address in sign_in(participant).get(page).content.decode()

    shown = sign_in(participant).get(address)

    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    shown.close()


def test_the_photo_is_gone_when_its_teller_is_done(
    sign_in: SignIn, participant: Membership, kept: StorySheet, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(participant).post(reverse("reports:erase_sheet", args=[participant.group_id]))

    assert not StorySheet.objects.exists()
    assert not storages["default"].exists(str(kept.file))


def test_in_a_group_that_was_closed_the_photo_is_still_seen_and_erased_by_its_teller(
    sign_in: SignIn, participant: Membership, kept: StorySheet
) -> None:
    NetworkGroup.objects.update(closed_at=timezone.now())
    page = reverse("reports:my_story", args=[participant.group_id])
    erase = reverse("reports:erase_sheet", args=[participant.group_id])

    shown = sign_in(participant).get(page).content.decode()

    assert reverse("reports:sheet", args=[participant.group_id]) in shown and f'action="{erase}"' in shown
    assert erase not in sign_in(participant).post(erase, follow=True).content.decode()
    assert not StorySheet.objects.exists()


def test_the_photo_and_all_that_one_wrote_of_the_lines_go_along_with_ones_own_data(
    participant: Membership, maatje: Membership, kept: StorySheet
) -> None:
    LinesTalk.objects.create(group=participant.group, scribe=participant, seen="Ze dalen.", what_now="Rust.")
    user = participant.user

    [file] = stories_part(user).files
    with storages["default"].open(str(kept.file)) as photo_kept:
        assert b"".join(file.pieces(lambda: user)) == photo_kept.read()
    [row] = lines_part(user).rows
    assert row["ik schreef voor de groep"] == "Wat zien we? Ze dalen.\nWat nu? Rust."

    with pytest.raises(Taken):
        b"".join(file.pieces(lambda: maatje.user))
    assert not stories_part(maatje.user).files


def test_a_sheet_that_was_forgotten_goes_by_itself(kept: StorySheet) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        stories.erase_old_sheets()
    assert StorySheet.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        stories.erase_old_sheets()
    assert not StorySheet.objects.exists()


def test_what_is_no_photo_is_refused_beside_its_field(sign_in: SignIn, participant: Membership) -> None:
    address = reverse("reports:keep_sheet", args=[participant.group_id])
    answer = sign_in(participant).post(address, {"photo": SimpleUploadedFile("a.jpg", b"<svg>", "image/jpeg")})
    assert (answer.status_code, StorySheet.objects.exists()) == (422, False)
    assert "Dit is geen foto die we kunnen lezen." in answer.content.decode()


def test_only_stories_that_are_shared_stand_beside_each_other_set_as_text(
    sign_in: SignIn, participant: Membership, maatje: Membership, colleague: Membership
) -> None:
    make_story(participant, "Hoe was het?\n- Leuk\n- Leerzaam <b>", ValueStory.Decision.GROUP)
    make_story(maatje, "Verhaal van Yusuf.", ValueStory.Decision.PDF)
    make_story(colleague, "Alleen voor mij.", ValueStory.Decision.PRIVATE)

    html = sign_in(colleague).get(reverse("reports:stories_beside", args=[participant.group_id])).content.decode()

    assert "<li>Leerzaam &lt;b&gt;</li>" in html and "Verhaal van Yusuf." in html
    assert "Alleen voor mij." not in html


def test_a_teller_finds_the_own_goals_to_remember_by_and_nobody_elses(
    sign_in: SignIn, participant: Membership, maatje: Membership
) -> None:
    for member, text in ((participant, "Ik wacht drie tellen."), (maatje, "Ik kijk eerst.")):
        LearningGoal.objects.create(membership=member, text=text, audience=LearningGoal.Audience.GROUP)

    html = sign_in(participant).get(reverse("reports:memory", args=[participant.group_id])).content.decode()

    assert "Ik wacht drie tellen." in html and "Ik kijk eerst." not in html


def test_one_writes_what_the_group_says_of_its_lines_and_it_is_in_the_closing_pdf(
    sign_in: SignIn, group: NetworkGroup, participant: Membership, maatje: Membership
) -> None:
    address = reverse("reports:group_lines", args=[group.pk])
    scribe, other = sign_in(participant), sign_in(maatje)
    assert "<textarea" not in scribe.get(address).content.decode()

    scribe.post(reverse("reports:scribe_of_lines", args=[group.pk]))
    version = LinesTalk().version
    sent = {
        "seen": "Alle lijnen dalen in december.",
        "meaning": "",
        "what_now": "Dan plannen we niets.",
        "version": version,
    }
    typed = scribe.post(address, sent, headers={"Accept": "application/json"})

    assert typed.status_code == 200
    html = other.get(address).content.decode()
    assert "Marijke schrijft voor de groep." in html and "Alle lijnen dalen in december." in html
    assert "<textarea" not in html
    assert closing_facts(group).talk == (
        ("Wat zien we?", "Alle lijnen dalen in december."),
        ("Wat nu?", "Dan plannen we niets."),
    )
    # Another who wrote meanwhile is shown both.
    assert other.post(address, sent | {"seen": "Ze stijgen."}).status_code == 409
