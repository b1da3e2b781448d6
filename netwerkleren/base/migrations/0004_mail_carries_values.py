import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0003_audit_columns_in_dutch'),
    ]

    operations = [
        migrations.RenameField(
            model_name='outgoingmail',
            old_name='object_ids',
            new_name='values',
        ),
        migrations.AlterField(
            model_name='outgoingmail',
            name='values',
            field=models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='about',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(fields=['kind', 'about'], name='base_mail_about'),
        ),
    ]
