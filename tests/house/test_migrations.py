"""Migrations are one chain, in the order of their files' numbers: `storage.migrating` counts on the numbers alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from alembic.script import ScriptDirectory

from storage import migrating


def test_there_is_one_head_and_each_migration_follows_the_number_before() -> None:
    scripts = ScriptDirectory(str(migrating.FOLDER))
    assert scripts.get_heads() == [migrating.head()]
    chain = [(script.down_revision, script.revision) for script in reversed(list(scripts.walk_revisions()))]
    numbers = migrating.revisions()
    assert chain == list(zip((None, *numbers), numbers, strict=False))


def test_a_number_is_one_files_and_the_revision_in_it() -> None:
    numbers = Counter(path.name[:4] for path in (migrating.FOLDER / "versions").glob("[0-9]*.py"))
    assert [number for number, files in numbers.items() if files > 1] == []
    for script in ScriptDirectory(str(migrating.FOLDER)).walk_revisions():
        assert Path(script.path).name.startswith(f"{script.revision}_")
