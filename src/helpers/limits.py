"""What a notebook may use: time and memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a job may use.

    Parameters
    ----------
    seconds
        For each step of a job, which is one cell of a notebook. The start of a process or of a
        kernel, and its end, are none of a cell's.
    mebibytes
        Of memory, beyond what this process held when the job began. Only where the system can
        limit a process (not on Windows).
    """

    seconds: float = 300
    mebibytes: int = 2048
