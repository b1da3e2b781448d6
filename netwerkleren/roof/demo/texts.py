"""What the demo's people wrote. Keys are those of `accounts.py`; all of it is invented."""

THEME = "Leerlingen met autisme in de klas"
TOPICS = ["Prikkels in de klas", "Contact met klasgenoten", "Zelfstandig aan het werk"]
EXPERTS = [
    ("Wim Harkema", "wim.harkema@praktijk.example", "prikkelverwerkingsdeskundige"),
    ("Lotte Meijerink", "lotte.meijerink@praktijk.example", "orthopedagoog, praktijk De Wilg"),
]
WORKING_AGREEMENTS = [
    "Wat we hier zien en horen, blijft hier.",
    "Eerst drie tops, dan een tip.",
    "Op tijd begonnen is op tijd klaar.",
]
GOALS = {
    "marijke": "Ik wil vaker wachten voordat ik help, zodat leerlingen zelf gaan denken.",
    "yusuf": "Ik wil open vragen stellen en daarna drie tellen stil zijn.",
    "anouk": "Ik wil met collega's bespreken wat er al goed gaat bij een leerling.",
}

# (author, question, number or None, answer) of the meeting that was held; None lies on the Parkeerplaats.
# fmt: off
HELD_QUESTIONS = [
    ("fatima", "Hoe zie ik op tijd dat het te druk wordt voor een leerling?", 2, "Spreek samen drie signalen af en hang ze op. Vraag ook thuis wat zij als eerste zien."),
    ("sanne", "Welke plek in mijn lokaal is het rustigst?", 2, "Ga zelf een les lang op die plek zitten. Let op licht, looproute en geluid van de gang."),
    ("marijke", "Hoe geef ik een leerling pauze zonder dat het een straf lijkt?", 4, "Maak de pauze gewoon: een kaartje voor iedereen, en zelf ook eens gebruiken."),
    ("tom", "Wat doe ik als de gymzaal te hard klinkt?", 6, "Kleine groepen, een vaste plek om te kijken, en eerst samen oefenen zonder de klas."),
    ("ruben", "Hoe bouw ik prikkels langzaam op?", 8, "Een ding tegelijk en samen terugkijken. Wat vandaag lukt, is morgen het begin."),
    ("anouk", "Hoe ver gaat onze rol als ouders geen hulp willen?", None, ""),
]
COMING_QUESTIONS = [
    ("yusuf", "In de kring praat niemand met hem.", "Hoe leg ik de klas uit dat iemand anders op drukte reageert?"),
    ("anouk", "", "Wat vertel ik klasgenoten over autisme, en wat niet?"),
    ("tom", "Na een botsing op het plein blijft het de hele middag onrustig.", "Hoe help ik een leerling om een ruzie goed te maken?"),
    ("fatima", "", "Hoe begin ik een groepsopdracht zo dat iedereen een rol heeft?"),
    ("sanne", "Hij kiest steeds dezelfde tafel, alleen.", "Hoe laat ik een leerling zelf kiezen met wie hij werkt?"),
]

# Of the introductie, and of the meeting after it.
FILM_TASKS = [
    "Film een moment waarop een leerling jou iets uitlegt. Een minuut is genoeg.",
    "Film een moment waarop je wacht met helpen, en wat er dan gebeurt.",
]

# What the introductie asked of whom.
STARTVRAGEN = {
    "marijke": {
        "struggle": "Ik help te snel. Dan denkt de leerling niet meer zelf.",
        "goal": "Wachten voordat ik help.",
        "topics": "Zelfstandig werken, en hoe je dat opbouwt.",
        "ask_me": "Rekenen met materiaal.",
        "camera": "yes",
        "filming": "Met mijn telefoon, mijn maatje houdt hem vast.",
        "sound": "yes",
        "cutting": "not_yet",
    },
    "yusuf": {
        "goal": "Open vragen stellen.",
        "agenda_wishes": "Elke week een les bekijken met mijn maatje.",
        "topics": "Contact tussen klasgenoten.",
        "ask_me": "Kringgesprekken.",
        "camera": "yes",
        "filming": "Op een statief achter in de klas.",
        "sound": "not_yet",
        "cutting": "yes",
    },
    "tom": {
        "struggle": "In de gymzaal wordt het snel te veel.",
        "topics": "Prikkels op het plein en in de gymzaal.",
        "experts": "Iemand die weet hoe je een ruimte rustiger maakt.",
        "camera": "not_yet",
        "film_note": "Een telefoon die ik mag lenen.",
    },
    "fatima": {
        "goal": "Leerlingen samen laten werken.",
        "experts": "Een ouder die wil vertellen hoe het thuis gaat.",
        "ask_me": "Spelen in de kleutergroep.",
        "camera": "yes",
        "sound": "not_yet",
        "cutting": "not_yet",
    },
}

