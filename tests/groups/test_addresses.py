"""Reading pasted addresses: as Outlook gives them, and as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.addresses import read_addresses


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Marijke Hoekstra <m.hoekstra@school.nl>", ["Marijke Hoekstra <m.hoekstra@school.nl>"]),
        (
            "Marijke Hoekstra <m@school.nl>; Yusuf Demir <y@school.nl>; tom@school.nl",
            ["Marijke Hoekstra <m@school.nl>", "Yusuf Demir <y@school.nl>", "tom@school.nl"],
        ),
        ("Bos, Karin <k@b.nl>; Vries, Anna de <a@v.nl>", ["Karin Bos <k@b.nl>", "Anna de Vries <a@v.nl>"]),
        ('"Bos, Karin" <k@b.nl>, Tom <t@b.nl>', ["Karin Bos <k@b.nl>", "Tom <t@b.nl>"]),
        ("'k@b.nl' <k@b.nl>", ["k@b.nl"]),
        ("a@b.nl, c@d.nl,e@f.nl", ["a@b.nl", "c@d.nl", "e@f.nl"]),
        ("a@b.nl\r\nc@d.nl\n\n  e@f.nl\t", ["a@b.nl", "c@d.nl", "e@f.nl"]),
        ("a@b.nl, Bos, Karin <k@b.nl>", ["a@b.nl", "Karin Bos <k@b.nl>"]),
        ("Karin Bos k@b.nl", ["Karin Bos <k@b.nl>"]),
        ("mailto:A@B.nl", ["a@b.nl"]),
        ("<a@b.nl>;", ["a@b.nl"]),
        ("Zoë Ünal-Öz <z@school.nl>", ["Zoë Ünal-Öz <z@school.nl>"]),
        ("🌞 نورا <n@school.nl>", ["🌞 نورا <n@school.nl>"]),
        ("", []),
        (" ;, \n ", []),
    ],
)
def test_every_way_of_pasting(text: str, people: list[str]) -> None:
    pasted = read_addresses(text)
    assert ([str(person) for person in pasted.people], pasted.bad) == (people, [])


def test_the_same_address_twice_is_one_and_keeps_the_name() -> None:
    pasted = read_addresses("a@b.nl; Anna <A@B.NL>; anna@b.nl; a@b.nl")
    assert [str(person) for person in pasted.people] == ["Anna <a@b.nl>", "anna@b.nl"]


def test_bad_ones_are_named_and_the_rest_kept() -> None:
    pasted = read_addresses("Marijke <m@school.nl>; tom@school; Ruben de Groot; piet@@x.nl, ok@school.nl")
    assert [person.email for person in pasted.people] == ["m@school.nl", "ok@school.nl"]
    assert pasted.bad == ["tom@school", "ruben de groot", "piet@@x.nl"]


def test_an_address_that_is_too_long_for_a_mail_is_bad() -> None:
    long = "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".nl"
    assert read_addresses(long).people == []
    assert read_addresses(long).bad == [long]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_no_text_breaks_it_and_nothing_is_read_twice(text: str) -> None:
    pasted = read_addresses(text)
    emails = [person.email for person in pasted.people]
    assert len(emails) == len(set(emails))
    assert all("\n" not in str(person) and "\r" not in str(person) for person in pasted.people)
