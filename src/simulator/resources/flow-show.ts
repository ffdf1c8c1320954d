import { readFlow } from "../architect/document.ts";
import type { Json, JsonObject } from "../json.ts";
import { idAt, isObject, listAt, objectAt, ownOf, textAt } from "../json.ts";
import type { Call } from "../resource.ts";
import { entryOf } from "../store.ts";
import type { Entry } from "../world.ts";

const schemaTypes: Readonly<Partial<Record<string, string>>> = {
  stringVariable: "string",
  integerVariable: "integer",
  decimalVariable: "number",
  booleanVariable: "boolean",
};

/** A flow version as an answer shows it. */
export function shownVersion(flowId: string, version: JsonObject): JsonObject {
  return { ...version, selfUri: `/api/v2/flows/${flowId}/versions/${textAt(version.id)}` };
}

function schemaOf(content: JsonObject, direction: "isInput" | "isOutput"): JsonObject {
  const declared = listAt(content.variables).flatMap((item) => Object.entries(objectAt(item)));
  const wanted = declared.filter(([, variable]) => objectAt(variable)[direction] === true);
  const properties = Object.fromEntries(
    wanted.map(([type, variable]) => [textAt(objectAt(variable).name), { type: ownOf(schemaTypes, type) ?? "string" }]),
  );
  return { $schema: "http://json-schema.org/draft-04/schema#", type: "object", properties };
}

function schemas(flow: Entry, call: Call): JsonObject {
  const published = textAt(objectAt(flow.data.publishedVersion).id);
  const yaml = textAt(entryOf(call.org, "flow-version", published, flow.id)?.hidden.yaml);
  const read = readFlow(yaml);
  if (!("flow" in read)) return {};
  return { inputSchema: schemaOf(read.flow.content, "isInput"), outputSchema: schemaOf(read.flow.content, "isOutput") };
}

/** A flow as an answer shows it; content comes from export jobs only (genesys-api §3). */
export function shownFlow(flow: Entry, call: Call): JsonObject {
  const shown: JsonObject = { ...flow.data, selfUri: `/api/v2/flows/${flow.id}` };
  for (const name of ["publishedVersion", "checkedInVersion", "savedVersion"]) {
    const version = shown[name];
    if (isObject(version)) shown[name] = shownVersion(flow.id, version);
  }
  const divisionId = idAt(flow.data.division);
  const division: Json = textAt(entryOf(call.org, "division", divisionId)?.data.name);
  shown.division = { id: divisionId, name: division, selfUri: `/api/v2/authorization/divisions/${divisionId}` };
  return call.query.get("includeSchemas") === "true" ? { ...shown, ...schemas(flow, call) } : shown;
}

/**
 * A version's content as JSON with a manifest of what it refers to, by kind (architect-yaml §8); a simplification of the
 * real document, which has ids throughout.
 */
export function shownConfiguration(flow: Entry, version: Entry, call: Call): JsonObject {
  const read = readFlow(textAt(version.hidden.yaml));
  const manifest: Record<string, JsonObject[]> = {};
  for (const use of listAt(version.hidden.uses).map(objectAt)) {
    const [kind, id] = [textAt(use.kind), textAt(use.id)];
    const name = textAt(entryOf(call.org, kind, id)?.data.name);
    manifest[kind] = [...(manifest[kind] ?? []), { id, name }];
  }
  const content = "flow" in read ? read.flow.content : {};
  return { id: flow.id, name: textAt(flow.data.name), type: textAt(flow.data.type), manifest, content };
}
