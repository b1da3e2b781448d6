from django.db import migrations, models

AUDIENCES = [("alone", "alleen ik"), ("maatje", "mijn maatje"), ("group", "de groep, ook de coach")]


class Migration(migrations.Migration):
    """What is there was shown on no page but its owner's, and stays so until the owner says otherwise."""

    dependencies = [("groups", "0010_factor_resets")]

    operations = [
        migrations.AddField(
            model_name="learninggoal",
            name="audience",
            field=models.CharField(choices=AUDIENCES, default="alone", max_length=8, verbose_name="wie dit ziet"),
        ),
        migrations.AlterField(
            model_name="learninggoal",
            name="audience",
            field=models.CharField(choices=AUDIENCES, default="maatje", max_length=8, verbose_name="wie dit ziet"),
        ),
    ]
