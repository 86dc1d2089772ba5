"""How a value of the flow language is refused while data is made of it: with a code and what to write instead."""

from typing import LiteralString

from pydantic_core import PydanticCustomError

from assistant.flow.message import Message


def refused(code: LiteralString, message: Message) -> PydanticCustomError:
    """Return the error to raise for a value that is wrong; its context carries the message for other languages."""
    return PydanticCustomError(code, "{reason}", {"reason": str(message), "message": message})
