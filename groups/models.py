"""People and the group they form: accounts, schools, groups, memberships, invitations, pairs, goals, agreements."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from netwerkleren.base.access import Actor, is_user
from netwerkleren.base.request import once_a_request

LINE = 200
"""The most characters of a field that asks one line."""
PARAGRAPH = 4000
"""The most characters of a field that asks a few sentences."""

INVITATION_DAYS = 14


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, actor: Actor) -> "UserQuerySet":
        """Oneself, and the people one shares a group with now."""
        if not is_user(actor):
            return self.none()
        groups = Membership.objects.current().filter(user=actor).values("group")
        shared = Membership.objects.current().filter(group__in=groups).values("user")
        return self.filter(Q(pk=actor.pk) | Q(pk__in=shared))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, is_coach=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Its e-mail address is unique, whatever the case; experts have none."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=80)
    photo = models.FileField(_("foto"), upload_to="photos", blank=True)
    is_coach = models.BooleanField(_("coach"), default=False, help_text=_("Mag groepen maken en leiden."))
    is_staff = models.BooleanField(_("beheerder"), default=False)
    is_active = models.BooleanField(_("actief"), default=True)
    date_joined = models.DateTimeField(_("sinds"), default=timezone.now, editable=False)

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
        """Two letters at most, for the disc: of the first and the last word of the name."""
        words = [word for word in self.name.split() if word[:1].isalnum()] or [self.email]
        return "".join(word[0] for word in ([words[0]] if len(words) == 1 else [words[0], words[-1]])).upper()

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


def display_name(user: User) -> str:
    """How allauth's pages call someone."""
    return str(user)


class SchoolQuerySet(models.QuerySet["School"]):
    def of_group(self, group: "NetworkGroup") -> "SchoolQuerySet":
        return self.filter(memberships__group=group).distinct()


class School(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("naam"), max_length=LINE)
    place = models.CharField(_("plaats"), max_length=LINE)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("scholen")
        ordering = ["name", "place"]
        constraints = [
            models.UniqueConstraint(Lower("name"), Lower("place"), name="groups_school_name_and_place_unique")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}"


class NetworkGroupQuerySet(models.QuerySet["NetworkGroup"]):
    def visible_to(self, actor: Actor) -> "NetworkGroupQuerySet":
        """Groups of which the user is a member now."""
        return self.filter(pk__in=group_ids_of(actor))

    def with_counts(self) -> "NetworkGroupQuerySet":
        """Adds `participant_count`: the deelnemers now."""
        current = Q(memberships__left__isnull=True, memberships__role=Membership.Role.PARTICIPANT)
        return self.annotate(participant_count=models.Count("memberships", filter=current))

    def led_by(self, user: User) -> "NetworkGroupQuerySet":
        return self.filter(pk__in=Membership.objects.current().coaches().filter(user=user).values("group"))


class NetworkGroup(models.Model):
    """One group on one traject, with an overkoepelend thema (domain.md section 3). A draft sends no mail."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("naam van de groep"), max_length=80)
    theme = models.CharField(_("thema"), max_length=LINE, blank=True)
    theme_is_given = models.BooleanField(_("de organisatie koos het thema"), default=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = NetworkGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("groep")
        verbose_name_plural = _("groepen")
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The group's page, which the roof joins from every floor: the one place below it that knows its address."""
        return reverse("roof:group", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, actor: Actor) -> "PairQuerySet":
        return self.filter(group__in=group_ids_of(actor))


