from django.apps import AppConfig


class RoofConfig(AppConfig):
    name = "netwerkleren.roof"
    label = "roof"
