"""Restated requests: stretches in which a reply repeats what the proposer or citizen asked for or stated."""

from __future__ import annotations

import re

from replyparse.cues import Cues
from replyparse.lines import Layout

#: Where a restated request ends: at …的建议, or where the agency itself begins to speak.
_END = re.compile(
    r"的(?:建议|意见|问题|诉求|要求|想法|提案|请求|设想|提议)"
    r"|(?:^|[,。;])(?:经(?!济|费|营|常)|我[局委厅部办院们市县区镇乡](?!的)|目前|该|此|现(?!有)|因|对此|根据|按照|据|待)"
)


class Requests:
    """Answers whether a place of one text lies in a restated request."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._cues = Cues("requests", layout)

    def hold_at(self, offset: int) -> bool:
        """Whether a request that began before `offset` in its sentence has not ended there."""
        since = self._layout.sentence_at(offset).start
        return any(
            not _END.search(self._layout.text, cue.span.end, offset) for cue in self._cues.heard_at(offset, since=since)
        )
