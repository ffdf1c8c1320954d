import { readFileSync } from "node:fs";

interface Schema {
  readonly $ref?: string;
  readonly $defs?: { readonly [name: string]: Schema };
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: Schema | false };
  readonly items?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
}

interface Key {
  readonly path: string;
  readonly need: "" | "required" | "in some forms";
  readonly schema: Schema;
}

/** A table of every key of `lockstep.yaml`, from its schema. Both organisations have the same keys and share their lines. */
export function configKeys(): string {
  const root = JSON.parse(readFileSync("schemas/config.json", "utf8")) as Schema;
  const keys = new Map(keysBelow(root, root, "").map((key) => [sharedPath(key.path), key]));
  const rows = [...keys].map(([path, { schema, need }]) => {
    return `| \`${path}\` | ${need === "" ? defaultOf(schema) : need} | ${cell(schema.description ?? "")} |`;
  });
  return ["| key | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

function sharedPath(path: string): string {
  return path.replace(/^orgs\.(primary|standby)\./, "orgs.*.");
}

function keysBelow(schema: Schema, root: Schema, at: string): Key[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, value]): Key[] => {
    if (value === false) return [];
    const path = at === "" ? name : `${at}.${name}`;
    const target = resolved(value, root);
    const need = schema.required?.includes(name) === true ? "required" : "";
    return [{ path, need, schema: target }, ...keysBelow(target, root, path)];
  });
  const items = schema.items === undefined ? [] : keysBelow(resolved(schema.items, root), root, `${at}[]`);
  const branches = [schema.then, schema.else].flatMap((branch) =>
    branch === undefined ? [] : keysBelow(resolved(branch, root), root, at).map(inOneForm),
  );
  const forms = alternatives(schema, root, at).filter(({ path }) => own.every((key) => key.path !== path));
  return [...own, ...items, ...branches, ...forms];
}

/** Keys of the forms that an object can have. What every form has counts as the object's own; the others name their forms. */
function alternatives(schema: Schema, root: Schema, at: string): Key[] {
  const forms = (schema.oneOf ?? []).map((form) => keysBelow(resolved(form, root), root, at));
  return forms.flat().map((key) => {
    const everywhere = forms.every((keys) => keys.some(({ path }) => path === key.path));
    return everywhere ? key : inOneForm(key);
  });
}

function inOneForm(key: Key): Key {
  return key.need === "required" && !key.path.endsWith(".kind") ? { ...key, need: "in some forms" } : key;
}

/** What a `$ref` leads to; a description beside it says more than the one it leads to. */
function resolved(schema: Schema, root: Schema): Schema {
  const { $ref, ...rest } = schema;
  return $ref === undefined ? schema : { ...root.$defs?.[$ref.slice("#/$defs/".length)], ...rest };
}

function defaultOf({ default: value }: Schema): string {
  if (value === undefined || isEmpty(value)) return "";
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
