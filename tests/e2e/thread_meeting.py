"""Steps 4 to 7 and 10: leervragen in, a meeting led, the meetlat laid and answered, and the talk at the end."""

from io import BytesIO

from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.e2e.people import NOTHING_IS_UNDER_WAY, Person
from tests.e2e.thread_between import CLIP, TALENTMOMENT
from tests.e2e.thread_start import COACH, EXPERT, Walk

QUESTIONS = {
    "marijke": "Hoe laat ik een leerling zelf kiezen met wie hij werkt?",
    "yusuf": "Hoe leg ik de klas uit dat iemand anders op drukte reageert?",
    "anouk": "Wat vertel ik klasgenoten over autisme, en wat niet?",
    "tom": "Hoe help ik een leerling om een ruzie goed te maken? 🧩 مرحبا",
}
LIVE_MS = 10_000
"""Long, since many browsers share two cores here; how fast it is, is measured and not tested."""
LATE_QUESTION = "Hoe begin ik een groepsopdracht?"
ANSWER = "Laat eerst twee namen kiezen, en wissel elke week."
IMPROVEMENT = "Pitch korter, meer tijd voor vragen"
AGREEMENT = "Een statief meenemen voor wie wil filmen"


def hand_in_leervragen(walk: Walk) -> None:
    for who in QUESTIONS:
        person = walk.person(who)
        person.go(walk.meeting_url + "leervragen/")
        if who == "marijke":
            person.looks_around("leervragen-leeg")
            person.fill("Wat is je vraag?", "x" * 50)
            person.watch.allow("status of 422")
            person.press("Lever in")  # Without the tick: said beside it, and the question is still there.
            expect(person.page.get_by_label("Wat is je vraag?")).to_have_value("x" * 50)
        _hand_in(person, QUESTIONS[who])
    coach = walk.coach
    coach.go(walk.meeting_url + "leervragen/")
    coach.looks_around("leervragen")
    coach.press("Stuur")
    coach.agree()
    mail = walk.sink.wait_for(lambda mail: EXPERT[1] in mail.recipients and QUESTIONS["marijke"] in mail.text)
    assert QUESTIONS["tom"] in mail.html
    pdf = PdfReader(BytesIO(mail.attachment("application/pdf")))
    assert QUESTIONS["anouk"] in " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    _hand_in(walk.person("fatima"), LATE_QUESTION, walk.meeting_url)
    walk.coach.go(walk.meeting_url + "leervragen/")
    walk.coach.sees("Kwam na de mail aan")
    walk.expert.go("/expert/")
    walk.expert.sees(LATE_QUESTION)
    walk.expert.looks_around("expert-leervragen")
    walk.expert.does_not_see("marijke@lindenhof.example")


def _hand_in(person: Person, question: str, meeting_url: str = "") -> None:
    if meeting_url:
        person.go(meeting_url + "leervragen/")
    person.fill("Wat is je vraag?", question)
    person.page.locator("input[name=nobody_recognisable]").check()
    person.press("Lever in")
    person.sees(question)
    expect(person.page.locator(".strip", has_text=question)).to_have_count(1)


def support_the_question(walk: Walk) -> None:
    """Marijke puts her own fragment beside her question."""
    marijke = walk.marijke
    marijke.go(walk.meeting_url + "leervragen/")
    marijke.follow("Pas aan")
    marijke.choose("Je fragment", CLIP)
    marijke.page.locator("input[name=nobody_recognisable]").check()
    marijke.looks_around("leervraag-aanpassen")
    marijke.press("Bewaar")
    marijke.sees("Je leervraag is aangepast")
    marijke.sees("Met een eigen fragment")
    marijke.does_not_see("Aangepast na de mail")


