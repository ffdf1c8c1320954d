import type { Entity } from "./control.ts";

type State = { readonly [path: string]: Entity };

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What tells one run from another although the configuration is the same. */
const STAMPS = new Set([
  ...["version", "commitVersion", "configurationVersion", "versionId"],
  ...["dateCreated", "dateModified", "createdBy", "modifiedBy", "createdByApp", "modifiedByApp", "createdByClient"],
  ...["publishedVersion", "savedVersion", "checkedInVersion", "publishedBy", "selfUri", "currentOperation", "priority"],
]);

/**
 * What an organisation holds, whatever ids it gave: path → entity, with ids replaced by what they stand for, and without
 * versions, dates and objects that are deleted. Of flows only the current version counts.
 */
export function plainState(state: State): { readonly [path: string]: unknown } {
  const labels = labelsOf(state);
  const kept = Object.entries(state).filter(
    ([path, entity]) => entity["state"] !== "deleted" && !/\/flows\/[^/]+\/versions\/|\/oauth\/clients\//.test(path),
  );
  const plain = kept.map(([path, entity]): [string, unknown] => [
    labelled(path, labels),
    JSON.parse(labelled(JSON.stringify(withoutStamps(entity)), labels)),
  ]);
  return Object.fromEntries(plain.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Id → collection and name of the object. */
function labelsOf(state: State): Map<string, string> {
  const labels = new Map<string, string>();
  for (const [path, entity] of Object.entries(state)) {
    const [collection = "", id = ""] = path.split("/").slice(-2);
    const config = state[`${path}/config/current`];
    const name = entity["name"] ?? config?.["name"] ?? entity["pattern"];
    if (id.match(GUID)?.[0] === id && typeof name === "string") labels.set(id, `${collection}:${name}`);
  }
  return labels;
}

function labelled(text: string, labels: ReadonlyMap<string, string>): string {
  const known = text.replace(GUID, (id) => JSON.stringify(labels.get(id) ?? "an id").slice(1, -1));
  return known;
}

function withoutStamps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutStamps);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !STAMPS.has(name))
      .map(([name, inner]) => [name, withoutStamps(inner)]),
  );
}
