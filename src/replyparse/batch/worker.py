"""The process behind one place of the local pool: calls come in on stdin, results go out on stdout, both pickled."""

from __future__ import annotations

import os
import pickle
import signal
import sys


def main() -> None:
    """Answer calls until nobody asks any more. What a library prints goes to stderr, never between the results."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks decides when to end
    calls = sys.stdin.buffer
    with os.fdopen(os.dup(1), "wb") as results:
        os.dup2(2, 1)
        while True:
            try:
                function, arguments = pickle.load(calls)
            except EOFError:
                return
            try:
                answer = (True, function(*arguments))
            except Exception as error:
                answer = (False, error)
            try:
                pickle.dump(answer, results, pickle.HIGHEST_PROTOCOL)
                results.flush()
            except BrokenPipeError:
                os._exit(0)  # nobody waits for the answer
