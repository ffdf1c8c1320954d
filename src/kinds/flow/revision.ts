import { joinKey, splitKey } from "../../model/coordinate.ts";
import { isObj, textOf, type Json, type Obj } from "../../model/json.ts";

/** The version that callers reach, as jobs name it; undefined for a flow that was never published. */
export function publishedVersion(entity: Obj): string | undefined {
  const published = entity["publishedVersion"];
  const version = isObj(published) ? textOf(published["id"]) : "";
  return version === "" ? undefined : version;
}

/**
 * Stands for one text. Versions count from 1 in every flow, so the id of the flow is a part of it; so is the name of the
 * division, because an export carries the division as it is now. That it follows other renames is not told anywhere.
 */
export function revisionOf(entity: Obj): string | undefined {
  const version = publishedVersion(entity);
  const division = entity["division"];
  return version === undefined ? undefined : joinKey(textOf(entity["id"]), version, nameOf(division));
}

/** The version of a revision that {@link revisionOf} gave. */
export function versionInRevision(revision: string): string {
  return splitKey(revision)[1] ?? "";
}

function nameOf(division: Json | undefined): string {
  return isObj(division) ? textOf(division["name"], textOf(division["id"])) : "";
}
