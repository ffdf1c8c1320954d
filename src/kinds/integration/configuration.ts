import { asObject, ask } from "../../model/answer.ts";
import type { Steps } from "../../model/api.ts";
import { isObj, type Json, type Obj } from "../../model/json.ts";
import { textOf } from "../../model/json.ts";

const CURRENT = "/api/v2/integrations/{id}/config/current";

/**
 * The configuration of an integration: as the list has it where that was asked to expand it and did, read alone otherwise (genesys-api
 * §3). Empty settings count as none.
 */
export function* readConfiguration(entity: Obj): Steps<Json> {
  const configuration = expandedIn(entity) ?? (yield* readCurrent(textOf(entity["id"])));
  return Object.fromEntries(Object.entries(configuration).filter(([, value]) => !isObj(value) || hasEntries(value)));
}

/** What every configuration has, whether or not it is set (definition, IntegrationConfiguration: required). */
const REQUIRED = ["name", "version", "properties", "advanced", "notes", "credentials"] as const;

function expandedIn({ config }: Obj): Obj | undefined {
  const current = isObj(config) ? config["current"] : undefined;
  return isObj(current) && REQUIRED.every((name) => isThere(current[name])) ? current : undefined;
}

function isThere(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

/** The configuration as it is, with the version that a change has to carry. @throws LockstepError `unusable-answer` */
export function* readCurrent(id: string): Steps<Obj> {
  return yield* ask({ op: `GET ${CURRENT}`, path: { id } }, (answer) => asObject(answer, ["version"]));
}

/** Replaces the configuration. All of its fields are required, whether or not they are set (genesys-api §4.4). */
export function* putConfiguration(id: string, name: string, wanted: Obj, version: Json): Steps<void> {
  const body = { properties: {}, advanced: {}, notes: "", credentials: {}, ...wanted, name, version };
  yield { op: `PUT ${CURRENT}`, path: { id }, body };
}

function hasEntries(value: Obj): boolean {
  return Object.keys(value).length > 0;
}
