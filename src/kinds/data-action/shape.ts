import { isObj, type Json, type Obj } from "../../model/json.ts";

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
