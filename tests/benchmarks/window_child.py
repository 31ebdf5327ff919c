"""One start of a window, in a process of its own: says when it had painted, and how much memory it held.

Modes: `bare` a table of Qt alone; `orm` the same with SQLAlchemy's ORM and an SQLite engine; `paint` our
window's first paint; `roster` our window with the first rows of the lawyers' roster on screen.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def painted(window: object, ready: "object | None" = None) -> None:
    """Run the event loop until the window has painted and `ready()` holds, then tell and leave."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    class Watch(QObject):
        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.seen = True
            return False

    app = QApplication.instance()
    assert app is not None
    watch = Watch()
    app.installEventFilter(watch)
    window.show()  # type: ignore[attr-defined]
    clock = QTimer()
    clock.setInterval(4)

    def look() -> None:
        if watch.seen and (ready is None or ready()):  # type: ignore[operator]
            app.quit()

    clock.timeout.connect(look)
    clock.start()
    app.exec()
    now = time.time()
    with Path("/proc/self/status").open(encoding="ascii") as status:
        held = next(line.split()[1] for line in status if line.startswith("VmRSS"))
    sys.stdout.write(f"{now} {held} {','.join(sorted(late()))}\n")
    sys.stdout.flush()
    os._exit(0)


def late() -> set[str]:
    """Modules that should not be there yet: the code of writing, of workbooks and of the other pages."""
    return {
        "alembic",
        "openpyxl",
        "pypinyin",
        "python_calamine",
        "keyring",
        "suite.kernel.registry.save",
        "suite.kernel.exchange.preview",
        "suite.ui.pages.today.page",
        "suite.ui.pages.record.page",
        "suite.ui.pages.importing.page",
        "suite.ui.pages.settings",
    } & sys.modules.keys()


def bare() -> None:
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QTableView

    app = QApplication([])  # noqa: F841 - it must live
    model = QStandardItemModel(120, 10)
    for row in range(120):
        for column in range(10):
            model.setItem(row, column, QStandardItem(f"{row} 王志远 {column}"))
    table = QTableView()
    table.setModel(model)
    table.resize(1440, 900)
    painted(table)


def main(mode: str, database: str) -> None:
    if mode == "bare":
        bare()
    if mode == "orm":
        import sqlalchemy.orm  # noqa: F401
        from sqlalchemy import create_engine, text

        with create_engine(f"sqlite:///{database}").connect() as connection:
            connection.execute(text("SELECT 1"))
        bare()

    from tests.benchmarks.cold import cold_window

    assembly, opener = cold_window(database)
    window = assembly.window
    if mode == "paint":
        window.set_waiting("正在打开数据库…")
        painted(window)
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, opener.start)

    def ready() -> bool:
        if not opener.opened:
            return False
        from suite.ui.kit.table import TableView

        return any(
            table.isVisible() and table.model().rowCount() > 0 and table.model().row_values(0) is not None
            for table in window.findChildren(TableView)
        )

    painted(window, ready)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
