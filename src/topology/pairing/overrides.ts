import { coordinateOf, splitCoordinate, type Coordinate } from "../../model/coordinate.ts";
import type { Override } from "../../model/config.ts";
import { LockstepError } from "../../model/error.ts";
import { isObj, type Obj } from "../../model/json.ts";
import type { Kind } from "../../model/kind.ts";
import { formatPointer, parsePointer, pointerCovers, valueAt, withValueAt } from "../../model/pointer.ts";
import { didYouMean } from "../../model/suggest.ts";
import { propertySchema } from "../schema-walk.ts";
import { matchesAny, nameMatcher } from "./glob.ts";
import type { NamesOfDesired } from "./name-index.ts";
import { nameHint, type UnmatchedRule } from "./rules.ts";

/** What overrides are applied to. */
export interface Overridable {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly names: NamesOfDesired;
  /** Everything that a rule may be about, in the standby's coordinates; more than what is compared. */
  readonly known: ReadonlySet<Coordinate>;
  /** Kinds that the source was read for; rules for others are not judged. */
  readonly readKinds: ReadonlySet<string>;
}

/**
 * The objects with the values of the rules, which are applied in their order. A rule names objects as either organisation
 * calls them. Of several objects that it matches, those without such a place stay as they are.
 * @returns new objects, and the rules that matched nothing
 */
export function withOverrides(
  objects: ReadonlyMap<Coordinate, Obj>,
  rules: readonly Override[],
  context: Overridable,
): { readonly objects: Map<Coordinate, Obj>; readonly unmatched: readonly UnmatchedRule[] } {
  const result = new Map(objects);
  const unmatched = rules.flatMap((rule, at): UnmatchedRule[] => {
    if (!context.readKinds.has(rule.kind)) return [];
    const path = `/overrides/${String(at)}`;
    const matches = nameMatcher(rule.name);
    const ofKind = [...context.known].filter((coordinate) => splitCoordinate(coordinate).kind === rule.kind);
    const named = ofKind.filter((coordinate) => matchesAny(matches, context.names(coordinate)));
    if (named.length === 0) {
      const message = `no ${rule.kind} is called ${rule.name}`;
      return [{ code: "override-unmatched", path, message, hint: nameHint(rule.name, ofKind.flatMap(context.names)) }];
    }
    const compared = named.filter((coordinate) => result.has(coordinate));
    const applied = compared.flatMap((coordinate) => applyTo(result, coordinate, rule, context.kinds.get(rule.kind)));
    if (compared.length === 0 || applied.some(({ hint }) => hint === undefined)) return [];
    const hint = applied[0]?.hint ?? "";
    const message = `${compared[0] ?? coordinateOf(rule.kind, rule.name)} has nothing at ${rule.path}`;
    return [
      { code: "override-unmatched", path, message, hint: hint === "" ? "Copy the path from `lockstep diff`." : hint },
    ];
  });
  return { objects: result, unmatched };
}

/** Applies one rule to one object in place of it; `hint` says what to do when it did not fit. */
function applyTo(
  objects: Map<Coordinate, Obj>,
  coordinate: Coordinate,
  rule: Override,
  kind: Kind | undefined,
): { hint: string | undefined }[] {
  const object = objects.get(coordinate);
  if (object === undefined || kind === undefined) return [];
  const next = overridden(kind, object, rule);
  if ("hint" in next) return [next];
  objects.set(coordinate, next.object);
  return [{ hint: undefined }];
}

function overridden(kind: Kind, object: Obj, { path, value }: Override): { object: Obj } | { hint: string } {
  const at = kind.content === undefined ? undefined : formatPointer([kind.content.at]);
  if (kind.content !== undefined && at !== undefined && path !== at && pointerCovers(at, path)) {
    const text = object[kind.content.at];
    if (typeof text !== "string") return { hint: "" };
    try {
      return { object: { ...object, [kind.content.at]: kind.content.override(text, path.slice(at.length), value) } };
    } catch (error) {
      if (error instanceof LockstepError && error.code === "override-unmatched") return { hint: error.hint };
      throw error;
    }
  }
  if (valueAt(object, path) === undefined && !isDeclared(kind, object, path)) {
    return { hint: nearPath(object, path) };
  }
  const next = withValueAt(object, path, value);
  return isObj(next) ? { object: next } : { hint: "An object stays an object: name one of its properties." };
}

/** Does the schema know a property that the object happens not to have? Keys of free maps have to be there. */
function isDeclared(kind: Kind, object: Obj, path: string): boolean {
  const segments = parsePointer(path);
  let node = kind.schema;
  for (const [at, segment] of segments.entries()) {
    const holder = valueAt(object, formatPointer(segments.slice(0, at)));
    const isNamed = node.properties !== undefined && Object.hasOwn(node.properties, segment);
    const isPresent = isObj(holder) && Object.hasOwn(holder, segment);
    if (!isNamed && !isPresent) return false;
    node = propertySchema(node, segment, kind.schema) ?? {};
  }
  return segments.length > 0;
}

function nearPath(object: Obj, path: string): string {
  const segments = parsePointer(path);
  for (const [at, segment] of segments.entries()) {
    const holder = valueAt(object, formatPointer(segments.slice(0, at)));
    if (isObj(holder) && !Object.hasOwn(holder, segment)) return didYouMean(segment, Object.keys(holder));
  }
  return "";
}
