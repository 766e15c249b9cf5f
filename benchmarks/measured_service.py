"""The service as `stocktaking run` has it, measured: `python -m benchmarks.measured_service run`.

People of a benchmark answer more quickly than anybody types, so the pause that Telegram wants between two messages into
one chat is left out. On SIGUSR1 the number of SQL statements by now is written to the file that COUNTED names;
without it nothing is counted.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot import rate_limit
from bot.cli.main import main

COUNTED = "BENCHMARK_STATEMENTS"


def count_statements(path: Path) -> None:
    """Count each statement that is sent to the database, the bounds of transactions too."""
    statements: list[str] = []

    @event.listens_for(Engine, "before_cursor_execute")
    def executed(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    def tell(*_: Any) -> None:
        told = path.with_suffix(".new")
        told.write_text("\n;\n".join(statements))
        told.replace(path)
        statements.clear()

    signal.signal(signal.SIGUSR1, tell)


if __name__ == "__main__":
    rate_limit.CHAT_GAP = 0.0
    if COUNTED in os.environ:
        count_statements(Path(os.environ[COUNTED]))
    main()
