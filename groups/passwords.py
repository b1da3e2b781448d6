"""What a password must be, said in our own words: Django's Dutch says "u", and lacks the sentence on length."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort. Neem er minstens %(length)d tekens voor.") % {"length": self.min_length}

    def get_help_text(self) -> str:
        return _("Minstens %(length)d tekens.") % {"length": self.min_length}


class UnlikeOneself(UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("name", "email")

    def __init__(self) -> None:
        super().__init__(user_attributes=self.DEFAULT_USER_ATTRIBUTES)

    def get_error_message(self) -> str:
        return _("Dit wachtwoord lijkt te veel op je naam of je e-mailadres.")

    def get_help_text(self) -> str:
        return _("Niet je naam of je e-mailadres.")


class NotCommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord gebruiken veel mensen. Kies er een dat van jou alleen is.")

    def get_help_text(self) -> str:
        return _("Geen wachtwoord dat veel mensen gebruiken.")
