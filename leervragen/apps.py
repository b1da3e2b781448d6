from django.apps import AppConfig


class LeervragenConfig(AppConfig):
    name = "leervragen"
    verbose_name = "Leervragen"
