"""What every page draws and writes, how it looks in both themes, and what the policy forbids in markup."""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import Client

from groups.models import Membership, User
from meetings.models import Expert
from netwerkleren.base.extend import ToDo
from netwerkleren.base.names import initials_of
from netwerkleren.base.templatetags import ui

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TEMPLATES = Path(settings.BASE_DIR) / "templates"
CONTRIBUTIONS = sorted(Path(settings.BASE_DIR).glob("*/contributions.py"))
CSS = Path(settings.BASE_DIR) / "static" / "css"
AFTERNOON = dt.datetime(2026, 11, 18, 14, 30, tzinfo=dt.UTC)
"""Wednesday, 15.30 in Amsterdam."""


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


# --- words ---


@pytest.mark.parametrize(
    ("filter_name", "value", "expected"),
    [
        ("long_date", AFTERNOON, "woensdag 18 november"),
        ("full_date", dt.date(2027, 3, 1), "1 maart 2027"),
        ("short_date", AFTERNOON, "wo 18 nov"),
        ("short_day", dt.date(2026, 11, 9), "ma 9"),
        ("short_month", dt.date(2027, 3, 10), "mrt"),
        ("clock", AFTERNOON, "15.30"),
        ("clock", dt.time(9, 5), "09.05"),
        ("long_moment", AFTERNOON, "woensdag 18 november, 15.30 uur"),
        ("short_moment", AFTERNOON, "wo 18 nov, 15.30"),
        ("duration_ms", 1_104_000, "18:24"),
        ("duration_ms", 3_723_000, "1:02:03"),
        ("duration_ms", 72_900, "1:12"),
        ("in_ms", AFTERNOON + dt.timedelta(microseconds=1999), "1795012200001"),
        ("in_ms", dt.timedelta(minutes=15), "900000"),
        ("sentence", "woensdag", "Woensdag"),
    ],
)
def test_a_filter_writes_it_the_dutch_way(filter_name: str, value: object, expected: str) -> None:
    assert render("{{ value|" + filter_name + " }}", value=value) == expected


@pytest.mark.parametrize(
    ("ends_at", "expected"),
    [(AFTERNOON + dt.timedelta(minutes=140), "15.30 tot 17.50"), (AFTERNOON, "15.30"), (None, "15.30")],
)
def test_an_hour_is_written_with_its_end_where_there_is_one(ends_at: dt.datetime | None, expected: str) -> None:
    assert render("{{ starts_at|clock_until:ends_at }}", starts_at=AFTERNOON, ends_at=ends_at) == expected


@pytest.mark.parametrize(("end", "expected"), [(80_500, "1:12 tot 1:20"), (None, "1:12")])
def test_a_moment_in_a_film_is_written_with_its_end_where_there_is_one(end: int | None, expected: str) -> None:
    assert render("{{ start|duration_ms_until:end }}", start=72_900, end=end) == expected


def test_facts_are_listed_without_what_is_missing_and_escaped() -> None:
    assert render('{% listed "coach" "" school none %}', school="<De Linde>") == "coach, &lt;De Linde&gt;"


def test_a_person_has_a_detail_only_where_there_is_one() -> None:
    bare = (
        '<span class="person"><span class="disc" aria-hidden="true">MD</span><span><b>Marijke Dol</b>{}</span></span>'
    )
    assert render("{% person who %}", who="Marijke Dol") == bare.format("")
    assert render("{% person who detail=detail %}", who="Marijke Dol", detail="<1>") == bare.format(
        "<small>&lt;1&gt;</small>"
    )


def test_a_button_that_posts_says_only_what_it_was_told() -> None:
    bare = render('{% post_button "base:theme" %} Ja {% endpost_button %}', csrf_token="geheim")
    assert bare.strip() == (
        '<form method="post" action="/thema/"><input type="hidden" name="csrfmiddlewaretoken" value="geheim">'
        '<button class="btn">Ja</button></form>'
    )


