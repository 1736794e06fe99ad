"""What every entry of a definition file shares: strict checking, and text that is not empty."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)


def as_written(value: Any) -> Any:
    """Return a number or a date as text, and anything else as it is.

    Examples
    --------
    >>> as_written(2023)
    '2023'
    >>> as_written(True)
    True
    """
    # Python counts True as a number, and a reader of the file does not.
    plain = isinstance(value, int | float | Decimal | date) and not isinstance(value, bool)
    return str(value) if plain else value


Text = Annotated[str, Field(min_length=1), BeforeValidator(as_written)]
"""Text that is not empty; numbers and dates are taken as they are written."""


class Entry(BaseModel):
    """An entry of a definition file: nothing unknown is allowed in it, and it does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _text_as_written(cls, value: Any, info: ValidationInfo) -> Any:
        """Take numbers and dates as they are written, wherever an entry holds text."""
        holds_text = cls.model_fields[info.field_name].annotation in (str, str | None)
        return as_written(value) if holds_text else value
