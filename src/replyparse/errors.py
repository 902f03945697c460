"""Everything replyparse raises on purpose: one line that names the input, what was wrong and what to do."""

from __future__ import annotations


class ReplyparseError(Exception):
    """Base of all errors a caller may want to catch."""


class UnreadableError(ReplyparseError):
    """The input is missing, is no file, or its bytes are no text in any known encoding."""


class EncryptedError(UnreadableError):
    """The input is protected by a password."""


class UnsupportedFormatError(ReplyparseError):
    """The input is of a format that this installation does not read."""


class TooLargeError(ReplyparseError):
    """The input is larger than the limit that keeps memory bounded."""


class KnowledgeError(ReplyparseError):
    """A file of language knowledge (built in or the user's) does not validate."""


class ConfigurationError(ReplyparseError):
    """A configuration or baseline file cannot be read or does not validate."""


class WorkerError(ReplyparseError):
    """The process that read the input died or took too long, or met a mistake of ours; no other input is affected."""


class BatchError(ReplyparseError):
    """A batch cannot run: its destination is not its own, cannot be written, or needs an extra."""
