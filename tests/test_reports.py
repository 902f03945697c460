"""Reports of findings: what each format must hold, on replies that try to break out of it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import replyparse
from replyparse.checks import RULES, check
from replyparse.record import Finding, Span
from replyparse.reports import Checked, Options, ReportFormat, render
from replyparse.reports.place import fingerprints, region

SUM = "全市技术转移示范机构达到164家，其中国家级16家、省级62家、市级80家。"
PHONE = "经联系当事人王某，手机号13812345678，其已签字确认。"
#: What a text may hold to break out of XML, a workflow command or a terminal.
HOSTILE = f"办理情况：]]>&<a b='\"'>\x1b[31m\x07\n::error::\ufffd\ufffd{PHONE}\n{SUM}%0A\n"
OPTIONS = Options(RULES, "1.2.3")


def checked(text: str, path: str = "replies/a.txt") -> Checked:
    record = replyparse.parse(text)
    return Checked(path, record, tuple(check(record)))


def report(form: ReportFormat, *replies: Checked, color: bool = False) -> str:
    return "".join(render(form, iter(replies), replace(OPTIONS, color=color)))


# --- places


def test_columns_count_code_points_and_ends_lie_behind() -> None:
    reply = checked(f"𠮷，上一行。\n𠮷{SUM}")
    assert region(reply.record, reply.findings[0]) == (2, 14, 2, 39)


def test_fingerprints_differ_in_a_report_and_stay_when_text_is_added() -> None:
    once, twice = checked(SUM), checked(f"前言。\n{SUM}\n{SUM}")
    first = [fingerprint for _, fingerprint in fingerprints(once)]
    both = [fingerprint for _, fingerprint in fingerprints(twice)]
    assert both[:1] == first
    assert len(set(both)) == 2
    assert [f for _, f in fingerprints(replace(once, path="b.txt"))] != first


def test_fingerprints_do_not_tell_a_number_that_is_masked() -> None:
    other = PHONE.replace("13812345678", "13899995678")
    assert [f for _, f in fingerprints(checked(PHONE))] == [f for _, f in fingerprints(checked(other))]


# --- text


def test_text_marks_the_place_below_it_by_columns() -> None:
    assert report(ReportFormat.TEXT, checked(f"好。\n{SUM}")) == (
        "replies/a.txt:2:13: RP103 error 部分与总数不符：其中各项合计 158 家（16 + 62 + 80），与总数 164 家相差 6 家\n"
        "     2 | 全市技术转移示范机构达到164家，其中国家级16家、省级62家、市级80家。\n"
        "       | " + " " * 24 + "^" * 41 + "\n"
        "       = 逐项核对各部分和总数；如果列举不全，请写明其余部分。\n\n"
    )


def test_long_lines_are_cut_around_the_place() -> None:
    lines = report(ReportFormat.TEXT, checked("好" * 300 + "。" + SUM + "好" * 300)).split("\n")
    shown, mark = lines[1].partition("| ")[2], lines[2].partition("| ")[2]
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 80
    before = len(mark) - len(mark.lstrip())
    wide = sum(2 if ord(character) > 0x2E7F else 1 for character in shown[: shown.index("164家")])
    assert before == wide


def test_text_has_colour_only_when_asked_and_no_escapes_of_the_reply() -> None:
    assert "\x1b" not in report(ReportFormat.TEXT, checked(HOSTILE))
    painted = report(ReportFormat.TEXT, checked(HOSTILE), color=True)
    assert set(re.findall(r"\x1b\[(\d+)m", painted)) == {"0", "1", "31"}
    assert "\x07" not in painted


# --- the formats of others


@pytest.mark.parametrize("form", ReportFormat)
def test_private_numbers_are_in_no_report(form: ReportFormat) -> None:
    told = report(form, checked(f"{PHONE}{SUM}"))
    assert "RP401" in told
    assert "13812345678" not in told


def test_reports_without_findings() -> None:
    reply = checked("全市建成便民服务站点5个。")
    told = {form: report(form, reply) for form in ReportFormat}
    assert told[ReportFormat.TEXT] == told[ReportFormat.GITHUB] == ""
    assert json.loads(told[ReportFormat.JSON]) == json.loads(told[ReportFormat.GITLAB]) == []
    assert json.loads(told[ReportFormat.SARIF])["runs"][0]["results"] == []
    suites = ET.fromstring(told[ReportFormat.JUNIT])
    assert (suites.get("tests"), suites.get("failures")) == ("1", "0")


def test_sarif_is_valid_and_points_to_the_place(pytestconfig: pytest.Config) -> None:
    schema = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    replies = [checked(HOSTILE, "replies/一 #%.txt"), checked(SUM, "/srv/a b.txt"), _about_all()]
    log = json.loads(report(ReportFormat.SARIF, *replies))
    jsonschema.Draft202012Validator(schema).validate(log)
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == [rule.code for rule in RULES]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    found = next(result for result in run["results"] if result["ruleId"] == "RP103")
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "replies/%E4%B8%80%20%23%25.txt"
    at, length = place["region"]["charOffset"], place["region"]["charLength"]
    assert HOSTILE[at : at + length] == place["region"]["snippet"]["text"]
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]}
    assert "file:///srv/a%20b.txt" in uris


def test_the_schema_refuses_what_is_no_sarif() -> None:
    schema = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    log = json.loads(report(ReportFormat.SARIF, checked(SUM)))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not jsonschema.Draft202012Validator(schema).is_valid(log)


def _about_all() -> Checked:
    """A finding without a place, as one about the whole reply."""
    reply = checked("好。", "b.txt")
    return replace(
        reply, findings=(Finding(rule="RP303", severity="error", message="网页日期有误", span=None, claims=[]),)
    )


def test_junit_parses_and_counts() -> None:
    suites = ET.fromstring(report(ReportFormat.JUNIT, checked(HOSTILE, 'a&"<\x0b.txt'), checked("好。"), _about_all()))
    cases = suites.findall("./testsuite/testcase")
    failures = suites.findall("./testsuite/testcase/failure")
    assert suites.get("tests") == str(len(cases))
    assert suites.get("failures") == str(len(failures))
    assert len(cases) == len(failures) + 1
    assert cases[0].get("classname") == 'a&"<\ufffd.txt'
    assert {failure.get("type") for failure in failures} == {"error"}


def test_github_commands_stay_on_their_line() -> None:
    lines = report(ReportFormat.GITHUB, checked(HOSTILE, "a,b:c%.txt\n::stop")).splitlines()
    assert lines
    for line in lines:
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::[^\r\n]*", line)
        assert command
        properties = dict(pair.split("=", 1) for pair in command[2].split(","))
        assert list(properties) == ["file", "line", "endLine", "col", "endColumn", "title"]
        assert properties["file"] == "a%2Cb%3Ac%25.txt%0A%3A%3Astop"
    assert any("%0A" in line.rpartition("::")[2] for line in lines)


def test_gitlab_entries_have_what_gitlab_reads() -> None:
    entries = json.loads(report(ReportFormat.GITLAB, checked(HOSTILE), checked(SUM, "b.txt")))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) >= 4
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["lines"]["begin"] >= 1


def test_json_entries_hold_the_finding_and_its_place() -> None:
    (entry,) = json.loads(report(ReportFormat.JSON, checked(SUM)))
    assert SUM[slice(*Span(*entry["span"]))] == "164家，其中国家级16家、省级62家、市级80家"
    assert (entry["rule"], entry["line"], entry["column"], entry["claims"]) == (
        "RP103",
        1,
        13,
        ["c1", "c2", "c3", "c4"],
    )
