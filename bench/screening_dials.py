"""Weights of name@1 that can be moved while it runs.

Numba freezes a constant when it compiles, and compiling anew for every value would take half an
hour. So the kernels' sources are read in with a factor beside each weight, `WEIGHT * dial(7)`,
that compiled code fetches from memory; everything else about them stays as it is. Elsewhere a
weight is a name in a module, and is set to another value.
"""

import ast
import sys
import tempfile
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder, SourceFileLoader

import numpy as np
from llvmlite import ir
from numba import config, types
from numba.extending import intrinsic

PACKAGE = "stanch.screening."
KERNELS = {
    "kernels.align": (
        "MISSING", "MANY", "CONTRADICTS", "AGREED", "LEFT_INITIAL", "LEFT_SHARED", "LEFT_NUMBER",
        "NUMBER_DIFFERS", "LEGAL_DIFFERS", "COMPLETE", "IDENTICAL", "INITIAL_GAIN", "JOIN_COST",
        "JOIN_LIMIT", "MOST_JOINED_WORTH", "TRIFLE",
    ),
    "kernels.whole": (
        "WHOLE_LIMIT", "WHOLE_COST", "WHOLE_DEARER", "WHOLE_SHARE", "WHOLE_LEAST",
        "MOST_WHOLE_WORTH",
    ),
    "kernels.similar": (
        "LIMIT", "LIMITS", "SHARES", "RUN_LIMIT", "PINYIN_COST", "ANOTHER_NAME", "LEAST_GAIN",
        "_HEARD",
    ),
    "kernels.edit": ("SUBSTITUTE", "INSERT", "SHORT", "_SWAP", "_DOUBLED", "_LAST_S"),
    "kernels.syllables": ("MISSING_SYLLABLE", "SURNAME_LEAST"),
}  # fmt: skip
PLAIN = {
    "index.vocabulary": (
        "SHARE", "MOST_WORTH", "LEAST_WORTH", "COMMON_GIVEN", "WORTH", "SHARED", "POPULATION",
        "UNSEEN_WORTH",
    ),
    "index.search": ("REVERSED", "CROSSED"),
    "index.index": ("CHANCE_PERSON", "CHANCE_OTHER"),
    "names.korean.syllables": ("MOST", "LEAST", "TYPING_ERROR", "USUAL_ERROR"),
    "names.lexicon": ("_GIVEN_COST",),
}  # fmt: skip
WEIGHTS = tuple((module, name) for module, held in (KERNELS | PLAIN).items() for name in held)
FACTORS = np.ones(len(WEIGHTS))


@intrinsic
def dial(context, place):
    """The factor of one weight, fetched from memory each time."""

    def code(_context, builder, _signature, arguments):
        address = ir.Constant(ir.IntType(64), FACTORS.ctypes.data)
        first = builder.inttoptr(address, ir.DoubleType().as_pointer())
        return builder.load(builder.gep(first, [arguments[0]]))

    return types.float64(types.intp), code


class _Turned(ast.NodeTransformer):
    """Puts a factor beside each weight that a function of a kernel reads."""

    def __init__(self, places: dict[str, int]) -> None:
        self._places = places
        self._inside = False

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self._inside = any("njit" in ast.unparse(each) for each in node.decorator_list)
        node.body = [self.visit(each) for each in node.body]
        self._inside = False
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if ast.unparse(node.func) == "len":  # the size of a table stays what it is
            return node
        return self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        node.slice = self.visit(node.slice)
        if isinstance(node.value, ast.Name):
            return self._beside(node, node.value.id)
        node.value = self.visit(node.value)
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._beside(node, node.id)

    def _beside(self, node: ast.expr, name: str) -> ast.AST:
        if not self._inside or name not in self._places or not isinstance(node.ctx, ast.Load):
            return node
        turn = ast.parse(f"dial({self._places[name]})", mode="eval").body
        return ast.BinOp(node, ast.Mult(), turn)


class _Loader(SourceFileLoader):
    def source_to_code(self, data, path, **_):
        tree = ast.parse(data, path)
        places = {
            name: place
            for place, (module, name) in enumerate(WEIGHTS)
            if module in KERNELS and (self._own(module) or self._imports(tree, module, name))
        }
        tree = _Turned(places).visit(tree)
        tree.body.insert(1, ast.parse(f"from {__name__} import dial").body[0])
        return compile(ast.fix_missing_locations(tree), path, "exec")

    def get_code(self, fullname):
        """Straight from the source, never from what Python kept."""
        return self.source_to_code(self.get_data(self.path), self.path)

    def _own(self, module: str) -> bool:
        return self.name == PACKAGE + module

    @staticmethod
    def _imports(tree: ast.Module, module: str, name: str) -> bool:
        return any(
            isinstance(each, ast.ImportFrom)
            and each.module == PACKAGE + module
            and any(alias.name == name for alias in each.names)
            for each in tree.body
        )


class _Finder(MetaPathFinder):
    def find_spec(self, fullname, path, target=None):
        if not fullname.startswith(PACKAGE + "kernels."):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        spec.loader = _Loader(fullname, spec.origin)
        return spec


def install() -> None:
    """From here on kernels are read in with dials. Call it before any of them is imported."""
    assert not any(name.startswith(PACKAGE + "kernels.") for name in sys.modules)
    config.CACHE_DIR = tempfile.mkdtemp()  # what is compiled here is no good to anybody else
    sys.meta_path.insert(0, _Finder())


def move(place: int, factor: float) -> None:
    """Multiply one weight by `factor`, in this process and for good; all is compiled by now."""
    module, name = WEIGHTS[place]
    before = getattr(import_module(PACKAGE + module), name)
    after = _times(before, factor)
    FACTORS[place] = factor
    for known, each in list(sys.modules.items()):
        if known.startswith(PACKAGE) and vars(each).get(name) is before:
            setattr(each, name, after)
    _unseen()


def _times(value, factor: float):
    if isinstance(value, dict):
        return {key: each * factor for key, each in value.items()}
    if isinstance(value, tuple):  # a share, the least and the most
        return tuple(each * factor for each in value)
    return value * factor


def _unseen() -> None:
    """What follows from other weights of the vocabulary."""
    from stanch.screening.index import vocabulary as held
    from stanch.screening.kernels import align

    shared, plain = held.SHARED[2], held.WORTH
    held.UNSEEN[[align.CORE, align.JOINED]] = held.UNSEEN_WORTH
    held.UNSEEN[[align.GENERIC, align.PLACE]] = shared
    for kind, worth in plain.items():
        held.UNSEEN[kind] = worth
