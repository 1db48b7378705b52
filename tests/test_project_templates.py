"""A project's own templates, scripts and words are data: nothing of them runs outside its room, unless the command line trusts it."""

from __future__ import annotations

import copy
import functools
import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
import yaml
from markupsafe import Markup
from support import ROOT, SMALL, copy_whole, run, tree_hash

import build
from explainer.common.problems import Problems, Refused
from explainer.incremental.cache import Cache
from explainer.options import Options
from explainer.project import Project
from explainer.publish.catalogue import (
    OURS,
    faults,
    fill,
    read_catalogues,
    reference_catalogue,
)
from explainer.publish.sandbox import Sandbox
from explainer.publish.templates import Templates
from explainer.read.files import Folder
from explainer.render.charts.shapes import PEN

SECRET = "a-secret-that-no-page-may-show"


class Writing:
    """An object with all that a template must not reach."""

    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def touch(self) -> str:
        """What must never be called."""
        self.victim.write_text("called", encoding="utf-8")
        return "called"


def rendered(own: Path, text: str, **values: Any) -> str:
    """What a template of a project's own makes of some values."""
    own.mkdir(exist_ok=True)
    (own / "x.j2").write_text(text, encoding="utf-8")
    return Templates([own, OURS]).render("x.j2", **values)


def refused(own: Path, text: str, **values: Any) -> str:
    """The problem that a template brings, as it is told; fails where there is none."""
    with pytest.raises(Refused) as stopped:
        rendered(own, text, **values)
    (problem,) = stopped.value.problems
    assert problem.rule == "template"
    assert problem.place.path.startswith("templates/"), problem
    return str(problem)


REACHING = [
    "{{ ''.__class__ }}", "{{ ''['__class__'] }}", "{{ ''|attr('__class__') }}", "{{ ['']|map(attribute='__class__')|first }}",
    "{{ [fact]|map(attribute='__class__.__init__.__globals__')|first }}", "{{ t.__globals__ }}", "{{ t.__func__.__globals__ }}",
    "{{ t['__self__'] }}", "{{ p.__closure__ }}", "{{ pen.px.__globals__ }}", "{{ range.__self__ }}", "{{ namespace.mro() }}",
    "{{ dict.fromkeys([1]) }}", "{{ self._TemplateReference__context }}", "{% for i in [1] %}{{ loop._iterator }}{% endfor %}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}", "{{ lipsum.__globals__ }}", "{{ cycler.__init__ }}",
    "{{ '{0.__class__}'.format(1) }}", "{{ '{x.__class__}'.format_map({'x': 1}) }}", "{{ '%s' % fact }}", "{{ '{}'|format(fact) }}",
    "{{ ('{}'|safe).format(fact) }}", "{{ thing.touch() }}", "{{ thing.victim }}", "{{ [thing]|map(attribute='victim')|first }}",
    "{{ folder.iterdir() }}", "{{ folder.read_text() }}", "{{ folder.unlink() }}", "{{ module.system('true') }}", "{{ module.environ }}",
    "{{ fact.parse_file('/etc/passwd') }}", "{{ fact.parse_raw('x', allow_pickle=true) }}", "{{ fact.model_dump() }}",
    "{{ fact.model_construct() }}", "{{ fact.model_fields }}", "{{ fact.place('id') }}", "{{ templates.source('x') }}",
    "{{ templates.render('x.j2') }}", "{{ cache.put(1, 2) }}", "{{ pen.px|string }}", "{{ t('for_when', when=pen.px) }}", "{{ [pen.px]|join }}",
    "{{ pen.px ~ '' }}", "{{ pen.px }}", "{{ fact|string }}", "{{ [1, fact] }}", "{{ values.append(1) }}", "{{ values.clear() }}",
    "{{ named.update({}) }}", "{{ named.pop('a') }}", "{% do values.append(1) %}", "{% debug %}",
]  # fmt: skip


