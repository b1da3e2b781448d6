"""The three tags that a page has most of, which say the same as Django's own at a third of the cost."""

from uuid import uuid4

import pytest
from django.template import Context, Engine, Template
from django.test.utils import override_settings
from django.urls import NoReverseMatch, path, reverse

from netwerkleren.base.templatetags import plain

urlpatterns = [path("elders/", lambda _request: None, name="first_visit")]  # type: ignore[arg-type,return-value]


DJANGO = Engine(builtins=["django.templatetags.i18n", "django.templatetags.static"])


def both(source: str, **context: object) -> tuple[str, str]:
    """As our tags write it, and as Django's do."""
    return Template(source).render(Context(context)), DJANGO.from_string(source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Voor 50% & “meer” <b>klaar</b>" %}',
        "{% translate 'klaar' as words %}[{{ words }}]",
        "{% translate words %}",
        '{% translate "klein"|upper %}',
        '{% translate "klein" noop %}',
        '{% translate "klein" context "maat" %}',
        "{% static 'css/base.css' %}",
        "{% static name %}",
        "{% static 'css/base.css' as sheet %}[{{ sheet }}]",
    ],
)
def test_words_and_files_are_written_as_django_writes_them(source: str) -> None:
    ours, django = both(source, words="een <woord>", name="css/a b.css")
    assert ours == django != ""


@pytest.mark.parametrize(
    "source",
    [
        "{% url 'roof:home' %}",
        "{% url name %}",
        "{% url 'meetings:detail' pk %}",
        "{% url 'meetings:detail' pk=pk %}",
        "{% url 'meetings:detail' key %}",
        "{% url 'roof:paper' 'privacy' %}",
        "{% url 'meetings:detail' pk as address %}[{{ address }}]",
        "{% url 'meetings:detail' none as address %}[{{ address }}]",
    ],
)
def test_an_address_is_written_as_django_writes_it(source: str) -> None:
    pk = uuid4()
    ours, django = both(source, pk=pk, key=str(pk), name="roof:home")
    assert ours == django != ""


def test_an_address_that_is_not_there_is_a_fault_each_time() -> None:
    template = Template("{% url 'meetings:detail' pk %}")
    for _time in range(2):
        with pytest.raises(NoReverseMatch):
            template.render(Context({"pk": ""}))


def test_of_an_address_only_keys_of_rows_and_words_of_a_template_are_remembered() -> None:
    plain._address.cache_clear()
    Template("{% url 'groups:invitation_link' token %}").render(Context({"token": "geheim"}))
    assert plain._address.cache_info().currsize == 0
    Template("{% url 'meetings:detail' pk %}").render(Context({"pk": uuid4()}))
    Template("{% url 'roof:paper' 'privacy' %}").render(Context())
    assert plain._address.cache_info().currsize == 2


def test_other_routes_have_other_addresses() -> None:
    template = Template("{% url 'first_visit' %}")
    with override_settings(ROOT_URLCONF=__name__):
        assert template.render(Context()) == "/elders/" == reverse("first_visit")
    with pytest.raises(NoReverseMatch):
        template.render(Context())
