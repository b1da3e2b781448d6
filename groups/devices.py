"""The devices on which someone is logged in, for "Waar ben ik ingelogd?"."""

from typing import Any

from allauth.usersessions.models import UserSession
from django import forms

from .models import User


class DeviceForm(forms.Form):
    """Which of one's own devices is logged out."""

    device = forms.ModelChoiceField(UserSession.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["device"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = UserSession.objects.filter(user=user)
