import { referenceOf, type Api, type Definition } from "./contract.ts";
import { CONFIRM, isSoftDeleted } from "./draft.ts";

const SERVER = [
  "id",
  "selfUri",
  "dateCreated",
  "dateModified",
  "createdBy",
  "modifiedBy",
  "createdByApp",
  "modifiedByApp",
];

/** A start for the simulator's resource: fields by the official definition, rules to be looked up in the reference. */
export function resourceText(name: string, api: Api): string {
  const properties = api.contract.definitions[api.answer]?.properties ?? {};
  const required = new Set(api.contract.definitions[api.answer]?.required ?? []);
  const domain = SERVER.every((field) => Object.hasOwn(properties, field));
  const skipped = new Set(domain ? [...SERVER, "version", "state"] : ["id", "selfUri"]);
  const fields = Object.entries(properties).flatMap(([field, property]) => {
    if (skipped.has(field)) return [];
    const shape = shapeText(api, field, property);
    const owned = property.readOnly === true ? `server(${shape})` : required.has(field) ? `required(${shape})` : shape;
    return [`${field}: ${owned},`];
  });
  const text = fields.join("\n");
  const shapes = SHAPES.filter((shape) => new RegExp(`\\b${shape}\\b`).test(text));
  const path = api.path.replace(/\{[^}]*\}/, "{parentId}");
  const divided = Object.hasOwn(properties, "division");
  const listing = api.paging === "none" ? "all" : api.paging;
  return `import type { Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import { ${shapes.join(", ")} } from "../shape.ts";
${domain ? 'import { domainFields } from "./domain-fields.ts";\n' : ""}
/** ${CONFIRM} each line against the reference, not against the descriptor: rules, error codes, what the list leaves out. */
export const ${name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}: Resource = {
  kind: ${JSON.stringify(name)},
  path: ${JSON.stringify(path)},
  fields: {
    ${domain ? "...domainFields,\n" : ""}${text}
  },
  needs: {
    list: ${needs(api.permissions.read)},
    view: ${needs(api.permissions.read)},
    ${api.ops.create === undefined ? "" : `add: ${needs(api.permissions.write.slice(0, 1))},`}
    ${api.ops.update === undefined ? "" : `edit: ${needs(api.permissions.write.slice(1, 2))},`}
    ${api.ops.remove === undefined ? "" : `remove: ${needs(api.permissions.write.slice(-1))},`}
  },
  listing: { paging: ${JSON.stringify(listing)}, maxSize: 100 },
  ${api.ops.update === undefined ? "" : `update: ${JSON.stringify(api.ops.update.split(" ")[0])},`}
  ${domain ? 'stamps: "domain", staleStatus: 409,' : ""}
  ${isSoftDeleted(properties) ? "softDelete: true," : ""}
  ${divided ? "divided: true," : ""}
  unique: [{ by: ["name"], status: 409, code: "general.conflict" }],
};
`.replaceAll(/^\s*\n(?=\s+\S)/gm, "");
}

const SHAPES = [
  "anything",
  "decimal",
  "flag",
  "list",
  "map",
  "object",
  "oneOf",
  "ref",
  "required",
  "server",
  "text",
  "whole",
];

function needs(permissions: readonly string[]): string {
  return `allOf(${permissions.map((permission) => JSON.stringify(permission)).join(", ")})`;
}

function shapeText(api: Api, field: string, property: Definition): string {
  const definition = referenceOf(property);
  if (definition !== undefined) {
    const fields = Object.keys(api.contract.definitions[definition]?.properties ?? {});
    if (/Division$/.test(definition)) return 'ref("division")';
    return fields.includes("id") ? `ref("${CONFIRM}")` : "anything";
  }
  if (property.items !== undefined) return `list(${shapeText(api, field, property.items)})`;
  if (property.additionalProperties !== undefined)
    return `map(${shapeText(api, field, property.additionalProperties)})`;
  if (property.enum !== undefined) return `oneOf(${property.enum.map((value) => JSON.stringify(value)).join(", ")})`;
  const scalars: { readonly [type: string]: string } = {
    string: "text",
    boolean: "flag",
    integer: "whole",
    number: "decimal",
  };
  return scalars[property.type ?? ""] ?? "anything";
}
