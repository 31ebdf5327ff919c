"""The placeholders of a template: what it may say, and what it must not. Pure functions.

A template is Jinja, of which only names, their parts, conditions and single lists are let in: whoever writes
one cannot make the program compute, call, or repeat without bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from suite.contract.problems import Problem

#: What a template may be made of.
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.If,
    nodes.For, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand,
)  # fmt: skip
MOST_TEXT = 200_000


def environment(*, escaping: bool = False) -> SandboxedEnvironment:
    """Jinja as templates get it; `escaping` for text that goes into XML."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=escaping)


def template_problems(text: str, known: Set[str], field: str = "content") -> list[Problem]:
    """What is wrong with a template's text: its form, what it must not do, names that mean nothing here."""
    if len(text) > MOST_TEXT:
        return [Problem(code="template.large", text="模板的文字过多，请精简。", field=field)]
    try:
        tree = environment().parse(text)
    except TemplateSyntaxError as error:
        words = f"模板第 {error.lineno} 行的占位符写法有误，请检查双花括号是否成对、其中有无空格以外的符号。"
        return [Problem(code="template.syntax", text=words, field=field)]
    strange = {type(node).__name__ for node in _below(tree) if not isinstance(node, ALLOWED)}
    strange |= {"For" for node in tree.find_all(nodes.For) if next(_fors(node.body), None) is not None}
    if strange:
        words = "模板中只能写占位符、“如果”和单层的“逐项”，不能计算、调用或嵌套循环。请改写。"
        return [Problem(code="template.unsafe", text=words, field=field)]
    unknown = sorted(names_in(tree) - known)
    if unknown:
        words = f"模板中有不认识的占位符：{'、'.join(unknown)}。可用的占位符：{'、'.join(sorted(known))}。"
        return [
            Problem(
                code="template.unknown",
                text=words,
                field=field,
                data={"unknown": unknown, "known": sorted(known)},
            )
        ]
    return []


def names_in(tree: nodes.Template) -> set[str]:
    """The names that a template asks for from outside."""
    own = {target.name for loop in tree.find_all(nodes.For) for target in loop.target.find_all(nodes.Name)}
    own |= {loop.target.name for loop in tree.find_all(nodes.For) if isinstance(loop.target, nodes.Name)}
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"} - own - {"loop"}


@lru_cache(maxsize=512)
def names_of(text: str) -> frozenset[str]:
    """The names that a template's text asks for."""
    return frozenset(names_in(environment().parse(text)))


def filled(text: str, values: Mapping[str, Any]) -> str:
    """A checked text with its placeholders filled."""
    return _compiled(text).render(values)


@lru_cache(maxsize=512)
def _compiled(text: str) -> Template:
    """A template is filled for many cases, and does not change."""
    return environment().from_string(text)


def _below(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _below(child)


def _fors(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    for node in body:
        if isinstance(node, nodes.For):
            yield node
        yield from node.find_all(nodes.For)
