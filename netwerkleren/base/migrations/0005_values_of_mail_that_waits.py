from uuid import UUID

from django.db import migrations

ABOUT = {
    "groups.invitation": "invitation",
    "meetings.facts": "membership",
    "meetings.cancelled": "membership",
    "meetings.expert_invitation": "invitation",
    "meetings.expert_cancelled": "invitation",
    "meetings.expert_answered": "invitation",
    "leervragen.for_expert": "mailing",
    "video_feedback.feedback_received": "feedback",
    "video_feedback.erasure": "owner",
}
"""Under which name the old form, in which all was text, had the id of the row that the mail is about."""


def listed(text):
    return [part for part in text.split(",") if part]


def to_values(kind, old):
    """What is left of the old form when the mail's own row has gone to `about`. The oldest rows lack a name or two."""
    if kind in ("meetings.facts", "meetings.expert_invitation"):
        meetings = dict(pair.split(":") for pair in listed(old.get("meetings", "")))
        news = {"meetings": {pk: int(sequence) for pk, sequence in meetings.items()}}
        if kind == "meetings.facts":
            changed = listed(old.get("changed", ""))
            undated = listed(old.get("undated", ""))
            sender = old.get("sender") or None
            return {**news, "is_change": bool(changed), "changed": changed, "undated": undated, "sender": sender}
        undated = list(meetings) if old.get("undated") == "1" else []
        return {**news, "is_change": old.get("news") == "1", "changed": [], "undated": undated}
    if kind == "meetings.cancelled":
        return {"meeting": old["meeting"], "sender": old.get("sender") or None}
    if kind == "meetings.expert_answered":
        return {"answer": old["answer"]}
    return {}


def to_text(kind, values):
    """The way back."""
    old = {}
    if "meetings" in values:
        old["meetings"] = ",".join(f"{pk}:{sequence}" for pk, sequence in values["meetings"].items())
    if kind == "meetings.facts":
        old |= {"changed": ",".join(values["changed"]), "undated": ",".join(values["undated"])}
    if kind == "meetings.expert_invitation":
        old |= {"news": str(int(values["is_change"])), "undated": str(int(bool(values["undated"])))}
    if "sender" in values:
        old["sender"] = values["sender"] or ""
    return old | {name: values[name] for name in ("meeting", "answer") if name in values}


# Both read all rows before they write one: SQLite may show a row that moved in the index on `about` a second time.


def forwards(apps, schema_editor):
    mails = apps.get_model("base", "OutgoingMail").objects.using(schema_editor.connection.alias)
    for mail in list(mails.filter(kind__in=ABOUT)):
        about = UUID(mail.values[ABOUT[mail.kind]])
        mails.filter(pk=mail.pk).update(about=about, values=to_values(mail.kind, mail.values))


def backwards(apps, schema_editor):
    mails = apps.get_model("base", "OutgoingMail").objects.using(schema_editor.connection.alias)
    for mail in list(mails.filter(kind__in=ABOUT, about__isnull=False)):
        old = {ABOUT[mail.kind]: str(mail.about), **to_text(mail.kind, mail.values)}
        mails.filter(pk=mail.pk).update(about=None, values=old)


class Migration(migrations.Migration):
    """Mail that waits, or of which a person still decides, goes out as it would have: no row is made and none lost.

    Also what was sent is put in the new form: by it a later mail knows what its reader was told.
    """

    dependencies = [("base", "0004_mail_carries_values")]
    operations = [migrations.RunPython(forwards, backwards)]
