"""What the words right beside a quantity name: one function a shape, tried in the order of `RULES`.

A rule returns None where its shape is not there, the name where it is, and '' where the shape leaves the name to what
was named before (同比增长14.7% has no subject of its own). The words that make the shapes stand in `data/metrics.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from replyparse import words
from replyparse.around import (
    PERSONS,
    Beside,
    dated_subject,
    deed_alone,
    is_verb,
    shaped,
    without_comparison,
    without_growth,
)
from replyparse.edges import scope_of
from replyparse.nounphrase import ending, led_by, strip_reach
from replyparse.opening import opening
from replyparse.paid import GENERIC_BEHIND, grant, outlay
from replyparse.patterns import regex
from replyparse.wordclass import acts, cut, nouns, verbs

Rule = Callable[[Beside], str | None]

CHANGE = r"(?<![最至更许])@change@+(?:了|约|近|超过?|逾|幅度|为|达|不低于|不少于|不超过)*$"
_GAP = (
    r"(?P<subject>.*?)"
    r"(?:(?<!不)(?<!不得)@gap@(?!部分)[^,。;]+|(?:比(?![例重率值价])|较)[^,。;]{2,14}(?:高|低|多|少|快|慢)(?:出|了)?(?:约|近|超过?)?)$"
)
_RATE_OF_CHANGE = regex("((?:平均|最高|最大|最低)[降增涨跌]幅)(?:为|达|达到|约|近|超过?)*$")
#: 同比多浇19块, 比去年同期多放3400万元
_MORE_DONE = regex(r"(?:同比|[较比][^,。;\d]{1,12})(?<!不)[多少](?!于)[\u4e00-\u9fff]{1,2}了?$")
_JOINTS = frozenset("、和与及")
_DISTANCES = frozenset("高低多少快慢")
_LEVEL_BEHIND = regex("的(?:平均)?水平")
_BESIDE_LEVEL = regex(r"(?P<subject>.+?)(?:与|比|较|低于|高于|接近)[^,。;]{0,6}$")
_RATE_BEHIND = regex(r"的?([\u4e00-\u9fff]{1,7}率)(?=的|[,。;、])")
_GROUP_BEHIND = regex(r"(?:左右|以上|以下|以内)*的")
_PRINTED_GROUP = regex(r"[成半]|分之[^%]*$")
_MULTIPLE_OF = regex("(?P<subject>.*?)(?:[是为]|相当于)[^,。;]{2,14}的(?:约|近)?$")
_OF_BASE = r"(?P<subject>.*?)(?:还|仍|已|也|均)?@to_base@[^,。;]{2,20}的$"
#: 从征地款中提取15%
_DRAWN = regex("从([^,。;从]{2,14})中(?:提取|安排|计提|扣除|拿出|划出|切块)(?:约|近)?$")
_BEARS = frozenset({"承担", "负担", "缴纳", "缴费", "支付", "出资"})
_PAYER = regex("财政$|^中央$|^地方$|^[省市县区]级$|^政府$|^企业$|^个人$|^单位$")
#: 保费由县财政承担一半
_BORNE = regex(r"(?P<subject>[\u4e00-\u9fff]{2,12})由[^,。;由\d]{2,12}(?:承担|负担|补贴|支付|分担)(?:约|近)?$")
#: 完成国家下达任务的127%
_OF_TASK = regex(r"(?:完成|为)(?:了)?(?P<task>[\u4e00-\u9fff]{0,12}(?:任务|计划|目标))的$")
#: 水运在综合运输中的占比
_SHARE_WITHIN = regex(
    r"(?P<subject>[\u4e00-\u9fff“”]{2,16})在[^,。;在]{2,16}(?:中的?|的)(?P<share>占比|比重|比例|份额)"
)
_BARE_SHARE = regex(r"占比(?:首次|已|也|均|还|仍|约|近|高达|达到?|超过?|突破|仅?为|不足|不到|[提上]升到)*$")
#: A relative clause with a verb and its object; 您家的, 全市的 and the like say whose.
_RELATIVE_BEFORE = regex(r"(?:^|[,、:])(?P<clause>[\u4e00-\u9fff“”()]{3,16})的$")
_ASIDE_BEFORE = regex(r"^(?:其中|目前|不过|但是?|然而|只是|而)+")
_OF_AGE = regex("岁(?:及?以[上下])?$")  # 四十五岁以上的绣娘占比高达71%
_FULL_CLAUSE, _LONG_CLAUSE = 5, 14  # characters
_SAYS_LITTLE, _TOPIC = 3, 2  # characters
_HAVING = regex(r"(?:没有|无|未|有|具有|拥有|符合|享受|参加|从事)[^,。;的]{1,10}的$")
_SHARE = regex(r"(?P<subject>.*?)(?:仅|只|约|应当?|须|的?比例|比重)?(?:占比|占到|占)(?P<whole>[^,。;]*?)$")
_AVERAGED_BY = regex("[人户次亩村校]均[年月日天]$")
_AVERAGED_DEED = regex("[日月年]均(?:收|产|供|用|运送|接待|处理|发送|销售|加工|收购|投放|清运|发放|受理)$")
_ALREADY = regex("[已仍还又再]经?$")
_EACH_BEFORE = regex("每[\u4e00-\u9fff]{1,2}$")
_WHOLE_END = regex(r"(?:的|了|约|近|达到?|超过?|提高到|提升到|[到至为])+$")
_ORDER = regex("[由从](?:低到高|高到低|大到小|小到大|多到少|少到多)")
_DIMENSION = regex("(?:左右|以上)?([宽长高深厚])的?(?![度])")
_WITHIN = regex(r"(?:之内|以内|内),?(?![的、])(?P<deed>[^,。;()]{2,24})")
_ENTERED = regex("(?:在|到|实现|稳定)(?P<what>[^,。;的]{2,14})(?=[,。;]|$)")
#: 5.4万户参与积分兑换
_TAKEN_PART = regex(
    "(?:亟待|尚未|仍未|未能|参与|参加|办理|享受|签订|接受|领取|取得|获得|持有)[\u4e00-\u9fff“”]{2,14}(?=[,。;])"
)
#: 抽调24人组成捕犬分队
_FORMED = regex("(?:组成|组建|成立|建立)了?([\u4e00-\u9fff“”]{2,14})")
#: 惠及1900余人: how many, where nothing says who.
_REACHED = regex("(惠及|受益|受惠|涉及)(?:约|近|超过?)?$")
_BY_WHAT = regex("(?:对|将|把|至|到|从|沿)[^,。;的]{2,12}$")
_DISPOSED = regex("(?<!现)[把将]([^,。;把将]{3,18}?[好完成])$")
_HELD = regex("(?:活动|赛事|演出|展会|讲座|班)(?:共|累计|先后)?(?:举办|开展|组织|举行)了?(?:约|近)?$")
_SIZE = regex("半径|间距|距离|宽度|高度|厚度|深度|长度|净高|净宽|水深")
_EXTENDED = frozenset({"length", "area", "volume"})
_OF_LENGTH = regex("(?:以[上内下])?的|[\u4e00-\u9fff]{0,4}假(?=[,。;、]|$)")  # 360学时的培训, 10天育儿假
_DEED_END = regex("[,。;:、]|的")
_RESULT = regex("(?<=[\u4e00-\u9fff]{2})(?:到位|完毕|结束)$")
_FOR_YOU = regex("^[为给]您?(?=[\u4e00-\u9fff]{2})")
_PEOPLE = frozenset("员师者人们队生")
_EACH_TIME = regex("每(?:季度|学期|半年|[年月周日天])(?:至少|都|各)?([\u4e00-\u9fff]{2,4})$")
_FROM_DAY = regex("自[^,。;自]{1,10}之日起$")
_GONE = regex("到[村校户店厂岗场]里?[\u4e00-\u9fff]{2}$")
_AS_RULED = regex("的(?:标准|比例|要求)(?:配建|配置|建设|预留|安排|规划)(?P<what>[^,。;]{2,12})")
_THERE_IS = regex("(?<![占拥共现])有(?:约|近)?$")
_TO_PLACE = regex("(?:带队|率队|专程|深入)?(?:到|赴|去|前往)")
_TWO_WORDS = 4  # characters
_DEED = 10  # characters that name what is done


def _with_subject(beside: Beside, verb: str) -> str:
    """A verb that alone leads to the amount, with the noun phrase before it: 单个项目最高支持, 光伏累计并网."""
    before = _ALREADY.sub("", strip_reach(beside.subject.removesuffix(verb)))
    if averaged := _AVERAGED_BY.search(before):
        return averaged.group() + verb  # 人均年办案
    subject = led_by(before) if before != beside.subject else ""
    unnamed = nouns("actors", "framing")
    return subject + verb if subject and words.cut(subject)[-1].text not in unnamed else verb


def done_by(beside: Beside) -> str:
    """The verb right before an amount with who does it, '' where none stands there: 检查组累计出动."""
    said = words.cut(beside.subject)
    if not said or not is_verb(said[-1]):
        return ""
    averaged = said[-2].text if len(said) > 1 and said[-2].text in nouns("averages") else ""
    deed = _with_subject(beside, said[-1].text)
    return deed if deed.startswith(averaged) else averaged + deed


def _rank(beside: Beside) -> str | None:
    """A place in an order: what stands before 居 is ranked (完工总量居全省第二位)."""
    if beside.quantity.amount.dimension != "rank":
        return None
    clause = _ORDER.sub("", beside.clause)
    match = shaped(r"(?P<subject>.*?)(?:在|@rank@)").match(clause)
    ranked = led_by(match["subject"]) if match else ""
    said = words.cut(ranked) if ranked else ()
    if len(said) > 1 and said[-1].tag == "ns" and said[-2].tag[:1] == "n":
        ranked = ranked.removesuffix(said[-1].text)  # 装机规模内蒙古位列全国第一
    ranked = ranked if ranked not in nouns("divisions") else ""  # 我区
    contest = shaped(r"在(?P<contest>[^,。;]{2,30}?)中?@rank@[^,。;]*$").search(clause)
    name = led_by(contest["contest"]) if contest else ""
    judged = bool(name) and words.cut(name)[-1].text in (verbs("nominal") if not ranked else nouns("contests"))
    return name if judged else ranked  # 在年度考核中位列第二


def _change(beside: Beside) -> str | None:
    """An amount of change: what changed stands before the comparison (技改投资同比增长14.7%)."""
    match = shaped(CHANGE).search(beside.lead) or _MORE_DONE.search(beside.lead)
    if match is None:
        return None
    if rate := _RATE_OF_CHANGE.search(beside.lead):
        return rate[1]  # 平均降幅53.2%
    told = without_growth(without_comparison(beside.lead[: match.start()]))
    changed = led_by(without_comparison(told)) or dated_subject(beside)
    if changed and words.cut(changed)[-1].text in nouns("asking"):
        changed = ""  # 您要求增加两名村医
    return changed or ("" if beside.quantity.is_share else beside.counted)  # 增加20平方米的建筑面积


def _ratio(beside: Beside) -> str | None:
    """A ratio: a rate named behind it, a group behind it, or its base before it."""
    if not beside.quantity.is_share:
        return None
    if rate := _RATE_BEHIND.match(beside.trail):
        return rate[1]
    of_group = _GROUP_BEHIND.match(beside.trail) or _PRINTED_GROUP.search(beside.printed)
    if of_group and not beside.printed.startswith("百分之") and (group := beside.counted):
        whole = beside.led
        return whole if whole.endswith(("总量", "总数", "总额")) else group
    if base := shaped(r"@counted_into@([^,。;]{2,14})").match(beside.trail):
        return opening(base[1]) or None
    if drawn := _DRAWN.search(beside.lead):
        return ending(drawn[1]) or drawn[1]
    if borne := _BORNE.search(beside.lead):
        return led_by(borne["subject"]) or None
    said = words.cut(beside.subject)
    if len(said) > 1 and said[-1].text in _BEARS and _PAYER.search(said[-2].text):
        level = said[-3].text if len(said) > 2 and said[-3].text in nouns("divisions") else ""
        return level + said[-2].text + said[-1].text  # 旗财政承担三分之二
    if task := _OF_TASK.search(beside.lead):
        return task["task"]
    if of_base := shaped(_OF_BASE).match(beside.lead) or _MULTIPLE_OF.match(beside.lead):
        return led_by(of_base["subject"] + "为")
    return None


def _with_having(lead: str, phrase: str) -> str:
    """A phrase with the relative clause of having or lacking that opens its clause: 有研发活动的规上工业企业."""
    match = _HAVING.search(lead.removesuffix(phrase)) if phrase else None
    if match is not None:
        return match.group() + phrase
    relative = _RELATIVE_BEFORE.search(lead.removesuffix(phrase)) if phrase else None
    clause = _ASIDE_BEFORE.sub("", relative["clause"]) if relative else ""
    acts_first = bool(clause) and words.cut(clause)[0].tag[:1] in {"v", "d"}
    of_age = _OF_AGE.search(clause) is not None
    return f"{clause}的{phrase}" if acts_first or of_age else phrase


def _share(beside: Beside) -> str | None:
    """A share: the thing and its whole (过夜游客占游客总量的34.8%, 占年度计划的46.8%)."""
    if beside.quantity.is_share and (within := _SHARE_WITHIN.search(beside.lead)):
        part = led_by(within["subject"])
        return part + within["share"] if part else None
    match = _SHARE.match(beside.lead) if beside.quantity.is_share else None
    if match is None:
        return None
    named = led_by(match["subject"]) or led_by(match["subject"] + "为")  # 进口占三成五
    subject = _with_having(match["subject"], named)
    whole = _WHOLE_END.sub("", match["whole"]).strip()
    if _BARE_SHARE.search(beside.lead):
        return f"{subject}占比" if subject else None
    if any(word in whole for word in nouns("shares")):
        return f"{subject}占{whole}"
    named = "占比" if whole or "占比" in match.group() else ""
    return subject + named if subject else "占" + whole if whole else ""


def _gap(beside: Beside) -> str | None:
    """A distance to another level (增速高于全省平均水平3.2个百分点), or that level (与全省3.02%的平均水平相比)."""
    told = beside.clause if beside.lead in _DISTANCES else beside.lead  # 比国家要求的60%低22.5个百分点
    match = shaped(_GAP).match(told) or (_LEVEL_BEHIND.match(beside.trail) and _BESIDE_LEVEL.match(beside.lead))
    return led_by(match["subject"]) if match else None


def _deed(beside: Beside) -> str | None:
    """A number of times: what was done (先后两次到现场察看)."""
    if (beside.quantity.amount.unit or "").partition("/")[0] not in nouns("verbal_classifiers"):
        return None
    rest = beside.after.rstrip(",。;:、 ")
    if beside.quantity.amount.unit == "趟" and beside.counted and not is_verb(cut(beside.counted)[-1]):
        return beside.counted  # 换乘1趟公交车至客运站
    if not re.match(r"[\u4e00-\u9fff“]", rest):
        if often := _EACH_TIME.search(beside.subject):
            who = ending(beside.subject[: often.start()], is_subject=True)
            unnamed = not who or acts(cut(who)[-1]) or who[-1] in _PEOPLE or who in nouns("when")
            return often[1] if unnamed else who + often[1]  # 海事部门每季度检查, 收益每季度结算
        gone = _GONE.search(beside.subject)  # 到村指导2次
        said = beside.led or deed_alone(beside.subject[-_TWO_WORDS:])
        of = topic(beside) if said and not gone and not beside.led else ""
        return (gone.group() if gone else of + said.removeprefix(of)) or None
    if _TO_PLACE.match(rest) and is_verb(words.cut(rest)[-1]):
        *_, how, deed = ("", *(word.text for word in words.cut(rest)))
        return (how if how in {"实地", "现场"} else "") + deed  # 3次到滑雪场踏查
    if deed := ending(rest):
        at = rest.rfind(deed)
        verb = words.cut(rest[:at])[-1].text if at > 0 else ""
        return (verb if verb in verbs("pure") and len(verb) > 1 else "") + deed
    tokens = words.cut(rest)
    if len(tokens) > 1 and tokens[-1].text in verbs("pure") and tokens[-2].tag[:1] in "nsf":
        return tokens[-2].text + tokens[-1].text
    if tokens and tokens[-1].text in verbs("nominal") and all(w.text in nouns("adverbial") for w in tokens[:-1]):
        return rest  # 每季度开展1次联合巡查
    return beside.led or None


def _extent(beside: Beside) -> str | None:
    """A length whose dimension is told behind it: 按四米五宽硬化, 3米宽的村道."""
    match = _DIMENSION.match(beside.trail) if beside.quantity.amount.dimension == "length" else None
    return (opening(beside.trail[match.end() :]) or beside.led) + match[1] if match else None


def _within(beside: Beside) -> str | None:
    """A time limit: what is done within it (在收到材料后15个工作日内出具报告)."""
    lasting = beside.quantity.amount.dimension == "duration"
    if lasting and beside.lead.endswith(("为期", "长达")):
        return beside.counted or None
    match = _WITHIN.match(beside.trail) if lasting else None
    if lasting and match is None:
        return _lasting(beside)
    if match is None:
        return None
    timed = beside.lead.rstrip().endswith(("后", "在", "于", "起", "限"))
    since = _FROM_DAY.search(beside.lead)  # 小额案件自受理之日起10个工作日内办结
    said = beside.lead.removesuffix("在") if beside.lead.endswith("在") else ""
    said = beside.lead[: since.start()] if since else said
    subject = led_by(said + "为") if said else "" if timed else beside.led
    unnamed = not subject or acts(cut(subject)[-1]) or subject.endswith("有权")
    if said and (unnamed or subject in nouns("framing", "bare")):
        subject = ""  # 司法所须在5个工作日内反馈
    return subject + _shortened(match["deed"])  # 评估结果5个工作日内反馈


def _lasting(beside: Beside) -> str | None:
    """What lasts so long: the verb right before it (每车停留不超过5分钟) or right behind it (12.6分钟到达现场)."""
    if beside.lead.endswith("提前") and (deed := _DEED_END.split(beside.trail)[0]):
        return _shortened(deed)  # 提前7天书面通知
    before = words.cut(beside.subject)
    if before and before[-1].text in verbs("lasting"):
        each = _EACH_BEFORE.search(beside.subject.removesuffix(before[-1].text))
        leads = len(before) > 1 and (before[-2].tag == "v" or before[-2].text in nouns("averages"))
        where = before[-2].text if leads else ""  # 到校授课, 日均供水
        return (each.group() if each else "") + where + before[-1].text
    behind = words.cut(beside.trail)
    if behind and behind[0].text in verbs("lasting"):
        return beside.led + _shortened(_DEED_END.split(beside.trail)[0])
    return None


def _shortened(deed: str) -> str:
    """As many words of a deed as name it, without its result: 处理(到位)."""
    said, deed = "", _FOR_YOU.sub("", _RESULT.sub("", deed))
    for word in words.cut(deed):
        if said and len(said + word.text) > _DEED:
            break
        said += word.text
    return said


def _behind(beside: Beside) -> str | None:
    """The counted noun behind a count."""
    amount = beside.quantity.amount
    of_length = amount.dimension == "duration" and _OF_LENGTH.match(beside.trail) is not None
    fraction = beside.quantity.is_share and amount.unit is None
    if amount.dimension == "area" and (as_ruled := _AS_RULED.match(beside.trail)):
        return ending(as_ruled["what"]) or None  # 按每百户20平方米的标准配建社区用房
    if amount.dimension not in {"count", "other"} and not fraction and not of_length:
        return None
    if generic := shaped(GENERIC_BEHIND).match(beside.trail):
        return ending(beside.trail[generic.end() :].rstrip(",。;: ")) or None  # 按每处2名的标准配备专职文保员
    if (not beside.trail and beside.measured_with) or (beside.trail in _JOINTS and not beside.led):
        return replace(beside, trail=beside.list_trail).counted or None  # 13台185万千瓦燃煤机组, 12个、15个小区
    if amount.unit in PERSONS and beside.led and beside.counted and acts(words.cut(beside.led)[-1]):
        does = all(is_verb(word) for word in words.cut(beside.counted))
        return None if does else beside.counted  # 巾帼志愿者三百余人入户动员
    return beside.counted or state(beside) or None


def state(beside: Beside) -> str:
    """What persons come to, where no noun says who they are: 带动四百余人在家门口就业."""
    if beside.quantity.amount.unit not in PERSONS | {"户"}:
        return ""
    if not beside.after.strip(",。;、") and (reached := _REACHED.search(beside.lead)):
        unit = beside.quantity.amount.unit or ""
        return reached[1] + (unit if unit == "人次" else "户数" if unit == "户" else "人数")
    if not beside.led and (formed := _FORMED.match(beside.trail)):
        return opening(formed[1])
    if taken := _TAKEN_PART.match(beside.trail):
        return taken[0]
    entered = _ENTERED.match(beside.trail)
    if entered is None:
        return ""
    last = words.cut(entered["what"])[-1].text
    return last if last in nouns("states") else ""


def _before(beside: Beside) -> str | None:
    """The phrase before the amount (技术合同成交额达到), or the noun behind it where that says nothing."""
    phrase = _with_relative(beside)
    if beside.quantity.is_share and phrase == beside.led and not phrase.endswith(("率", *nouns("shares"))):
        phrase = _with_having(beside.subject, phrase)  # 取得证书的从业人员不足一成
    if beside.quantity.amount.dimension in _EXTENDED and beside.counted and _takes_noun(beside):
        return beside.counted  # 对该路段547米公路
    if not phrase and not beside.counted and (disposed := _DISPOSED.search(beside.lead)):
        return _object_of(disposed[1])  # 把还能用的旧沼气池修好800口
    if beside.quantity.is_share and not phrase and (of := topic(beside)):
        return of  # 经费只落实了七成
    extent = beside.counted if beside.quantity.amount.dimension in _EXTENDED else ""
    if extent and (beside.lead.endswith("的") or (beside.trail.startswith("的") and _SIZE.search(extent))):
        return extent  # 与小区相邻的500多平方米绿化用地, 800米的服务半径
    if len(extent) > 1 and _THERE_IS.search(beside.lead):
        return extent  # 组团规划有10.95公顷的医疗保健用地
    verb_leads = not phrase or words.cut(phrase)[-1].tag == "v"
    paid = beside.quantity.amount.dimension == "money"
    if paid and phrase and all(word.tag == "ns" for word in words.cut(phrase)):
        phrase = ""  # 下达蒙自市2.28亿元
    does = words.cut(beside.trail)[0].text in verbs("nominal", "pure") if beside.trail else False  # 投资1800万元建设…
    if verb_leads and (paid or beside.trail.startswith("的")) and not does and (sized := beside.counted):
        return sized  # 租了200平方米的门店, 增发1000亿元国债
    if phrase and phrase not in nouns("bare") and not (_is_side(phrase) and beside.counted):
        if averaged := _AVERAGED_BY.search(beside.subject.removesuffix(phrase)):
            return averaged.group() + phrase  # 人均年办案
        if averaged := _AVERAGED_DEED.search(beside.subject.removesuffix(phrase)):
            return averaged.group() + phrase  # 日均收奶188吨
        deed = _with_deed(beside, phrase)
        is_verb = phrase in verbs("nominal") or [word.tag[:1] for word in words.cut(phrase)] == ["v"]
        return _with_subject(beside, phrase) if deed == phrase and is_verb else deed
    if beside.quantity.amount.dimension == "money" and (spent := outlay(beside)):
        return spent
    if not phrase and (work := _work(beside)):
        return work
    past = beside.lead.rstrip("约近").endswith("了")  # 消火栓失效的高层住宅整改了194栋
    extended = past or beside.quantity.amount.dimension in _EXTENDED or _HELD.search(beside.lead)
    if not phrase and not beside.counted and extended and (of := topic(beside)):
        return of
    behind = "" if beside.quantity.joined and beside.clause[-1:] in _JOINTS else beside.counted
    return behind or phrase or dated_subject(beside) or outlay(beside)


def topic(beside: Beside) -> str:
    """What a clause speaks of before the verb that leads to an amount (话题): 污水管网建成2400米, 油菜种了三万亩."""
    said = cut(beside.subject)
    past = beside.lead.rstrip("约近").endswith("了")  # 了 follows verbs alone, whatever the dictionary calls them
    deeds = len(said) - past
    while deeds > 0 and (_leads_on(said[deeds - 1]) or said[deeds - 1].text in nouns("adverbs")):
        deeds -= 1
    leads = past or (bool(said) and (said[-1].text in verbs("pure", "nominal") or is_verb(said[-1])))
    if not 0 < deeds < len(said) or not leads or any(word.text == "在" for word in said[:deeds]):
        return ""
    phrase = ending("".join(word.text for word in said[:deeds]), is_subject=True)
    if len(phrase) < _TOPIC:
        return ""
    last = cut(phrase)[-1]
    names = (last.tag[:1] == "n" and last.tag not in {"ns", "nt"}) or last.text in verbs("attributive")
    unnamed = nouns("where", "payers", "divisions", "framing", "bare", "when")
    return phrase if names and not acts(last) and last.text not in unnamed else ""


def _object_of(stretch: str) -> str:
    """The noun phrase between 把 or 将 and its verb, with the verb alone where there is none."""
    said = cut(stretch)
    deeds = len(said)
    while deeds and (is_verb(said[deeds - 1]) or said[deeds - 1].text in {"好", "完", "成"}):
        deeds -= 1
    return ending("".join(word.text for word in said[:deeds])) if deeds else ""


def _leads_on(word: words.Word) -> bool:
    """Whether a word may be one of the verbs between topic and amount, and is no noun of its own: 活动."""
    return is_verb(word) and word.text not in verbs("attributive")


def _is_side(phrase: str) -> bool:
    """Whether a phrase says only on which side: 下游(1.2万亩农田)."""
    return all(word.tag == "f" for word in words.cut(phrase))


def _takes_noun(beside: Beside) -> bool:
    """Whether a preposition governs the words before a measure, which the noun behind has: 对该路段547米公路."""
    return not beside.printed.endswith("地") and _BY_WHAT.search(beside.lead) is not None


def _work(beside: Beside) -> str:
    """Works on a thing right before a measure: 路基扩建88.7公里."""
    said = words.cut(beside.subject)
    if len(said) < 2 or said[-1].text not in nouns("works") or beside.quantity.amount.dimension not in _EXTENDED:
        return ""
    before = beside.subject.removesuffix(said[-1].text)
    thing = ending(before, is_subject=True)
    if before.removesuffix(thing).endswith("在"):
        return said[-1].text  # 在镇卫生院对面征地8亩
    return thing + said[-1].text if thing else ""


def _with_relative(beside: Beside) -> str:
    """A head that says little, with the relative clause before it: 提供托育服务的机构357家."""
    phrase = beside.led
    little = 0 < len(phrase) <= _SAYS_LITTLE
    match = _RELATIVE_BEFORE.search(beside.subject.removesuffix(phrase)) if little else None
    clause = _ASIDE_BEFORE.sub("", scope_of(match["clause"])[1]) if match else ""
    said = words.cut(clause) if clause else ()
    short = len(said) > 1 and said[0].tag == "v" and len(clause) < _FULL_CLAUSE
    return f"{clause}的{phrase}" if short or _FULL_CLAUSE <= len(clause) <= _LONG_CLAUSE else phrase


def _with_deed(beside: Beside, phrase: str) -> str:
    """A state that persons enter, with the verb that counts those who do: 城镇新增就业1102万人, 享受待遇5937人."""
    if phrase == "单位" and beside.subject.endswith("受益单位"):
        return "受益单位"
    says_little = phrase == "资金"  # 涉及资金18.4亿元
    entered = beside.quantity.amount.unit in PERSONS and words.cut(phrase)[-1].text in nouns("states")
    if not entered and not says_little:
        return phrase
    before = words.cut(beside.subject.removesuffix(phrase))
    if not before or before[-1].text not in verbs("pure") or before[-1].text in verbs("light"):
        return phrase
    deed = before[-1].text + phrase
    where = ending("".join(word.text for word in before[:-1]), is_subject=True)
    return deed if where in nouns("actors") else where + deed


#: The shapes in the order in which they are tried, with the name that `explain` prints.
RULES: tuple[tuple[str, Rule], ...] = (
    ("what is ranked", _rank),
    ("what is compared", _gap),
    ("what changed", _change),
    ("the ratio's group or base", _ratio),
    ("a share and its whole", _share),
    ("what is granted", grant),
    ("what was done that often", _deed),
    ("what is done within it", _within),
    ("the dimension behind", _extent),
    ("counted noun behind", _behind),
    ("phrase before", _before),
)
