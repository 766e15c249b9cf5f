"""What a small fault is: the usual ones of cosmic-ray, and three of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import parso
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator

__all__ = ["OPERATORS"]

Place = tuple[tuple[int, int], tuple[int, int]]


def _parsed(code: str) -> Any:
    return parso.parse(code)  # type: ignore[no-untyped-call]


class ReturnNone(Operator):
    """A function that gives nothing back."""

    def mutation_positions(self, node: Any) -> Iterator[Place]:
        if node.type == "return_stmt" and node.children[1].get_code().strip() != "None":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        node.children[1] = _parsed(" None")
        return node

    @classmethod
    def examples(cls) -> Sequence[Example]:
        return (Example("return x", "return None"),)


class DropCall(Operator):
    """A call that is made for what it does, not made."""

    def mutation_positions(self, node: Any) -> Iterator[Place]:
        if node.type == "simple_stmt" and node.children[0].type == "atom_expr":
            yield node.children[0].start_pos, node.children[0].end_pos

    def mutate(self, node: Any, index: int) -> Any:
        prefix = node.children[0].get_first_leaf().prefix
        node.children[0] = _parsed(f"{prefix}pass")
        return node

    @classmethod
    def examples(cls) -> Sequence[Example]:
        return (Example("f(x)\n", "pass\n"),)


class SwapIn(Operator):
    """`in` and `not in`, each made the other."""

    def mutation_positions(self, node: Any) -> Iterator[Place]:
        if node.type == "comparison" and len(node.children) == 3 and _words(node.children[1]) in ("in", "not in"):
            yield node.children[1].start_pos, node.children[1].end_pos

    def mutate(self, node: Any, index: int) -> Any:
        node.children[1] = _parsed(" not in" if _words(node.children[1]) == "in" else " in")
        return node

    @classmethod
    def examples(cls) -> Sequence[Example]:
        return (Example("a in b", "a not in b"), Example("a not in b", "a in b"))


def _words(node: Any) -> str:
    return " ".join(node.get_code().split())


PAIRS = {
    "Comparison": (
        "Eq_NotEq", "NotEq_Eq", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt",
        "Is_IsNot", "IsNot_Is",
    ),
    "Binary": ("Add_Sub", "Sub_Add", "Mul_FloorDiv", "FloorDiv_Mul", "Mod_Mul", "BitOr_BitAnd", "BitAnd_BitOr"),
    "Unary": ("Delete_Not", "USub_UAdd"),
}  # fmt: skip
"""Each turned into its opposite or moved by one, not into all there are: `==` made `is` says little of the tests."""

NAMES = (
    "AddNot", "NumberReplacer", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue",
    "ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop",
    *(f"Replace{kind}Operator_{pair}" for kind, pairs in PAIRS.items() for pair in pairs),
)  # fmt: skip

OPERATORS: dict[str, Operator] = {name: get_operator(f"core/{name}")() for name in NAMES} | {
    "ReturnNone": ReturnNone(),
    "DropCall": DropCall(),
    "SwapIn": SwapIn(),
}
"""By name, in the order in which they are drawn from."""