def test_a_button_that_posts_asks_first_and_posts_by_htmx_where_it_is_told_to() -> None:
    told = render(
        '{% post_button "base:theme" css="btn sm" form_css="apart" id="kies" row=7 name="theme" value=0 label="Zet uit"'
        ' confirm=question yes="Ja" calm=True target="#dock" swap="none" %}{{ word }}{% endpost_button %}',
        question="Weet je “het” & zeker?",
        word="<b>",
    )
    form, button = re.findall(r"<(?:form|button)[^>]*>[^<]*", told)
    assert form == (
        '<form class="apart" data-confirm="Weet je “het” &amp; zeker?" data-confirm-yes="Ja" hx-post="/thema/"'
        ' hx-swap="none" hx-target="#dock" data-confirm-calm method="post" action="/thema/">'
    )
    assert button == ('<button aria-label="Zet uit" class="btn sm" id="kies-7" name="theme" value="0">&lt;b&gt;')


def test_a_button_that_asks_nothing_has_no_word_for_yes() -> None:
    silent = render('{% post_button "base:theme" yes="Ja" calm=True %}Ja{% endpost_button %}')
    assert "data-confirm" not in silent


@pytest.mark.parametrize(
    "filter_name",
    ["long_date", "short_day", "clock", "long_moment", "short_moment", "duration_ms", "in_ms", "in_days"],
)
def test_what_is_not_set_yet_is_written_as_nothing(filter_name: str) -> None:
    assert render("{{ value|" + filter_name + " }}", value=None) == ""


def test_a_clock_follows_summer_time() -> None:
    assert ui.clock(dt.datetime(2027, 3, 28, 0, 30, tzinfo=dt.UTC)) == "01.30"
    assert ui.clock(dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)) == "03.30"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2026, 11, 18), "over 13 dagen"),
        (dt.date(2026, 11, 7), "over 2 dagen"),
        (dt.date(2026, 11, 6), "morgen"),
        (dt.date(2026, 11, 5), "vandaag"),
        (dt.date(2026, 11, 4), "gisteren"),
        (dt.date(2026, 11, 2), "3 dagen geleden"),
    ],
)
def test_days_from_now_are_counted_by_the_calendar(day: dt.date, expected: str) -> None:
    with time_machine.travel(dt.datetime(2026, 11, 5, 23, 50, tzinfo=AMSTERDAM), tick=False):
        assert ui.in_days(day) == expected
        assert ui.in_days(dt.datetime.combine(day, dt.time(0, 5), AMSTERDAM)) == expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [([], ""), (["Marijke"], "Marijke"), (["Marijke", "Ruben", "Ingrid"], "Marijke, Ruben en Ingrid")],
)
def test_names_are_put_in_a_row(people: list[str], expected: str) -> None:
    assert ui.names(people) == expected


# --- drawings ---


def test_a_disc_shows_the_photo_or_else_the_initials() -> None:
    with_photo = SimpleNamespace(name="Yusuf Demir", photo_url="/foto/1/")
    assert 'src="/foto/1/"' in ui.disc(with_photo)
    assert ui.disc("Fatima el Idrissi", "s") == '<span class="disc s" aria-hidden="true">FI</span>'


@pytest.mark.parametrize(
    ("name", "expected"), [("Ruben de Groot", "RG"), ("Cher", "C"), ("", ""), ("<script>", ""), ("Anna (ib'er)", "A")]
)
def test_initials_are_of_the_first_and_the_last_word(name: str, expected: str) -> None:
    assert initials_of(name) == expected


def test_everyone_has_initials_even_without_a_name() -> None:
    assert User(name="Ruben de Groot", email="r@x.example").initials == Expert(name="Ruben de Groot").initials == "RG"
    assert (User(name="", email="ruben@x.example").initials, Expert(name="").initials) == ("R", "?")


def test_a_name_cannot_break_out_of_a_disc() -> None:
    assert "<script" not in ui.disc("<script>") and "&lt;" in ui.disc(SimpleNamespace(initials="<b", name="x"))


def test_the_four_kinds_have_a_drawing_and_no_other_has() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (Path(settings.BASE_DIR) / "static/img/kinds.svg").read_text()))
    assert drawn == set(ui.KINDS)
    assert 'class="kind k-talent"' in ui.kind("TALENTMOMENT")
    with pytest.raises(TemplateSyntaxError):
        ui.kind("score")


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        yield str(path.relative_to(TEMPLATES)), path.read_text()


