"""`{% render_panel panel %}`: a piece that a higher app shows on a lower app's page."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from netwerkleren.base.extend import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def render_panel(context: Context, panel: Panel) -> SafeString:
    """Renders the panel's template with its own context on top of the page's."""
    engine_template = context.template.engine.get_template(panel.template)  # type: ignore[union-attr]
    with context.push(**panel.context):
        return SafeString(engine_template.render(context))
