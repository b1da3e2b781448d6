"""A check for `manage.py check --deploy`: without the sandbox no film is converted."""

from typing import Any

from django.core.checks import Error

from .media import sandbox_problem


def films_can_be_converted(app_configs: Any, **kwargs: Any) -> list[Error]:
    problem = sandbox_problem()
    return [Error(problem, id="video_feedback.E001")] if problem else []