def lead_the_meeting(walk: Walk) -> None:
    coach, marijke = walk.coach, walk.marijke
    coach.go(walk.meeting_url)
    coach.looks_around("bijeenkomst")
    coach.follow("Bijeenkomst leiden")
    coach.looks_around("leiden-voor")
    coach.press("Begin de bijeenkomst")
    coach.agree()
    coach.sees("Nu, onderdeel 1 van 9")
    marijke.go(walk.meeting_url)
    marijke.sees("onderdeel 1 van 9")
    coach.press("Naar de talentmomenten")
    coach.sees("Nu, onderdeel 2 van 9")
    coach.sees(TALENTMOMENT)
    coach.looks_around("leiden")
    marijke.sees("onderdeel 2 van 9", seconds=3)
    marijke.looks_around("bijeenkomst-bezig")
    coach.follow("Pas aan")
    for chip in coach.page.locator("fieldset.attendance").all():
        chip.get_by_label("aanwezig", exact=True).check(force=True)
    coach.looks_around("aanwezigheid")
    coach.press("Bewaar")
    coach.sees("Nu, onderdeel 2 van 9")
    coach.go(walk.meeting_url + "scherm/")
    coach.sees("Talentmomenten")
    coach.looks_around("scherm")
    coach.go(walk.meeting_url + "leiden/")
    for words, title in [
        ("Naar de pitch", "Pitch van de expert"),
        ("Naar de pauze", "Pauze"),
        ("Naar de meetlat", "Leervragen langs de meetlat"),
    ]:
        coach.press(words)
        expect(coach.page.locator("#now-title")).to_have_text(title, timeout=20_000)


def lay_along_the_meetlat(walk: Walk) -> None:
    coach, marijke = walk.coach, walk.marijke
    for person in (coach, marijke):
        person.go(walk.meeting_url + "meetlat/")
    coach.looks_around("meetlat-leeg")
    marijke.sees("Zeg hardop waar een vraag hoort")
    coach.follow("Verander")
    coach.press("Op ieders telefoon")
    marijke.sees("Iedereen kan leggen")
    _choose(coach, QUESTIONS["marijke"])
    coach.press("3")
    expect(_place(marijke, 3)).to_contain_text(QUESTIONS["marijke"], timeout=LIVE_MS)

    _choose(marijke, QUESTIONS["yusuf"])
    marijke.page.keyboard.press("3")
    expect(_place(coach, 3)).to_contain_text(QUESTIONS["yusuf"], timeout=LIVE_MS)
    coach.page.set_viewport_size({"width": 1280, "height": 1500})
    _drag(coach, _strip(coach, QUESTIONS["anouk"]), _place(coach, 7))
    coach.page.set_viewport_size({"width": 1280, "height": 900})
    expect(_place(marijke, 7)).to_contain_text(QUESTIONS["anouk"], timeout=LIVE_MS)
    _choose(coach, QUESTIONS["tom"])
    coach.press("Parkeer")
    expect(marijke.page.locator("[data-place=parked]")).to_contain_text(QUESTIONS["tom"], timeout=LIVE_MS)
    _choose(coach, LATE_QUESTION)
    coach.press("In de pitch beantwoord")
    expect(marijke.page.locator("[data-place=pitch]")).to_contain_text(LATE_QUESTION, timeout=LIVE_MS)
    _choose(coach, QUESTIONS["yusuf"])
    coach.looks_around("meetlat")

    # Marijke chose the same strip, and comes second: she is told, and sees the truth.
    _choose(marijke, QUESTIONS["yusuf"])
    expect(coach.page.locator("#move")).to_contain_text(QUESTIONS["yusuf"])
    coach.press("5")
    marijke.sees("Iemand anders verplaatste de vraag die jij koos")
    expect(_place(marijke, 5)).to_contain_text(QUESTIONS["yusuf"], timeout=LIVE_MS)
    coach.press("Verder naar Controleren")
    coach.sees("Kijk samen nog eens")
    coach.looks_around("meetlat-controleren")
    coach.press("Verder naar Beantwoorden")


def _choose(person: Person, question: str) -> None:
    """Chooses a strip; the dock is there once it is about that strip, and comes twice when it was offered already."""
    _strip(person, question).click()
    expect(person.page.locator("#move .about")).to_contain_text(question)
    person.page.wait_for_function(NOTHING_IS_UNDER_WAY)


def _drag(person: Person, strip: Locator, place: Locator) -> None:
    """As a hand does: press, move in steps, and once more to where the place is by now; then let go."""
    place.scroll_into_view_if_needed()
    strip.hover()
    mouse = person.page.mouse
    mouse.down()
    for _ in range(2):
        box = place.bounding_box()
        assert box
        mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2, steps=12)
        person.page.wait_for_timeout(200)
    mouse.up()