@pytest.mark.parametrize("text", REACHING)
def test_no_template_reaches_what_it_may_not(text: str, tmp_path: Path) -> None:
    """What Python keeps behind a value, methods of ours, files, modules and what would change a value are out of reach."""
    victim, fact = tmp_path / "victim", copy.deepcopy(fact_of_the_small_project())
    values, named = [1], {"a": 1}
    refused(
        tmp_path / "templates", text, thing=Writing(victim), folder=tmp_path, module=sys.modules["os"], fact=fact, pen=PEN,
        templates=our_templates(), cache=Cache(), values=values, named=named,
    )  # fmt: skip
    assert not victim.exists()
    assert (values, named) == ([1], {"a": 1})


@functools.cache
def our_templates() -> Templates:
    """The templates that come with the generator."""
    return Templates([OURS])


@functools.cache
def fact_of_the_small_project() -> object:
    """A record as pages get it."""
    ledger = Project.read(Options(SMALL, SMALL / "site"), Problems()).ledger
    return next(iter(ledger.holders.values()))


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../secret", "pages/../../secret", "./x.j2", "secret-link", "linked/secret", "", "a\\\\b", "..\\\\secret", "~/x", "x" * 400],
)  # fmt: skip
def test_an_include_stays_among_the_templates(name: str, tmp_path: Path) -> None:
    """No include, import or extends reaches a file beside the folders of templates, by whatever path or link."""
    own = tmp_path / "templates"
    own.mkdir()
    (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
    (own / "secret-link").symlink_to(tmp_path / "secret")
    (own / "linked").symlink_to(tmp_path)
    for text in (
        "{% include NAME %}",
        "{% import NAME as m %}{{ m }}",
        "{% extends NAME %}",
        "{% include [NAME, NAME] %}",
    ):
        with pytest.raises(Refused) as stopped:
            rendered(own, text.replace("NAME", f"'{name}'"))
        assert all(SECRET not in str(problem) for problem in stopped.value.problems)


def test_a_pipe_among_the_templates_is_not_waited_for(tmp_path: Path) -> None:
    """A named pipe, which would hang whoever reads it, is refused."""
    own = tmp_path / "templates"
    own.mkdir()
    os.mkfifo(own / "pipe.j2")
    with pytest.raises(Refused):
        rendered(own, "{% include 'pipe.j2' %}")


_HUGE = (
    "{% set ns = namespace(x='f1234567') %}{% for i in range(14) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}"
    "{% set a = ns.x|int(0, 16) %}{% set b = (ns.x[:65536])|int(0, 16) %}{% for i in range(90000) %}"
)
TRAPS = {
    "divisions of huge numbers": _HUGE + "{% set z = a // b %}{% endfor %}",
    "remainders of huge numbers": _HUGE + "{% set z = a % b %}{% endfor %}",
    "differences of huge numbers": _HUGE + "{% set z = a - b %}{% endfor %}",
    "opposites of huge numbers": _HUGE + "{% set z = -a %}{% endfor %}",
    "products that grow": "{% set ns = namespace(x=7) %}{% for i in range(90000) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    "times": "{{ 'a' * 10000000000 }}", "power": "{{ 10 ** 10 ** 10 }}", "percent": "{{ '%9999999999d' % 1 }}", "width": "{{ '{:>9999999999}'.format(1) }}",
    "centre": "{{ 'a'.center(9999999999) }}", "centre filter": "{{ 'a'|center(9999999999) }}", "indent": "{{ 'a'|indent(9999999999, true) }}",
    "doubled": "{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "doubled by a macro": "{% macro d(x) %}{{ x }}{{ x }}{% endmacro %}{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = d(n.x) %}{% endfor %}",
    "doubled list": "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "nested lists": "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x|tojson }}",
    "nested mappings": "{% set n = namespace(x=1) %}{% for i in range(99) %}{% set n.x = dict(a=n.x, b=n.x) %}{% endfor %}{{ n.x|tojson }}",
    "nested arguments": "{% macro m(k) %}{% if k %}{{ m(k - 1, varargs, varargs) }}{% else %}{{ varargs == varargs }}{% endif %}{% endmacro %}{{ m(200, 1) }}",
    "squares": "{% set n = namespace(x=99999999) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}",
    "loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}",
    "wide recursion": "{% for i in range(999) recursive %}{% if loop.depth < 9 %}{{ loop(range(999)) }}{% endif %}{% endfor %}",
    "long output": "{% for i in range(99999) %}{{ big }}{% endfor %}", "long block": "{% set a %}{% for i in range(99999) %}{{ big }}{% endfor %}{% endset %}",
    "long filter": "{% for i in range(99999) %}{% set x = big|title %}{% endfor %}", "long method": "{% for i in range(99999) %}{% set x = big.title() %}{% endfor %}",
    "slices": "{% for i in range(99999) %}{% set x = big[1:] %}{% endfor %}", "searches": "{% for i in range(99999) %}{% set x = 'yy' in big %}{% endfor %}",
    "searches by a filter": "{{ range(99999)|map('string')|select('in', big)|list|length }}", "join": "{{ range(99999)|join(big) }}",
    "replace": "{{ big|replace('x', big) }}", "sorting": "{% for i in range(999) %}{{ range(99999)|sort|length }}{% endfor %}",
    "includes": "{% include 'b0.j2' %}", "itself": "{% include 'x.j2' %}", "extends itself": "{% extends 'x.j2' %}",
    "a macro without end": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "a block in itself": "{% block a %}{{ self.a() }}{% endblock %}",
    "decimal places": "{{ 1.5|round(999999999, 'ceil') }}", "brackets": "{{ " + "(" * 40000 + "1" + ")" * 40000 + " }}", "nots": "{{ " + "not " * 20000 + "1 }}",
    "sums": "{{ 1" + "+1" * 30000 + " }}", "dots": "{{ x" + ".a" * 30000 + " }}", "ifs": "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    "fors": "{% for i in [1] %}" * 60 + "{% endfor %}" * 60, "braces": "{{" * 49000, "comments": "{#" * 49000, "blanks": "{{ " + " " * 98000,
    "digits": "{{ " + "9" * 90000 + " }}", "a million letters": "x" * 999_999,
}  # fmt: skip
_LATE = "{% set late = big[:500000] ~ 'yx' %}{% set early = 'y' ~ big[:500000] %}"
"""Texts that are all but found at every place of ``big``, looked for from the left and from the right."""
TRAPS |= {
    f"{name} from the right": f"{_LATE}{{% set z = big.{name}(early) %}}"
    for name in ("rfind", "rindex", "rpartition", "rsplit")
}
TRAPS |= {
    f"{name} from the left": f"{_LATE}{{% for i in range(900) %}}{{% set z = {call} %}}{{% endfor %}}"
    for name, call in {
        "find": "big.find(late)", "index": "big.index(late)", "count": "big.count(late)", "partition": "big.partition(late)",
        "split": "big.split(late)", "in": "late in big", "not in": "late not in big", "replace": "big|replace(late, '')", "is in": "late is in(big)",
    }.items()
}  # fmt: skip
TRAPS |= {
    f"letters to {name}": f"{{% set z = ('y' ~ big ~ 'y').{name}('x' ~ big ~ 'y') %}}"
    for name in ("strip", "lstrip", "rstrip")
}
TRAPS |= {
    "letters to trim": "{{ big|trim('z' ~ big) }}", "letters to many": "{{ [big, big]|map('trim', 'z' ~ big)|list }}",
    "a chain of 'in'": "{{ 1 if 'a' in 'b' in big }}",
}  # fmt: skip
_PATH = "{% set p = namespace(x='0.') %}{% for i in range(15) %}{% set p.x = p.x ~ p.x %}{% endfor %}{% set p = p.x ~ '0' %}{% set l = range(9000)|map('string')|list %}"
"""An attribute of an attribute of an attribute: what texts have without end."""
TRAPS |= {f"attributes to {use}": f"{_PATH}{{{{ l|{use}|list|length }}}}" for use in (
    "map(attribute=p)", "selectattr(p)", "rejectattr(p)", "groupby(p)", "groupby(attribute=p)", "sort(attribute=p)", "sort(false, false, p)",
    "unique(attribute=p)", "unique(false, p)", "min(attribute=p)", "max(false, p)", "sort(attribute=p.replace('.', ',') if 0 else (p|replace('.', ',')))",
)}  # fmt: skip
_ALIKE = "{% set k = namespace(x=[]) %}{% for i in range(900) %}{% set k.x = k.x + [VALUE] %}{% endfor %}"
TRAPS |= {
    "numbers of one hash": _ALIKE.replace("VALUE", f"i * {2**61 - 1}")
    + "{{ k.x|unique|list|length }}",
    "keys of one hash": _ALIKE.replace("VALUE", f"[i * {2**61 - 1}, 1]") + "{{ dict(k.x)|length }}",
    "keys of two numbers": _ALIKE.replace("VALUE", "[(i, i), 1]") + "{{ dict(k.x)|length }}",
}

_TRAP = """
import json, math, resource, sys, time
from pathlib import Path
began = time.process_time()
from explainer.common.problems import Refused
from explainer.publish.catalogue import OURS
from explainer.publish.templates import Templates

own, traps = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
limit = math.ceil(60 * (time.process_time() - began)) + 60
for at in range(40):
    (own / f"b{at}.j2").write_text(f"{{% include 'b{at + 1}.j2' %}}" * 2 if at < 39 else "x")
for name, text in traps.items():
    (own / "x.j2").write_text(text)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + limit, resource.RLIM_INFINITY))
    try:
        print(name, "made", len(Templates([own, OURS]).render("x.j2", big="x" * 1_000_000)))
    except Refused as refused:
        print(name, "refused", refused.problems[0].rule)
"""


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "{{ 'a' in 'cat' }} {{ 'a' not in 'cat' }} {{ 1 in [1] }} {{ 2 not in {1: 2} }} {{ 1 in [1] and 2 > 1 }}",
            "True False True True True",
        ),
        (
            "{{ 'a b a'.rsplit(' ')|join(',') }} {{ 'a-b-c'.rpartition('-')|join }} {{ 'abcb'.rfind('b') }}",
            "a,b,a a-b-c 3",
        ),
        (
            "{{ ' x '.strip() }} {{ '--x-'|trim('-') }} {{ 'yxy'.lstrip('y') }} {{ ' x '|trim }}",
            "x x xy x",
        ),
        ("{{ dict(a=1).a }} {{ dict([['b', 2]]).b }} {{ dict({'a': 1}, b=2)|length }}", "1 2 2"),
        (
            "{{ [3, 1, 3, 'a', 'a', none]|unique|join(' ') }} {{ [['x', 1], ['x', 2]]|unique(attribute=0)|list|length }}",
            "3 1 a None 1",
        ),
    ],
)
def test_what_is_counted_says_the_same(text: str, made: str, tmp_path: Path) -> None:
    """Comparisons, searches, and what tells things apart come to what they come to in Jinja."""
    assert rendered(tmp_path / "templates", text) == made


