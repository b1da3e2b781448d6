"""How the group lays: at the board, where one lays what all decide, or each on an own phone."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import Membership
from meetings.models import Meeting
from netwerkleren.base.access import Actor

from ..held import check_not_held
from ..models import Meetlat
from . import boards


@transaction.atomic
def choose_way(*, actor: Actor, meeting: Meeting, way: str, layer: Membership | None = None) -> Meetlat:
    """At the board the coach lays, or the `layer` whom the coach lets lay."""
    if layer is not None and (layer.group_id != meeting.group_id or layer.left is not None):
        raise ValidationError(_("Kies iemand uit deze groep."))
    meetlat = boards.lock_meetlat(meeting=meeting)
    check_not_held(meeting)
    meetlat.way_chosen = way
    meetlat.layer = layer if way == Meetlat.Way.BOARD else None
    meetlat.full_clean(exclude=["meeting", "current"])
    meetlat.save(update_fields=["way_chosen", "layer"])
    boards.touch(meeting=meeting)
    return meetlat
