"""What a step asked of models, for its report; and what an issue says when a model did not do its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digester.domain.calls import Tally
from digester.domain.issue import Text
from digester.domain.runs import Failure, StepReport
from digester.ports import Brief, Editor


def counted(report: StepReport, tally: Tally) -> StepReport:
    """The report with calls, tokens and US dollars; a fault of a model is a failure of the step, a reached cap a note."""
    told = [(f, f"{f.message} ({n} questions)" if n > 1 else f.message) for f, n in tally.faults]
    failed = tuple(Failure("model", text) for f, text in told if f.kind != "budget")
    noted = tuple(text for f, text in told if f.kind == "budget")
    return replace(
        report, calls=tally.calls, kept=tally.kept, tokens=tally.usage.input + tally.usage.output, cost=tally.cost,
        failures=(*report.failures, *failed), notes=(*report.notes, *noted), capped=bool(noted),
    )  # fmt: skip


def is_by(label: str, editor: Editor) -> bool:
    """Whether a rating or reading was made under this editor's name, in any version."""
    return label.startswith(f"{editor.name}-")


def fallen_back(briefs: Sequence[Brief], editor: Editor) -> list[Brief]:
    """The works that the embedded editor rated or read although a model was set to."""
    if editor.embedded is editor:
        return []
    return [b for b in briefs if not (is_by(b.rating.editor, editor) and is_by(b.reading.editor, editor))]


def footer(steps: Sequence[StepReport]) -> list[Text]:
    """What the models of a run came to, for the reader; nothing when none was asked."""
    calls, tokens = sum(s.calls for s in steps), sum(s.tokens for s in steps)
    if not calls:
        return []
    known = [s.cost for s in steps if s.cost is not None]
    usd = f"{sum(known):.4f}" if len(known) == len(steps) else ""
    en, zh = (f"{usd} US dollars", f"{usd} 美元") if usd else ("cost unknown", "费用未知")
    return [
        {
            "en": f"Language model: {calls} calls, {tokens} tokens, {en}.",
            "zh": f"语言模型：{calls} 次调用，{tokens} 个 token，{zh}。",
        }
    ]


def notices(briefs: Sequence[Brief], editor: Editor, tally: Tally) -> list[Text]:
    """What the reader is told: for which works, or sentences, no language model was used although one is set."""
    if editor.embedded is editor:
        return []
    total, own = len(briefs), len(fallen_back(briefs, editor))
    capped = bool(tally.faults) and all(f.kind == "budget" for f, _ in tally.faults)
    why = (
        ("its budget is used up", "其预算已用完")
        if capped
        else ("its answers are missing or failed the checks", "其回答缺失或未通过核对")
    )
    if own and own == total:
        return [{"en": f"Made without the language model, because {why[0]}: rated, read and worded by program.",
                 "zh": f"本期未使用语言模型（{why[1]}）：评分、摘录与行文均由程序完成。"}]  # fmt: skip
    found: list[Text] = []
    if own:
        found.append({"en": f"{own} of {total} stories were rated or read without the language model, because {why[0]}.",
                      "zh": f"{total} 条中有 {own} 条的评分或摘录未使用语言模型（{why[1]}）。"})  # fmt: skip
    if tally.unanswered:
        found.append({"en": f"Some sentences are worded by program, because the language model was asked and {why[0]}.",
                      "zh": f"部分语句由程序写成：已向语言模型提问，但{why[1]}。"})  # fmt: skip
    return found
