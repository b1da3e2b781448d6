"""The Spiekbriefje: what who leads may forget in the heat, a few words per onderdeel (docs/domain.md#agendas).

It stands folded at the tool of the onderdeel on Leiden, and belongs on the run sheet too.
"""

from django.utils.translation import gettext_lazy as _

from .models import AgendaItem, Meeting

Kind = AgendaItem.Kind

CARDS = {
    Kind.START: [
        _("Begin met wie er is. Wie later komt, sluit aan."),
        _("Laat iedereen één keer iets zeggen voor je verdergaat."),
    ],
    Kind.LEARNING: [
        _("Een leervraag komt uit het eigen werk. Vraag: waar loop je tegenaan?"),
        _("Een leerdoel is iets wat een maatje kan zien."),
    ],
    Kind.TALENT: [
        _("Vraag eerst wat er te zien was, dan pas wat het betekent."),
        _("Talent zit in wat er gebeurt tussen leerling, volwassene en opdracht."),
        _("Wie hoorde je nog niet?"),
    ],
    Kind.PITCH: [
        _("De expert praat kort, en knoopt aan bij jullie vragen."),
        _("Hoort iemand een antwoord? Een vinkje is genoeg. Bespreken komt straks."),
    ],
    Kind.BREAK: [_("Zeg hoe laat jullie verdergaan, en begin dan ook.")],
    Kind.MEETLAT: [
        _("Een getal is geen cijfer: links of rechts is niet beter."),
        _("Geen stemmen. Praat tot jullie het samen zien."),
        _("Past een vraag vandaag niet? Leg hem op de P. Waarom, dat komt later."),
    ],
    Kind.ANSWERING: [
        _("Vraag eerst de groep, dan de expert."),
        _("Dwalen jullie af? Schrijf het op de P."),
        _("Wie hoorde je nog niet?"),
        _("Houd aan het eind 8 minuten over: voor wat open bleef, en om terug te kijken."),
    ],
    Kind.VIDEO: [
        _("Eerst wat goed ging. Drie tops bij één tip: zo spraken jullie het af."),
        _("De film is van wie erop staat. Speel hem pas af als die persoon ja zegt."),
    ],
    Kind.PREPARATION: [
        _("Deelnemers kiezen zelf een maatje. Help wie er nog geen heeft."),
        _("Schrijf meteen op wie wat doet, en wanneer."),
    ],
    Kind.EVALUATION: [
        _("Eén iemand schrijft. De groep praat."),
        _("Vraag naar tops en tips, en ook: wat zat tegen? Er zijn geen cijfers."),
    ],
    Kind.STORIES: [
        _("Het is geen toets. Niets hoeft, en een verhaal mag onaf zijn."),
        _("Blijf bij wat iemand bij A noemde."),
        _("Let op de tijd: beide kanten op moet passen."),
    ],
    Kind.GRAPH: [
        _("Eerst tekent ieder een eigen lijn. Daarna pas praten."),
        _("Geen lijn is goed of fout. Vraag bij een knik: waarom hier?"),
    ],
    Kind.CLOSING: [
        _("Wat doen jullie de volgende keer anders?"),
        _("Noem bij elke afspraak een naam en een dag."),
    ],
    Kind.OTHER: [_("Wie hoorde je nog niet?")],
}

BY_MEETING = {
    (Kind.START, Meeting.Kind.INTRODUCTION): [
        _("Laat kennismaken in tweetallen, dan pas in de groep."),
        _("Dit is geen beoordeling, en wat hier gezegd wordt, blijft hier."),
    ],
    (Kind.CLOSING, Meeting.Kind.INTRODUCTION): [
        _("Spreek data en deadlines nu af, met de agenda’s erbij."),
        _("De groep kiest de onderwerpen. Jij schrijft ze op."),
    ],
    (Kind.CLOSING, Meeting.Kind.CLOSING): [
        _("Vraag: hoe gaan jullie hierna verder, en wie begint?"),
        _("Laat ieder één ding noemen dat blijft."),
    ],
}


def cues_for(item: AgendaItem, kind: str) -> list[str]:
    """What to think of at this onderdeel of a meeting of this kind; an own onderdeel has a word too."""
    at = Kind(item.kind)
    return [str(cue) for cue in BY_MEETING.get((at, Meeting.Kind(kind)), CARDS[at])]
