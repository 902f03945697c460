"""What money is called: what is granted, charged or spent, where no noun beside it says (市财政每年安排800万元)."""

from __future__ import annotations

from replyparse import words
from replyparse.around import AFTER_AMOUNT, DISTRIBUTIVE, Beside, shaped
from replyparse.nounphrase import ending
from replyparse.opening import opening
from replyparse.patterns import regex
from replyparse.wordclass import acts, nouns, verbs

GENERIC_BEHIND = r"的?@generic_heads@(?:(?:一次性)?@light_verbs@|,)*"
_BASED = regex("([\u4e00-\u9fff]{3,16}(?<!的)(?<!政策)(?<!办法)(?<!规定))按照?[^,。;按]{2,14}的$")
_BY_BASE = regex("按照?[^,。;]*的$")  # 按实际费用的40%予以补助
#: 养护资金按县道每公里(1万元), 补贴标准为中级工每人每年(5000元)
_BY_KIND = regex(
    r"(?P<what>[^,。;]{0,14}(?:资金|经费|补助|补贴|奖补|津贴|标准|费))(?:按照?|为|是|:)"
    r"(?P<kind>(?:(?!每|人口)[\u4e00-\u9fff]){2,8})(?:每[^,。;\d每]{1,4})+(?P<others>\d.*)?$"
)
#: 公卫经费按服务人口每人36元, 补贴标准按工龄每人每月120元
_ON_BASE = regex(
    r"(?P<what>[^,。;]{0,14}(?:资金|经费|补助|补贴|奖补|津贴|标准|费))按照?[^,。;\d每]{0,6}(?:人口|人数|面积|工龄|年限|里程)"
    r"(?:每[^,。;\d每]{1,4})+$"
)
_OF_KIND = regex(r"按(?P<kind>(?!每|人口|照|实际)(?:(?!的)[\u4e00-\u9fff]){2,8}?)(?:每[^,。;\d每]{1,4})+$")
_LEVIED = regex("(?:征缴|征收|收取|缴纳|计征|缴存|缴交|支付|提取|预算安排|计提)了?(?P<what>[^,。;]{2,12})")
_FROM_FUND = regex(r"从([^,。;从]{2,16})中(?:安排|列支|拨付|切块|切出|统筹|划出|拿出|调剂)(?:约|近|了|不少于|不低于)?$")
_OUT_OF_IT = regex("从中(?:安排|列支|拨付|切块|切出|统筹|划出|拿出|调剂)(?:约|近|了|不少于|不低于)?$")
_FUNDS = regex("资金|经费|费用|补贴|补助|津贴")
_SPENT = regex("(花费|花去|花了?|耗资|概算|估算)(?:约|近|了)*$")
_FOUNDS = regex(
    "(?:设立|组建|建立|作为)([\u4e00-\u9fff“”]{1,14}(?:资金|基金|经费|专项))"
)  # 每年安排1000万元设立专项资金
_NEEDED = regex(r"(?:所需|需要?)的?(?:约|近)?$")
_PER_GRANT = regex(r"每[^,。;每]{1,3}$")  # 每餐次(补助)
_ONE = regex("单[个家户项座站台村校人株条套间辆处所件笔船车]")
_BASES = ("人口", "人数", "面积", "里程", "户数", "人次")
_IN_FULL = {"补": "补助", "奖": "奖励"}
_SUMS = frozenset("款金费债贷息")  # 200万元工程款: what a sum is called right behind it
_LIGHT_BEHIND = r"(?:(?:一次性)?@light_verbs@|[的了,])*"


