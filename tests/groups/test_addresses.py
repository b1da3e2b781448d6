"""Reading pasted addresses: as Outlook gives them, and as people type them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.addresses import Address, read_addresses


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


K, P = "Karin Bos <k@b.nl>", "Piet Vos <p@b.nl>"
KARIN, PIET = "k@b.nl", "p@b.nl"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        # numbers and bullets before a person
        ("1. Karin Bos <k@b.nl>\n2. Piet Vos <p@b.nl>", [K, P]),
        ("1) k@b.nl\n2) p@b.nl", [KARIN, PIET]),
        ("1)k@b.nl", [KARIN]),
        ("(1) k@b.nl", [KARIN]),
        ("a) k@b.nl\nb) p@b.nl", [KARIN, PIET]),
        ("1 Karin Bos k@b.nl", [K]),
        ("1.\tk@b.nl\n2.\tp@b.nl", [KARIN, PIET]),
        ("•\tKarin Bos <k@b.nl>", [K]),
        ("• k@b.nl\n·p@b.nl", [KARIN, PIET]),
        ("- k@b.nl\n– p@b.nl\n* t@b.nl\no r@b.nl", [KARIN, PIET, "t@b.nl", "r@b.nl"]),
        ("☐ Karin Bos <k@b.nl>\n☑ Piet Vos <p@b.nl>", [K, P]),
        ("> k@b.nl", [KARIN]),
        # the head of a mail
        ("Van: Karin Bos <k@b.nl>\nAan: Piet Vos <p@b.nl>", [K, P]),
        ("From: k@b.nl\nTo: p@b.nl\nCC: t@b.nl\nBcc: r@b.nl", [KARIN, PIET, "t@b.nl", "r@b.nl"]),
        ("Van: Karin Bos [mailto:k@b.nl]\nVerzonden: maandag 9 november 2026 20:00\nOnderwerp: Kom je?", [K]),
        ("Aan:\tKarin Bos <k@b.nl>; Piet Vos <p@b.nl>", [K, P]),
        ("E-mail: k@b.nl", [KARIN]),
        ("Onderbouw: k@b.nl, p@b.nl", [KARIN, PIET]),
        ("Deelnemers:\nk@b.nl", [KARIN]),
        # out of a sheet
        ("Karin Bos\tk@b.nl\nPiet Vos\tp@b.nl", [K, P]),
        ("k@b.nl\tKarin Bos\np@b.nl\tPiet Vos", [K, P]),
        ("Karin\tBos\tk@b.nl", [K]),
        ("k@b.nl\tKarin\tBos", [K]),
        ("Bos, Karin\tk@b.nl", [K]),
        ("1\tKarin Bos\tk@b.nl", [K]),
        ("Naam\tE-mail\nKarin Bos\tk@b.nl\nPiet Vos\tp@b.nl", [K, P]),
        ("Voornaam\tAchternaam\tE-mailadres\nKarin\tBos\tk@b.nl", [K]),
        ("Achternaam\tVoornaam\tMail\tTelefoon\nBos\tKarin\tk@b.nl\t06-12345678", [K]),
        ("School\tNaam\tE-mail\nDe Linde\tKarin Bos\tk@b.nl", [K]),
        ("E-mail\nk@b.nl\np@b.nl", [KARIN, PIET]),
        ("Karin Bos\t06-12345678\tk@b.nl\tDe Linde", [K]),
        ("Karin Bos <k@b.nl>\tDe Linde", [K]),
        ("Karin Bos\tk@b.nl\tPiet Vos\tp@b.nl", [K, P]),
        ("k@b.nl\tKarin Bos\tp@b.nl\tPiet Vos", [K, P]),
        ("k@b.nl\tp@b.nl", [KARIN, PIET]),
        ("Karin Bos;k@b.nl\nPiet Vos;p@b.nl", [K, P]),
        ("Karin,Bos,k@b.nl\nPiet,Vos,p@b.nl", [K, P]),
        ("Naam;E-mail;\nKarin Bos;k@b.nl;", [K]),
        ("Karin Bos | k@b.nl\nPiet Vos | p@b.nl", [K, P]),
        # from a list of contacts, or by hand
        ("Karin Bos\nk@b.nl\nPiet Vos\np@b.nl", [K, P]),
        ("Karin Bos (k@b.nl), Piet Vos (p@b.nl)", [K, P]),
        ("k@b.nl (Karin Bos)", [K]),
        ("Karin Bos - k@b.nl", [K]),
        ("k@b.nl - Karin Bos", [K]),
        ("Karin Bos +31 6 12 34 56 78 k@b.nl", [K]),
        ("Karin Bos <k@b.nl> 06-12345678", [K]),
        ("k@b.nl en p@b.nl", [KARIN, PIET]),
        ("k@b.nl / p@b.nl", [KARIN, PIET]),
        ("k@b.nl,; p@b.nl.,", [KARIN, PIET]),
        ("k@b.nl\n06 12 34 56 78\n---", [KARIN]),
        ("“Karin Bos” <k@b.nl>; ‘p@b.nl’", [K, PIET]),
        ('"Karin (@Linde)" <k@b.nl>', ["Karin (@Linde) <k@b.nl>"]),
        ('"Bos; Karin" <k@b.nl>; p@b.nl', ["Bos; Karin <k@b.nl>", PIET]),
        ("Karin Bos <mailto:k@b.nl>", [K]),
        ("k@b.nl<mailto:k@b.nl>", [KARIN]),
        ("mailto:k@b.nl?subject=Netwerk", [KARIN]),
        ("<k@b.nl", [KARIN]),
        ("Karin Bos<k@b.nl>Piet Vos<p@b.nl>", [K, P]),
        ("Dr. K. o'Neill <k@b.nl>", ["Dr. K. o'Neill <k@b.nl>"]),
        ("Groep 5 <k@b.nl>", ["Groep 5 <k@b.nl>"]),
        # what nobody sees
        ("k@b.nl\u200b", [KARIN]),
        ("\ufeffk@b.nl\u00a0", [KARIN]),
        ("\u202ak@b.\u00adnl\u202c", [KARIN]),
        ("Karin\u00a0Bos <k@b.nl>", [K]),
        ("k@b.nl\vp@b.nl\u2028t@b.nl", [KARIN, PIET, "t@b.nl"]),
        ("k@b.nl\x00\x02", [KARIN]),
    ],
)
def test_what_stands_around_an_address_is_its_name_or_nothing(text: str, people: list[str]) -> None:
    pasted = read_addresses(text)
    assert ([str(person) for person in pasted.people], pasted.bad) == (people, [])


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("Karin Bos; p@b.nl", ["karin bos"]),
        ("Karin Bos\t\nPiet Vos\tp@b.nl", ["karin bos"]),
        ("Aan: Karin Bos; Piet Vos <p@b.nl>", ["karin bos"]),
        ("1. Karin Bos\n2. p@b.nl", ["karin bos"]),
        ("p@b.nl\nk@bé .nl", [".nl <k@bé>"]),
        ("p@b.nl\nk@scho\u2003ol.nl", ["ol.nl <k@scho>"]),
    ],
)
def test_who_has_no_right_address_is_named(text: str, bad: list[str]) -> None:
    pasted = read_addresses(text)
    assert ([person.email for person in pasted.people], pasted.bad) == ([PIET], bad)


def test_a_name_that_fits_nowhere_is_left_out_and_not_cut() -> None:
    assert read_addresses(f"{'Karin ' * 20}Bos <k@b.nl>").people == [Address("k@b.nl")]


def test_a_long_paste_that_goes_nowhere_takes_no_time() -> None:
    started = time.perf_counter()
    for piece in ("<", '"', "1 ", "(", "a,", "@", "x:", "- ", "\t"):
        read_addresses((piece * 10_000)[:10_000])
    assert time.perf_counter() - started < 10


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
