"""From the models to JSON Schema as authors write YAML: what a validator takes, not what it makes of it."""

from collections.abc import Mapping
from json import dumps
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

DEFINITIONS: Final = "definitions"
_DIALECT: Final = "http://json-schema.org/draft-07/schema#"
_INSTANCE: Final = "x-instance"

# An unquoted 2024 or true is a number or a boolean for an editor; the reader of flows keeps it as the words written.
WORDS: Final[Mapping[str, Any]] = {"type": ["string", "number", "boolean"], "pattern": r"\S"}


def definition(name: str) -> dict[str, Any]:
    """Return the reference to a definition of the same schema."""
    return {"$ref": f"#/{DEFINITIONS}/{name}"}


def generate(model: type[BaseModel], own: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the schema (draft-07) of a file's model; `own` are definitions that stand for classes of their names."""
    schema = model.model_json_schema(schema_generator=_Generator, ref_template=f"#/{DEFINITIONS}/{{model}}")
    made = {name: part for name, part in schema.pop("$defs", {}).items() if name not in own}
    finished = _finished({**schema, DEFINITIONS: made})
    used = {name: dict(part) for name, part in own.items() if f'"{definition(name)["$ref"]}"' in dumps(finished)}
    return {"$schema": _DIALECT, **finished, DEFINITIONS: {**finished[DEFINITIONS], **used}}


class _Generator(GenerateJsonSchema):
    """Writes what the models take: no empty values, no defaults, no titles, and keys with the form of ids."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def is_instance_schema(self, schema: core_schema.IsInstanceSchema) -> JsonSchemaValue:
        return {_INSTANCE: schema["cls"].__name__}

    def json_or_python_schema(self, schema: core_schema.JsonOrPythonSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["python_schema"])

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {"type": "string", "pattern": schema["pattern"]} if "pattern" in schema else dict(WORDS)

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        names = self.generate_inner(schema["keys_schema"])
        values = self.generate_inner(schema["values_schema"])
        least = {"minProperties": schema["min_length"]} if "min_length" in schema else {}
        return {"type": "object", "propertyNames": names, "additionalProperties": values, **least}


def _finished(part: Any) -> Any:
    """Refer to the definitions that stand for classes, and ask for parts only where there is a list of them."""
    if isinstance(part, list):
        return [_finished(each) for each in part]
    if not isinstance(part, dict):
        return part
    if _INSTANCE in part:
        return definition(part[_INSTANCE])
    made = {key: _finished(value) for key, value in part.items()}
    if "anyOf" in made and "minLength" in made:
        least = made.pop("minLength")
        made["anyOf"] = [{**each, "minItems": least} if each.get("type") == "array" else each for each in made["anyOf"]]
    return made
