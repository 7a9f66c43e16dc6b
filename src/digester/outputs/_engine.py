"""Jinja with less around each value and each macro: an issue of a hundred items prints ten thousand values a format.

Jinja wraps every value in `escape(finalize(value))`, of which the outer call finds nothing left to do, and asks of every callable
whether it wants the context. Here the one function of the format answers for a value, and a macro whose arguments all stand in
their places is called at once. What is escaped, and what is not, stays the same: text is, Markup is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

_SPECIAL = re.compile("[&<>\"']")


def html(value: object) -> str:
    """The value as text of HTML. Most have no sign to escape, and are themselves."""
    plain = type(value) is Markup or (type(value) is str and not _SPECIAL.search(value))
    return value if plain else escape(value)  # type: ignore[return-value]


class _Generator(CodeGenerator):
    """Writes the format's one function around a value; as Jinja does where a template turns escaping off."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if _certain(frame):
            self.write("environment.inert(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if _certain(frame):
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)


def _certain(frame: Frame) -> bool:
    """Whether what is printed here is escaped in any case."""
    return frame.eval_ctx.autoescape is True and not frame.eval_ctx.volatile


class _Context(Context):
    def call(self, callee: Callable[..., Any], /, *args: Any, _loop_vars: Any = None, **named: Any) -> Any:
        """A macro with every argument in its place, else what Jinja does."""
        if (
            type(callee) is Macro and not named and len(args) == len(callee.arguments)
            and not (callee.catch_kwargs or callee.catch_varargs or callee.caller) and self.eval_ctx.autoescape is True
        ):  # fmt: skip
            return str.__new__(Markup, callee._func(*args))
        return super().call(callee, *args, _loop_vars=_loop_vars, **named)


class Engine(Environment):
    code_generator_class = _Generator
    context_class = _Context
    inert: Callable[[object], str]


class Sandbox(SandboxedEnvironment):
    code_generator_class = _Generator
    context_class = _Context
    inert: Callable[[object], str]