def icons_of_todos(module: ast.Module) -> Iterator[str]:
    """The icons of the to-dos on Vandaag, which no template names."""
    place = [field.name for field in fields(ToDo)].index("icon")
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "ToDo":
            given = node.args[place : place + 1] + [each.value for each in node.keywords if each.arg == "icon"]
            yield from (icon.value for icon in given if isinstance(icon, ast.Constant) and isinstance(icon.value, str))


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    known = {line for line in (Path(settings.BASE_DIR) / "static/icons.txt").read_text().split("\n") if line}
    named = {(name, icon) for name, text in templates() for icon in re.findall(r'{% icon "([^"]+)"', text)}
    assert {(name, icon) for name, icon in named if icon not in known} == set()
    assert named
    of_todos = {(path.name, icon) for path in CONTRIBUTIONS for icon in icons_of_todos(ast.parse(path.read_text()))}
    assert {(name, icon) for name, icon in of_todos if icon not in known} == set()
    assert ("contributions.py", "flag") in of_todos  # by position
    assert ("contributions.py", "chart-spline") in of_todos  # by name


def test_no_page_has_inline_style_or_script() -> None:
    """The policy drops them in silence, so the markup may not have them. Mails and PDFs are no pages."""
    no_pages = ("emails/", "pdf/", "reports/print/", "account/email/")
    pages = [(name, text) for name, text in templates() if not name.startswith(no_pages)]
    pages = [(name, text) for name, text in pages if '{% extends "pdf/' not in text]
    inline = re.compile(
        r"""\sstyle=|<style\b|\son\w+=["']|javascript:|<script(?![^>]*(?:\ssrc=|type="application/json"))"""
    )
    assert [name for name, text in pages if inline.search(text)] == []


@pytest.mark.parametrize(("attribute", "last", "first"), [("minutes", 240, 1), ("percent", 100, 0), ("to", 100, 0)])
def test_geometry_has_a_rule_for_every_value(attribute: str, last: int, first: int) -> None:
    rules = re.findall(rf'\[data-{attribute}="(\d+)"\]{{--\w+:(\d+)%?}}', (CSS / "geometry.css").read_text())
    assert [(int(n), int(v)) for n, v in rules] == [(n, n) for n in range(first, last + 1)]


# --- colours ---

READABLE = [
    *[("ink", ground) for ground in ("desk", "sheet", "strip", "well", "talent-tint")],
    *[("ink-2", ground) for ground in ("desk", "sheet", "strip", "well")],
    *[("teal", ground) for ground in ("desk", "sheet", "teal-tint")],
    *[("on-teal", "teal"), ("on-tint", "teal-tint"), ("wood-ink", "wood"), ("on-p", "p"), ("p-ink", "strip")],
    *[(kind, f"{kind}-tint") for kind in ("top", "tip", "vraag", "talent", "late")],
    *[(kind, "sheet") for kind in ("top", "tip", "vraag", "talent", "late")],
]
VISIBLE = [("edge", "sheet"), ("edge", "desk"), ("edge", "well"), ("focus", "desk"), ("focus", "sheet")]