class Pair(models.Model):
    """Two (once three) who film each other: the memberships that point to it. The coach confirmed it.

    A pair that was undone keeps its row, without members, so that what they made together keeps its pair.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="pairs")
    created = models.DateTimeField(auto_now_add=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("tweetal")
        verbose_name_plural = _("tweetallen")
        ordering = ["created"]

    def __str__(self) -> str:
        return f"pair {self.pk}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, actor: Actor) -> "MembershipQuerySet":
        return self.filter(group__in=group_ids_of(actor))

    def current(self) -> "MembershipQuerySet":
        return self.filter(left__isnull=True)

    def coaches(self) -> "MembershipQuerySet":
        return self.filter(role=Membership.Role.COACH)

    def participants(self) -> "MembershipQuerySet":
        return self.filter(role=Membership.Role.PARTICIPANT)

    def with_people(self) -> "MembershipQuerySet":
        """With user and school, in one fixed order: everyone sees the same people in the same order."""
        return self.select_related("user", "school").order_by("joined", "pk")


class Membership(models.Model):
    """A person in a group, as coach or deelnemer, with the school and discipline they bring (domain.md section 2)."""

    class Role(models.TextChoices):
        COACH = "coach", _("coach")
        PARTICIPANT = "participant", _("deelnemer")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("rol"), max_length=12, choices=Role, default=Role.PARTICIPANT)
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("school")
    )
    discipline = models.CharField(_("wat doe je daar?"), max_length=LINE, blank=True)
    pair = models.ForeignKey(Pair, on_delete=models.SET_NULL, null=True, blank=True, related_name="members")
    wished_maatje = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="wished_by"
    )
    joined = models.DateTimeField(default=timezone.now, editable=False)
    left = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        ordering = ["joined", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="groups_membership_once_per_group"),
            models.CheckConstraint(condition=~Q(wished_maatje=models.F("id")), name="groups_membership_not_own_maatje"),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"

    @property
    def is_coach(self) -> bool:
        return self.role == self.Role.COACH

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def photo_url(self) -> str:
        return self.user.photo_url


@once_a_request
def memberships_of(user: User) -> list[Membership]:
    """The user's current memberships, with group and school, oldest first."""
    found = list(Membership.objects.current().filter(user=user).select_related("group", "school"))
    for membership in found:
        membership.user = user
    return found


def group_ids_of(actor: Actor) -> list[UUID]:
    """The groups of which the actor is a member now; none for a guest or nobody.

    Gate 1 asks for ids instead of a subquery in every query behind it: building that SQL cost more than running it.
    """
    return [membership.group_id for membership in memberships_of(actor)] if is_user(actor) else []


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; it may have expired."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def open(self) -> "InvitationQuerySet":
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def visible_to(self, actor: Actor) -> "InvitationQuerySet":
        """The invitations of groups that the user leads."""
        return self.filter(group__in=NetworkGroup.objects.led_by(actor)) if is_user(actor) else self.none()


def invitation_end() -> datetime:
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class Invitation(models.Model):
    """A place offered to an e-mail address: accepted once, by POST, within 14 days. Only a hash of its token is kept.

    Without a group it invites a coach. The mail mints the token when it is sent, so a new mail ends the old link.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("staat klaar")
        INVITED = "invited", _("uitgenodigd")
        ACCEPTED = "accepted", _("doet mee")
        EXPIRED = "expired", _("verlopen")
        REVOKED = "revoked", _("ingetrokken")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(_("e-mailadres"))
    name = models.CharField(_("naam"), max_length=80, blank=True)
    role = models.CharField(max_length=12, choices=Membership.Role, default=Membership.Role.PARTICIPANT)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations")
    token_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=invitation_end)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["created"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), "group", name="groups_invitation_once_per_group", condition=Q(group__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def state(self) -> State:
        if self.accepted_at is not None:
            return self.State.ACCEPTED
        if self.revoked_at is not None:
            return self.State.REVOKED
        if self.group is not None and self.group.is_draft:
            return self.State.DRAFT
        return self.State.INVITED if self.is_open else self.State.EXPIRED


class GroupOwnedQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> "GroupOwnedQuerySet":
        return self.filter(group__in=group_ids_of(actor))


class WorkingAgreement(models.Model):
    """ "Zo werken wij": one agreement on how the group works together, made in the introductie."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(NetworkGroup, on_delete=models.CASCADE, related_name="working_agreements")
    text = models.CharField(_("afspraak"), max_length=LINE)
    created = models.DateTimeField(auto_now_add=True)

    objects = GroupOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created"]

    def __str__(self) -> str:
        return f"working agreement {self.pk}"


class LearningGoalQuerySet(models.QuerySet["LearningGoal"]):
    def visible_to(self, actor: Actor) -> "LearningGoalQuerySet":
        return self.filter(membership__group__in=group_ids_of(actor))


class LearningGoal(models.Model):
    """A leerdoel: broad, for the traject; or for one filmed lesson, in behaviour that a maatje can see."""

    class Scope(models.TextChoices):
        TRAJECT = "traject", _("voor het hele traject")
        LESSON = "lesson", _("voor een gefilmde les")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="learning_goals")
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.TRAJECT)
    text = models.TextField(_("leerdoel"), validators=[MaxLengthValidator(PARAGRAPH)])
    created = models.DateTimeField(auto_now_add=True)

    objects = LearningGoalQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"learning goal {self.pk}"
