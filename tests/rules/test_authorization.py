"""No write can forget to ask whether the viewer is an admin: the types that prove it are made in one place each."""

import ast
from collections.abc import Iterator

import pytest

from tests.rules.sources import PACKAGES, modules

PROOFS = {"AdminTransaction": "resolvers.writes", "Admin": "resolvers.viewer"}
READERS = {"resolvers.reads"}  # these read within a transaction, whoever opened it
SERVER = [module for module in modules().values() if module.package in PACKAGES]


def calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).rpartition(".")[2]


def transactions(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the name of each function that takes a transaction, and the type that it demands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for argument in node.args.args:
                if argument.arg == "transaction" and argument.annotation:
                    yield node.name, ast.unparse(argument.annotation)


@pytest.mark.parametrize("proof", PROOFS)
def test_what_proves_an_admin_is_made_in_one_module(proof: str) -> None:
    assert {module.name for module in SERVER if proof in calls(module.tree)} == {PROOFS[proof]}


def test_every_resolver_that_writes_takes_the_transaction_of_an_admin() -> None:
    resolvers = [module for module in SERVER if module.package == "resolvers" and module.name not in READERS]
    demands = {f"{module.name}.{name}": type_ for module in resolvers for name, type_ in transactions(module.tree)}

    assert {"resolvers.specialists.create_specialist", "resolvers.specialties.delete_specialty"} <= demands.keys()
    assert set(demands.values()) == {"AdminTransaction"}
