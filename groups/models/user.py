"""An account."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.names import initials_of
from netwerkleren.base.text import only_seen


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, actor: Actor) -> "UserQuerySet":
        """Oneself, and the people one shares a group with now."""
        if not is_user(actor):
            return self.none()
        # By the names of the relations: memberships are built on users, so this module knows none.
        in_my_groups = User.objects.filter(
            memberships__left__isnull=True,
            memberships__group__memberships__left__isnull=True,
            memberships__group__memberships__user=actor.pk,
        )
        return self.filter(Q(pk=actor.pk) | Q(pk__in=in_my_groups))

    def with_address(self, email: str) -> "UserQuerySet":
        """The account of which this is the address: none for one that still waits, or that it had before."""
        return self.filter(email__iexact=email.strip())


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=self.normalize_email(only_seen(email)).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        with transaction.atomic(using=self.db):
            user.save(using=self.db)
            # allauth keeps an address in a table of its own: one row an account, from its first moment.
            addresses: Any = user.emailaddress_set  # type: ignore[attr-defined]
            addresses.create(email=user.email, verified=True, primary=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, is_coach=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        user: User = self.get(email__iexact=email)
        return user


looks_dialled = RegexValidator(
    r"^\+?[0-9][0-9 ().-]{6,}$", _("Schrijf het nummer met cijfers, zoals 06 12345678 of +31 6 12345678.")
)


RULES_HOLD = timedelta(days=365)
"""How long an agreement with the rules of use holds."""


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Its e-mail address is unique, whatever the case; experts have none."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=80)
    telephone = models.CharField(_("telefoonnummer"), max_length=30, blank=True, validators=[looks_dialled])
    """Of a coach who wants experts to be able to call; nobody else reads it."""
    photo = models.FileField(_("foto"), upload_to="photos", blank=True)
    is_coach = models.BooleanField(_("coach"), default=False, help_text=_("Mag groepen maken en leiden."))
    is_staff = models.BooleanField(_("beheerder"), default=False)
    is_active = models.BooleanField(_("actief"), default=True)
    second_factor_by = models.DateTimeField(null=True, blank=True, editable=False)
    """By when a second step at login must be there; empty for who is not asked for one (`groups/second_factor.py`)."""
    rules_agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When they last said to keep to the rules of use, which are asked once a year before a first fragment."""
    date_joined = models.DateTimeField(_("sinds"), default=timezone.now, editable=False)

    is_guest = False

    @property
    def has_agreed_rules(self) -> bool:
        """Whether they said so in the past year."""
        return self.rules_agreed_at is not None and timezone.now() - self.rules_agreed_at < RULES_HOLD

    request_cache: dict[Any, Any]
    """Set by our middleware on the actor of a request, for `once_a_request`."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="groups_user_email_unique",
                violation_error_message=_("Er is al een account met dit e-mailadres."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        """For the disc; an account without a name has the first letter of its address."""
        return initials_of(self.name) or self.email[:1].upper()

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.email

    @property
    def photo_url(self) -> str:
        """The gated address of the photo, or nothing. It changes with the photo, so that no browser shows the old."""
        if not self.photo.name:
            return ""
        return f"{reverse('groups:photo', args=[self.pk])}?v={self.photo.name[-16:-5]}"

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.first_name


def name_columns(account: str) -> tuple[str, str]:
    """For `only()`: what a name asks of the account at the end of this path, such as "owner__user"."""
    return f"{account}__name", f"{account}__email"


def user_of(actor: Actor) -> User:
    """The account of an actor, for what is kept under someone's name. Raises TypeError for a guest and for nobody."""
    if not isinstance(actor, User):
        raise TypeError(f"{type(actor).__name__} has no account")
    return actor


def display_name(user: User) -> str:
    """How allauth's pages call someone."""
    return str(user)
