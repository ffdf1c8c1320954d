/** A JSON value of a seed; references are `{ "$ref": [kind, name] }`. */
export type SeedValue = string | number | boolean | null | readonly SeedValue[] | SeedObject;

/** A JSON object of a seed. */
export interface SeedObject {
  readonly [key: string]: SeedValue;
}

/** Which object is meant: its kind and its name inside the seed. */
export type Target = readonly [kind: string, name: string];

/** Which of the two organisations is meant: they differ in what cannot or must not be equal. */
export type Side = "primary" | "standby";

/** The size of a seed: S is a department, M the organisation of cx-as-code §2.2, L three of those. */
export type SeedSize = "S" | "M" | "L";

/**
 * One request that builds a contact centre. Ids are unknown while it is written: bodies name other objects with
 * `{ "$ref": [kind, name] }`, which the loader replaces by the id, and the path holds `{0}`, `{1}` … for the ids in `at`.
 */
export interface SeedStep {
  readonly kind: string;
  readonly name: string;
  readonly method: "POST" | "PUT" | "PATCH";
  readonly path: string;
  readonly at?: readonly Target[];
  readonly body?: SeedValue;
  /** Flow YAML, for kind `flow`: published through a flow job instead of a JSON body (genesys-api §8.2). */
  readonly yaml?: string;
  /** A recording in base64, for kind `prompt-audio`: uploaded to the address that the path gives (genesys-api §4.3). */
  readonly audio?: string;
  /** Body properties that close a cycle: left out at first, sent in a full PUT after everything exists (genesys-api §7). */
  readonly late?: readonly string[];
  /** True when the body has to carry the `version` that the object has now (genesys-api §1.4). */
  readonly versioned?: boolean;
}

/** The id of another object, as plain text. */
export const ref = (kind: string, name: string): SeedObject => ({ $ref: [kind, name] });

/** A reference in the API's usual form, `{ "id": … }`. */
export const to = (kind: string, name: string): SeedObject => ({ id: ref(kind, name) });

/** True for a JSON object of a seed. */
export function isSeedObject(value: SeedValue | undefined): value is SeedObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The target of a reference marker, undefined for anything else. */
export function targetOf(value: SeedValue | undefined): Target | undefined {
  if (!isSeedObject(value) || !Array.isArray(value["$ref"])) return undefined;
  const [kind, name] = value["$ref"] as readonly SeedValue[];
  return typeof kind === "string" && typeof name === "string" ? [kind, name] : undefined;
}

/** One text for a target, usable as a map key. */
export const keyOf = (target: Target): string => `${target[0]}/${target[1]}`;

/** True when a value holds a reference anywhere. */
export function hasReference(value: SeedValue | undefined): boolean {
  if (targetOf(value) !== undefined) return true;
  if (Array.isArray(value)) return (value as readonly SeedValue[]).some(hasReference);
  return isSeedObject(value) && Object.values(value).some(hasReference);
}