def grant(beside: Beside) -> str | None:
    """What is granted or charged: 按每人20元给予奖补, 最高500万元补助, 单家企业不超过50万元."""
    if beside.quantity.amount.dimension not in {"money", "ratio"}:
        return None
    if fund := _FROM_FUND.search(beside.lead):
        founded = _FOUNDS.match(beside.trail)  # 从存量中划出3亿元组建子基金
        return opening(founded[1]) if founded else ending(fund[1]) or fund[1]
    if _OUT_OF_IT.search(beside.lead) and (founded := _FOUNDS.match(beside.trail)):
        return opening(founded[1]) or founded[1]
    own, is_grant = beside.led, shaped("@grants@")
    if on_base := _ON_BASE.search(beside.clause):
        return ending(on_base["what"]) or None
    if by_kind := _BY_KIND.search(beside.clause):
        kind = own if by_kind["others"] else by_kind["kind"]
        if kind and not is_grant.search(kind):
            return kind + (ending(by_kind["what"]) or by_kind["what"])
    if of_kind := _OF_KIND.search(beside.clause):
        own = of_kind["kind"]  # 县财政按县道每公里每年1万元
    if _pays_for(beside):
        return None  # 投资2150万元改造镜湖环线
    own = "" if own.endswith(_BASES) else own  # 按老年人口每人每年不低于5元的标准安排经费
    of_base = beside.quantity.is_share and _BY_BASE.search(beside.lead) is not None
    if own in {"补", "奖"}:  # 每演一场补两千元
        whom, per, _ = beside.lead.partition("每")
        what = ending(whom, is_subject=True) if per else ""
        if what and words.cut(what)[-1].text not in nouns("payers", "actors", "recipients"):
            return what  # 机插作业每亩补40元
        grants = list(is_grant.finditer(beside.told))
        return (ending(beside.told[: grants[-1].end()]) if grants else "") or _IN_FULL[own]
    if is_grant.search(own) and not of_base:
        return own
    if beside.lead.endswith(("按", "按照")) and (levied := _LEVIED.match(beside.trail)):
        return opening(levied["what"]) or own  # 按0.12元/立方米收取水费
    if own and (words.cut(own)[-1].text in nouns("payers") or beside.lead.endswith((f"每个{own}", f"每{own}"))):
        own = ""
    generic = shaped(GENERIC_BEHIND).match(beside.list_trail)
    rest = beside.list_trail[generic.end() :] if generic else AFTER_AMOUNT.sub("", beside.list_trail, count=1)
    light = shaped(_LIGHT_BEHIND).match(rest)
    at = light.end() if light else 0
    noun = opening(rest[at:]) or (ending(rest.rstrip(",。;: ")) if generic else "")
    said = words.cut(noun) if noun else ()
    if len(said) > 1 and said[-1].text in nouns("recipients", "actors") and is_grant.fullmatch(said[0].text):
        noun = said[0].text  # 按每立方米0.05元奖励农户
    is_sum = beside.quantity.amount.dimension == "money" and noun[-1:] in _SUMS and not generic
    if of_base and (levied := _LEVIED.match(beside.trail)):
        return opening(levied["what"]) or own  # 按出让价款的20%征缴土地闲置费
    subject = _BASED.match(beside.lead) if of_base else None
    if (
        subject
        and (told := ending(subject[1], is_subject=True))
        and words.cut(told)[-1].text not in nouns("payers")
        and not acts(words.cut(told)[-1])
    ):
        return told  # 工资保证金按合同价款的1%存储
    if own and is_sum and at:
        return own + noun  # 县道每公里1万元、乡道5000元安排养护资金
    lent = beside.trail.startswith("的") and bool(own) and _is_recipient(own)  # 给予合作社10万元的经营贷款
    if noun and (lent or is_grant.search(noun) or is_sum or not own or (generic and beside.quantity.is_share)):
        return noun
    each = not own and shaped(DISTRIBUTIVE).search(beside.lead) is not None
    laid_down = any(own.find(word) >= 0 for word in ("标准", "限额"))  # 年度支付限额在职职工2500元
    if ((own and _is_recipient(own) and not laid_down) or each) and (named := list(is_grant.finditer(beside.told))):
        alone = _PER_GRANT.search(beside.told, 0, named[-1].start())
        named_so = "" if alone else ending(beside.told[: named[-1].end()])
        return own + (named_so or named[-1].group())
    return own if of_base and is_grant.search(own) else None


def _pays_for(beside: Beside) -> bool:
    """Whether a verb of spending leads to a sum and a verb behind it says what for: 投资2150万元改造镜湖环线."""
    before, behind = words.cut(beside.subject)[-1:], words.cut(beside.trail)[:2]
    if not before or len(behind) < 2 or behind[0].text == "用于" or before[0].text not in verbs("outlay", "paying"):
        return False
    does, what = behind
    return does.text in verbs("nominal", "pure") - verbs("attributive") and what.text not in nouns(
        "used_for", "generic"
    )


def _is_recipient(phrase: str) -> bool:
    """Whether a phrase names someone who receives rather than a sum: 单家企业, 单个项目."""
    one = _ONE.match(phrase) is not None and not phrase.endswith(("授信", "贷款", "补贴", "补助", "奖励", "保额"))
    return one or words.cut(phrase)[-1].text in nouns("actors", "recipients")


def outlay(beside: Beside) -> str | None:
    """Money that only a verb leads to: 中央财政累计投入48.6亿元, 市财政每年安排800万元."""
    amount = beside.quantity.amount
    if amount.dimension != "money":
        return None
    if _NEEDED.search(beside.lead):
        funds = list(_FUNDS.finditer(beside.told))
        return (ending(beside.told[: funds[-1].end()]) if funds else "") or "所需资金"
    if founded := _FOUNDS.match(beside.trail):
        return opening(founded[1]) or founded[1]
    if spent := _SPENT.search(beside.lead):
        return spent[1]
    said = words.cut(beside.subject)
    if said and "/" in (amount.unit or ""):
        return said[-1].text if said[-1].text in verbs("outlay") else None  # 每亩需投入3500元
    if not said:
        return None
    verb, payer = said[-1].text, said[-2:-1]
    while payer and payer[0].text in nouns("adverbs") | {"能", "共"}:
        said, payer = said[:-1], said[-3:-2]
    given_by = payer and payer[0].text in nouns("payers") and all(word.text != "由" for word in said)
    if given_by and verb in verbs("paying"):
        level = said[-3].text if len(said) > 2 and said[-3].text in nouns("divisions") else ""
        return level + payer[0].text + verb
    return verb if verb in verbs("nominal") else None
