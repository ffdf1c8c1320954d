import structs from "google-protobuf/google/protobuf/struct_pb.js";
import type { ListValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb.js";
import { LockstepError } from "../../../model/error.ts";
import { isList, isObj, type Json, type Obj } from "../../../model/json.ts";
import { wellFormed } from "../../../model/printable.ts";

/** What the engine sends in previews for a value that is known only after the update (pulumi `sdk/go/common/resource/plugin/rpc.go`). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Property that marks an object as an envelope around another value, and the mark of a secret (the same source). */
const ENVELOPE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** The library keeps maps in plain objects, where this name is not a property. */
const LOST_NAME = "__proto__";

/**
 * A protobuf Struct as JSON. Envelopes of secrets are opened: the provider declares that it takes none, so there is one only
 * where an engine does not keep to that. Values that are unknown stay {@link UNKNOWN}.
 */
export function fromStruct(struct: Struct | undefined): Obj {
  const entries: [string, Json][] = [];
  struct?.getFieldsMap().forEach((value, name) => void entries.push([name, fromValue(value)]));
  return Object.fromEntries(entries);
}

/** JSON as a protobuf Struct, its texts {@link wellFormed}. @throws LockstepError `unsupported-name` for a property that a Struct cannot carry */
export function toStruct(object: Obj): Struct {
  const struct = new structs.Struct();
  const fields = struct.getFieldsMap();
  for (const [name, value] of Object.entries(object)) {
    if (name === LOST_NAME) throw lostName();
    fields.set(wellFormed(name), toValue(value));
  }
  return struct;
}

/** Does the value, or anything inside it, wait for something that is known only after the update? */
export function hasUnknown(value: Json | undefined): boolean {
  if (isList(value)) return value.some(hasUnknown);
  return isObj(value) ? Object.values(value).some(hasUnknown) : value === UNKNOWN;
}

/** Does an object anywhere in the value have a property whose name gets lost on the way through Pulumi? */
export function hasLostName(value: Json): boolean {
  if (isList(value)) return value.some(hasLostName);
  return isObj(value) && Object.entries(value).some(([name, inner]) => name === LOST_NAME || hasLostName(inner));
}

function fromValue(value: Value): Json {
  switch (value.getKindCase()) {
    case structs.Value.KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case structs.Value.KindCase.NUMBER_VALUE:
      return value.getNumberValue();
    case structs.Value.KindCase.STRING_VALUE:
      return value.getStringValue();
    case structs.Value.KindCase.LIST_VALUE:
      return listOf(value).map(fromValue);
    case structs.Value.KindCase.STRUCT_VALUE:
      return opened(fromStruct(value.getStructValue()));
    default:
      return null;
  }
}

function listOf(value: Value): Value[] {
  const list: ListValue | undefined = value.getListValue();
  return list?.getValuesList() ?? [];
}

function opened(object: Obj): Json {
  return object[ENVELOPE] === SECRET ? (object["value"] ?? null) : object;
}

function toValue(json: Json): Value {
  const value = new structs.Value();
  if (json === null) value.setNullValue(structs.NullValue.NULL_VALUE);
  else if (typeof json === "boolean") value.setBoolValue(json);
  else if (typeof json === "number") value.setNumberValue(json);
  else if (typeof json === "string") value.setStringValue(wellFormed(json));
  else if (isList(json)) {
    const list = new structs.ListValue();
    list.setValuesList(json.map(toValue));
    value.setListValue(list);
  } else value.setStructValue(toStruct(json));
  return value;
}

function lostName(): LockstepError {
  return new LockstepError(
    "unsupported-name",
    `An object has a property called ${LOST_NAME}, which Pulumi cannot carry`,
    "Rename it in the organisation, or keep the object out of the stack with `include` in lockstep.yaml.",
  );
}
