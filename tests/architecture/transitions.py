"""Which state of the conversation may lead to which, read from the code of its handlers: `make states` writes it down.

A handler moves on by `ctx.goto`, `ctx.push` or a function that does so; the names of states that it and the functions
it uses hold are where it may lead. What every command may do at any moment stands apart: it leads from everywhere.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dialogs import commands
from dialogs.routes import ROUTES

__all__ = ["PAGE", "by_command", "leads_to", "written"]

PAGE = Path(__file__).parents[2] / "docs" / "states.md"

MOVES = {"goto", "push", "enter", "answered"}
BACK = "[*]"
"""Where `ctx.pop` leads: to where an aside began."""

"""What a function calls that moves to a state."""

STOP = {"command", "follow"}
"""Functions of `commands` that lead from everywhere: not followed from each state."""

HEAD = """# States of the conversation

Made from the code by `make states`; a test holds it to the code. An arrow says where a state may lead;
`[*]` is where an aside began. From every state the
commands lead to: {commands}.

## Stakeholders

```mermaid
stateDiagram-v2
{own}
```

## Organizers

```mermaid
stateDiagram-v2
{organizers}
```
"""


def leads_to(name: str) -> set[str]:
    """The states that the handler of a state may lead to, itself left out."""
    return set(_targets(ROUTES[name].handle, set())) - {name}


def by_command() -> set[str]:
    """The states that commands and links lead to."""
    tables = (*commands.COMMANDS.values(), *commands.LINKS.values(), *commands.EVERYWHERE.values())
    return {state for act in tables for state in _targets(act, set())}


def written() -> str:
    """The page."""
    states = {name: sorted(leads_to(name)) for name in ROUTES}

    def arrows(organizers: bool) -> str:
        mine = [name for name in states if name.startswith("organize") is organizers]
        return "\n".join(f"    {name} --> {to}" for name in mine for to in states[name])

    commanded = ", ".join(f"`{name}`" for name in sorted(by_command()))
    return HEAD.format(commands=commanded, own=arrows(False), organizers=arrows(True))


def _targets(act: Any, seen: set[int]) -> Iterator[str]:
    function = getattr(act, "func", act)  # functools.partial
    if id(function) in seen or not isinstance(function, types.FunctionType):
        return
    seen.add(id(function))
    everywhere = function.__module__ == commands.__name__ and function.__name__ in STOP
    if everywhere or not function.__module__.startswith("dialogs."):
        return
    used = _values(function)
    called = {name for code in _codes(function.__code__) for name in code.co_names}
    if MOVES & called:
        names = (each for value in used for each in (value.values() if isinstance(value, Mapping) else (value,)))
        yield from (name for name in names if isinstance(name, str) and name in ROUTES)
    if "pop" in called and "ctx" in function.__code__.co_varnames:
        yield BACK
    for value in used:
        for each in _functions(value):
            yield from _targets(each, seen)


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _values(function: types.FunctionType) -> list[Any]:
    """What a function and those within it refer to: constants, globals, attributes of modules, closures."""
    found: list[Any] = [cell.cell_contents for cell in function.__closure__ or ()]
    for code in _codes(function.__code__):
        known = [function.__globals__[name] for name in code.co_names if name in function.__globals__]
        modules = [value for value in known if isinstance(value, types.ModuleType)]
        found += [*code.co_consts, *known]
        found += [vars(module)[name] for module in modules for name in code.co_names if name in vars(module)]
    return found


def _functions(value: Any) -> Iterator[Callable[..., Any]]:
    """The functions in a value: itself, or those of a table."""
    if isinstance(value, types.FunctionType):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _functions(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _functions(each)


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
    print(f"{PAGE.relative_to(Path.cwd())}: {len(ROUTES)} states")
