import { isObj, type Json, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { formatPointer, objectWith, parsePointer, valueAt } from "../model/pointer.ts";
import { fold, isDeferred, pointerOf } from "./fold.ts";
import { nodeOf } from "./schema-node.ts";
import { watching } from "./visitors.ts";

/**
 * Pointers of what is written in a second pass, because it may be part of a cycle: what is marked phase 2, together with
 * what cannot be without it. That is the property or the entry of a map that has the mark; the object that must not lack such
 * a property; the whole list when the mark is somewhere in its items. No pointer leads into a list, and none is below
 * another one.
 */
export function deferredPointers(kind: Pick<Kind, "schema">, object: Obj): string[] {
  const found: string[] = [];
  const visitor = watching({
    enter: (place) => {
      const deferred = isDeferred(place);
      if (deferred) found.push(pointerOf(place));
      return !deferred;
    },
  });
  fold(kind.schema, object, visitor);
  return found.sort();
}

/**
 * The object as the first of two passes writes it: what is deferred is as in `current`, or absent where there is no current
 * object. In canonical form, as the object is.
 */
export function firstPass(kind: Pick<Kind, "schema">, wanted: Obj, current: Obj = {}): Obj {
  const bare = withoutPlaces(kind, wanted, deferredPointers(kind, wanted));
  return deferredPointers(kind, current).reduce((carry, pointer) => {
    const holder = formatPointer(parsePointer(pointer).slice(0, -1));
    if (valueAt(wanted, holder) === undefined) return carry;
    return objectWith(carry, pointer, valueAt(current, pointer));
  }, bare);
}

/** The object without what lies at these pointers, and without parents that say nothing when they are empty. */
export function withoutPlaces(kind: Pick<Kind, "schema">, object: Obj, pointers: readonly string[]): Obj {
  return pointers.reduce((carry, pointer) => {
    if (valueAt(carry, pointer) === undefined) return carry;
    return withoutEmptyParents(kind, objectWith(carry, pointer, undefined), parsePointer(pointer).slice(0, -1));
  }, object);
}

function withoutEmptyParents(kind: Pick<Kind, "schema">, object: Obj, segments: readonly string[]): Obj {
  for (let depth = segments.length; depth > 0; depth -= 1) {
    const path = segments.slice(0, depth);
    const pointer = formatPointer(path);
    const parent: Json | undefined = valueAt(object, pointer);
    if (!isObj(parent) || Object.keys(parent).length > 0 || isEntry(kind, path)) return object;
    object = objectWith(object, pointer, undefined);
  }
  return object;
}

/** Is it an entry of an identity list? Its key says something even if nothing else does. */
function isEntry({ schema }: Pick<Kind, "schema">, path: readonly string[]): boolean {
  const holder = path.slice(0, -1).reduce((node, name) => node.property(name), nodeOf(schema));
  return typeof holder.notes.array === "object";
}
