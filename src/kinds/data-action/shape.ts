import { isObj, sameJson, type Json, type Obj } from "../../model/json.ts";
import { valueAt } from "../../model/pointer.ts";

/** A data action without empty maps, which the service uses interchangeably with missing ones (genesys-api §1.3). */
export function plainAction(entity: Obj): Obj {
  return isObj(entity["config"]) ? { ...entity, config: mapConfig(entity["config"], withoutEmptyMaps) } : entity;
}

/** The configuration with every map and template there, so that what is not wanted is emptied and no default takes its place. */
export function fullConfig(config: Json | undefined): Obj {
  const { request, response, ...rest } = isObj(config) ? config : {};
  return {
    ...rest,
    request: { headers: {}, requestTemplate: "", ...(isObj(request) ? request : {}) },
    response: {
      translationMap: {},
      translationMapDefaults: {},
      successTemplate: "",
      ...(isObj(response) ? response : {}),
    },
  };
}

function mapConfig(config: Obj, change: (half: Obj) => Obj): Obj {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, isObj(value) ? change(value) : value]),
  );
}

function withoutEmptyMaps(half: Obj): Obj {
  return Object.fromEntries(Object.entries(half).filter(([, value]) => !isObj(value) || Object.keys(value).length > 0));
}

/** Where an action says something, whoever answers it. */
const CONTENT = [
  "/name",
  "/category",
  "/secure",
  "/config/timeoutSeconds",
  "/config/request/requestUrlTemplate",
  "/config/request/requestTemplate",
  "/config/request/requestType",
  "/config/request/headers",
  "/config/response/translationMap",
  "/config/response/translationMapDefaults",
  "/config/response/successTemplate",
  "/contract/input/inputSchema",
  "/contract/output/successSchema",
] as const;

/** Do two actions, drafts among them, say the same? What is empty counts as missing. */
export function isSameAction(one: Obj, other: Obj): boolean {
  return CONTENT.every((pointer) => sameJson(said(one, pointer), said(other, pointer)));
}

function said(action: Obj, pointer: string): Json {
  const value = valueAt(action, pointer) ?? "";
  return value === false || (isObj(value) && Object.keys(value).length === 0) ? "" : value;
}
