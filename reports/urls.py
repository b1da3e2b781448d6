from django.urls import URLPattern

from netwerkleren.base.access import Who, route

from .views import exports, harvest, interviews, lines, stories

app_name = "reports"
urlpatterns: list[URLPattern] = [
    route("oogst/", harvest.overview, "overview", Who.SIGNED_IN),
    route("oogst/<uuid:pk>/", harvest.harvest, "harvest", Who.SIGNED_IN),
    route("oogst/<uuid:pk>/interviews/", interviews.interviews, "interviews", Who.SIGNED_IN),
    route("oogst/<uuid:pk>/interviews/maken/", interviews.make_pairs, "make_pairs", Who.SIGNED_IN),
    route("oogst/interviews/<uuid:pk>/wie/", interviews.change_interviewer, "change_interviewer", Who.SIGNED_IN),
    route("oogst/interviews/<uuid:pk>/<str:part>/", interviews.interview, "interview", Who.SIGNED_IN),
    route("oogst/interviews/<uuid:pk>/<str:part>/start/", interviews.start_part, "start_part", Who.SIGNED_IN),
    route("oogst/interviews/<uuid:pk>/<str:part>/overslaan/", interviews.skip_part, "skip_part", Who.SIGNED_IN),
    route("oogst/<uuid:pk>/mijn-verhaal/", stories.my_story, "my_story", Who.SIGNED_IN),
    route("oogst/verhalen/<uuid:pk>/", stories.story, "story", Who.SIGNED_IN),
    route("oogst/<uuid:pk>/mijn-lijn/", lines.my_line, "my_line", Who.SIGNED_IN),
    route("oogst/<uuid:pk>/lijnen/", lines.group_lines, "group_lines", Who.SIGNED_IN),
    route("oogst/<uuid:pk>/momenten/", lines.moments, "moments", Who.SIGNED_IN),
    route("oogst/<uuid:pk>/momenten/<uuid:moment>/", lines.show_moment, "show_moment", Who.SIGNED_IN),
    route("oogst/<uuid:pk>/slot-pdf/", exports.exports, "exports", Who.SIGNED_IN),
    route("oogst/slot-pdf/<uuid:pk>/", exports.export, "export", Who.SIGNED_IN),
    route("oogst/slot-pdf/<uuid:pk>/opnieuw/", exports.retry_export, "retry_export", Who.SIGNED_IN),
    route("oogst/slot-pdf/<uuid:pk>/pdf/", exports.download, "download", Who.SIGNED_IN),
]
