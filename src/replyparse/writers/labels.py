"""What the words of a record are called in Chinese, on everything printed for people."""

from __future__ import annotations

from typing import Final

ROLES: Final = {
    "preamble": "前置",
    "handling": "办理情况",
    "progress": "做法成效",
    "response": "答复意见",
    "problems": "存在问题",
    "next_steps": "下一步",
    "closing": "结尾",
}
KINDS: Final = {"actual": "实际", "target": "目标", "standard": "标准", "proposed": "提议"}
