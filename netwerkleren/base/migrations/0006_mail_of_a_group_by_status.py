from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0005_values_of_mail_that_waits'),
    ]

    operations = [
        migrations.AlterField(
            model_name='outgoingmail',
            name='group_id',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(fields=['group_id', 'status'], name='base_mail_of_group'),
        ),
    ]
