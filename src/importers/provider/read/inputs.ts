import { isObj, listOf, textOf, type Json, type Obj } from "../../../model/json.ts";
import { pointerCovers } from "../../../model/pointer.ts";

/** How lockstep treats a resource: an input that is never compared. */
export interface Treatment {
  /** Pointer patterns whose differences are accepted. */
  readonly ignored: readonly string[];
  /** Pointers that a Link writes. */
  readonly linked: readonly string[];
  /** Pointers of fields that the organisation knows and lockstep's schema does not. */
  readonly extra: readonly string[];
  /** Coordinates by which the organisation knows objects that are about to get another name: old → new. */
  readonly moved: ReadonlyMap<string, string>;
  /** Coordinates of objects that give up a value which this one takes: where they hold it yet, it is taken from them first. */
  readonly takes: readonly string[];
  /** Goes with the next update and gives up before what others take: a list that is empty afterwards is meant to be. */
  readonly leaving: boolean;
  /** Registered only so that Pulumi keeps it. */
  readonly retained: boolean;
  /** Id in the source organisation. */
  readonly sourceId: string | undefined;
}

/** Properties of a resource that are not part of the object itself. */
const BESIDE: ReadonlySet<string> = new Set(["key", "lockstep", "coordinate", "revisions", "state"]);

/** The object inside the inputs or outputs of a resource, in canonical form. */
export function objectIn(properties: Obj): Obj {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !BESIDE.has(name)));
}

/** How lockstep treats the resource with these inputs; what is missing or of another type counts as not said. */
export function treatmentOf(inputs: Obj): Treatment {
  const notes = isObj(inputs["lockstep"]) ? inputs["lockstep"] : {};
  const sourceId = textOf(notes["sourceId"]);
  return {
    ignored: textsOf(notes["ignored"]),
    linked: textsOf(notes["linked"]),
    extra: textsOf(notes["extra"]),
    moved: new Map(
      Object.entries(isObj(notes["moved"]) ? notes["moved"] : {}).map(([old, next]) => [old, textOf(next)]),
    ),
    takes: textsOf(notes["takes"]),
    leaving: notes["leaving"] === true,
    retained: notes["retained"] === true,
    sourceId: sourceId === "" ? undefined : sourceId,
  };
}

/** Is the pointer at or below one of the patterns? */
export function isCovered(patterns: readonly string[], pointer: string): boolean {
  return patterns.some((pattern) => pointerCovers(pattern, pointer));
}

function textsOf(value: Json | undefined): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}