def _strip(person: Person, question: str) -> Locator:
    return person.page.locator("#board .strip", has_text=question).first


def _place(person: Person, number: int) -> Locator:
    return person.page.locator(f"[data-place='{number}']")


def answer_the_leervragen(walk: Walk) -> None:
    coach = walk.coach
    coach.sees("Van makkelijk naar moeilijk")
    coach.sees("Met een eigen fragment")
    coach.looks_around("meetlat-beantwoorden")
    coach.press("Begin met deze vraag")
    coach.sees(QUESTIONS["marijke"])
    _play_the_fragment(walk)
    coach.fill("Het antwoord", ANSWER)
    coach.sees("Bewaard om")
    coach.looks_around("beantwoorden")
    coach.press("Beantwoord")
    walk.answered, walk.answer = QUESTIONS["marijke"], ANSWER
    coach.go(walk.meeting_url + "meetlat/?step=4")
    coach.looks_around("meetlat-afronden")
    coach.press("Neem alles wat open is mee naar Bijeenkomst 2")
    coach.sees("Er is niets meer open")


def _play_the_fragment(walk: Walk) -> None:
    """From the page of the question: first it says that a guest may not watch, then it plays; withdrawn it does not."""
    coach, marijke = walk.coach, walk.marijke
    coach.sees("De toestemming van de ouders geldt niet voor een gast.")
    coach.sees(f"Kijkt {EXPERT[0]} mee, in de ruimte of online? Speel het fragment dan niet.")
    expect(coach.page.locator("video")).to_have_count(0)
    coach.looks_around("beantwoorden-voor-het-fragment")
    coach.follow("Speel het fragment van Marijke")
    coach.page.wait_for_function("() => document.querySelector('video').currentTime > 0.5")
    coach.sees("Speel het fragment dan niet.")
    coach.looks_around("beantwoorden-fragment")

    marijke.go(walk.clip_url)
    watched = marijke.page.locator("section", has=marijke.page.get_by_role("heading", name="Bekeken door"))
    expect(watched).to_contain_text(COACH[0])
    marijke.press("Trek het delen in")
    marijke.sees("Vanaf nu zie alleen jij dit fragment.")
    coach.page.reload()
    coach.sees("Niet iedereen in de groep mag het zien. Daarom speelt het hier niet.")
    expect(coach.page.locator("video")).to_have_count(0)


def look_back_and_end(walk: Walk) -> None:
    coach, anouk = walk.coach, walk.person("anouk")
    coach.go(walk.meeting_url + "leiden/")
    coach.open_more()
    coach.press("Rond de bijeenkomst af")
    coach.agree()
    coach.sees("De bijeenkomst is afgerond")
    anouk.go(walk.meeting_url + "evaluatie/")
    anouk.press("Ik schrijf")
    anouk.page.locator("textarea[name=tops]").fill("Iedereen kwam aan het woord.")
    anouk.page.locator("textarea[name=obstacles]").fill("Filmen lukte niet overal.")
    anouk.sees("Bewaard om")
    points = anouk.page.locator("section", has=anouk.page.get_by_role("heading", name="Dit doen we anders"))
    points.locator("[name$=text]").fill(IMPROVEMENT)
    anouk.press("Voeg toe", within=points)
    anouk.sees(IMPROVEMENT)
    agreements = anouk.page.locator("section", has=anouk.page.get_by_role("heading", name="Afspraken"))
    agreements.locator("[name$=text]").fill(AGREEMENT)
    agreements.locator("select").select_option(label="Yusuf Demir")
    anouk.press("Voeg toe", within=agreements)
    anouk.sees(AGREEMENT)
    anouk.looks_around("evaluatie")

    coach.go("/bijeenkomsten/")
    coach.follow("Bijeenkomst 2")
    coach.sees(IMPROVEMENT)
    coach.sees(AGREEMENT)
    coach.go(coach.page.url + "leervragen/")
    coach.sees(QUESTIONS["anouk"])
