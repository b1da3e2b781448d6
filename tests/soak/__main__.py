"""bin/soak: cuts, kills, a full disk, the database and the mail server away. See `bin/soak --help`."""

import argparse
import os
import random
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.figures import Figures
from tests.servers import collect_static_files, free_port, running_portal, running_s3, running_sink
from tests.small_disk import portal_on_small_disk
from tests.soak.away import Database, MailServer, fill_the_disk, lose_the_database, lose_the_mail_server
from tests.soak.cuts import cut_uploads
from tests.soak.kills import SlowSink, Soak, kill_processes
from tests.video_feedback.films import make_film


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/soak")
    parser.add_argument("--cuts", type=int, default=200, help="uploads that are cut at a random byte")
    parser.add_argument("--kills", type=int, default=100, help="processes that are killed at a random moment")
    parser.add_argument("--s3", action="store_true", help="with the recordings and films in a bucket")
    parser.add_argument("--seed", type=int, default=7, help="of all that is random here")
    asked = parser.parse_args()
    figures, dice = Figures("soak"), random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="soak-") as name, ExitStack() as servers:
        folder = Path(name)
        for made in ("static", "portal", "small", "s3"):
            (folder / made).mkdir()
        static_files = collect_static_files(folder / "static")
        film = make_film(folder / "film.mp4", seconds=3, size="640x360").read_bytes()
        with running_sink() as small_sink:
            soak = Soak(small_sink, film, dice)
            env = {"EMAIL_URL": small_sink.url}
            prepare = soak.seed_in(1)
            with portal_on_small_disk(folder / "small", static_files, prepare, **env) as disk:
                fill_the_disk(figures, soak, disk)
        database = Database(os.environ["TEST_DATABASE_URL"], folder)
        mail_server = MailServer(SlowSink(dice=random.Random(asked.seed)), free_port())
        store = servers.enter_context(running_s3(folder / "s3")) if asked.s3 else None
        env = {"EMAIL_URL": mail_server.url, "DATABASE_URL": database.url} | (store.env if store else {})
        with running_portal(folder / "portal", static_files, **env) as portal:
            cut_uploads(figures, portal, asked.cuts, dice, store.bucket() if store else None)
            soak = Soak(mail_server.sink, film, dice)
            soak.seed_in(asked.kills)(portal)
            lose_the_database(figures, soak, database)
            lose_the_mail_server(figures, soak, mail_server)
            kill_processes(figures, soak, asked.kills)
        mail_server.closes()
    return 1 if figures.is_over else 0


if __name__ == "__main__":
    sys.exit(main())