# (kind, text, who wished it, who wants it too)
WISHES = [
    ("topic", "Prikkels op het plein", "tom", ["ruben", "sanne"]),
    ("topic", "Praten met ouders", "anouk", ["marijke"]),
    ("expert", "Een ouder die vertelt hoe het thuis gaat", "fatima", ["anouk", "yusuf"]),
]

# (giver, second of the oefenfragment, text)
PRACTICE_TOPS = [
    ("yusuf", 19, "Je wacht, en de leerling kijkt zelf wat er misging."),
    ("fatima", 27, "Je vraagt wat hij ziet en geeft zelf geen oplossing."),
    ("sanne", 34, "Hij legt uit waarom het blok te smal was: je gaf hem daar de tijd voor."),
    ("tom", 55, "Je bent blij met hem en vraagt daarna: hoe kwam dat?"),
]

EVALUATION = {
    "tops": "Iedereen kwam aan het woord.\nDe filmpjes maakten het gesprek echt.",
    "tips": "De pitch mag korter, dan is er meer tijd voor vragen.",
    "obstacles": "Filmen lukte niet overal: de telefoon stond te ver weg voor goed geluid.",
    "open_questions": "Hoe vertel je ouders waarom je filmt?",
}
IMPROVEMENTS = ["Pitch korter, meer tijd voor vragen", "Beamer vooraf testen met geluid"]
AGREEMENTS = [
    ("yusuf", "Een oude telefoon met statief meenemen voor wie wil filmen", 20),
    ("hanneke", "De brief aan ouders rondsturen", 3),
    (None, "Elke week een talentmoment noteren", None),
]

TALENTMOMENTEN = [
    ("marijke", "Een leerling legde aan een klasgenoot uit waarom zijn toren bleef staan.", ["reasons", "enthusiastic"], "Ik vroeg hoe dat kon en bleef stil."),
    ("yusuf", "Bij rekenen pakte een leerling zelf de blokjes erbij om het na te gaan.", ["explores"], ""),
    ("fatima", "Een leerling kwam vragen of ik even wilde meekijken, voor het eerst.", ["draws_help"], "Ik had het stappenplan weggehaald."),
    ("sanne", "Een kleuter bleef tien minuten bij de slakken zitten en wilde weten hoe ze eten.", ["curious", "involved"], ""),
    ("tom", "Een leerling bedacht een nieuwe regel, zodat iedereen kon meedoen met trefbal.", ["reasons", "involved"], ""),
]

# Title, owner, who may watch, then (giver, kind, start in seconds, end or None, text) of feedback that was sent.
CLIPS = [
    (
        "Rekenen in tweetallen",
        "marijke",
        "maatje",
        [
            ("yusuf", "top", 2, None, "Je vroeg ‘hoe zou dat kunnen?’ en bleef stil. Toen begon de ander zelf te tellen."),
            ("yusuf", "top", 5, 8, "Je kijkt eerst, en helpt daarna pas."),
            ("yusuf", "talent", 9, None, "Hier ontstaat een plan: eerst leggen, dan pas tellen."),
            ("yusuf", "top", 11, None, "Je vat het idee samen in hun eigen woorden."),
            ("yusuf", "tip", 13, None, "Laat ze hier eerst aan elkaar uitleggen hoe ze het deden."),
        ],
    ),
    (
        "Drie tellen wachten",
        "yusuf",
        "group",
        [
            ("anouk", "vraag", 3, 6, "Wist je al dat dit zou lukken, of verraste het je?"),
            ("sanne", "talent", 8, None, "De blokjes komen vanzelf op tafel, en dan volgt de uitleg."),
            ("tom", "top", 10, None, "Je gaf tijd. Na drie tellen kwam het antwoord vanzelf."),
        ],
    ),
    ("Start van de kring", "anouk", "alone", []),
]
