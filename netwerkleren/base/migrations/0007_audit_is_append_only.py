from django.db import migrations

SQLITE = """
CREATE TRIGGER base_auditevent_stays BEFORE UPDATE ON base_auditevent
BEGIN SELECT RAISE(ABORT, 'a line of the audit is never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION base_auditevent_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a line of the audit is never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER base_auditevent_stays BEFORE UPDATE ON base_auditevent
FOR EACH ROW EXECUTE FUNCTION base_auditevent_stays();
"""


def lock_lines(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(SQLITE if is_sqlite else POSTGRESQL, params=None)


def unlock_lines(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS base_auditevent_stays")
    else:
        schema_editor.execute("DROP FUNCTION IF EXISTS base_auditevent_stays() CASCADE")


class Migration(migrations.Migration):
    """Whatever program has the database open, a line of the audit is not changed.

    SQLite makes a table anew when a column changes, without its triggers: a migration that does so here calls
    `lock_lines` again.
    """

    dependencies = [("base", "0006_mail_of_a_group_by_status")]
    operations = [migrations.RunPython(lock_lines, unlock_lines)]
