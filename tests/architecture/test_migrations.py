"""Migrations are one chain, in the order of their files' numbers: `storage.engine.migrate` counts on them alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from alembic.script import ScriptDirectory

from storage.engine import migrate


def test_there_is_one_head_and_each_migration_follows_the_number_before() -> None:
    scripts = ScriptDirectory(str(migrate.FOLDER))
    assert scripts.get_heads() == [migrate.head()]
    chain = [(script.down_revision, script.revision) for script in reversed(list(scripts.walk_revisions()))]
    numbers = migrate.revisions()
    assert chain == list(zip((None, *numbers), numbers, strict=False))


def test_a_number_is_one_files_and_the_revision_in_it() -> None:
    numbers = Counter(path.name[:4] for path in (migrate.FOLDER / "versions").glob("[0-9]*.py"))
    assert [number for number, files in numbers.items() if files > 1] == []
    for script in ScriptDirectory(str(migrate.FOLDER)).walk_revisions():
        assert Path(script.path).name.startswith(f"{script.revision}_")
