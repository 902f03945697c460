"""Whether an amount is done, planned, laid down or asked for (kind).

Read off in this order: restated requests are `proposed`; a part takes its whole's kind; the nearest cue before the
amount speaks (`data/cues.yaml`); a deadline after the date of signing makes a target; else the section decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from replyparse.cues import Cue, Cues
from replyparse.lines import Layout
from replyparse.patterns import regex
from replyparse.record import Period, Role
from replyparse.requests import Requests
from replyparse.stated import Judged, Stated
from replyparse.wordlists import pattern

_GRANT_BEHIND = (
    r"(?:左右|以内|以下|以上|的)*(?:标准(?:执行|收取|[,。;])|(?:标准|比例|幅度|税率|费率|额度)?(?:一次性)?"
    r"(?:给予|予以|进行|发放|的)?(?:(?!反映|认为|表示)[^,。;(\d]){0,6}@grants@(?!资金))"
)
_WILL = regex(r"[^,。;\d]{0,14}(?:将于|拟于|预计于|计划于|[将拟](?:陆续|全部|分批|逐步|相继)(?!了))")
_OF_STANDARD = regex(
    r"的(?:[\u4e00-\u9fff]{0,6}(?:标准|上限|下限|限值)|规定要求)(?=$|[,。;]|配备|配置|执行|安排|布点|布局|建设|设置|测算|列入|购买|收取|发放|给予|予以)"
    r"|(?:系|是|为)[^,。;\d]{0,12}(?:统一规定|规定的|明确规定|规定)(?=$|[,。;])"
)
_STATUTORY = regex(r"(?:法定|规定)的?\s?$")
_MEAN = regex("(?<!人)均")  # 平均报销比例, not 人均月收入线
_NO_DEMAND = regex("平均|增[幅速长]不低于$")
_DONE = regex("已(?!知)")
_LACKS = regex("[还尚仍][差缺](?:约|近)?$")  # 自筹资金还差41万元
_ORDERED = regex("(?:责令|要求|(?<![期时权上下有年])限)[^,。;]{2,10}(?:在|于)?$")  # 要求总包单位5个工作日内付清
_STILL = regex("[还尚仍][差缺]|[尚仍还]有|目前|眼下")
#: 比上年增加1.1亿元: told of the level before it.
_COMPARING = regex(
    r"(?:,|^)\s?(?:同比|[较比][^,。;\d]{1,8})(?:再)?(?:约|净)?(?:增|减|提高|下降|降低|上升|多|少)[^,。;]{0,6}$"
)
#: 比国家要求的60%低22.5个百分点: how far it is from a level is no level.
_GAP = regex(r"(?<![不降提减])(?:[低高少多差]|低于|高于|相差|高出|低了|高了)(?:约|近)?$")
#: 在现有18条基础上再增加6条: what there is already tells nothing of what is added.
_ON_TOP = regex(r"[^,。;]*的?基础上")
#: 可提供学位540个: what a work can hold is so once the work is done.
_CAPACITY = regex("可以?(?:提供|容纳|满足|服务)")
_BEFORE_TIME = regex("提前|缩短|压缩|实际|节省")
_BOUND = regex(r"不[得能可应宜]?(?:低于|高于|少于|超过|大于|小于)")
_SERVICE_UNITS = frozenset({"工作日", "个工作日", "日", "天", "小时"})
_SERVED = regex(
    "(?:以|之)?内(?:予以|给予|完成|全部)?(?:答复|回复|反馈|办结|拨付|送达|受理|响应|处置|修复|退还|审核|告知)"
)
_EACH_AT_LEAST = regex(r"每[^,。;每]{1,14}(?:不少于|不低于|不超过)$")
_DEMANDED = frozenset({"ratio", "duration", "length", "area", "volume"})
#: 训练费为220元: what is charged for a thing, not what was paid or what it cost.
_PRICED = regex(
    r"(?<![总均])(?:收费|学费|训练费|服务费|管理费|停车费|保教费|餐费|收费标准|收费价格|门票|租金|押金)(?:标准)?(?:定为|为|是)$"
)
#: 噪声的排放限值:昼间为55分贝,夜间为45分贝: what a label lays down, up to the end of its sentence.
_LABELLED = regex(r"(?:标准|限值|费率|税率|定额|限额|收费)(?:如下|分别)?:")
_ALLOWED = regex(r"(?:限值|允许[^,。;\d]{0,6})(?:为|是|达到)?$")
#: 达到了每个街道1至2所幼儿园的要求
_MET = regex("(?:达到|符合|满足|执行|落实)了?[^,。;\\d]*$")
_REQUIRED = regex("[^,。;\\d]{0,10}的(?:基本)?(?:要求|规定)")
_FROM_DAY = regex("(?:之日|之时)起(?:的)?$")
_BATCH = regex("(?:第[一二三四五]|首)[批期]|[一二三]期(?=工程|项目|计划)?")
_FEE = regex("(?:培训|考试|工本|检测|保教|伙食|住宿|物业|取暖|登记)费$")
_PAID_SO = regex("[已共均退免欠]|补(?!领)|累计|合计|实际|实收|扣")
_DEAR = 10_000  # 元: less is what one person is charged
_GROUP = regex("[成半]|[一二三四五六七八九十]分之")
_AVERAGED = regex("平均|[人户次]均(?:领取|获得|享受|报销|发放)")
_ODD = regex("[余多]")
_FIGURE = regex(r"\d")
_NEAR = 40  # characters before an amount: its 合计, and blanks between the two


class KindReader:
    """Reads the kind of each quantity of one text, in order."""

    def __init__(
        self,
        layout: Layout,
        requests: Requests,
        roles: Sequence[Role],
        parents: Mapping[int, int],
        steps: Mapping[int, int],
        issued_on: dt.date | None,
    ) -> None:
        self._text, self._requests, self._kinds = layout.text, requests, Cues("kinds", layout)
        self._roles, self._parents, self._steps, self._issued_on = roles, parents, steps, issued_on

    def read_all(
        self,
        quantities: Sequence[Stated],
        metrics: Sequence[str],
        periods: Sequence[Period | None],
        dated_at: Sequence[int],
    ) -> list[Judged]:
        """The kinds, in order; the A of 由A提高到B is settled by its B. `dated_at` says where each period is stated."""
        read: list[Judged] = []
        for i, quantity in enumerate(quantities):
            read.append(self._read(i, quantity, metrics[i], (periods[i], dated_at[i]), read, quantities))
        for b, a in self._steps.items():
            if _STATUTORY.search(self._text, quantities[a].lead.start, quantities[a].span.start):
                read[a] = Judged("standard", "laid down")  # 由法定的30个工作日压缩到4个工作日
                continue
            if read[b].kind in {"standard", "proposed"}:
                read[a] = Judged(read[b].kind, f"first level of c{b + 1}")
            elif read[a].kind in {"standard", "proposed"}:
                read[b] = Judged(read[a].kind, f"second level of c{a + 1}")
            elif read[b].kind == "target":
                read[a] = Judged("actual", f"first level of c{b + 1}")
        return read

    def _read(
        self,
        i: int,
        q: Stated,
        metric: str,
        dated: tuple[Period | None, int],
        earlier: list[Judged],
        quantities: Sequence[Stated],
    ) -> Judged:
        if self._requests.hold_at(q.span.start):
            return Judged("proposed", "restated request", self._requests.cue_at(q.span.start))
        if _WILL.match(self._text, q.span.end, q.clause.end):
            return Judged("target", "plan behind")
        if i in self._parents and not (earlier[self._parents[i]].kind in {"proposed", "target"} and self._is_done(q)):
            whole = earlier[self._parents[i]].kind
            comes_to = self._comes_to(q, quantities[i - 1])
            found = q.amount.comparator == "approx"  # 其中县级财政负担两成左右: found, not laid down
            if not self._own_rule(q) or whole == "standard" or comes_to or found:
                return Judged(whole, f"part of c{self._parents[i] + 1}")
        lacking = pattern("kinds", "@lacking@").search(metric) is not None
        lacking |= _LACKS.search(self._text, q.clause.start, q.span.start) is not None
        told = _STILL.search(self._text, q.clause.start, q.span.start) is not None  # 资金缺口尚有900余万元
        if lacking and (told or self._roles[i] != "next_steps") and not self._is_ahead(dated[0]):
            return Judged("actual", "something lacking")
        if _OF_STANDARD.match(self._text, q.span.end):
            return Judged("standard", "standard behind")
        if (q.joined or q.again) and i:
            return earlier[i - 1]._replace(how=f"goes on from c{i}")
        of_rate = i > 0 and "/" in (q.amount.unit or "") and q.amount.unit == quantities[i - 1].amount.unit
        if i and (earlier[i - 1].kind == "target" or of_rate) and self._compares(q, quantities[i - 1]):
            return earlier[i - 1]._replace(how=f"growth of c{i}")
        listed = q
        for other in quantities[i + 1 :]:
            if not other.joined:
                break
            listed = other
        if granted := self._granted(q, quantities[i - 1] if i else None, listed):
            return granted
        if self._is_price(q, metric):
            return Judged("standard", "price")
        if self._is_laid_down(q):
            return Judged("standard", "label or requirement")
        if self._continues_rule(i, q, earlier, quantities):
            return Judged("standard", f"goes on from c{i}")
        of_counted = i and quantities[i - 1].clause == q.clause and quantities[i - 1].amount.dimension == "count"
        if not of_counted and self._is_time_limit(i, q):
            return Judged("standard", "time limit behind 后")
        if self._is_demanded(i, q):
            return Judged("standard", "bound that demands")
        if metric.endswith("工期") and _BEFORE_TIME.search(self._text, q.clause.start, q.clause.end) is None:
            return Judged("target", "time that works will take")
        if self._is_bounded_ahead(q, dated[0]):
            return Judged("target", "bound in a period not over")
        if signalled := self._signalled(q, dated, self._roles[i]):
            return signalled
        if i and earlier[i - 1].kind == "target" and self._elaborates(q, quantities[i - 1]):
            return earlier[i - 1]._replace(how=f"tells more of c{i}")
        if self._is_due(dated[0]) and not (i in self._parents and self._is_done(q)):
            return Judged("target", "period after the signing")
        return Judged("target" if self._roles[i] == "next_steps" else "actual", f"section role {self._roles[i]}")

    def _elaborates(self, q: Stated, before: Stated) -> bool:
        """Whether the sentence tells the plan before it batch by batch: …分两批实施改造。第一批51个小区,…."""
        return before.line == q.line and _BATCH.match(self._text, q.sentence.start) is not None

    def _is_done(self, q: Stated) -> bool:
        """Whether 已 stands before or behind an amount in its clause: 其中12处已纳入今年计划."""
        return _DONE.search(self._text, q.clause.start, q.clause.end) is not None

    def _own_rule(self, q: Stated) -> bool:
        return any(cue.row.signal == "standard" for cue in self._kinds.heard_at(q.span.start, since=q.lead.start))

    def _compares(self, q: Stated, before: Stated) -> bool:
        """Whether an amount tells how the one right before it changes: …不低于8亿元,比上年增加1.1亿元."""
        if before.sentence != q.sentence:
            return False
        between = self._text[before.span.end : q.span.start].removeprefix("左右")
        return _COMPARING.match(between) is not None

    def _comes_to(self, q: Stated, before: Stated) -> bool:
        """Whether a sum is what the rate before it comes to: 按每公里45万元申请补助243万元."""
        unit = q.amount.unit or ""
        is_rate = (before.amount.unit or "").startswith(f"{unit}/") and "/" not in unit
        if q.amount.dimension != "money" or not is_rate or before.clause != q.clause or q.amount.comparator == "le":
            return False
        heard = self._kinds.heard_at(q.span.start, since=before.span.end)
        return all(cue.row.signal != "standard" for cue in heard)

    def _granted(self, q: Stated, before: Stated | None, last: Stated) -> Judged | None:
        """Money or a rate that is laid down: a rule's cue before it, or the grant's name after it.

        `last` is the last of the list it opens, behind which the name stands: 按工资的3%和26%缴纳.
        """
        if q.amount.dimension == "rank":
            return None
        if _ODD.search(self._text, *q.span):
            return None  # 每年缴纳电费4万余元: what was counted up, not laid down
        heard = self._kinds.heard_at(q.span.start, since=q.clause.start)
        if _AVERAGED.search(self._text, q.clause.start, q.span.start):
            return None  # what was found on average was not laid down
        if self._text[max(0, q.span.start - _NEAR) : q.span.start].rstrip().endswith("计"):
            return None  # 按每公里60万元计468万元: what a rate comes to is no rate
        if before is not None and self._comes_to(q, before):
            return None
        if q.amount.unit == "个百分点" and _GAP.search(self._text, q.lead.start, q.span.start):
            return None
        rated = q.amount.dimension in {"money", "ratio"}
        deciding = next((cue for cue in heard if cue.row.signal == "standard" or cue.row.id in {"paid", "offer"}), None)
        if deciding is not None and deciding.row.signal != "standard":
            return None
        behind = pattern("kinds", _GRANT_BEHIND).match(self._text, last.span.end) if rated else None
        of_group = _GROUP.search(self._text, *q.span) is not None  # 六成冷库执行…
        if behind and not (of_group and behind.group().endswith("执行")):
            return Judged("standard", "grant behind", deciding)
        if deciding is None:
            return None
        said = self._text[deciding.span.start : deciding.span.end]
        told = _FIGURE.search(self._text, deciding.span.end, q.span.start) is not None  # 按6.5%核定48座电站电价
        laid_down = said.startswith("按") and not told and all(cue.row.signal != "target" for cue in heard)
        demanded = pattern("kinds", "@demands@|.*(?:要求|规定)的?(?:是|为)$").match(said) is not None
        capped = said.startswith(("最高", "免费")) and q.amount.dimension in _DEMANDED
        return Judged("standard", "nearest cue", deciding) if rated or laid_down or demanded or capped else None

    def _continues_rule(self, i: int, q: Stated, earlier: list[Judged], quantities: Sequence[Stated]) -> bool:
        """A ceiling or supplement right after a rule in its sentence belongs to it: …,单家企业累计不超过50万元."""
        if not i or earlier[i - 1].kind != "standard" or quantities[i - 1].sentence != q.sentence:
            return False
        lead = self._text[q.clause.start : q.span.start]
        raised = q.is_share and lead.endswith(("上浮", "下浮", "再提高", "再增加"))
        capped = q.amount.dimension in _DEMANDED and self._roles[i] != "next_steps"
        capped = q.amount.comparator == "le" and (capped or q.amount.dimension == "money")
        return raised or capped or lead.startswith("对")

    def _is_price(self, q: Stated, metric: str) -> bool:
        """Whether money per time or thing is what rules fix (停车费每月100元), not what was found (平均房价, 造价)."""
        heard = self._kinds.heard_at(q.span.start, since=q.clause.start)
        planned = (q.amount.unit == "个百分点" or metric.endswith("标准")) and any(
            cue.row.signal == "target" for cue in heard
        )
        if q.amount.dimension in {"money", "ratio"} and not planned and pattern("kinds", "@limits@$").search(metric):
            return _MEAN.search(self._text, q.clause.start, q.span.start) is None
        if self._is_fee(q, metric):
            return True
        if q.amount.dimension == "money" and _PRICED.search(self._text, q.clause.start, q.span.start):
            return True
        if _GAP.search(self._text, q.lead.start, q.span.start):
            return False  # 每百公里能耗费用比柴油车低一百三十元
        is_rate = q.amount.dimension == "money" and "/" in (q.amount.unit or "")
        lead = self._text[q.clause.start : q.span.start].replace("生均", "")
        if not is_rate or pattern("kinds", "@costs@").search(lead):
            return False
        return all(cue.row.id != "estimate" for cue in self._kinds.heard_at(q.span.start, since=q.clause.start))

    def _is_laid_down(self, q: Stated) -> bool:
        """Whether a label, a limit's name or a requirement says it: 排放限值:昼间为55分贝, 达到1至2所的要求."""
        if q.amount.dimension == "rank":
            return False
        lead = self._text[q.clause.start : q.span.start]
        if _ALLOWED.search(lead) or (_MET.search(lead) and _REQUIRED.match(self._text, q.span.end)):
            return True
        label = _LABELLED.search(self._text, q.sentence.start, q.span.start)
        heard = self._kinds.heard_at(q.span.start, since=label.end()) if label else []
        return label is not None and all(cue.row.signal == "standard" for cue in heard)

    def _is_fee(self, q: Stated, metric: str) -> bool:
        """Whether it is what one person is charged: 科目一考试费40元; not what was paid or charged in all."""
        small = q.amount.dimension == "money" and (q.amount.value or _DEAR) < _DEAR
        return small and bool(_FEE.search(metric)) and not _PAID_SO.search(self._text, q.clause.start, q.span.start)

    def _signalled(self, q: Stated, dated: tuple[Period | None, int], role: Role) -> Judged | None:
        """What the nearest cue says; a past time stated behind a cue for plans tells that the plan is not meant."""
        period, at = dated
        over = period is not None and period.end is not None and self._issued_on and period.end < self._issued_on
        capacity: Cue | None = None
        counted_up: Cue | None = None  # 累计 and 共 tell of what is done, but only where no plan is heard
        for cue in self._kinds.heard_at(q.span.start, since=q.sentence.start):
            if cue.row.id == "deadline" and self._is_past(cue):
                return Judged("actual", "deadline before the signing", cue)
            if over and cue.row.signal == "target" and at > cue.span.start:
                return Judged("actual", "plan for a time now over", cue)
            if cue.row.id == "estimate" and "平均" in self._text[q.clause.start : q.span.start]:
                continue  # 平均每间每年要花3000多元
            if cue.row.id == "done" and _ON_TOP.match(self._text, cue.span.end, q.span.start):
                continue
            if cue.row.id == "offer" and _CAPACITY.match(self._text, cue.span.start):
                capacity = capacity or cue
                continue
            if cue.row.id == "counted_up":
                counted_up = counted_up or cue
            elif cue.row.id != "paid" and cue.row.signal in {"target", "actual"}:
                return Judged("target" if cue.row.signal == "target" else "actual", "nearest cue", cue)
        if counted_up and role != "next_steps":
            return Judged("actual", "nearest cue", counted_up)
        return Judged("target", "nearest cue", capacity) if capacity else None

    def _is_demanded(self, i: int, q: Stated) -> bool:
        """Whether a bound such as 不低于 demands: outside plans, and where nothing tells that it was reached."""
        bounded = _BOUND.search(self._text, q.clause.start, q.span.start) is not None
        if not bounded or self._roles[i] == "next_steps":
            return False
        each = _EACH_AT_LEAST.search(self._text, q.clause.start, q.span.start) is not None
        found = _NO_DEMAND.search(self._text, q.clause.start, q.span.start) is not None
        if found or (q.amount.dimension not in _DEMANDED and not each):
            return False
        since = q.clause.start if each else q.sentence.start  # 组建消防队5支,每队不少于8人
        return all(cue.row.signal == "standard" for cue in self._kinds.heard_at(q.span.start, since=since))

    def _is_time_limit(self, i: int, q: Stated) -> bool:
        """Whether it is how long a rule gives: 交清后1个工作日内恢复供水, 1个工作日内答复. In plans it is a promise."""
        if q.amount.dimension != "duration" or self._roles[i] == "next_steps":
            return False
        if not self._text.startswith(("内", "以内", "之内"), q.span.end):
            return False
        served = q.amount.unit in _SERVICE_UNITS and _SERVED.match(self._text, q.span.end) is not None
        heard = self._kinds.heard_at(q.span.start, since=q.clause.start)
        if any(cue.row.signal == "target" for cue in heard):
            return False  # 我们将在收到资料后5个工作日内打款
        since = self._text[q.clause.start : q.span.start]
        if _ORDERED.search(since):
            return True
        return since.endswith("后") or _FROM_DAY.search(since) is not None or (served and not heard)

    def _is_bounded_ahead(self, q: Stated, period: Period | None) -> bool:
        """Whether an amount has only a lower bound in a period not yet over: 2024年安排经费不低于8亿元."""
        bounded = _BOUND.search(self._text, q.clause.start, q.span.start) is not None
        ends = period.end if period is not None else None
        return bounded and ends is not None and self._issued_on is not None and ends > self._issued_on

    def _is_past(self, cue: Cue) -> bool:
        """Whether a date that looks like a deadline lies before the signing: 到2022年底,全县共有…."""
        year = re.search(r"(?:19|20)\d{2}", self._text[cue.span.start : cue.span.end])
        return year is not None and self._issued_on is not None and int(year.group()) < self._issued_on.year

    def _is_ahead(self, period: Period | None) -> bool:
        """Whether all of a period lies behind the signing."""
        if period is None or self._issued_on is None:
            return False
        begins = period.start or period.end
        return begins is not None and begins > self._issued_on

    def _is_due(self, period: Period | None) -> bool:
        """Whether the period begins or, as a deadline, ends after the signing, or ends in a later year."""
        if period is None or self._issued_on is None:
            return False
        if period.end is None:
            return period.start is not None and period.start > self._issued_on
        deadline = period.start is None and period.end > self._issued_on
        return deadline or period.end.year > self._issued_on.year
