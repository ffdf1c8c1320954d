import { asObject, ask, type Shaped } from "../model/answer.ts";
import type { Answer, Steps } from "../model/api.ts";
import type { AuditEntry } from "../model/audit-changes.ts";
import { isObj, objectsOf, textOf, type Json, type Obj } from "../model/json.ts";
import type { List } from "../model/kind.ts";
import { asPage, type Page } from "../model/list-page.ts";

/** The permission that reading the audit log takes (genesys-api §14.2). */
export const AUDIT_PERMISSION = "audits:audit:view";

/** The largest page is not documented for this query; other lists take as many. */
const PAGE_SIZE = 100;

const QUERY: List = { op: "POST /api/v2/audits/query/realtime", paging: "page", size: PAGE_SIZE };

/** Pages after which reading everything is cheaper than going on. */
const MOST_PAGES = 20;

/** Services that the audit log of the last 14 days covers, with the types of entities of each, both in lower case. */
export type AuditServices = ReadonlyMap<string, { readonly name: string; readonly types: ReadonlySet<string> }>;

/** Reads which services and types of entities the organisation audits. @throws LockstepError `unusable-answer`; ApiError */
export function* readAuditServices(): Steps<AuditServices> {
  const call = { op: "GET /api/v2/audits/query/realtime/servicemapping" } as const;
  const mapping = yield* ask(call, (answer) => asObject(answer, ["services"]));
  return new Map(
    objectsOf(mapping["services"]).map((service) => {
      const name = textOf(service["name"]);
      const types = objectsOf(service["entities"]).map((entity) => textOf(entity["name"]).toLowerCase());
      return [name.toLowerCase(), { name, types: new Set(types) }];
    }),
  );
}

/**
 * What a service noted in an interval, page by page.
 * @param service its name as the organisation spells it
 * @param interval two dates in ISO 8601 with a slash between them
 * @returns undefined when there is more than is worth reading, or the pages do not agree with one another
 * @throws LockstepError `unusable-answer`; ApiError
 */
export function* readAudit(service: string, interval: string): Steps<readonly AuditEntry[] | undefined> {
  const entities: Obj[] = [];
  const totals = new Set<number>();
  for (let pageNumber = 1; pageNumber <= MOST_PAGES; pageNumber += 1) {
    const page: Page = yield* ask(query(service, interval, pageNumber), (answer) => asAuditPage(service, answer));
    entities.push(...page.entities);
    totals.add(page.total ?? -1);
    const [total = -1] = totals;
    if (totals.size > 1 || total > MOST_PAGES * PAGE_SIZE) return undefined;
    if (hasEnded(page, { found: entities.length, pageNumber })) return asEntries(entities, total);
  }
  return undefined;
}

function query(service: string, interval: string, pageNumber: number) {
  const sort = [{ name: "Timestamp", sortOrder: "ascending" }];
  const body = { interval, serviceName: service, filters: [], sort, pageNumber, pageSize: PAGE_SIZE };
  // It changes nothing, so that it can be sent again.
  return { op: QUERY.op, query: { expand: "user" }, body, repeatable: true } as const;
}

function asAuditPage(service: string, answer: Answer): Shaped<Page> {
  const page = asPage(QUERY, answer);
  if ("fault" in page) return page;
  const { entities } = page.value;
  if (entities.some((entry) => idsIn(entry).length === 0)) return { fault: "an entry that names no entity" };
  const other = entities.find(({ serviceName = service }) => serviceName !== service);
  return other === undefined ? page : { fault: `an entry of ${textOf(other["serviceName"])} instead of ${service}` };
}

function hasEnded(
  { entities, total, pageCount, pageSize = PAGE_SIZE }: Page,
  { found, pageNumber }: { readonly found: number; readonly pageNumber: number },
): boolean {
  if (total !== undefined) return found >= total || entities.length === 0;
  if (pageCount !== undefined) return pageNumber >= pageCount;
  return entities.length < pageSize;
}

/** The entries, if they are as many as was announced and none of them came twice. */
function asEntries(entities: readonly Obj[], total: number): readonly AuditEntry[] | undefined {
  if (total >= 0 && total !== entities.length) return undefined;
  if (new Set(entities.map(({ id }) => textOf(id))).size < entities.length) return undefined;
  return entities.map((entry) => ({
    type: textOf(entry["entityType"]).toLowerCase(),
    ids: idsIn(entry),
    by: authorOf(entry),
  }));
}

/** A login as a client has no name of a person, so that the client's id stands for it. */
function authorOf({ user, client }: Obj): string {
  const name = isObj(user) ? textOf(user["name"]) : "";
  const id = isObj(client) ? textOf(client["id"]) : "";
  return name === "" && id !== "" ? `OAuth client ${id}` : name;
}

/** An entry about a row or a member may name what it is in as its context, or as another entity that changed. */
function idsIn({ entity, context, entityChanges }: Obj): string[] {
  const named: (Json | undefined)[] = [
    isObj(entity) ? entity["id"] : undefined,
    ...(isObj(context) ? Object.values(context) : []),
    ...objectsOf(entityChanges).map(({ entityId }) => entityId),
  ];
  return named.map((id) => textOf(id)).filter((id) => id !== "");
}
