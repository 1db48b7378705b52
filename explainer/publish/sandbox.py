"""The sandbox of a project's own templates: they see values, call what they are handed, and end in time."""

from __future__ import annotations

import datetime as dt
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

# Templates once compiled, for whoever needs them again in the same process; one whose text has
# changed is compiled anew.


class Compiled(BytecodeCache):
    """Kept in memory alone: what lies in a file would be code that anybody may have written."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled, if anything."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


# The room in which a project's own templates run: they see values, call what they are handed, and
# end in good time.
#
# Jinja's sandbox lets a template reach every public attribute and method of what it is given.
# This one turns that round: fields of our
# records and views, a few methods of text and of mappings, a few filters, the functions handed
# over, and nothing else. What a template
# does is counted, in steps and by the length of the texts that it makes, so that no loop runs for
# long or fills the memory.

MOST_LETTERS: Final = 100_000
"""No template is longer; ours have at most 8,000."""
MOST_PARTS: Final = 20_000
"""A project's own templates have no more parts (tags, names, words, signs) together; all of ours have 4,300."""
_NAMES_A_PART: Final = 4
"""Jinja goes through a template's names again at each branch and at each include, and writes most of them out there. So many of
them count as a part."""
_PURSE: Final = 2_000_000
"""So many steps may all templates of a language take; a tenth of that is what a site of ten thousand facts takes for its longest page."""
_REFILL: Final = 5_000
"""So many more for each text that is made; a fact's page takes some three hundred."""
_BYTES_A_STEP: Final = 16
_MOST_BYTES: Final = 16_000_000
"""No text of a template takes more memory: a page of ten thousand facts takes a fifth of that."""
_TEMPLATE: Final = 20
"""The steps that it takes to begin with a template."""
_PLACES: Final = 20
"""To so many decimal places may a template round."""

_TEXT: Final = frozenset({
    "capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha",
    "isascii", "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper",
    "lower", "lstrip", "partition", "removeprefix", "removesuffix", "rfind", "rindex",
    "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "striptags", "strip",
    "swapcase", "title", "unescape", "upper",
})  # fmt: skip
_MAPPING: Final = frozenset({"get", "items", "keys", "values"})
_LOOP: Final = frozenset(
    {"changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length", "nextitem", "previtem", "revindex", "revindex0"}
)
_METHODS: Final[dict[type, frozenset[str]]] = {str: _TEXT, dict: _MAPPING, LoopContext: _LOOP, dt.date: frozenset({"day", "month", "year"})}
"""What may be read or called of things that are not ours."""
_FILTERS: Final = (
    "abs", "count", "d", "default", "dictsort", "first", "groupby", "items", "last", "length",
    "list", "map", "max", "min", "reject", "rejectattr", "reverse", "select", "selectattr",
    "sort", "tojson", "unique",
)  # fmt: skip
_TAKING_APART: Final = frozenset({
    "groupby", "join", "list", "map", "reject", "rejectattr", "select", "selectattr", "sort", "striptags", "title", "unique", "urlencode",
    "wordcount",
})  # fmt: skip
"""Filters that make a list of the letters or the words of a text."""
_SPLITTING: Final = frozenset({"rsplit", "split", "splitlines", "striptags"})
"""Methods that do."""
_FORWARDS: Final = frozenset({"count", "find", "index", "partition", "split"})
_BACKWARDS: Final = frozenset({"rfind", "rindex", "rpartition", "rsplit"})
_STRIPPING: Final = frozenset({"lstrip", "rstrip", "strip"})
_TRIES_A_STEP: Final = 256
"""So many letters are compared with a letter for a step."""
_MOST_TRIES: Final = 2_500
"""Python looks for a text forwards in time that grows as the two texts do; only so many places are tried letter by letter."""
_ATTRIBUTE_AT: Final = {"groupby": 0, "max": 1, "min": 1, "rejectattr": 0, "selectattr": 0, "sort": 2, "unique": 1}
"""Where filters take the name of an attribute, counted after the list."""
_DEEPEST: Final = 8
"""An attribute of an attribute: so many are named in a row. Each is looked up for each thing of a list."""
_WITHIN: Final = frozenset({"in", "notin"})
_LARGEST_KEY: Final = 2**60
_KEY_DIGITS: Final = 18
_KEY_PLACES: Final = 30
"""What a dictionary is asked by. Larger numbers can be chosen so that all have the same hash, and each is then compared with all."""
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
"""Filters that no template can name."""
_SHOWN: Final = (str, int, float, Decimal, dt.date, type(None), Undefined)
"""What may be printed. A list may hold itself many times over, and its text be of any length."""
_LONG: Final = (str, list, tuple, dict, range)
_BRANCHES: Final = (
    nodes.Scope, nodes.ScopedEvalContextModifier, nodes.If, nodes.For, nodes.With, nodes.Macro, nodes.CallBlock,
    nodes.FilterBlock, nodes.AssignBlock, nodes.Block, nodes.Include, nodes.Import, nodes.FromImport, nodes.CondExpr,
)  # fmt: skip
"""Where Jinja goes through the names that it knows."""
_COMPILED: Final = Compiled()
_EMPTY: Final = 80
"""About how many bytes a text takes that has no letter."""
Function = TypeVar("Function", bound=Callable[..., Any])


