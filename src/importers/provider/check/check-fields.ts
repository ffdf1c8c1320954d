import { isList, isObj, type Json, type Obj } from "../../../model/json.ts";
import type { Kind } from "../../../model/kind.ts";
import { formatPointer, parsePointer, pointerCovers, valueAt } from "../../../model/pointer.ts";
import type { Excluded, Schema } from "../../../model/schema.ts";
import { didYouMean } from "../../../model/suggest.ts";
import { isGuid } from "../../../canonical/embedded.ts";
import type { Problem } from "../../../snapshot/problem.ts";
import { references } from "../../../canonical/references.ts";
import { nodeOf } from "../../../canonical/schema-node.ts";
import { shapeCheck } from "../../../snapshot/validate-shape.ts";
import { failure, type CheckFailure } from "./check-failure.ts";
import { isCovered } from "../read/inputs.ts";
import { UNKNOWN } from "../rpc/values.ts";

/**
 * What is wrong with the fields of an object in canonical form, by the schema of its kind. What is not known yet passes,
 * operational and org-owned fields are known even where the schema leaves them out.
 * @param extra pointers of fields that the schema need not know
 */
export function checkFields(kind: Kind, object: Obj, extra: readonly string[]): CheckFailure[] {
  const owned = ownedFields(kind, object);
  const problems = shapeCheck(kind.schema)("", object).filter(({ path, code }) => {
    if (valueAt(object, path) === UNKNOWN || owned.some(({ pointer }) => pointerCovers(pointer, path))) return false;
    return code !== "unknown-field" || !isCovered(extra, path);
  });
  return [
    ...owned.flatMap(ownedFailure),
    ...problems.map((problem) => failure(problem.path, reasonOf(kind, problem))),
    ...referenceFailures(kind, object),
  ];
}

interface OwnedField {
  readonly pointer: string;
  readonly rule: Excluded;
}

/** Fields of the object that are no configuration: their places are the patterns of `x-excluded`. */
function ownedFields({ schema }: Kind, object: Obj): OwnedField[] {
  return Object.entries(schema["x-excluded"] ?? {}).flatMap(([pattern, rule]) =>
    placesOf(object, parsePointer(pattern)).map((path) => ({ pointer: formatPointer(path), rule })),
  );
}

function placesOf(value: Json | undefined, pattern: readonly string[]): string[][] {
  const [segment, ...rest] = pattern;
  if (segment === undefined) return [[]];
  const names = isList(value) ? [...value.keys()].map(String) : isObj(value) ? Object.keys(value) : [];
  return names
    .filter((name) => segment === "*" || segment === name)
    .flatMap((name) => placesOf(valueAt(value ?? null, formatPointer([name])), rest).map((path) => [name, ...path]));
}

function ownedFailure({ pointer, rule }: OwnedField): CheckFailure[] {
  if (rule.owner === "secret")
    return [failure(pointer, "Is a secret, which would end up in the state: give it with `secrets` in lockstep.yaml")];
  return rule.owner === "server" ? [failure(pointer, "Belongs to Genesys Cloud and cannot be given")] : [];
}

function reasonOf(kind: Kind, { code, path, expected, found }: Problem): string {
  if (code === "missing-field") return "Is missing";
  if (code !== "unknown-field") return `Is ${found}; expected ${expected}`;
  const segments = parsePointer(path);
  const known = Object.keys(schemaAt(kind.schema, segments.slice(0, -1)).properties ?? {});
  const meant = didYouMean(segments.at(-1) ?? "", known);
  return meant === "" ? `Is no field of a ${kind.title.toLowerCase()}` : `Is not known. ${meant}`;
}

function schemaAt(root: Schema, segments: readonly string[]): Schema {
  return segments.reduce(
    (node, segment) => (node.schema.items === undefined ? node.property(segment) : node.item()),
    nodeOf(root),
  ).schema;
}

/** An id would be right in one organisation only. */
function referenceFailures(kind: Kind, object: Obj): CheckFailure[] {
  return references(kind, object)
    .filter(({ coordinate, at }) => at === "value" && coordinate !== UNKNOWN && !coordinate.includes("/"))
    .map(({ coordinate, path }) => {
      const what = isGuid(coordinate) ? "Is an id" : "Is no coordinate";
      return failure(path, `${what}; refer to an object by kind and name, such as "division/Sales"`);
    });
}
