import { isObj, textOf, type Obj } from "../../model/json.ts";

/** The version that callers reach, as jobs name it; undefined for a flow that was never published. */
export function publishedVersion(entity: Obj): string | undefined {
  const published = entity["publishedVersion"];
  const version = isObj(published) ? textOf(published["id"]) : "";
  return version === "" ? undefined : version;
}

/** Stands for one text for ever. Versions count from 1 in every flow, so the id of the flow is a part of it. */
export function revisionOf(entity: Obj): string | undefined {
  const version = publishedVersion(entity);
  return version === undefined ? undefined : `${textOf(entity["id"])}/${version}`;
}

/** The version of a revision that {@link revisionOf} gave. */
export function versionOf(revision: string): string {
  return revision.slice(revision.indexOf("/") + 1);
}
