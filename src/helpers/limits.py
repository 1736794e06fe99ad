"""What a notebook may use: time and memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a job may use.

    Parameters
    ----------
    seconds
        From one step of a job, which is one cell of a notebook, to the next.
    mebibytes
        Of memory, beyond what this process held when the job began. Only where the system can
        limit a process (not on Windows).
    """

    seconds: float = 300
    mebibytes: int = 2048
