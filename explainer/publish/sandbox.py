"""The sandbox in which a project's own templates run.

Jinja's sandbox lets a template use every public attribute and method of its values. This sandbox
only allows what is on a list: the fields of our records and views, some methods of text and of
mappings, some filters and tests, and the functions that are passed in.

It also counts steps, including the length of the texts that a template makes. So no loop runs for
long, and no text fills the memory.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache, cached_property, wraps
from types import BuiltinMethodType, FunctionType, GeneratorType, MethodType
from typing import Any, Final, Literal, TypeVar

from jinja2 import (
    BytecodeCache,
    StrictUndefined,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_context,
    pass_eval_context,
)
from jinja2.bccache import Bucket
from jinja2.environment import Template, TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.filters import do_join, do_replace, do_round, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer
from markupsafe import soft_str
from pydantic import BaseModel


class MemoryBytecodeCache(BytecodeCache):
    """A cache of compiled templates, for one process.

    A template is compiled again if its text has changed. The cache is in memory only: anyone could
    write code into a cache file.
    """

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the compiled template of a bucket, if it is cached."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the compiled template of a bucket."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


# Limits, and lists of what templates may use.

MOST_LETTERS: Final = 100_000
"""The maximum characters of a template. The generator's templates have at most 8,000."""
MOST_PARTS: Final = 20_000
"""The maximum number of syntax nodes in all templates of a project together.

The generator's templates have 4,300.
"""
_NAMES_A_PART: Final = 4
"""The number of names at one branch that count as one syntax node.

Jinja's compiler visits all names of a template at each branch and each include, and writes most of
them into the code there.
"""
_PURSE: Final = 2_000_000
"""The steps that all templates of one language may take.

The longest page of a site with ten thousand facts takes a tenth of them.
"""
_REFILL: Final = 5_000
"""The steps that are added for each text to be rendered. The page of a fact takes about 300."""
_BYTES_A_STEP: Final = 16
"""The bytes of text that cost one step."""
_MOST_BYTES: Final = 16_000_000
"""The maximum bytes of a text. A page with ten thousand facts has a fifth of that."""
_TEMPLATE: Final = 20
"""The steps that it costs to start a template."""
_PLACES: Final = 20
"""The maximum number of decimal places for rounding."""

