"""The wall around the limited processes that take files apart and print: one for all of them.

A worker is started by path and must not load the product, so it finds this file beside itself; it
knows nothing of the product either.
"""

import mimetypes
import os
import resource
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

# Nothing of this is needed to read a file or to print, so a way around the rest ends here.
FORBIDDEN_ACTS = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "os.fork",
    "ctypes.dlopen",
    "urllib.Request",
)
PYTHON = (Path(sys.prefix), Path(sys.base_prefix))


def limit(memory_bytes: int, most_answer: int) -> BinaryIO:
    """Limit the process, and return where its answer goes: a library that prints must not end up
    inside it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_answer, most_answer))
    mimetypes.init()  # reads /etc/mime.types, which the wall below would refuse
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def forbid_outside(readable: Iterable[Path] = ()) -> None:
    """From now on only Python's own files and these folders are read, and nothing is started."""
    folders = tuple(os.path.realpath(one) + os.sep for one in (*PYTHON, *readable))

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(FORBIDDEN_ACTS):
            raise PermissionError(event)
        if (
            event == "open"
            and isinstance(arguments[0], str | bytes)
            and not os.path.realpath(os.fsdecode(arguments[0])).startswith(folders)
        ):
            raise PermissionError(event)

    sys.addaudithook(watch)