_SETS = "".join(f"{{% set a{at} = 1 %}}" for at in range(900))
COSTLY = {
    "names and includes": _SETS + '{% include "b" %}' * 900, "names and imports": _SETS + '{% import "b" as b with context %}' * 900,
    "names and branches": _SETS + "{% if 0 %}{% endif %}" * 900, "names and blocks": _SETS + "".join(f"{{% block b{at} %}}{{% endblock %}}" for at in range(900)),
    "choices": "{% if 0 %}" + "".join(f"{{% elif a{at} %}}" for at in range(900)) + "{% endif %}", "choices in a line": _SETS + "{{ 1 if 1 else 2 }}" * 900,
    "macros": _SETS + "".join(f"{{% macro m{at}() %}}{{% endmacro %}}" for at in range(900)), "words": "{{ 1 }}x" * 12_000, "a list": "{% set a = [" + "1," * 45_000 + "] %}",
}  # fmt: skip


@pytest.mark.parametrize("name", COSTLY)
def test_what_would_take_long_to_compile_is_not_compiled(name: str, tmp_path: Path) -> None:
    """Jinja takes the square of the names and branches in a template, in time and in memory; such a one is refused once it is read."""
    assert "more than 20,000 parts" in refused(tmp_path / "templates", COSTLY[name])


