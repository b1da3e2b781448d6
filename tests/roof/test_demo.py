"""Demo mode: one setting, refused by the deploy check; without it its addresses do not exist."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db.models import Count
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django_htmx.middleware import HtmxMiddleware
from pytest_django import Settings

from groups.models import Membership, User
from leervragen.models import Leervraag
from meetings.film_tasks import film_tasks_of
from meetings.models import ExpertInvitation, Inventory, Meeting, Wish
from netwerkleren.roof.demo import views
from netwerkleren.roof.demo.accounts import COACH, MEMBERS
from netwerkleren.roof.demo.load import load_demo
from netwerkleren.roof.demo.mailbox import all_mail
from video_feedback.models import Clip, PracticeTop


@pytest.mark.parametrize("address", ["/demo/post/", "/demo/expert/", "/demo/inloggen/hanneke/"])
def test_without_the_setting_its_addresses_do_not_exist(address: str, client: Client, db: None) -> None:
    with pytest.raises(Resolver404):
        resolve(address)
    with pytest.raises(NoReverseMatch):
        reverse("demo:mailbox")
    assert client.post(address).status_code == 404


def test_the_deploy_check_refuses_it(settings: Settings) -> None:
    settings.DEMO = True
    with pytest.raises(SystemCheckError, match=r"netwerkleren\.E001"):
        call_command("check", "--deploy")


def test_it_does_not_load_outside_demo_mode(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not User.objects.exists()


def test_it_loads_a_traject_in_mid_course_once(db: None) -> None:
    assert load_demo() is True
    assert load_demo() is False

    coach = User.objects.get(email=COACH.email)
    assert coach.telephone == COACH.telephone != ""
    coach.full_clean()
    (round_of_now,) = film_tasks_of(coach)
    assert "wacht met helpen" in round_of_now.film_task
    for top in PracticeTop.objects.all():
        top.full_clean()
    assert PracticeTop.objects.count() == 4
    for answers in Inventory.objects.all():
        answers.full_clean()
    assert Inventory.objects.count() == 4
    assert sorted(Wish.objects.annotate(backed=Count("backers")).values_list("kind", "backed")) == [
        ("expert", 3),
        ("topic", 2),
        ("topic", 3),
    ]

    participants = Membership.objects.participants()
    assert [member.user.name for member in participants] == [person.name for person in MEMBERS]
    assert participants.values("school").distinct().count() == 3
    assert [meeting.state for meeting in Meeting.objects.all()] == ["ended", "ended", "planned", "planned", "planned"]
    assert set(Clip.objects.values_list("state", flat=True)) == {"ready"}
    assert Leervraag.objects.filter(outcome="answered").count() == 5


def test_a_real_installation_is_left_alone(coach: Membership) -> None:
    assert load_demo() is False
    assert User.objects.count() == 1


def test_its_mail_is_read_from_files(tmp_path: Path, settings: Settings, coach: Membership) -> None:
    settings.EMAIL_FILE_PATH = tmp_path
    backend: Any = EmailBackend(file_path=str(tmp_path))
    backend.send_messages(
        [
            EmailMultiAlternatives(f"Dag {name}", f"Regel een\n\nVoor {name} 🎈", to=[f"{name}@a.example"])
            for name in "ab"
        ]
    )

    mails = all_mail()

    assert {(mail.subject, mail.to) for mail in mails} == {("Dag a", "a@a.example"), ("Dag b", "b@a.example")}
    assert {mail.text.splitlines()[-1] for mail in mails} == {"Voor a 🎈", "Voor b 🎈"}


@pytest.mark.parametrize("state", [Meeting.State.PLANNED, Meeting.State.RUNNING, Meeting.State.ENDED])
def test_its_expert_goes_in_before_the_meeting_while_it_is_on_and_after_it(
    state: str, rf: RequestFactory, client: Client, meeting: Meeting, expert_invitation: ExpertInvitation
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    answer: Any = HtmxMiddleware(views.expert)(rf.post("/demo/expert/"))
    page = client.get(answer["Location"], follow=True)
    assert (page.status_code, meeting.title in page.content.decode()) == (200, True)


def test_bin_start_prints_a_name_since_an_ip_address_holds_no_passkey() -> None:
    script = Path("bin/start").read_text()
    assert "BASE_URL=http://localhost:$PORT " in script
    assert 'echo "Netwerkleren: $BASE_URL ' in script
