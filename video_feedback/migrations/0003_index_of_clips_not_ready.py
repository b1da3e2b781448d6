from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0001_initial'),
        ('meetings', '0003_versions_of_texts'),
        ('video_feedback', '0002_tell_before_erasing'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='clip',
            index=models.Index(condition=models.Q(('state', 'ready'), _negated=True), fields=['state'], name='video_feedback_clip_not_ready'),
        ),
    ]
