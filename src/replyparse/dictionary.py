"""jieba's dictionary, read where it is asked: 349,046 lines of a word, its frequency and its tag.

To load it costs jieba half a second and 100 MB a process. But its lines are in the order of their first characters, so
the file is mapped as it lies in the installed package, and of each character that a text asks about the lines are
found by bisection. Nothing is written: there is no cache that could be damaged, or planted by somebody else.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from replyparse.errors import KnowledgeError

#: Of the dictionaries whose order was checked, by their checksums: the sum of all frequencies, and the line from which
#: on they are in order. Before it stand words with Latin letters.
_CHECKED: Final = {0x1394096D: (60_101_967, "\n一 217830 m\n")}  # jieba 0.42.1


class Entry(NamedTuple):
    """A line of the dictionary."""

    word: str
    frequency: int
    tag: str


class Dictionary:
    """The lines `data`, each ended by a line end and from `start` on in order; `total` sums their frequencies.

    By the `checksum` of its lines a dictionary is known again.
    """

    def __init__(self, data: mmap | bytes, start: int, total: int, checksum: int) -> None:
        self._data, self._start, self.total, self.checksum = data, start, total, checksum
        self._pages: dict[str, bytes] = {}

    def beginning(self, letters: str) -> list[Entry]:
        """The words that begin with `letters`; with a blank behind them, the word itself."""
        page = self._page(letters[0])
        key, found = b"\n" + _encoded(letters), []
        at = page.find(key)
        while at >= 0:
            end = page.find(b"\n", at + 1)
            word, frequency, tag = page[at + 1 : end].decode("utf-8").split(" ")
            found.append(Entry(word, int(frequency), tag))
            at = page.find(key, end)
        return found

    def _page(self, first: str) -> bytes:
        """The lines of the words that begin with a character, line ends before, between and behind them."""
        if first not in self._pages:
            key = _encoded(first)
            ordered = self._data[self._seek(key) : self._seek(key[:-1] + bytes([key[-1] + 1]))]
            odd = (line for line in self._data[: self._start].splitlines() if line.startswith(key))
            self._pages[first] = b"\n".join((b"", *odd, ordered))
        return self._pages[first]

    def _seek(self, key: bytes) -> int:
        """Where the first of the lines in order stands that is not before `key`."""
        data, low, high = self._data, self._start, len(self._data)
        while low < high:
            middle = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if data[middle : middle + len(key)] < key:
                low = data.find(b"\n", middle) + 1
            else:
                high = middle
        return low


def _encoded(letters: str) -> bytes:
    return letters.encode("utf-8", "surrogatepass")


@cache
def opened() -> Dictionary:
    """The dictionary of the installed jieba. Raises `KnowledgeError` where there is none.

    One whose order was never checked is read and put in order, which takes half a second.
    """
    package = find_spec("jieba")
    if package is None or not package.submodule_search_locations:
        raise KnowledgeError("jieba is not installed; its dictionary is needed (pip install jieba)")
    path = Path(package.submodule_search_locations[0], "dict.txt")
    try:
        with path.open("rb") as file:
            data = mmap(file.fileno(), 0, access=ACCESS_READ)
    except (OSError, ValueError) as error:
        raise KnowledgeError(f"{path}: jieba's dictionary cannot be read ({error}); install jieba again") from None
    checksum = crc32(data)
    checked = _CHECKED.get(checksum)
    if checked is None:
        return in_order(data[:])
    total, opening = checked
    return Dictionary(data, data.find(opening.encode("utf-8")) + 1, total, checksum)


def in_order(data: bytes) -> Dictionary:
    """A dictionary of lines in any order. Raises `KnowledgeError` for lines that are none of a dictionary's."""
    lines = sorted(line.strip() for line in data.splitlines() if line.strip())
    try:
        total = sum(int(line.decode("utf-8").split(" ")[1]) for line in lines)
    except (ValueError, IndexError) as error:
        raise KnowledgeError(f"jieba's dictionary is damaged ({error}); install jieba again") from None
    ordered = b"\n".join(lines) + b"\n"
    return Dictionary(ordered, 0, total, crc32(ordered))