def test_the_templates_of_a_project_are_limited_together(tmp_path: Path) -> None:
    """A dozen of them, each of which may be compiled alone, are too much; those that come with the generator do not count."""
    own, problems = tmp_path / "templates", Problems()
    own.mkdir()
    for at in range(10, 22):
        (own / f"x{at}.j2").write_text("{{ 1 }}x" * 1000, encoding="utf-8")
    templates = Templates([own, OURS])
    templates.check(problems)
    assert {each.place.path for each in problems.found} == {
        f"templates/x{at}.j2" for at in (19, 20, 21)
    }
    assert "<details" in templates.render("fragments/fold.html.j2", caption="a", count=1, rows="b")


def test_no_template_runs_without_end(tmp_path: Path) -> None:
    """Each trap is a problem, in a process that may use half a gigabyte, and a processor for a minute more than it takes to start."""
    own, told = tmp_path / "templates", tmp_path / "traps.json"
    own.mkdir()
    told.write_text(json.dumps(TRAPS), encoding="utf-8")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29))

    done = subprocess.run(
        [sys.executable, "-c", _TRAP, str(own), str(told)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited,
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout.splitlines() == [f"{name} refused template" for name in TRAPS]


_GROWN = "{{% set n = namespace(x='{letter}' ~ '{letter}') %}}{{% for i in range({times}) %}}{{% set n.x = n.x ~ n.x %}}{{% endfor %}}"
_TAKES = (
    "{% set l = n.x|list %}", "{% set l = n.x|sort %}", "{% set l = n.x.split() %}", "{% set l = n.x.split(' ') %}", "{% set l = n.x.splitlines() %}",
    "{% set l = n.x|map('upper')|list %}", "{% set l = n.x|unique|list %}", "{% set l = n.x|join(' ') %}", "{% set l = n.x|groupby('x') %}",
    "{% set l = n.x.rsplit(sep=' ') %}", "{% set l = n.x|escape %}{% set l = l.split(' ') %}", "{% set l = n.x|select|list %}", "{% set l = n.x|urlencode %}",
    "{% set l = n.x|title %}", "{% set l = n.x|wordcount %}", "{% set l = n.x|striptags %}", "{% set l = (n.x|e).striptags() %}",
)  # fmt: skip
LARGE = {
    f"{letter} doubled {times} times {take}": _GROWN.format(letter=letter, times=times) + take * 20
    for letter in ("я ", "x ", "\U0001f1fa\n") for times in (20, 22) for take in _TAKES
}  # fmt: skip
_MEMORY = """
import gc, json, resource, sys
from pathlib import Path
from explainer.common.problems import Refused
from explainer.publish.catalogue import OURS
from explainer.publish.templates import Templates

own, told = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for name, text in told.items():
    (own / "x.j2").write_text(text)
    gc.collect()  # what an exception of the one before still holds
    try:
        Templates([own, OURS]).render("x.j2")
    except Refused as refused:
        assert "MemoryError" not in refused.problems[0].message, name
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000, name
print("done")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell memory in other units")
def test_no_template_takes_much_memory(tmp_path: Path) -> None:
    """Texts that grow, of letters of one to four bytes, and the lists that filters and methods make of them, stay below 300 MB."""
    own, told = tmp_path / "templates", tmp_path / "large.json"
    own.mkdir()
    told.write_text(json.dumps(LARGE), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(own), str(told)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "done\n", done.stderr[-500:]


HALVES = (
    '{{ "\\ud800" }}', '{{ "\\udfff"|title }}', '{{ "a\\ud83d"|e }}', '{{ ("\\ud83d" ~ "\\ude00")|truncate(9) }}', '{{ ["\\udc80"]|join("x") }}',
    '{{ "\\ud800"|urlencode }}', '{{ {"a": "\\udcff"}|tojson }}', '{% set x %}{{ "\\ud900" }}{% endset %}{{ x }}', '{{ "\\ud800"|apart }}',
    '{{ "\\ud800"|stop_after }}', "{{ '\\udabc'|unmarked }}", '{% macro m() %}{{ "\\ud800" }}{% endmacro %}{{ m() }}', "{{ name }}",
)  # fmt: skip
"""Templates that make half of a character that is written in two, or pass on what does."""


@pytest.mark.parametrize(
    "text",
    [
        "\\ufdd5",
        "{{ '\\u2068' }}",
        "{{ 'a' ~ '\\u2069b' }}",
        "{% set x = ['\\ufdd5script\\ufdd6'] %}{{ x[0] }}",
        "{{ t('rows', count=1, more='\\ufdd9') }}",
        "{{ {'\\uffff': 1}.keys()|join }}",
        "{{ '\\U0010fffe' }}",
        "{% macro m(a='\\u2066') %}{{ a }}{% endmacro %}",
        "{% if '\\u2067' in name %}x{% endif %}",
    ],
)
def test_no_template_writes_marks_of_the_generator(text: str, tmp_path: Path) -> None:
    """Isolates and noncharacters as escapes in a literal are a problem in their line."""
    if text == "\\ufdd5":
        assert rendered(tmp_path / "templates", text) == text  # an escape in no literal is text
        return
    said = refused(tmp_path / "templates", "one\n" + text, name="x")
    assert "x.j2:2" in said
    assert "U+" in said


def test_templates_pass_on_the_isolates_of_titles(tmp_path: Path) -> None:
    """A title that runs against the page is set apart as ever, and an entity makes no mark."""
    own = tmp_path / "templates"
    assert rendered(own, "{{ name|apart }}", name="שלום") == "\u2068שלום\u2069"
    assert rendered(own, "{{ ('&#xfdd5;'|safe).unescape() }}.") == "."


@pytest.mark.parametrize("text", HALVES)
def test_no_template_makes_half_a_character(text: str, tmp_path: Path) -> None:
    """What no file can hold is a problem of the template and no failure of the build."""
    own = tmp_path / "templates"
    own.mkdir()
    (own / "x.j2").write_text(text, encoding="utf-8")
    made, problems = "", ()
    try:
        made = Templates([own, OURS]).render("x.j2", name="\ud800")
    except Refused as refused:
        problems = refused.problems
    # a filter may write it as an escape, in plain letters
    assert (
        made.isascii()
        if made
        else [(each.rule, each.place.path) for each in problems] == [("template", "templates/x.j2")]
    )


def reachable(env: Sandbox, value: Any, seen: dict[int, Any]) -> Iterator[tuple[str, Any]]:
    """Everything that a template can read from a value, attribute by attribute and item by item."""
    if id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, Mapping):
        inside = [*value.keys(), *value.values()]
    else:
        inside = list(value) if isinstance(value, (list, tuple, set, frozenset)) else []
    for each in inside:
        yield from reachable(env, each, seen)
    for name in dir(value):
        try:
            found = getattr(value, name)
        except Exception:
            continue
        if env.is_safe_attribute(value, name, found):
            yield f"{type(value).__name__}.{name}", found
            yield from reachable(env, found, seen)


def test_what_templates_are_handed_leads_nowhere(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a template can reach from what it is handed, over the whole site, is a value: what it can call is on a list."""
    handed: dict[int, Any] = {}
    envs: list[Sandbox] = []
    bare = Templates.render

    def render(self: Templates, template: str, /, **values: Any) -> str:
        env = self._env
        envs.append(env)
        handed.update({id(each): each for each in (*values.values(), *env.globals.values())})
        return bare(self, template, **values)

    monkeypatch.setattr(Templates, "render", render)
    _, context, site = build.gather(Options(small_project, small_project / "site"), Problems())
    build.pages.add_pictures(site, context)
    assert len(handed) > 100
    seen: dict[int, Any] = {}
    count = 0
    for each in list(handed.values()):
        for name, found in reachable(envs[0], each, seen):
            count += 1
            assert not isinstance(found, (ModuleType, type)), name
            assert (
                not callable(found)
                or not envs[0].is_safe_callable(found)
                or name.split(".")[0] in ("str", "Markup", "dict")
            ), name
    assert count > 500
    functions = {
        each.__qualname__
        for each in seen.values()
        if isinstance(each, FunctionType) and envs[0].is_safe_callable(each)
    }
    assert functions == {
        "_mapping", "at", "behind", "course", "level", "px", "safe_range", "Templates._html.<locals>.say"
    }  # fmt: skip
    assert not any(
        isinstance(each, (Path, ModuleType, Options))
        or type(each).__name__ in ("Cache", "Context", "Folder")
        for each in seen.values()
    )


def test_our_own_templates_make_the_same_as_a_projects(small_project: Path) -> None:
    """A project that has copies of our templates as its own gets the same pages, byte for byte."""
    before = build.gather(Options(small_project, small_project / "site"), Problems())[2]
    for path in OURS.rglob("*.j2"):
        to = small_project / "templates" / path.relative_to(OURS)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())
    after = build.gather(Options(small_project, small_project / "site"), Problems())[2]
    assert dict(after.docs) == dict(before.docs)


@pytest.mark.parametrize(
    "path",
    [
        "templates/theme/main.html",
        "templates/assets/a.js",
        "templates/assets/b/A.JS",
        "templates/embed/frame.js",
    ],
)
def test_nothing_in_a_project_makes_it_trusted(path: str, good: Path, tmp_path: Path) -> None:
    """A theme's template or a script stops the build, whatever the project says of itself, and the last good site stands."""
    small_project = copy_whole(good, tmp_path / "project")
    before = tree_hash(small_project / "site")
    (small_project / path).parent.mkdir(parents=True, exist_ok=True)
    victim = small_project / "victim"
    (small_project / path).write_text(
        "{{ cycler.__init__.__globals__.os.system('touch victim') }}", encoding="utf-8"
    )
    with (small_project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("\n")
    done = run("--project", small_project)
    assert (done.code, "untrusted" in done.stderr, "--trust" in done.stderr) == (1, True, True), (
        done.said
    )
    assert tree_hash(small_project / "site") == before
    assert not victim.exists()
    assert run("check", "--project", small_project).code == 1


def test_a_trusted_project_has_its_theme_and_scripts(small_project: Path) -> None:
    """With --trust, before or after the verb, a project's theme template is run, and its script is published."""
    theme, script = (
        small_project / "templates/theme/main.html",
        small_project / "templates/assets/more.js",
    )
    for path, text in (
        (theme, (OURS / "theme/main.html").read_text(encoding="utf-8")),
        (script, "'ours'\n"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in ("404.html", "partials"):
        source = OURS / "theme" / name
        shutil.copytree(source, theme.parent / name) if source.is_dir() else shutil.copy(
            source, theme.parent / name
        )
    theme.write_text(
        theme.read_text(encoding="utf-8").replace('id="menu-title">', 'id="menu-title">My own '),
        encoding="utf-8",
    )
    assert run("check", "--trust", "--project", small_project).code == 0
    done = run("--trust", "--project", small_project)
    assert done.code == 0, done.said
    assert "My own" in (small_project / "site/index.html").read_text(encoding="utf-8")
    assert (small_project / "site/assets/more.js").read_text(encoding="utf-8") == "'ours'\n"


FIELDS = [
    "{x.__class__}", "{x[0]}", "{x!r}", "{x!s}", "{x:>999999999}", "{x:}", "{0}", "{}", "{", "}", "{{", "}}", "{{x}}", "{x", "x}", "{ x }", "{X}", "{x.y}",
    "{x[y].z}", "{x!r:>9}", "{0.__class__}", "{count.real}", "{count:>9}", "{count!r}", "{count[0]}", "{x }", "{-x}", "{é}", "{x\n}", "{nothere}",
]  # fmt: skip


CATALOGUE: Any = yaml.load(
    (OURS / "languages/en.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@pytest.mark.parametrize("field", FIELDS)
def test_no_string_of_a_catalogue_fills_in_more_than_names(
    field: str, small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every string of a catalogue, and in every form of one, what is no name of a value that it is given is a problem in its line."""
    monkeypatch.setenv("EXPLAINER_SECRET", SECRET)
    tree = copy.deepcopy(CATALOGUE)
    wanted = 0
    for strings in tree.values():
        for key, words in strings.items() if isinstance(strings, dict) else ():
            if isinstance(words, dict):
                strings[key] = {form: f"{text} {field}" for form, text in words.items()}
            else:
                strings[key] = f"{words} {field}"
            wanted += 1
    to = small_project / "templates/languages/en.yaml"
    to.parent.mkdir(parents=True)
    to.write_text(
        yaml.dump(tree, Dumper=DUMPER, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    done = run("check", "--project", small_project)
    assert done.code == 1
    assert "Traceback" not in done.said
    assert SECRET not in done.said
    told = set(re.findall(r"templates/languages/en\.yaml:(\d+):", done.stderr))
    assert len(told) == wanted, done.stderr[-2000:]


def test_a_name_is_filled_in_as_it_is() -> None:
    """A value is put where its name stands, once; what it holds is not looked into, and in HTML it is escaped."""
    assert fill("{a} and {b}", a="{b}", b="x{a}") == "{b} and x{a}"
    assert fill("{text} {self}", text=1, self="s") == "1 s"
    assert fill(Markup("<b>{a}</b> {b}"), a="<i>", b=Markup("<i>")) == "<b>&lt;i&gt;</b> <i>"
    with pytest.raises(KeyError):
        fill("{a}")
    for value in (object(), [1], {"a": 1}, Path(), fill):
        with pytest.raises(TypeError):
            fill("{a}", a=value)
    for field in FIELDS[:-1]:
        assert list(faults(field)), field
        assert "value" not in fill(field, x="value", count=1) or field == "{{x}}", field


def test_a_string_grows_no_longer_than_pages_need() -> None:
    """What would have more than a million characters with its values is told before it is made."""
    assert len(fill("{a}{a}", a="x" * 400_000)) == 800_000
    for text in ("{a}" * 3, Markup("{a}{a}"), "{a}{b}" * 300_000):
        with pytest.raises(Refused) as stopped:
            fill(text, a="<" * 400_000, b="")
        assert [problem.rule for problem in stopped.value.problems] == ["catalogue"]


@pytest.mark.parametrize(
    "given",
    ["'9e900000'", "'5'", "9e300", "10 ** 1", "'x'", "none", "1" * 101, "huge", "tiny", "endless"],
)
def test_a_count_is_a_number_of_a_hundred_digits(given: str, tmp_path: Path) -> None:
    """A count in text, in parts, or with more digits is a problem of the template."""
    values = {"huge": Decimal("9e900000"), "tiny": Decimal("1e-900000"), "endless": Decimal("inf")}
    for function, key in (("t", "rows"), ("p", "used_times")):
        refused(tmp_path / "templates", f"{{{{ {function}('{key}', count={given}) }}}}", **values)


def test_ordinary_counts_choose_a_form(tmp_path: Path) -> None:
    """Whole numbers and decimals, also below zero, as seeds have them."""
    for value in (0, 1, -1, 10**99, Decimal("1.50"), Decimal("1e49"), Decimal("-0.000000001")):
        assert "row" in rendered(tmp_path / "own", "{{ t('rows', count=value) }}", value=value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{count} rows", "{count} " * 3 + "rows", "more than 2 times"),
        ("{count} rows", "{count} " + "rows " * 100, "characters"),
        ("{date}", "{date}" * 3, "more than"),
        ("{start}", "{start}" * 700, "more than"),
    ],
)
def test_a_catalogue_repeats_no_value(old: str, new: str, words: str, tmp_path: Path) -> None:
    """Names that stand far more often than in English are told, and long strings."""
    text = (OURS / "languages/en.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages/en.yaml").write_text(text.replace(old, new), encoding="utf-8")
    problems = Problems()
    read_catalogues(Folder(tmp_path), "languages", problems)
    assert {problem.rule for problem in problems} == {"catalogue"}
    assert words in " ".join(problem.message for problem in problems)


def test_our_catalogue_is_given_every_name_that_it_fills_in() -> None:
    """For each name in a string of ours, some call in the code or in a template hands over a value of that name."""
    given = set()
    for path in [*(ROOT / "explainer").rglob("*.py"), *OURS.rglob("*.j2")]:
        given |= {
            name
            for pair in re.findall(r"\b(\w+)=|\"(\w+)\":", path.read_text(encoding="utf-8"))
            for name in pair
        }
    scripted = {"discovery", "explore"}
    for section, strings in reference_catalogue().sections.items():
        for key, words in strings.items():
            for text in words.values() if isinstance(words, Mapping) else [words]:
                assert not list(faults(text)), (section, key)
                assert section in scripted or set(re.findall(r"\{(\w+)\}", text)) <= given, (
                    section,
                    key,
                )
