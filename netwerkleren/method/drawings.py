"""Our own drawings of the method, one or more for each page."""

from django.utils.translation import gettext_lazy as _

from .shapes import Box, Caption, Dot, Drawing, Shape, Stroke, Text


def _arrow(*points: tuple[float, float]) -> Stroke:
    return Stroke(points, is_arrow=True)


_AROUND = (
    (200, 36, _("groep 3")),
    (338, 96, _("sbo")),
    (300, 214, _("groep 8")),
    (100, 214, _("vo")),
    (62, 96, _("expert")),
)
ROUND_TABLE = Drawing(
    250,
    _("Vijf mensen van verschillende scholen om een tafel. In het midden liggen hun vragen."),
    (
        *(Stroke(((x, y), (200, 130))) for x, y, _who in _AROUND),
        Dot(200, 130, 58, _("onze\nvragen"), "talent", 20),
        *(Dot(x, y, 34, who, "teal", 15) for x, y, who in _AROUND),
    ),
)
TALENT = Drawing(
    270,
    _("Een driehoek met op de hoeken het kind, de volwassene en de taak. Talent staat in het midden."),
    (
        Stroke(((200, 52), (72, 212), (328, 212), (200, 52)), "teal"),
        Caption(200, 158, _("talent"), 26),
        Dot(200, 52, 46, _("kind"), "paper", 19),
        Dot(72, 212, 52, _("volwassene"), "paper", 17),
        Dot(328, 212, 46, _("taak"), "paper", 19),
    ),
)
_SIGNS = (
    _("enthousiast"),
    _("nieuwsgierig"),
    _("betrokken"),
    _("onderzoekt"),
    _("redeneert"),
    _("lokt\nhulp uit"),
)
MOMENTS = Drawing(
    200,
    _("Zes kaartjes: enthousiast, nieuwsgierig, betrokken, onderzoekt, redeneert, lokt hulp uit."),
    tuple(
        Box(6 + 132 * (place % 3), 12 + 94 * (place // 3), 124, 78, sign, "talent") for place, sign in enumerate(_SIGNS)
    ),
)
SPACE = Drawing(
    240,
    _("Drie plaatjes: een open plek met drie tellen, drie stappen op een rij, en steun die steeds lager wordt."),
    (
        Dot(68, 100, 58, _("1… 2… 3…"), "paper", 19),
        Caption(68, 196, _("ruimte"), 20),
        *(Box(150, 42 + 44 * step, 100, 36, str(step + 1), "card") for step in range(3)),
        Caption(200, 196, _("structuur"), 20),
        *(Box(278 + 38 * step, 42 + 40 * step, 32, 124 - 40 * step, look="wood") for step in range(3)),
        Caption(334, 196, _("steun"), 20),
    ),
)
TWO_STRIPS = Drawing(
    210,
    _("Een strook met waar je tegenaan loopt. Een pijl leidt naar een strook met een vraag die begint met hoe."),
    (
        Box(20, 14, 360, 68, _("Hij zegt niets in de kring."), "paper", 20),
        _arrow((200, 86), (200, 122)),
        Box(20, 126, 360, 68, _("Hoe help ik hem iets te zeggen?"), "talent", 20),
    ),
)
GOAL = Drawing(
    220,
    _("Twee doelen. Beter luisteren zie je niet op een film. Tot drie tellen na een vraag zie je wel."),
    (
        Box(8, 14, 186, 110, _("Ik luister\nbeter."), "tip", 20),
        Box(206, 14, 186, 110, _("Ik tel tot drie\nna een vraag."), "top", 20),
        Caption(101, 164, _("zie je niet"), 19),
        Caption(299, 164, _("zie je op film"), 19),
    ),
)
FILMING = Drawing(
    270,
    _("Een lokaal van boven. De camera staat bij de groep, met het raam in de rug. De leraar kijkt de groep aan."),
    (
        Box(6, 6, 388, 256, look="paper"),
        Box(6, 60, 14, 140, look="card"),
        Caption(50, 40, _("raam"), 18),
        Box(52, 108, 84, 44, _("camera"), "teal", 18),
        Stroke(((136, 116), (352, 30)), "teal"),
        Stroke(((136, 146), (352, 236)), "teal"),
        Dot(196, 130, 28, _("kind"), "talent", 16),
        Dot(250, 92, 28, _("kind"), "talent", 16),
        Dot(250, 172, 28, _("kind"), "talent", 16),
        Dot(334, 132, 34, _("leraar"), "top", 16),
    ),
)
FEEDBACK = Drawing(
    210,
    _("Drie kaartjes met een top, en daarnaast één kaartje met een tip."),
    (
        *(Box(14, 12 + 64 * row, 220, 54, _("top"), "top", 20) for row in range(3)),
        Box(262, 76, 124, 54, _("tip"), "tip", 20),
    ),
)
RULER = Drawing(
    210,
    _("Een houten meetlat van 1 tot 10. Er liggen drie stroken met vragen langs. Rechts staat een blauwe P."),
    (
        Box(10, 138, 310, 52, look="wood"),
        *(Caption(26 + 31 * place, 164, str(place + 1), 18) for place in range(10)),
        *(Stroke(((26 + 31 * number, 138), (26 + 31 * number, high))) for number, high in ((1, 104), (4, 66), (8, 28))),
        Box(10, 84, 108, 34, _("Hoe …?"), "paper", 17),
        Box(104, 46, 108, 34, _("Wat …?"), "paper", 17),
        Box(204, 8, 116, 34, _("Wanneer …?"), "paper", 17),
        Box(334, 132, 58, 58, "P", "p", 34),
    ),
)
EXPERT = Drawing(
    210,
    _("Vier stappen: jullie vragen gaan naar de expert, de expert houdt een pitch, daarna praten jullie samen."),
    (
        Box(8, 14, 170, 76, _("jullie vragen"), "talent", 19),
        _arrow((180, 52), (218, 52)),
        Box(222, 14, 170, 76, _("expert leest"), "paper", 19),
        _arrow((307, 92), (307, 118)),
        Box(222, 122, 170, 76, _("korte pitch"), "paper", 19),
        _arrow((220, 160), (182, 160)),
        Box(8, 122, 170, 76, _("samen praten"), "teal", 19),
    ),
)
STORIES = Drawing(
    230,
    _("Twee mensen in gesprek. De een vraagt wat waardevol was. De ander vertelt wat er nu anders gaat."),
    (
        Dot(56, 168, 42, _("vraagt"), "teal", 18),
        Dot(344, 168, 42, _("vertelt"), "teal", 18),
        Box(14, 12, 230, 62, _("Wat was waardevol?"), "paper", 19),
        Stroke(((62, 74), (58, 122))),
        Box(128, 92, 258, 42, _("Ik doe dit nu anders:"), "talent", 19),
        Stroke(((322, 134), (332, 128))),
    ),
)
_ROUTE = ((92, 150), (160, 168), (228, 92), (296, 116), (364, 48))
RISING_LINE = Drawing(
    240,
    _("Een lijn over vijf bijeenkomsten. Hij zakt eerst even, en gaat daarna op en neer omhoog."),
    (
        Stroke(((66, 20), (66, 198), (392, 198))),
        Stroke(_ROUTE, "teal"),
        *(Dot(x, y, 8, look="teal") for x, y in _ROUTE),
        *(Caption(x, 220, str(place + 1), 18) for place, (x, _y) in enumerate(_ROUTE)),
        Caption(32, 30, _("veel"), 17),
        Caption(32, 186, _("zelden"), 17),
        Box(176, 14, 120, 36, _("waarom hier?"), "talent", 16),
    ),
)


def _page_of_portal(label: Text, title: Text, *rows: tuple[Text, str]) -> Drawing:
    """A page of the portal on a phone, with rows of words."""
    boxes: list[Shape] = [Box(60, 6, 280, 46 + 50 * len(rows), look="card"), Caption(200, 28, title, 20)]
    boxes += [Box(74, 48 + 50 * row, 252, 42, words, look, 18) for row, (words, look) in enumerate(rows)]
    return Drawing(58 + 50 * len(rows), label, tuple(boxes))


PORTAL = (
    _page_of_portal(
        _("De bladzijde Vandaag: eerst wat nu moet, dan wat later kan."),
        _("Vandaag"),
        (_("Schrijf je leervraag"), "teal"),
        (_("Kijk naar een fragment"), "paper"),
    ),
    _page_of_portal(
        _("De bladzijde Leervragen: je schrijft een vraag en de groep leest hem."),
        _("Leervragen"),
        (_("Hoe wacht ik langer?"), "paper"),
        (_("Stuur in"), "teal"),
    ),
    _page_of_portal(
        _("De bladzijde Fragmenten: een film, en daaronder wie hem mag zien."),
        _("Fragmenten"),
        (_("film"), "p"),
        (_("alleen ik"), "paper"),
    ),
    _page_of_portal(
        _("De bladzijde Bijeenkomst: de agenda met de tijd erbij."),
        _("Bijeenkomst"),
        (_("Start, 15 minuten"), "paper"),
        (_("Meetlat, 10 minuten"), "wood"),
    ),
    _page_of_portal(
        _("De bladzijde Oogst: je verhaal en je lijn."),
        _("Oogst"),
        (_("Mijn verhaal"), "talent"),
        (_("Mijn lijn"), "talent"),
    ),
)
