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

    def or_usual(self) -> Limits:
        """Return these limits, or the usual ones where those allow more.

        For what a run makes without notebooks: who allows more for a notebook allows it too, and
        a time so short that it suits a cell would stop it for nothing.

        Examples
        --------
        >>> Limits(seconds=5, mebibytes=4096).or_usual()
        Limits(seconds=300, mebibytes=4096)
        """
        return Limits(max(self.seconds, Limits.seconds), max(self.mebibytes, Limits.mebibytes))