_BITS: Final = 4_000
"""No number of a template has more: what two such take to be worked with is next to nothing."""


class Endless(TemplateRuntimeError):
    """A template took more steps, or made longer texts, than any page needs."""


class Purse:
    """How many steps are left."""

    def __init__(self) -> None:
        self._left = _PURSE

    def spend(self, steps: int) -> None:
        """Take some steps. Raises ``Endless`` where none are left."""
        self._left -= steps
        if self._left < 0:
            raise Endless("a template takes too many steps, or makes too long a text")

    def refill(self) -> None:
        """Another text is to be made."""
        self._left = min(self._left + _REFILL, _PURSE)

    def weigh(self, value: Any) -> Any:
        """Take the steps that it costs to go through a value; returns the value."""
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
            raise Endless("a template makes a number that is larger than any page needs")
        else:
            self.spend(1)
        return value

    def counted(self, values: Iterable[Any]) -> Iterator[Any]:
        """The values, each for a step."""
        for value in values:
            self.spend(1)
            yield value


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja for templates that a stranger may have written."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    intercepted_unops = frozenset({"+", "-"})

    def __init__(self, ours: Collection[str] = (), **settings: Any) -> None:
        """``ours`` are the paths of templates that are no stranger's: how much there is to compile in them is not counted."""
        self.purse = Purse()
        self._ours, self._parts_left = ours, MOST_PARTS
        super().__init__(
            **settings, autoescape=True, undefined=StrictUndefined, bytecode_cache=_COMPILED, trim_blocks=True, lstrip_blocks=True,
            optimized=False, auto_reload=False, finalize=self._finalized,
        )  # fmt: skip
        self._callable: set[int] = set()
        given: dict[str, Callable[..., Any]] = {name: self.filters[name] for name in _FILTERS}
        given["join"], given["replace"], given["round"] = _joiner(self.purse), _replacer(self.purse), _rounded
        given["map"], given["unique"] = _mapper(given["map"]), _uniquer(given["unique"])
        given |= {name: _by_attribute(given[name], at) for name, at in _ATTRIBUTE_AT.items()}
        given |= {name: _of_text(self.filters[name]) for name in _TEXT_FILTERS}
        given["trim"] = _trimmer(self.purse)
        self.filters = {name: self._weighing(each, taken_apart=name in _TAKING_APART) for name, each in given.items()}
        self.filters |= {_WEIGHED: self.purse.weigh, _PRINTED: self._printed, _COUNTED: self.purse.counted}
        known: dict[str, Any] = dict(self.tests)
        known["in"] = _within(self.purse)
        self.tests = {name: self._weighing(known[name]) for name in _TESTS}
        self.globals.clear()
        self.allow(range=safe_range, namespace=Namespace, dict=_mapping)

    def allow(self, **functions: Callable[..., Any]) -> None:
        """Functions that every template may call by name."""
        self.globals.update(functions)
        self._callable |= {id(each) for each in functions.values()}

    def add_filters(self, **filters: Callable[..., Any]) -> None:
        """Filters of text that every template may use."""
        self.filters |= {name: self._weighing(_of_text(each)) for name, each in filters.items()}

    def concat(self, pieces: Iterable[str]) -> str:
        """Put a text together, counting."""
        found = []
        for piece in pieces:
            self.purse.spend(1 + len(piece) // _BYTES_A_STEP)
            found.append(piece)
        return "".join(found)

    def _printed(self, value: Any) -> Any:
        return self.purse.weigh(_shown(value))

    @pass_context
    def _finalized(self, _: Context, value: Any) -> Any:  # that it asks for the context keeps the compiler from working anything out
        return self._printed(value)

    def _weighing(self, function: Callable[..., Any], *, taken_apart: bool = False) -> Callable[..., Any]:
        """A filter or a test that costs what it is given; ``taken_apart``: of a text it makes a list."""

        @wraps(function)
        def weighed(*given: Any, **named: Any) -> Any:
            for each in (*given, *named.values()):
                self.purse.weigh(each)
                if taken_apart and isinstance(each, str):
                    self.purse.spend(len(each))
            given = tuple(self.purse.counted(each) if isinstance(each, GeneratorType) else each for each in given)
            found = function(*given, **named)
            return self.purse.weigh(found) if isinstance(found, int) else found

        return weighed

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - the library asks so
        """Whether a template may read it: a field, or a method that is on a list."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, (Namespace, TemplateModule)):
            return True
        kind: type = type(obj)
        return attr in readable(kind)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call it: what was handed over for that, what a template defines, and methods that are on a list."""
        if isinstance(obj, (Macro, BlockReference, LoopContext)) or id(obj) in self._callable:
            return True
        if isinstance(obj, FunctionType):
            return getattr(obj, "for_templates", False) is True
        if isinstance(obj, (BuiltinMethodType, MethodType)):
            return not isinstance(obj.__self__, type) and obj.__name__ in _methods(type(obj.__self__))
        return False

    def wrap_str_format(self, value: Any) -> None:
        """Text is not filled in by templates: ``format`` is not on the list."""

    def call(self, context: Context, obj: Any, /, *given: Any, **named: Any) -> Any:
        """Call something that may be called, for what it is given, what it belongs to and what it returns."""
        if isinstance(obj, Undefined):
            str(obj)  # raises what is wrong with it
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
        """Work out what could make something very long or very large."""
        text = any(isinstance(each, (str, list, tuple)) for each in (left, right))
        if operator == "+" or (operator != "**" and not text):
            for each in (left, right):
                self.purse.weigh(each)
            found = super().call_binop(context, operator, left, right)
            return self.purse.weigh(found) if isinstance(found, int) else found
        raise SecurityError(f"templates have no '{operator}' for {'text and lists' if text else 'numbers'}")

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """The opposite of a number, for a step."""
        return super().call_unop(context, operator, self.purse.weigh(arg))

    def get_template(self, *given: Any, **named: Any) -> Template:
        """A template, for what it costs to begin with one."""
        self.purse.spend(_TEMPLATE)
        return super().get_template(*given, **named)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > MOST_LETTERS:
            raise TemplateSyntaxError(f"a template of more than {MOST_LETTERS:,} letters", 1, name, filename)
        found = super()._parse(source, name, filename)
        if filename not in self._ours:
            self._parts_left -= _parts(found)
            if self._parts_left < 0:
                said = f"the project's templates have more than {MOST_PARTS:,} parts together, or too many names and branches in one"
                raise TemplateSyntaxError(said, 1, name, filename)
        return found

    def _generate(self, source: nodes.Template, *rest: Any, **named: Any) -> str:
        return super()._generate(_Counting().visit(source), *rest, **named)


class _Counting(NodeTransformer):
    """Rewrites a template so that what it loops over, puts together and compares is counted."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - the library's way to name it
        self.generic_visit(node)
        node.iter = _filtered(node.iter, _COUNTED)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Concat:  # noqa: N802 - the library's way to name it
        self.generic_visit(node)
        node.nodes = [_filtered(each, _PRINTED) for each in node.nodes]
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Expr:  # noqa: N802 - the library's way to name it
        self.generic_visit(node)
        if any(each.op in _WITHIN for each in node.ops):
            return _tested(node)
        node.expr = _filtered(node.expr, _WEIGHED)
        for each in node.ops:
            each.expr = _filtered(each.expr, _WEIGHED)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Getitem:  # noqa: N802 - the library's way to name it
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):  # a part of a text is copied
            node.node = _filtered(node.node, _WEIGHED)
        return node

    def _built(self, node: nodes.Expr) -> nodes.Expr:
        self.generic_visit(node)
        return node if getattr(node, "ctx", "load") != "load" else _filtered(node, _WEIGHED)

    visit_List = visit_Tuple = visit_Dict = _built  # noqa: N815 - the library's way to name them


def _parts(template: nodes.Template) -> int:
    """What there is to compile in a template: its parts, and its names once for each place where Jinja goes through them."""
    parts, branches, names, ahead = 0, 0, set[str](), [template]
    while ahead:  # no recursion: it may be nested deeper than Python calls
        node: Any = ahead.pop()
        parts += 1
        branches += isinstance(node, _BRANCHES)
        if isinstance(node, nodes.Name):
            names.add(node.name)
        ahead.extend(node.iter_child_nodes())
    return parts + branches * len(names) // _NAMES_A_PART


def _tested(node: nodes.Compare) -> nodes.Expr:
    """A comparison by ``in`` as the test of that name, which counts what it takes."""
    if len(node.ops) > 1:
        raise TemplateSyntaxError("a comparison with 'in' stands alone; join others to it by 'and'", node.lineno)
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
    """A function that templates may call where they are handed it: it reads and writes nothing but what it is given."""
    function.for_templates = True  # type: ignore[attr-defined]  # functions take attributes
    return function


def _methods(kind: type) -> frozenset[str]:
    """What a template may read and call of something that is not ours."""
    return next((names for base, names in _METHODS.items() if issubclass(kind, base)), frozenset())


@cache
def readable(kind: type) -> frozenset[str]:
    """What a template may read of an object: its fields and what is worked out from them, never a method of ours."""
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
            found |= {name for name, value in vars(each).items() if isinstance(value, (property, cached_property, str, int))}
    return frozenset(name for name in found if not name.startswith("_"))


def _bytes_of(text: str) -> int:
    """About how much memory a text takes. Raises ``Endless`` where that is more than any may."""
    found = len(text) if text.isascii() else max(len(text), sys.getsizeof(text) - _EMPTY)
    if found > _MOST_BYTES:
        raise Endless("a template makes a text that is longer than any page needs")
    return found


def _most_parts(text: str, sep: Any = None, *_: Any, **named: Any) -> int:
    """How many parts a text can be split into."""
    sep = named.get("sep", sep)
    return text.count(sep) + 1 if isinstance(sep, str) and sep else 1 + len(text) // 2


def _tries(method: str, text: str, *given: Any) -> int:
    """The steps that a method of a text takes to compare its letters with those of what it is given, beside going through both once."""
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
    """A value that may be a key. Raises ``TemplateRuntimeError`` for what could be chosen so that many have the same hash."""
    fit = isinstance(value, (str, float, dt.date, type(None), Undefined)) or type(value).__module__.startswith("explainer.")
    if isinstance(value, int):
        fit = abs(value) < _LARGEST_KEY
    if isinstance(value, Decimal) and value.is_finite():
        digits, exponent = value.as_tuple()[1:]
        fit = len(digits) <= _KEY_DIGITS and isinstance(exponent, int) and abs(exponent) <= _KEY_PLACES
    if not fit:
        raise TemplateRuntimeError("a template tells things apart by texts and by numbers of at most 18 digits")
    return value


def _mapping(given: Any = (), /, **named: Any) -> dict[Any, Any]:
    """A dictionary of pairs, or of another with other values, as Python's ``dict`` makes it."""
    pairs = given.items() if isinstance(given, dict) else given
    return dict(((_key(key), value) for key, value in pairs), **named)


def _uniquer(unique: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(unique)
    def checked(environment: Any, value: Any, case_sensitive: bool = False, attribute: Any = None) -> Any:
        """The different things of a list."""
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
    """A filter that looks at an attribute of each thing of a list; the ``at``-th thing behind the list is its name."""
    first = 2 + at  # the environment or the context stands in front of the list

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


def _within(purse: Purse) -> Callable[[Any, Any], bool]:
    def is_in(value: Any, values: Any) -> bool:
        """Whether a text, a list or a mapping has something within."""
        if isinstance(value, str) and isinstance(values, str):
            purse.spend(_tries("find", values, value))
        return value in values

    return is_in


def _trimmer(purse: Purse) -> Callable[..., Any]:
    def trim(value: Any, chars: str | None = None) -> str:
        """A text without blanks, or without some letters, at its ends."""
        text = soft_str(_shown(value))
        purse.spend(_tries("strip", text, chars))
        return text.strip(chars)

    return trim


def _shown(value: Any) -> Any:
    """What can be printed. Raises ``TemplateRuntimeError`` for anything else: its text may be long, or tell where it lies in memory."""
    if not isinstance(value, _SHOWN):
        raise TemplateRuntimeError("only text and numbers can be printed")
    return value


def _of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that takes what can be printed, and nothing else."""
    place = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def checked(*given: Any, **named: Any) -> Any:
        _shown(given[place])
        return function(*given, **named)

    return checked


def _joiner(purse: Purse) -> Callable[..., Any]:
    def join(context: EvalContext, value: Iterable[Any], between: str = "") -> Any:
        """The texts of a list, with something between them."""
        found = [_shown(each) for each in value]
        for each in found:
            purse.weigh(each)
            purse.weigh(between)
        return do_join(context, found, between)

    return pass_eval_context(join)


def _replacer(purse: Purse) -> Callable[..., Any]:
    def replace(context: EvalContext, text: str, old: str, new: str, count: int | None = None) -> Any:
        """A text with some words in place of others."""
        said, old, new = (str(_shown(each)) for each in (text, old, new))
        purse.spend(2 * _tries("find", said, old))
        purse.spend((said.count(old) * len(new) * 6 + len(said)) // _BYTES_A_STEP)  # what is escaped is at most six times as long
        return do_replace(context, text, old, new, count)

    return pass_eval_context(replace)


def _rounded(value: float, precision: int = 0, method: Literal["common", "ceil", "floor"] = "common") -> float:
    """A number, to so many decimal places."""
    if not 0 <= precision <= _PLACES:
        raise TemplateRuntimeError(f"a template rounds to 0 to {_PLACES} decimal places")
    return do_round(value, precision, method)
