"""What every entry of a definition file shares: strict checking, and text that is not empty."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Text = Annotated[str, Field(min_length=1), BeforeValidator(lambda v: str(v) if v else v)]
"""Text that is not empty; numbers are taken as they are written."""


class Entry(BaseModel):
    """An entry of a definition file: nothing unknown is allowed in it, and it does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)
