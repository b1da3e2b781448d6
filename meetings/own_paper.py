"""What is someone's own of what hangs with a meeting: handouts, photos of a meetlat, words of
thanks, and what was written for the own team."""

from django.utils.translation import gettext as _

from groups.models import User
from groups.points import OwnPart
from netwerkleren.base.access import Actor

from .models import BoardPhoto, FilledIn, Handout, TeamSharing, TeamText, Thanks


def handouts_part(user: User) -> OwnPart:
    """What a coach put there. It is the group's, and stays when the account ends, without a name."""
    put = Handout.objects.filter(put_by__user=user).select_related("meeting__group")
    rows = [
        {
            _("groep"): one.meeting.group.name,
            _("hand-out"): one.title,
            _("link"): one.link,
            _("neergezet op"): one.created,
        }
        for one in put
    ]
    return OwnPart("hand-outs", _("Hand-outs die ik neerzette"), rows)


def paper_part(user: User) -> OwnPart:
    """What a coach filled in and hung in the name of a group, which keeps it."""
    hung = BoardPhoto.objects.filter(put_by__user=user).select_related("meeting__group", "meeting__topic")
    filled_in = FilledIn.objects.filter(by__user=user).select_related("meeting__group", "meeting__topic")
    photos = {one.meeting_id: one.created for one in hung}
    typed = {one.meeting_id: one.changed for one in filled_in}
    meetings = {one.meeting_id: one.meeting for one in [*hung, *filled_in]}
    rows = [
        {
            _("groep"): meeting.group.name,
            _("bijeenkomst"): meeting.number_name,
            _("ingevuld op"): typed.get(pk),
            _("foto opgehangen op"): photos.get(pk),
        }
        for pk, meeting in meetings.items()
    ]
    return OwnPart("op-papier", _("Wat ik achteraf invulde"), rows)


def thanks_part(user: User) -> OwnPart:
    sent = Thanks.objects.filter(sent_by=user).select_related("invitation__expert")
    rows = [{_("aan"): one.invitation.expert.name, _("wat ik schreef"): one.text, _("op"): one.created} for one in sent]
    return OwnPart("bedankjes", _("Hoe ik experts bedankte"), rows)


def team_texts_part(user: User) -> OwnPart:
    texts = TeamText.objects.filter(member__user=user).select_related("meeting__group", "meeting__topic")
    rows = [
        {_("bijeenkomst"): one.meeting.title, _("op één A4"): one.page, _("in drie zinnen"): one.sentences}
        for one in texts
    ]
    return OwnPart("voor-mijn-team", _("Wat ik schreef voor mijn team"), rows)


def team_sharings_part(user: User) -> OwnPart:
    shared = TeamSharing.objects.filter(member__user=user).select_related("meeting__topic")
    rows = [
        {
            _("bijeenkomst"): one.meeting.title,
            _("hoe ik het deelde"): one.get_form_display(),
            _("wat ik deelde"): one.words,
            _("op"): one.shared_on,
        }
        for one in shared
    ]
    return OwnPart("gedeeld-met-mijn-team", _("Wat ik deelde met mijn team"), rows)


def take_away_sharing(user: User, actor: Actor) -> None:
    """The own texts, and what was said of sharing them, go with the account."""
    TeamText.objects.filter(member__user=user).delete()
    TeamSharing.objects.filter(member__user=user).delete()
