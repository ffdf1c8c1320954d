import type { Api } from "./contract.ts";
import { CONFIRM, isSoftDeleted, type Draft } from "./draft.ts";
import { resourceText } from "./resource.ts";

/** The kind that is to be written. */
export interface NewKind {
  /** Such as `emergency-group`. */
  readonly name: string;
  /** Kind of the objects that hold these ones, where the list exists once for each of them. */
  readonly parent?: string | undefined;
  readonly title: string;
  readonly api: Api;
  readonly draft: Draft;
}

/** One file, with its path from the root of the repository. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** Descriptor, schema, fixture and a start for the simulator's resource. What has to be looked up says CONFIRM. */
export function kindFiles(kind: NewKind): NewFile[] {
  return [
    { path: `schemas/kinds/${kind.name}.json`, text: JSON.stringify(schemaOf(kind)) },
    { path: `src/kinds/${kind.name}.ts`, text: descriptorText(kind) },
    { path: `test/kinds/fixtures/${kind.name}.json`, text: JSON.stringify(fixtureOf(kind)) },
    { path: `src/simulator/resources/${kind.name}.ts`, text: resourceText(kind.name, kind.api) },
  ];
}

function schemaOf({ name, title, draft }: NewKind): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `https://lockstep.invalid/schemas/kinds/${name}.json`,
    title,
    type: "object",
    additionalProperties: false,
    properties: draft.properties,
    required: draft.required,
    ...(Object.keys(draft.defs).length === 0 ? {} : { $defs: draft.defs }),
    ...(draft.sets.length === 0 ? {} : { "x-excluded-sets": draft.sets }),
    ...(Object.keys(draft.excluded).length === 0 ? {} : { "x-excluded": draft.excluded }),
  };
}

function fixtureOf({ api, draft }: NewKind): object {
  const contract = { tag: api.contract.tag, answer: api.answer, writes: api.writes };
  return { contract, entity: draft.entity, ids: draft.ids };
}

function descriptorText({ name, title, api, draft, parent }: NewKind): string {
  const { ops, permissions } = api;
  const properties = api.contract.definitions[api.answer]?.properties ?? {};
  const text = (value: string): string => JSON.stringify(value);
  const operation = (verb: string, op: string | undefined): string => (op === undefined ? "" : `${verb}: ${text(op)},`);
  const patches = ops.update?.startsWith("PATCH") === true;
  const placeholder = /\{([^}]*)\}/.exec(api.path)?.[1] ?? "";
  const per = parent === undefined ? "" : `, per: { kind: ${text(parent)}, path: ${text(placeholder)} }`;
  const leftOut =
    api.notListed.length === 0
      ? ""
      : `// ${CONFIRM}: the list leaves out ${api.notListed.join(", ")}: read them as parts.`;
  const size = api.paging === "none" ? "" : `, size: 100`;
  return `${parent === undefined ? "" : 'import { joinKey } from "../model/coordinate.ts";'}
import { textOf } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/${name}.ts";

/** ${CONFIRM}: what these objects are, and the section of the reference that says so. */
export const ${camel(name)}: Kind = {
  name: ${text(name)},
  title: ${text(title)},
  mode: "write",
  schema,
  ${parent === undefined ? 'key: (entity) => textOf(entity["name"]),' : childText(parent, placeholder)}
  ${isSoftDeleted(properties) ? 'keep: (entity) => entity["state"] !== "deleted" || "deleted",' : ""}
  read: {
    ${leftOut}
    lists: [{ op: ${text(ops.list)}, paging: ${text(api.paging)}${size}${per} }],
    ${operation("get: { op", ops.get).replace(/,$/, " },")}
  },
  write: {
    ${operation("create", ops.create)}
    ${operation("update", ops.update)}
    ${operation("remove", ops.remove)}
    style: ${patches ? '"patch"' : '"full"'},
    ${hasVersion(draft) ? 'version: "body",' : ""}
    ${api.moveAs === undefined ? "" : `moveAs: ${text(api.moveAs)},`}
    rename: "update",
  },
  permissions: {
    read: ${JSON.stringify(permissions.read)},
    write: ${JSON.stringify(permissions.write)},
  },
};
`.replaceAll(/^\s*\n(?=\s*\S)/gm, (blank) => (blank === "\n" ? blank : ""));
}

/** Entities of a list that exists once per parent carry its id under the name of the placeholder. */
function childText(parent: string, placeholder: string): string {
  const id = `textOf(entity[${JSON.stringify(placeholder)}])`;
  const place = `{ kind: ${JSON.stringify(parent)}, id: (entity) => ${id}, path: ${JSON.stringify(placeholder)} }`;
  return `parent: ${place},\n  key: (entity, parentKey) => joinKey(parentKey ?? ${id}, textOf(entity["name"])),`;
}

function hasVersion({ sets, excluded }: Draft): boolean {
  return sets.includes("domain") || Object.hasOwn(excluded, "/version");
}

/** A kind's name as a name in code. */
function camel(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
