"""After the walk, in which every button was double-clicked: everything is there once."""

import json
from collections import Counter

from tests.e2e.thread_meeting import LATE_QUESTION, QUESTIONS
from tests.e2e.thread_start import COACH, EXPERT, MEMBERS, TOPIC, Walk

LOOK = """
import json
from django.apps import apps
from django.db.models import F
from groups.models import NetworkGroup
from leervragen.models import Leervraag

group = NetworkGroup.objects.get(name="De Hondsrug")
PATHS = {
    "groups": "Invitation:group Membership:group Pair:group",
    "meetings": "Meeting:group AgendaItem:meeting__group Topic:group Expert:group ExpertInvitation:meeting__group"
    " Attendance:meeting__group Evaluation:meeting__group ImprovementPoint:meeting__group Agreement:meeting__group",
    "video_feedback": "Clip:owner__group Upload:clip__owner__group Feedback:clip__owner__group"
    " Remark:feedback__clip__owner__group ConsentStatement:clip__owner__group Talentmoment:author__group",
    "leervragen": "Leervraag:meeting__group Mailing:invitation__meeting__group",
    "reports": "Interview:group InterviewNote:interview__group ValueStory:teller__group BehaviourGraph:member__group"
    " GraphMoment:group Export:group",
}
counts = {
    model: apps.get_model(app, model).objects.filter(**{path: group}).count()
    for app, models in PATHS.items()
    for model, path in (one.split(":") for one in models.split())
}
strips = Leervraag.objects.filter(meeting__group=group).order_by("meeting__position", "created", "pk")
lies = list(strips.values_list("text", "meeting__position", "state", "number", "outcome"))
print("SEEN", json.dumps([counts, lies]))
"""


def nothing_is_there_twice(walk: Walk) -> None:
    printed = walk.portal.run(LOOK)
    seen = next(line for line in printed.splitlines() if line.startswith("SEEN"))
    counts, lies = json.loads(seen.removeprefix("SEEN"))
    assert counts == {
        "Invitation": len(MEMBERS),
        "Membership": len(MEMBERS) + 1,
        "Pair": 3,
        "Meeting": 4,
        "AgendaItem": 6 + 9 + 9 + 7,
        "Topic": 1,
        "Expert": 1,
        "ExpertInvitation": 1,
        "Attendance": len(MEMBERS) + 1,
        "Evaluation": 1,
        "ImprovementPoint": 1,
        "Agreement": 1,
        "Clip": 1,
        "Upload": 0,
        "Feedback": 2,
        "Remark": 5,
        "ConsentStatement": 2,  # For the maatje, and then for the group.
        "Talentmoment": 1,
        "Leervraag": len(lies),
        "Mailing": 1,
        "Interview": len(MEMBERS),
        "InterviewNote": 2,
        "ValueStory": 2,
        "BehaviourGraph": 2,
        "GraphMoment": 3 + 1,  # Two netwerkbijeenkomsten, the afsluiting, and the coaching that was added.
        "Export": 1,
    }
    assert lies == [
        [QUESTIONS["marijke"], 1, "laid", 3, "answered"],
        [QUESTIONS["yusuf"], 1, "laid", 5, "moved"],
        [QUESTIONS["anouk"], 1, "laid", 7, "moved"],
        [QUESTIONS["tom"], 1, "parked", None, "parked"],
        [LATE_QUESTION, 1, "pitch", None, "answered"],
        [QUESTIONS["yusuf"], 2, "tray", None, "open"],
        [QUESTIONS["anouk"], 2, "tray", None, "open"],
    ]
    _every_mail_came_once(walk)


def _every_mail_came_once(walk: Walk) -> None:
    everyone = [COACH[1], *(email for _name, email, *_ in MEMBERS.values())]
    invited = [(email, "Doe mee met netwerkgroep De Hondsrug") for email in everyone if email != COACH[1]]
    dated = ("Introductie", "Bijeenkomst 1")
    told = [(email, f"Zet in je agenda: {title}") for email in everyone for title in dated]
    others = [
        (EXPERT[1], f"Wil je komen als expert? {TOPIC}"),
        (COACH[1], f"{EXPERT[0]} komt: {TOPIC}"),
        (EXPERT[1], f"Leervragen voor {TOPIC}"),
        (MEMBERS["marijke"][1], "Yusuf stuurde je feedback"),
        (MEMBERS["marijke"][1], "Anouk stuurde je feedback"),
        (MEMBERS["marijke"][1], "Yusuf gaf je een fragment"),
        *((email, "Marijke deelde een fragment met je") for email in everyone if email != MEMBERS["marijke"][1]),
    ]
    ours = {*everyone, EXPERT[1]}  # Walks before this one left mails of their own people in the same box.
    came = Counter(
        (recipient, mail.subject.split(f"{TOPIC}, ")[0] + TOPIC if f"{TOPIC}, " in mail.subject else mail.subject)
        for mail in walk.sink.mails
        for recipient in mail.recipients
        if recipient in ours
    )
    assert came == Counter(invited + told + others)
