import django.core.validators
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0007_texts_without_control_characters'),
        ('video_feedback', '0007_texts_without_control_characters'),
    ]

    operations = [
        migrations.CreateModel(
            name='PracticeTop',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('start_ms', models.PositiveIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(60000, 'Zo lang is deze film niet.')])),
                ('text', models.CharField(max_length=200, verbose_name='top')),
                ('created', models.DateTimeField(auto_now_add=True)),
                ('giver', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='practice_top', to='groups.membership')),
            ],
            options={
                'verbose_name': 'top op het oefenfragment',
                'verbose_name_plural': 'tops op het oefenfragment',
                'ordering': ['start_ms', 'created'],
            },
        ),
    ]
