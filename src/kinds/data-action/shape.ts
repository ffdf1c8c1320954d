import { isObj, type Json, type Obj } from "../../model/json.ts";

/** A data action without empty maps, which the service uses interchangeably with missing ones (genesys-api §1.3). */
export function plainAction(entity: Obj): Obj {
  return isObj(entity["config"]) ? { ...entity, config: mapConfig(entity["config"], withoutEmptyMaps) } : entity;
}

/** The configuration with every map there, so that a change also empties what was filled before. */
export function fullConfig(config: Json | undefined): Obj {
  const { request, response, ...rest } = isObj(config) ? config : {};
  return {
    ...rest,
    request: { headers: {}, ...(isObj(request) ? request : {}) },
    response: { translationMap: {}, translationMapDefaults: {}, ...(isObj(response) ? response : {}) },
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
