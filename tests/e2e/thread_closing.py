"""Steps 11 and 12: the stories, the lines, and the closing PDF."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader

from tests.e2e.thread_between import download
from tests.e2e.thread_start import EXPERT, MEMBERS, TOPIC, Walk

STORY_IN_PDF = "Ik wacht nu drie tellen, en dan gebeurt er iets moois."
STORY_OF_THE_GROUP = "Dit verhaal is alleen voor mijn groep."
SHARED_WHY = "Toen klikte het"
PRIVATE_WHY = "Dit houd ik voor mezelf"


def interview_each_other(walk: Walk) -> None:
    coach, marijke = walk.coach, walk.marijke
    coach.go("/oogst/")
    coach.looks_around("oogst-coach")
    coach.follow("Zet de interviews klaar")
    coach.looks_around("interviews")
    coach.press("Zet de interviews klaar")
    coach.sees("Marijke Hoekstra")
    teller = coach.page.locator("li", has=coach.page.get_by_text("Marijke Hoekstra vertelt"))
    coach.follow("Verander", within=teller)
    teller.get_by_role("combobox").select_option(label="Anouk Bosma")
    coach.press("Bewaar", within=teller)

    anouk = walk.person("anouk")
    anouk.go("/oogst/")
    row = anouk.page.locator("article", has_text="Jij interviewt Marijke")
    anouk.follow("Open het interview", within=row)
    anouk.fill("Welke momenten?", "Filmen met mijn maatje\nDe bijeenkomst over klasgenoten")
    anouk.fill("En waarom juist die?", "Door te kijken zag zij wat er al goed ging.")
    anouk.looks_around("interview-a")
    anouk.press("Volgende")
    anouk.sees("Filmen met mijn maatje")
    anouk.fill("Aantekeningen", "Spannend, en daarna trots.")
    anouk.sees("Bewaard om")
    anouk.looks_around("interview-b")

    marijke.go("/oogst/")
    marijke.looks_around("oogst-deelnemer")
    marijke.follow("Open mijn verhaal")
    marijke.sees("Spannend, en daarna trots.")
    _decide(walk, "marijke", STORY_IN_PDF, "het mag ook in de pdf")
    marijke.looks_around("mijn-verhaal")
    walk.yusuf.go("/oogst/")
    walk.yusuf.follow("Open mijn verhaal")
    _decide(walk, "yusuf", STORY_OF_THE_GROUP, "Mijn groep mag het lezen")


def _decide(walk: Walk, who: str, story: str, decision: str) -> None:
    person = walk.person(who)
    person.page.locator("textarea[name=text]").fill(story)
    if decision.startswith("Mijn groep"):
        person.page.get_by_label(decision, exact=True).check()
    else:
        person.choose(decision)
    person.press("Bewaar mijn verhaal")
    person.sees("Bewaard op")


def draw_the_lines(walk: Walk) -> None:
    coach = walk.coach
    coach.go("/oogst/")
    coach.follow("Bekijk de momenten")
    coach.choose("Wat voor moment?", "Coaching")
    coach.choose("Komt na", "Bijeenkomst 1")
    coach.looks_around("momenten")
    coach.press("Voeg toe")
    for who, why, share in [("marijke", SHARED_WHY, True), ("yusuf", PRIVATE_WHY, False)]:
        person = walk.person(who)
        person.go("/oogst/")
        person.follow("Teken mijn lijn")
        person.page.get_by_text("Liever met woorden?").click()
        selects = person.page.locator("table select")
        for index in range(selects.count()):
            options = selects.nth(index).locator("option")
            selects.nth(index).select_option(index=1 + (3 * index + 2) % (options.count() - 1))
        person.page.locator("table input[type=text]").first.fill(why)
        if share:
            person.press("Deel met de groep")
            person.sees("Je groep ziet dit")
            person.looks_around("mijn-lijn")
        else:
            person.press("Bewaar mijn lijn")
            person.sees("Bewaard op")
    walk.marijke.go("/oogst/")
    walk.marijke.follow("Bekijk de lijnen")
    walk.marijke.sees(SHARED_WHY)
    walk.marijke.does_not_see(PRIVATE_WHY)
    walk.marijke.looks_around("lijnen-van-de-groep")


def export_the_pdf(walk: Walk) -> None:
    coach = walk.coach
    coach.go("/oogst/")
    coach.follow("Maak de slot-pdf")
    coach.fill("een zin voor op de voorkant", "Wat aandacht krijgt, groeit.")
    coach.looks_around("slot-pdf-maken")
    coach.press("Maak de pdf")
    coach.sees("De pdf is klaar", seconds=90)
    coach.looks_around("slot-pdf-klaar")
    reader = PdfReader(BytesIO(download(coach, "Download de pdf", walk.folder / "slot.pdf")))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    for name, *_ in MEMBERS.values():
        assert name in text
    for expected in ["Introductie", TOPIC, "Bijeenkomst 2", "Afsluiting", EXPERT[0], walk.answered, walk.answer]:
        assert expected in text, expected
    assert STORY_IN_PDF in text
    assert STORY_OF_THE_GROUP not in text
    assert SHARED_WHY in text
    assert PRIVATE_WHY not in text
    assert "Wat aandacht krijgt, groeit." in text
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
