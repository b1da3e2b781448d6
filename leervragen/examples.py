"""Examples of our own beside the form: a question as it often comes, and what makes it stronger."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EXAMPLES: list[tuple[str | Promise, str | Promise, str | Promise]] = [
    (
        _("Hoe ga ik om met druk gedrag?"),
        _("Wat kan ik doen in de eerste vijf minuten na de pauze, als de groep nog niet tot rust komt?"),
        _("Het gaat over één moment dat je voor je ziet."),
    ),
    (
        _("Waarom werkt hij nooit samen?"),
        _("Hoe nodig ik een leerling uit die in een groepje stil blijft?"),
        _("Het gaat over wat jij kunt doen."),
    ),
    (
        _("Mag een leerling met autisme alleen werken?"),
        _("Wanneer helpt alleen werken een leerling met autisme, en wanneer houdt het contact tegen?"),
        _("Er is meer op te zeggen dan ja of nee."),
    ),
]
"""(weaker, stronger, why)."""
