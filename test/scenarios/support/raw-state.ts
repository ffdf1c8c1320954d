import type { Entity } from "./control.ts";

type State = { readonly [path: string]: Entity };

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What tells one run from another although the configuration is the same. */
const STAMPS = new Set([
  ...["version", "commitVersion", "configurationVersion", "versionId"],
  ...["dateCreated", "dateModified", "createdBy", "modifiedBy", "createdByApp", "modifiedByApp", "createdByClient"],
  ...["createdDate", "modifiedDate"],
  ...["publishedVersion", "savedVersion", "checkedInVersion", "publishedBy", "selfUri", "currentOperation", "state"],
]);

/** The table that holds the lock is no configuration. */
const LOCK = "/datatables:lockstep";

/** Lists whose order means nothing. */
const SETS = new Set([
  ...["openSchedules", "closedSchedules", "holidaySchedules", "classificationTypes"],
  ...["allowedDomains", "memberIds"],
]);

/**
 * What an organisation holds, whatever ids it gave: path → entity, with ids replaced by what they stand for, and without
 * versions, dates, the lock and objects that are deleted. Of flows and of web messaging only the current version counts.
 * Empty values are left out:
 * the services use them interchangeably (genesys-api §1.3).
 */
export function plainState(state: State): { readonly [path: string]: unknown } {
  const labels = labelsOf(state);
  const kept = Object.entries(state).filter(
    ([path, { state: life, deleted }]) =>
      life !== "deleted" &&
      deleted !== true &&
      !/\/(flows|configurations)\/[^/]+\/versions\/|\/oauth\/clients\//.test(path),
  );
  const plain = kept
    .filter(([path]) => !labelled(path, labels).includes(LOCK))
    .map(([path, entity]): [string, unknown] => [
      labelled(path, labels),
      plainValue(JSON.parse(labelled(JSON.stringify({ ...entity, ...currentYaml(state, path, entity) }), labels))),
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

/** The text of a flow's published version. */
function currentYaml(state: State, path: string, { publishedVersion }: Entity): Entity {
  const version = (publishedVersion as { readonly id?: string } | undefined)?.id;
  return version === undefined ? {} : { yaml: state[`${path}/versions/${version}`]?.["yaml"] };
}

function labelled(text: string, labels: ReadonlyMap<string, string>): string {
  return text.replace(GUID, (id) => JSON.stringify(labels.get(id) ?? "an id").slice(1, -1));
}

function plainValue(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => plainValue(item));
    return SETS.has(name) ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !STAMPS.has(key))
      .map(([key, inner]) => [key, plainValue(inner, key)] as const)
      .filter(([, inner]) => !isEmpty(inner)),
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}
