import { referenceOf, type Contract, type Definition } from "./contract.ts";

/** What is known of the kinds that are there already. */
export interface KnownKinds {
  /** Names of all kinds. */
  readonly names: ReadonlySet<string>;
  /** Definition of an object → its kind. */
  readonly byDefinition: ReadonlyMap<string, string>;
  /** Address of the list → kind. */
  readonly byPath: ReadonlyMap<string, string>;
}

/** The kind that a property refers to; `?` where it is a reference and nothing tells to what. */
export type Target = { readonly kind: string; readonly form: "object" | "id" } | undefined;

const REFERENCE_FIELDS: ReadonlySet<string> = new Set(["id", "name", "selfUri"]);

/** Does the property refer to another object, and of which kind? Told by its definition, else by its name. */
export function targetOf(contract: Contract, known: KnownKinds, name: string, schema: Definition): Target {
  const definition = referenceOf(schema);
  if (definition === undefined) {
    const kind =
      schema.type === "string" && /Ids?$/.test(name) ? kindNamed(known, name.replace(/Ids?$/, "")) : undefined;
    return kind === undefined ? undefined : { kind, form: "id" };
  }
  const exact =
    known.byDefinition.get(definition) ?? (/^(Writable|Starrable)?Division$/.test(definition) ? "division" : undefined);
  if (exact !== undefined) return { kind: exact, form: "object" };
  const fields = Object.keys(contract.definitions[definition]?.properties ?? {});
  const isReference = /Ref(erence)?$/.test(definition) || fields.every((field) => REFERENCE_FIELDS.has(field));
  if (!fields.includes("id") || !isReference) return undefined;
  return { kind: kindNamed(known, name) ?? "?", form: "object" };
}

/** The kind that the last words of a property name: `emergencyFlow` is a flow, a `domain` the only kind of that sort. */
function kindNamed({ names }: KnownKinds, property: string): string | undefined {
  const words = property
    .replaceAll(/([A-Z])/g, "-$1")
    .toLowerCase()
    .split("-");
  const ends = words.map((_, at) => words.slice(at).join("-"));
  const exact = ends.flatMap((end) => [end, end.replace(/s$/, "")]).find((end) => names.has(end));
  const last = (ends.at(-1) ?? "").replace(/s$/, "");
  const [only, ...others] = [...names].filter((name) => name.endsWith(`-${last}`));
  return exact ?? (others.length === 0 ? only : undefined);
}
