"""How each service is called on the rows of a scene: by its name, as `groups.pairing.leave_pair`."""

from . import groups, leervragen, meetings, method, planning, reports, video_feedback

CALLS = {
    name: call
    for floor in (groups, meetings, video_feedback, leervragen, reports, method, planning)
    for name, call in floor.CALLS.items()
}
