import type { FlowDocument } from "../architect/document.ts";
import { resolveFlow } from "../architect/resolve.ts";
import { isoTime } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { isObject, objectAt, textAt } from "../json.ts";
import { addEntry, entriesOf, putEntry } from "../store.ts";
import type { Entry, Org } from "../world.ts";

/** Who publishes, and when. */
export interface Publisher {
  readonly clientId: string;
  readonly now: number;
}

/** The flow of that type and name, deleted ones left out (genesys-api §8.2: identity is type and name). */
export function flowNamed(org: Org, type: string, name: string): Entry | undefined {
  return entriesOf(org, "flow").find(({ data }) => data.deleted !== true && data.type === type && data.name === name);
}

function supportedLanguages(content: JsonObject): Json[] {
  const languages = isObject(content.supportedLanguages) ? Object.keys(content.supportedLanguages) : [];
  return languages
    .filter((language) => language !== "none")
    .map((language) => ({ language, isDefault: language === content.defaultLanguage }));
}

/** Stores the next version of a flow with its YAML; it is not the published one yet. */
function addVersion(org: Org, flow: Entry, yaml: string, document: FlowDocument, by: Publisher): Entry {
  const number = entriesOf(org, "flow-version", flow.id).length + 1;
  const id = `${number}.0`;
  const data: JsonObject = {
    id,
    commitVersion: String(number),
    configurationVersion: String(number),
    type: "PUBLISH",
    secure: document.type === "SECURECALL",
    debug: false,
    createdByClient: { id: by.clientId },
    configurationUri: `/api/v2/flows/${flow.id}/versions/${id}/configuration`,
    dateCreated: by.now,
    dateCheckedIn: by.now,
    dateSaved: by.now,
    datePublished: isoTime(by.now),
    supportedLanguages: supportedLanguages(document.content),
  };
  return putEntry(org, "flow-version", { id, data, hidden: { yaml, root: document.root } }, flow.id);
}

/** Makes a version the published one. */
export function publishVersion(flow: Entry, version: Entry, by: Publisher): void {
  const shown: JsonObject = { ...version.data, datePublished: isoTime(by.now) };
  version.data = shown;
  flow.data = {
    ...flow.data,
    active: true,
    publishedVersion: shown,
    checkedInVersion: shown,
    savedVersion: shown,
    supportedLanguages: shown.supportedLanguages ?? [],
  };
}

function createFlow(org: Org, document: FlowDocument, divisionId: string): Entry {
  const { name, type, description } = document;
  const data = { name, type, description, division: { id: divisionId }, active: true, system: false, deleted: false };
  return addEntry(org, "flow", { ...data, virtualAgentEnabled: false });
}

/** The outcome of publishing a YAML: the flow, or why not. */
export type Published = { readonly flow: Entry } | { readonly errors: readonly string[] };

/**
 * Creates or updates the flow of that type and name and publishes it, provided that everything it names exists in the
 * organisation and nobody else holds its lock (genesys-api §8.2).
 */
export function publishFlow(org: Org, document: FlowDocument, yaml: string, by: Publisher): Published {
  const existing = flowNamed(org, document.type, document.name);
  const holder = existing && textAt(objectAt(existing.data.lockedClient).id);
  if (holder !== undefined && holder !== "" && holder !== by.clientId) {
    return { errors: [`The flow '${document.name}' is locked by another client.`] };
  }
  const { uses, errors } = resolveFlow(org, document);
  if (errors.length > 0) return { errors };
  const division = entriesOf(org, "division").find(({ data }) => data.name === document.division);
  const flow = existing ?? createFlow(org, document, division?.id ?? org.homeDivisionId);
  const { description } = document;
  flow.data = { ...flow.data, description, ...(division ? { division: { id: division.id } } : {}) };
  const version = addVersion(org, flow, yaml, document, by);
  version.hidden = { ...version.hidden, uses: uses.map((use) => ({ ...use })) };
  publishVersion(flow, version, by);
  flow.hidden = { ...flow.hidden, uses: uses.map((use) => ({ ...use })) };
  return { flow };
}