def colours(*sheets: str) -> dict[str, str]:
    text = "".join((CSS / sheet).read_text() for sheet in sheets)
    return dict(re.findall(r"--([\w-]+): #([0-9a-f]{6});", text))


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2, of two colours in hex."""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("sheets", [("tokens.css",), ("tokens.css", "dark.css")], ids=["light", "dark"])
def test_text_and_controls_stand_out_enough(sheets: tuple[str, ...]) -> None:
    token = colours(*sheets)
    weak = [(a, b) for a, b in READABLE if contrast(token[a], token[b]) < 4.5]
    weak += [(a, b) for a, b in VISIBLE if contrast(token[a], token[b]) < 3]
    assert weak == []


def test_the_dark_theme_names_no_colour_that_the_light_one_lacks() -> None:
    assert set(colours("dark.css")) <= set(colours("tokens.css"))


def test_forced_colours_give_every_colour_a_value_of_the_reader() -> None:
    forced = re.findall(r"^    --([\w-]+): \w+;", (CSS / "forced.css").read_text(), flags=re.MULTILINE)
    assert set(colours("tokens.css")) <= set(forced)


# --- fields ---


class EveryWidget(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zo zien anderen je.", max_length=10)
    question = forms.CharField(label="Leervraag", widget=forms.Textarea)
    school = forms.ChoiceField(label="School", choices=[("a", "De Lindenhof")])
    informed = forms.BooleanField(label="Ouders zijn geïnformeerd")
    seen = forms.ChoiceField(label="Wie zie je?", choices=[("ik", "ik")], widget=forms.RadioSelect)
    present = forms.MultipleChoiceField(
        label="Wie waren er?", choices=[("m", "M")], widget=forms.CheckboxSelectMultiple
    )
    photo = forms.FileField(label="Foto", required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_every_field_says_what_is_wrong_right_beside_itself() -> None:
    form = EveryWidget({"name": "langer dan tien tekens"})
    html = render_to_string("components/fields.html", {"form": form})
    for field in ("name", "question", "school", "informed", "seen", "present"):
        assert f'id="id_{field}_error"' in html
        assert re.search(rf'aria-describedby="[^"]*\bid_{field}_error"', html), field
    assert 'id="id_photo_error"' not in html
    assert html.count('aria-describedby="id_name_helptext id_name_error"') == 1
    assert "Foto <span" in html  # what may stay empty says so


def test_a_good_form_shows_no_errors() -> None:
    html = render_to_string("components/fields.html", {"form": EveryWidget()})
    assert "data-form-errors" not in html and 'class="error"' not in html


# --- pages ---


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "411", "413", "429", "500", "503"])
def test_an_error_page_comes_out_without_a_request_or_a_database(status: str) -> None:
    html = render_to_string(f"{status}.html")
    assert html.count("<h1>") == 1
    assert re.findall(r"<script[^>]*js/([\w/-]+)", html) == ["pages/not-sent"], "what was typed stays, and nothing else"


def test_the_403_page_says_why() -> None:
    assert "Alleen de coach." in render_to_string("403.html", {"exception": "Alleen de coach."})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "marked", "dark_sheet"),
    [
        ("", "", 'media="(prefers-color-scheme: dark)"'),
        ("geel", "", 'media="(prefers-color-scheme: dark)"'),
        ("dark", ' data-theme="dark"', ""),
        ("light", ' data-theme="light"', None),
    ],
)
def test_the_theme_is_the_chosen_one_or_else_the_systems(
    client: Client, cookie: str, marked: str, dark_sheet: str | None
) -> None:
    client.cookies["theme"] = cookie
    html = client.get("/account/login/").content.decode()
    assert f'<html lang="nl"{marked}>' in html
    link = re.search(r'<link rel="stylesheet" href="[^"]*dark[^"]*"\s*([^>]*)>', html)
    assert (link[1] if link else None) == dark_sheet


OPEN_PAGES = ["login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/x-y/", "inactive/"]
OWN_PAGES = ["password/change/", "email/", "sessions/", "2fa/", "logout/", "reauthenticate/"]


def check_account_page(html: str) -> None:
    assert html.count("<h1>") == 1
    assert len(re.findall(r'class="btn primary', html)) <= 1
    assert "<title>" in html and "· Netwerkleren</title>" in html
    assert 'href="/static/css/account' in html


@pytest.mark.django_db
@pytest.mark.parametrize("path", OPEN_PAGES)
def test_a_visitor_sees_the_account_pages_in_our_dress(client: Client, path: str) -> None:
    response = client.get(f"/account/{path}")
    assert response.status_code == 200
    check_account_page(response.content.decode())


@pytest.mark.parametrize("path", OWN_PAGES)
def test_a_member_sees_the_account_pages_in_our_dress(client: Client, participant: Membership, path: str) -> None:
    client.force_login(participant.user)
    response = client.get(f"/account/{path}")
    assert response.status_code == 200
    check_account_page(response.content.decode())


@pytest.mark.django_db
def test_nobody_signs_up_without_an_invitation(client: Client) -> None:
    assert "Alleen op uitnodiging" in client.get("/account/signup/").content.decode()


def test_the_account_menu_logs_out_by_post_only(client: Client, participant: Membership) -> None:
    client.force_login(participant.user)
    html = client.get("/account/password/change/").content.decode()
    assert re.search(r'<form[^>]*method="post" action="/account/logout/">', html)
    assert 'href="/account/logout/"' not in html
