from django.urls import URLPattern

from groups.urls import WITH_PHOTO
from netwerkleren.base.access import route

from .views import exports, harvest, interviews, lines, printing, stories

app_name = "reports"
urlpatterns: list[URLPattern] = [
    route("oogst/", harvest.overview, "overview"),
    route("oogst/<uuid:pk>/", harvest.harvest, "harvest"),
    route("oogst/<uuid:pk>/interviews/", interviews.interviews, "interviews"),
    route("oogst/<uuid:pk>/interviews/vragen/", interviews.script, "script"),
    route("oogst/<uuid:pk>/interviews/maken/", interviews.make_pairs, "make_pairs"),
    route("oogst/interviews/<uuid:pk>/wie/", interviews.change_interviewer, "change_interviewer"),
    route("oogst/interviews/<uuid:pk>/<str:part>/", interviews.interview, "interview"),
    route("oogst/interviews/<uuid:pk>/<str:part>/start/", interviews.start_part, "start_part"),
    route("oogst/interviews/<uuid:pk>/<str:part>/overslaan/", interviews.skip_part, "skip_part"),
    route("oogst/<uuid:pk>/mijn-verhaal/", stories.my_story, "my_story"),
    route("oogst/<uuid:pk>/mijn-verhaal/terug/", stories.take_story_back, "take_story_back", when_closed=True),
    route("oogst/<uuid:pk>/mijn-verhaal/terugkijken/", stories.memory, "memory"),
    route("oogst/<uuid:pk>/mijn-verhaal/papier/", stories.keep_sheet, "keep_sheet", body=WITH_PHOTO),
    route("oogst/<uuid:pk>/mijn-verhaal/papier/foto/", stories.sheet, "sheet"),
    route("oogst/<uuid:pk>/mijn-verhaal/papier/weg/", stories.erase_sheet, "erase_sheet", when_closed=True),
    route("oogst/<uuid:pk>/verhalen/", stories.stories_beside, "stories_beside"),
    route("oogst/verhalen/<uuid:pk>/", stories.story, "story"),
    route("oogst/<uuid:pk>/mijn-lijn/", lines.my_line, "my_line"),
    route("oogst/<uuid:pk>/mijn-lijn/terug/", lines.take_line_back, "take_line_back", when_closed=True),
    route("oogst/<uuid:pk>/lijnen/", lines.group_lines, "group_lines"),
    route("oogst/<uuid:pk>/lijnen/schrijver/", lines.scribe_of_lines, "scribe_of_lines"),
    route("oogst/<uuid:pk>/momenten/", lines.moments, "moments"),
    route("oogst/<uuid:pk>/momenten/<uuid:moment>/", lines.show_moment, "show_moment"),
    route("oogst/<uuid:pk>/slot-pdf/", exports.exports, "exports", when_closed=True),
    route("oogst/slot-pdf/<uuid:pk>/", exports.export, "export"),
    route("oogst/slot-pdf/<uuid:pk>/opnieuw/", exports.retry_export, "retry_export", when_closed=True),
    route("oogst/slot-pdf/<uuid:pk>/pdf/", exports.download, "download"),
    route("oogst/<uuid:pk>/voor-mij/", printing.for_me, "for_me", when_closed=True),
    route("bijeenkomsten/<uuid:pk>/printen/", printing.print_meeting, "print_meeting", when_closed=True),
    route("groepen/<uuid:pk>/printen/", printing.print_group, "print_group", when_closed=True),
    route("groepen/<uuid:pk>/printen/mail/", printing.mail_pack, "mail_pack"),
    route("printen/<uuid:pk>/", printing.edition, "edition"),
    route("printen/<uuid:pk>/opnieuw/", printing.retry_edition, "retry_edition", when_closed=True),
    route("printen/<uuid:pk>/pdf/", printing.edition_pdf, "edition_pdf"),
]
