import { defined } from "../../model/defined.ts";
import { isObj, textOf, type Json, type Obj } from "../../model/json.ts";

/**
 * A trunk as the API gives it → its settings as plain values. Each property comes with its type, choices and default;
 * only the instance is the setting, and where none is set the default is in force (genesys-api §5.2).
 */
export function plainTrunk(entity: Obj): Obj {
  const { properties, trunkMetabase, ...rest } = entity;
  return defined({
    ...rest,
    trunkMetabase: isObj(trunkMetabase) ? textOf(trunkMetabase["id"]) : undefined,
    properties: isObj(properties) ? mapValues(properties, settingOf) : undefined,
  });
}

/** The opposite of {@link plainTrunk}: only instances are needed on write (genesys-api §5.2). */
export function apiTrunk(object: Obj): Obj {
  const { properties, trunkMetabase, ...rest } = object;
  return defined({
    ...rest,
    trunkMetabase: typeof trunkMetabase === "string" ? { id: trunkMetabase } : undefined,
    properties: isObj(properties) ? mapValues(properties, (instance) => ({ value: { instance } })) : undefined,
  });
}

function settingOf(property: Json): Json {
  const value = isObj(property) ? property["value"] : undefined;
  return isObj(value) ? (value["instance"] ?? value["default"] ?? null) : null;
}

function mapValues(object: Obj, change: (value: Json) => Json): Obj {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