_TEXT: Final = frozenset({
    "capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha",
    "isascii", "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper",
    "lower", "lstrip", "partition", "removeprefix", "removesuffix", "rfind", "rindex",
    "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "striptags", "strip",
    "swapcase", "title", "unescape", "upper",
})  # fmt: skip
_MAPPING: Final = frozenset({"get", "items", "keys", "values"})
_LOOP: Final = frozenset(
    {
        "changed",
        "cycle",
        "depth",
        "depth0",
        "first",
        "index",
        "index0",
        "last",
        "length",
        "nextitem",
        "previtem",
        "revindex",
        "revindex0",
    }
)
_METHODS: Final[dict[type, frozenset[str]]] = {
    str: _TEXT,
    dict: _MAPPING,
    LoopContext: _LOOP,
    dt.date: frozenset({"day", "month", "year"}),
}
"""The attributes and methods that templates may use, for types that are not ours."""
_FILTERS: Final = (
    "abs", "count", "d", "default", "dictsort", "first", "groupby", "items", "last", "length",
    "list", "map", "max", "min", "reject", "rejectattr", "reverse", "select", "selectattr",
    "sort", "tojson", "unique",
)  # fmt: skip
_TAKING_APART: Final = frozenset(
    {
        "groupby",
        "join",
        "list",
        "map",
        "reject",
        "rejectattr",
        "select",
        "selectattr",
        "sort",
        "striptags",
        "title",
        "unique",
        "urlencode",
        "wordcount",
    }
)
"""The filters that make a list of the letters or words of a text."""
_SPLITTING: Final = frozenset({"rsplit", "split", "splitlines", "striptags"})
"""The methods that make such a list."""
_FORWARDS: Final = frozenset({"count", "find", "index", "partition", "split"})
_BACKWARDS: Final = frozenset({"rfind", "rindex", "rpartition", "rsplit"})
_STRIPPING: Final = frozenset({"lstrip", "rstrip", "strip"})
_TRIES_A_STEP: Final = 256
"""The comparisons of two letters that cost one step."""
_MOST_TRIES: Final = 2_500
"""The maximum number of positions that Python's forward search compares letter by letter.

Apart from these, the search takes linear time.
"""
_ATTRIBUTE_AT: Final = {
    "groupby": 0,
    "max": 1,
    "min": 1,
    "rejectattr": 0,
    "selectattr": 0,
    "sort": 2,
    "unique": 1,
}
"""The position of the attribute's name in the arguments of a filter, counted after the list."""
_DEEPEST: Final = 8
"""The maximum number of attribute names in one argument, as in ``a.b.c``.

Each name is looked up for each item of the list.
"""
_WITHIN: Final = frozenset({"in", "notin"})
_LARGEST_KEY: Final = 2**60
_KEY_DIGITS: Final = 18
_KEY_PLACES: Final = 30
"""Limits on numbers as dictionary keys.

Larger numbers can be chosen so that all have the same hash. Each lookup then compares with every
key.
"""
_TEXT_FILTERS: Final = (
    "capitalize", "e", "escape", "float", "forceescape", "int", "lower", "safe", "string",
    "striptags", "title", "trim", "truncate", "upper", "urlencode", "wordcount",
)  # fmt: skip
_TESTS: Final = (
    "boolean", "defined", "divisibleby", "eq", "equalto", "even", "false", "float", "ge",
    "greaterthan", "gt", "in", "integer", "iterable", "le", "lessthan", "lower", "lt",
    "mapping", "ne", "none", "number", "odd", "sameas", "sequence", "string", "true",
    "undefined", "upper", "==", "!=", "<", ">", "<=", ">=",
)  # fmt: skip
_WEIGHED, _PRINTED, _COUNTED = " weighed", " printed", " counted"
"""The internal filters. A template cannot use them, because their names begin with a space."""
_SHOWN: Final = (str, int, float, Decimal, dt.date, type(None), Undefined)
"""The types that may be printed.

Lists may not: a list can contain another many times, so its text can be of any length.
"""
_LONG: Final = (str, list, tuple, dict, range)
"""The types whose values cost steps by their length."""
_BRANCHES: Final = (
    nodes.Scope,
    nodes.ScopedEvalContextModifier,
    nodes.If,
    nodes.For,
    nodes.With,
    nodes.Macro,
    nodes.CallBlock,
    nodes.FilterBlock,
    nodes.AssignBlock,
    nodes.Block,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.CondExpr,
)
"""The syntax nodes where Jinja's compiler visits all names of a template."""
_COMPILED: Final = MemoryBytecodeCache()
_EMPTY: Final = 80
"""The approximate size of an empty text in bytes."""
Function = TypeVar("Function", bound=Callable[..., Any])


