"""Students at work while the server is killed at random moments (SIGKILL to all of it), on SQLite and then on PostgreSQL, whose server is killed
too. See `Tests/EndToEnd/kill_loop.py`.

    kills.py [KILLS] [SEED] [sqlite|postgres]
"""
import pathlib
import random
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
from kill_loop import KillLoop  # noqa: E402
from postgres import Postgres  # noqa: E402
from server import Server  # noqa: E402

KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 500
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10_000)
KINDS = sys.argv[3:] or ["sqlite", "postgres"]

for kind in KINDS:
    print(f"soak: {KILLS} kills on {kind}, seed {SEED}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        postgres = Postgres() if kind == "postgres" else None
        settings = {"LM_DATABASE_URL": postgres.database()} if postgres else {}
        loop = KillLoop(Server(pathlib.Path(folder) / "data", **settings).start(), postgres, SEED)
        try:
            facts = loop.run(KILLS, told=True)
            print(f"soak: after {KILLS} kills on {kind} all are there, once: {facts}", file=sys.stderr)
        finally:
            loop.ends.set()
            loop.server.stop()
            if postgres is not None:
                postgres.close()
