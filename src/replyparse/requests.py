"""Restated requests: stretches in which a reply repeats what the proposer or citizen asked for or stated."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from replyparse.cues import Cue, Cues
from replyparse.lines import Layout
from replyparse.patterns import regex
from replyparse.record import Span

#: Where a restated request ends: at …的建议, or where the agency itself begins to speak.
_END = regex(
    r"的(?:建议|意见|问题|诉求|要求|想法|提案|请求|设想|提议)"
    r"|(?:^|[,。;])(?:经(?!济|费|营|常)|我[局委厅部办院们市县区镇乡](?!的)|(?:但|而|不过)?目前|该|此|现(?!有)|但?因|但?由于|鉴于|考虑到|今年仍|暂按|仍按|对此|照此|如此|根据|按照|按(?=[^,。;]{0,24}(?:测算|计算|估算))|据|待)"
)


#: A citizen's own text, printed before the answer to it: from its label to the line that opens the answer.
_LETTER = regex(
    r"(?:留言|来信|信件|诉求|咨询|投诉|问题|提问|求助)(?:内容|正文|详情|描述)\s?:?(?P<letter>[\s\S]{1,4000}?)"
    r"(?=\n\s*(?:回复|答复|办理|处理|受理|官方)[^\n]{0,8}(?:[::]|\n|$)|\Z)"
)


#: What the proposer tells at length, behind a colon, until the agency speaks: 您在建议中反映:…。…。对此,我局….
_TOLD = regex(
    r"(?:您|你们?)(?:在[^,。;:\n]{0,8}中)?(?:反映|提出|写道|建议)[::](?P<letter>[^\n]{1,1200}?)"
    r"(?=[。!?;]\s?(?:对此|经(?!济|费|营|常)|我[局委厅部办院们市县区镇乡]))"
)
#: 按今年计划加装80部测算: the agency's reckoning of what a request would take.
_RECKONED = regex(r"按[^,。;]{0,40}(?:测算|计算|估算)")
#: 每户交2000元的说法不属实: hearsay, whoever says so.
_HEARSAY = regex(r"[^,。;:!?\n]{0,16}的(?:说法|传言|传闻)")


class Requests:
    """Answers whether a place of one text lies in a restated request."""

    def __init__(self, layout: Layout) -> None:
        self._layout, self._text = layout, layout.text

    @cached_property
    def _cues(self) -> Cues:
        return Cues("requests", self._layout)

    @cached_property
    def _letters(self) -> list[Span]:
        """In order and apart."""
        apart: list[Span] = []
        for letter in sorted(Span(*m.span("letter")) for told in (_LETTER, _TOLD) for m in told.finditer(self._text)):
            if apart and letter.start <= apart[-1].end:
                apart[-1] = Span(apart[-1].start, max(letter.end, apart[-1].end))
            else:
                apart.append(letter)
        return apart

    def hold_at(self, offset: int) -> bool:
        """Whether a request that began before `offset` in its sentence has not ended there."""
        before = bisect_right(self._letters, offset, key=lambda letter: letter.start)
        in_letter = before > 0 and offset < self._letters[before - 1].end
        return in_letter or self.cue_at(offset) is not None or _HEARSAY.match(self._layout.text, offset) is not None

    def cue_at(self, offset: int) -> Cue | None:
        """The words that open the request which holds at `offset`; None also in a citizen's own letter."""
        since, clause = self._layout.sentence_at(offset).start, self._layout.clause_at(offset)
        reckoned = _RECKONED.match(self._layout.text, clause.start, clause.end) is not None
        heard = self._cues.heard_at(offset, since=since)
        heard = [cue for cue in heard if not (reckoned and cue.span.end <= clause.start)]
        return next((cue for cue in heard if not _END.search(self._layout.text, cue.span.end, offset)), None)