_MARK: Final = re.compile(
    "[\u2066-\u2069\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
"""Isolates and noncharacters."""
_BITS: Final = 4_000
"""The maximum bits of a number. Arithmetic with such numbers takes almost no time."""


class BudgetExceeded(TemplateRuntimeError):
    """A template takes more steps, or makes a longer text or larger number, than any page needs."""


class StepBudget:
    """A counter of the steps that are left."""

    def __init__(self) -> None:
        self._left = _PURSE

    def spend(self, steps: int) -> None:
        """Subtract some steps. Raises ``Endless`` if not enough are left."""
        self._left -= steps
        if self._left < 0:
            raise BudgetExceeded("a template takes too many steps, or makes too long a text")

    def refill(self) -> None:
        """Add the steps for another text. The total is never more than at the start."""
        self._left = min(self._left + _REFILL, _PURSE)

    def weigh(self, value: Any) -> Any:
        """Subtract the steps that it costs to iterate over a value, and return the value.

        Raises ``Endless`` if not enough are left, or if a text or number is too large.
        """
        if isinstance(value, str):
            self.spend(1 + _bytes_of(value) // _BYTES_A_STEP)
        elif isinstance(value, (list, tuple, dict)):
            ahead = [value]
            while ahead:
                found = ahead.pop()
                self.spend(1 + len(found))
                inside = [*found.keys(), *found.values()] if isinstance(found, dict) else found
                for each in inside:
                    if isinstance(each, (list, tuple, dict)):
                        ahead.append(each)
                    elif isinstance(each, str):
                        self.spend(_bytes_of(each) // _BYTES_A_STEP)
        elif isinstance(value, range):
            self.spend(1 + len(value))
        elif isinstance(value, int) and value.bit_length() > _BITS:
            raise BudgetExceeded("a template makes a number that is larger than any page needs")
        else:
            self.spend(1)
        return value

    def counted(self, values: Iterable[Any]) -> Iterator[Any]:
        """Yield the values, and subtract one step for each."""
        for value in values:
            self.spend(1)
            yield value


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment for untrusted templates."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    intercepted_unops = frozenset({"+", "-"})

    def __init__(self, ours: Collection[str] = (), **settings: Any) -> None:
        """``ours`` are the paths of trusted templates, whose syntax nodes are not counted."""
        self.purse = StepBudget()
        self._ours, self._parts_left = ours, MOST_PARTS
        super().__init__(
            **settings,
            autoescape=True,
            undefined=StrictUndefined,
            bytecode_cache=_COMPILED,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
            auto_reload=False,
            finalize=self._finalized,
        )
        self._callable: set[int] = set()
        given: dict[str, Callable[..., Any]] = {name: self.filters[name] for name in _FILTERS}
        given["join"], given["replace"], given["round"] = (
            _joiner(self.purse),
            _replacer(self.purse),
            _rounded,
        )
        given["map"], given["unique"] = _mapper(given["map"]), _uniquer(given["unique"])
        given |= {name: _by_attribute(given[name], at) for name, at in _ATTRIBUTE_AT.items()}
        given |= {name: _of_text(self.filters[name]) for name in _TEXT_FILTERS}
        given["trim"] = _trimmer(self.purse)
        self.filters = {
            name: self._weighing(each, taken_apart=name in _TAKING_APART)
            for name, each in given.items()
        }
        self.filters |= {
            _WEIGHED: self.purse.weigh,
            _PRINTED: self._printed,
            _COUNTED: self.purse.counted,
        }
        known: dict[str, Any] = dict(self.tests)
        known["in"] = _within(self.purse)
        self.tests = {name: self._weighing(known[name]) for name in _TESTS}
        self.globals.clear()
        self.allow(range=safe_range, namespace=Namespace, dict=_mapping)

    def allow(self, **functions: Callable[..., Any]) -> None:
        """Let every template call these functions by name."""
        self.globals.update(functions)
        self._callable |= {id(each) for each in functions.values()}

    def add_filters(self, **filters: Callable[..., Any]) -> None:
        """Let every template use these filters of text."""
        self.filters |= {name: self._weighing(_of_text(each)) for name, each in filters.items()}

    def concat(self, pieces: Iterable[str]) -> str:
        """Return the pieces as one text, and count steps."""
        found = []
        for piece in pieces:
            self.purse.spend(1 + len(piece) // _BYTES_A_STEP)
            found.append(piece)
        return "".join(found)

    def _printed(self, value: Any) -> Any:
        return self.purse.weigh(_shown(value))

    @pass_context
    def _finalized(
        self, _: Context, value: Any
    ) -> Any:  # asking for the context stops evaluation at compile time
        return self._printed(value)

    def _weighing(
        self, function: Callable[..., Any], *, taken_apart: bool = False
    ) -> Callable[..., Any]:
        """Return a filter or test that costs steps by the size of its arguments.

        ``taken_apart`` says that it makes a list of the letters or words of a text.
        """

        @wraps(function)
        def weighed(*given: Any, **named: Any) -> Any:
            for each in (*given, *named.values()):
                self.purse.weigh(each)
                if taken_apart and isinstance(each, str):
                    self.purse.spend(len(each))
            given = tuple(
                self.purse.counted(each) if isinstance(each, GeneratorType) else each
                for each in given
            )
            found = function(*given, **named)
            return self.purse.weigh(found) if isinstance(found, int) else found

        return weighed

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002
        """Return whether a template may read an attribute: a field, or a method on a list."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, (Namespace, TemplateModule)):
            return True
        kind: type = type(obj)
        return attr in readable_attributes(kind)

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a template may call an object.

        It may call functions that are allowed or marked, macros and blocks of templates, and
        methods on a list.
        """
        if isinstance(obj, (Macro, BlockReference, LoopContext)) or id(obj) in self._callable:
            return True
        if isinstance(obj, FunctionType):
            return getattr(obj, "for_templates", False) is True
        if isinstance(obj, (BuiltinMethodType, MethodType)):
            return not isinstance(obj.__self__, type) and obj.__name__ in _methods(
                type(obj.__self__)
            )
        return False

    def wrap_str_format(self, value: Any) -> None:
        """Do nothing. Templates cannot call ``format``, which is not on the list of methods."""

    def call(self, context: Context, obj: Any, /, *given: Any, **named: Any) -> Any:
        """Call an object, and count steps.

        The arguments, the object of a method, and the result cost steps by their size.
        """
        if isinstance(obj, Undefined):
            str(obj)  # raises the error of an undefined name
        self.purse.spend(1)
        for each in (*given, *named.values(), getattr(obj, "__self__", None)):
            if isinstance(each, _LONG):
                self.purse.weigh(each)
        if isinstance(obj, (BuiltinMethodType, MethodType)) and isinstance(obj.__self__, str):
            self.purse.spend(_tries(obj.__name__, obj.__self__, *given, *named.values()))
            if obj.__name__ in _SPLITTING:
                self.purse.spend(_most_parts(obj.__self__, *given, **named))
        found = super().call(context, obj, *given, **named)
        return self.purse.weigh(found) if isinstance(found, _LONG) else found

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute a binary operation, and count steps by the size of both operands.

        Raises ``SecurityError`` for ``**``, and for text and lists with any operator but ``+``.
        """
        text = any(isinstance(each, (str, list, tuple)) for each in (left, right))
        if operator == "+" or (operator != "**" and not text):
            for each in (left, right):
                self.purse.weigh(each)
            found = super().call_binop(context, operator, left, right)
            return self.purse.weigh(found) if isinstance(found, int) else found
        raise SecurityError(
            f"templates have no '{operator}' for {'text and lists' if text else 'numbers'}"
        )

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """Compute a unary operation, and count steps."""
        return super().call_unop(context, operator, self.purse.weigh(arg))

    def get_template(self, *given: Any, **named: Any) -> Template:
        """Return a template, and count the steps to start it."""
        self.purse.spend(_TEMPLATE)
        return super().get_template(*given, **named)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > MOST_LETTERS:
            raise TemplateSyntaxError(
                f"a template of more than {MOST_LETTERS:,} letters", 1, name, filename
            )
        found = super()._parse(source, name, filename)
        if filename not in self._ours:
            _refuse_marks(found, name, filename)
            self._parts_left -= _parts(found)
            if self._parts_left < 0:
                said = (
                    f"the project's templates have more than {MOST_PARTS:,} parts together, or too"
                    " many names and branches in one"
                )
                raise TemplateSyntaxError(said, 1, name, filename)
        return found

    def _generate(self, source: nodes.Template, *rest: Any, **named: Any) -> str:
        return super()._generate(_Counting().visit(source), *rest, **named)


class _Counting(NodeTransformer):
    """Rewrites a template's syntax tree so that its loops, texts and comparisons are counted."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802
        self.generic_visit(node)
        node.iter = _filtered(node.iter, _COUNTED)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Concat:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [_filtered(each, _PRINTED) for each in node.nodes]
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        if any(each.op in _WITHIN for each in node.ops):
            return _tested(node)
        node.expr = _filtered(node.expr, _WEIGHED)
        for each in node.ops:
            each.expr = _filtered(each.expr, _WEIGHED)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Getitem:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):  # a slice is a copy
            node.node = _filtered(node.node, _WEIGHED)
        return node

    def _built(self, node: nodes.Expr) -> nodes.Expr:
        self.generic_visit(node)
        return node if getattr(node, "ctx", "load") != "load" else _filtered(node, _WEIGHED)

    visit_List = visit_Tuple = visit_Dict = _built  # noqa: N815


def _nodes(template: nodes.Template) -> Iterator[nodes.Node]:
    """Yield all syntax nodes of a template."""
    ahead: list[nodes.Node] = [template]
    while ahead:  # no recursion: nesting may be deeper than Python's limit
        node = ahead.pop()
        yield node
        ahead.extend(node.iter_child_nodes())


def _refuse_marks(template: nodes.Template, name: str | None, filename: str | None) -> None:
    """Raise ``TemplateSyntaxError`` at a text with a character that the generator reads as a mark.

    These are the isolates of text that runs against its surroundings, and noncharacters.
    """
    for node in _nodes(template):
        text = getattr(node, "data", None) or getattr(node, "value", None)
        if isinstance(text, str) and (found := _MARK.search(text)):
            said = (
                f"the character U+{ord(found[0]):04X} is for the generator's own use; for text of"
                " another direction use the filter 'apart' or the element <bdi>"
            )
            raise TemplateSyntaxError(said, node.lineno, name, filename)


def _parts(template: nodes.Template) -> int:
    """Return the size of a template for the compiler.

    This is the number of its syntax nodes, plus that of its names at each branch divided by
    ``_NAMES_A_PART``.
    """
    parts, branches, names = 0, 0, set[str]()
    for node in _nodes(template):
        parts += 1
        branches += isinstance(node, _BRANCHES)
        if isinstance(node, nodes.Name):
            names.add(node.name)
    return parts + branches * len(names) // _NAMES_A_PART


def _tested(node: nodes.Compare) -> nodes.Expr:
    """Return a comparison with ``in`` as a call of the test ``in``, which counts steps."""
    if len(node.ops) > 1:
        raise TemplateSyntaxError(
            "a comparison with 'in' stands alone; join others to it by 'and'", node.lineno
        )
    found: nodes.Expr = nodes.Test(node.expr, "in", [node.ops[0].expr], [], None, None)
    found = found if node.ops[0].op == "in" else nodes.Not(found)
    assert node.environment is not None
    found.set_lineno(node.lineno).set_environment(node.environment)
    return found


def _filtered(node: Any, name: str) -> Any:
    if isinstance(node, nodes.Const):
        return node
    found = nodes.Filter(node, name, [], [], None, None).set_lineno(node.lineno)
    return found.set_environment(node.environment)


def for_templates(function: Function) -> Function:
    """Mark a function that templates may call if it is passed to them. This is a decorator.

    The function must not read or write anything but its arguments.
    """
    function.for_templates = True  # type: ignore[attr-defined]  # functions take attributes
    return function


def _methods(kind: type) -> frozenset[str]:
    """Return the attributes and methods that templates may use, for a type that is not ours."""
    return next((names for base, names in _METHODS.items() if issubclass(kind, base)), frozenset())


@cache
def readable_attributes(kind: type) -> frozenset[str]:
    """Return the names of the attributes that a template may read, for a type.

    For our own types, these are fields, properties and constants, but never methods.
    """
    found = set(_methods(kind))
    if issubclass(kind, tuple):
        found |= set(getattr(kind, "_fields", ()))
    if not kind.__module__.startswith("explainer."):
        return frozenset(found)
    if is_dataclass(kind):
        found |= {each.name for each in fields(kind)}
    if issubclass(kind, BaseModel):
        found |= set(kind.model_fields)
    for each in kind.__mro__:
        if each.__module__.startswith("explainer."):
            found |= {
                name
                for name, value in vars(each).items()
                if isinstance(value, (property, cached_property, str, int))
            }
    return frozenset(name for name in found if not name.startswith("_"))


def _bytes_of(text: str) -> int:
    """Return the approximate bytes of a text. Raises ``Endless`` if there are too many."""
    found = len(text) if text.isascii() else max(len(text), sys.getsizeof(text) - _EMPTY)
    if found > _MOST_BYTES:
        raise BudgetExceeded("a template makes a text that is longer than any page needs")
    return found


def _most_parts(text: str, sep: Any = None, *_: Any, **named: Any) -> int:
    """Return the maximum number of parts into which a text can be split."""
    sep = named.get("sep", sep)
    return text.count(sep) + 1 if isinstance(sep, str) and sep else 1 + len(text) // 2


def _tries(method: str, text: str, *given: Any) -> int:
    """Return the steps that a method of text takes to compare letters.

    Reading both texts once is not included.
    """
    sought = max((len(each) for each in given if isinstance(each, str)), default=0)
    places = len(text) - sought + 1
    if method in _STRIPPING:
        return len(text) * sought // _TRIES_A_STEP
    if sought <= 1 or places <= 0:
        return 0
    if method in _BACKWARDS:
        return places * sought // _TRIES_A_STEP
    return min(places, _MOST_TRIES) * sought // _TRIES_A_STEP if method in _FORWARDS else 0


def _key(value: Any) -> Any:
    """Return a value that may be a dictionary key.

    Raises ``TemplateRuntimeError`` for other values: they could be chosen to have the same hash.
    """
    fit = isinstance(value, (str, float, dt.date, type(None), Undefined)) or type(
        value
    ).__module__.startswith("explainer.")
    if isinstance(value, int):
        fit = abs(value) < _LARGEST_KEY
    if isinstance(value, Decimal) and value.is_finite():
        digits, exponent = value.as_tuple()[1:]
        fit = (
            len(digits) <= _KEY_DIGITS
            and isinstance(exponent, int)
            and abs(exponent) <= _KEY_PLACES
        )
    if not fit:
        raise TemplateRuntimeError(
            "a template tells things apart by texts and by numbers of at most 18 digits"
        )
    return value


def _mapping(given: Any = (), /, **named: Any) -> dict[Any, Any]:
    """Return a dictionary, as Python's ``dict`` does, with checked keys."""
    pairs = given.items() if isinstance(given, dict) else given
    return dict(((_key(key), value) for key, value in pairs), **named)


def _uniquer(unique: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(unique)
    def checked(
        environment: Any, value: Any, case_sensitive: bool = False, attribute: Any = None
    ) -> Any:
        """Return the unique items of a list."""
        values = list(value)
        get = make_attrgetter(environment, attribute)
        for each in values:
            _key(get(each))
        return unique(environment, values, case_sensitive, attribute)

    return checked


def _one_attribute(name: Any) -> None:
    if isinstance(name, str) and name.count(".") + name.count(",") >= _DEEPEST:
        raise TemplateRuntimeError(f"a template names at most {_DEEPEST} attributes in a row")


def _by_attribute(function: Callable[..., Any], at: int) -> Callable[..., Any]:
    """Return a filter that checks the attribute name among its arguments.

    ``at`` is the position of that argument, counted after the list.
    """
    first = 2 + at  # the environment or context and the list come first

    @wraps(function)
    def checked(*given: Any, **named: Any) -> Any:
        for each in (*given[first : first + 1], named.get("attribute")):
            _one_attribute(each)
        return function(*given, **named)

    return checked


def _mapper(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def checked(*given: Any, **named: Any) -> Any:
        _one_attribute(named.get("attribute"))
        return function(*given, **named)

    return checked


def _within(purse: StepBudget) -> Callable[[Any, Any], bool]:
    def is_in(value: Any, values: Any) -> bool:
        """Return whether a text, list or mapping contains a value."""
        if isinstance(value, str) and isinstance(values, str):
            purse.spend(_tries("find", values, value))
        return value in values

    return is_in


def _trimmer(purse: StepBudget) -> Callable[..., Any]:
    def trim(value: Any, chars: str | None = None) -> str:
        """Return a text without white space, or without the given letters, at its ends."""
        text = soft_str(_shown(value))
        purse.spend(_tries("strip", text, chars))
        return text.strip(chars)

    return trim


def _shown(value: Any) -> Any:
    """Return a value that can be printed.

    Raises ``TemplateRuntimeError`` for other values: their text may be long, or have an address in
    memory.
    """
    if not isinstance(value, _SHOWN):
        raise TemplateRuntimeError("only text and numbers can be printed")
    return value


def _of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that only takes values that can be printed."""
    place = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def checked(*given: Any, **named: Any) -> Any:
        _shown(given[place])
        return function(*given, **named)

    return checked


def _joiner(purse: StepBudget) -> Callable[..., Any]:
    def join(context: EvalContext, value: Iterable[Any], between: str = "") -> Any:
        """Return the texts of a list as one text, with ``between`` between them."""
        found = [_shown(each) for each in value]
        for each in found:
            purse.weigh(each)
            purse.weigh(between)
        return do_join(context, found, between)

    return pass_eval_context(join)


def _replacer(purse: StepBudget) -> Callable[..., Any]:
    def replace(
        context: EvalContext, text: str, old: str, new: str, count: int | None = None
    ) -> Any:
        """Return a text with ``new`` in place of ``old``."""
        said, old, new = (str(_shown(each)) for each in (text, old, new))
        purse.spend(2 * _tries("find", said, old))
        purse.spend(
            (said.count(old) * len(new) * 6 + len(said)) // _BYTES_A_STEP
        )  # escaped text is at most six times as long
        return do_replace(context, text, old, new, count)

    return pass_eval_context(replace)


def _rounded(
    value: float, precision: int = 0, method: Literal["common", "ceil", "floor"] = "common"
) -> float:
    """Return a number, rounded. ``precision`` is the number of decimal places."""
    if not 0 <= precision <= _PLACES:
        raise TemplateRuntimeError(f"a template rounds to 0 to {_PLACES} decimal places")
    return do_round(value, precision, method)
