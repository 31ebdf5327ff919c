"""A process that imports a workbook and says when it begins to write; it is killed by the test beside it."""

import sys
from pathlib import Path

from suite.bootstrap import build_suite
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportRequest
from suite.settings import Settings


def main(database: str, home: str, workbook: str) -> None:
    suite = build_suite(Settings(database=database, home=Path(home)))
    suite.check_database()
    admin = suite.actor()
    command = accept(suite.preview(ImportRequest(kind="lawyers.lawyer", path=Path(workbook)), admin))
    sys.stdout.write("writing\n")
    sys.stdout.flush()
    suite.run(command, admin)
    sys.stdout.write("done\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
