import { badRequest } from "../errors.ts";
import { objectBody, show } from "../engine.ts";
import type { Json, JsonObject } from "../json.ts";
import { inWords, listAt, numberAt, objectAt, ownOf, textAt } from "../json.ts";
import { pageAnswer } from "../listing.ts";
import type { Call, Needs, Resource, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { entriesOf } from "../store.ts";
import type { Reply } from "../world.ts";
import { group } from "./group.ts";
import { location } from "./location.ts";
import { userKind } from "./user.ts";

type Test = (value: string, wanted: readonly string[]) => boolean;

/** The kinds of comparison that clients use to find somebody or something by name. Case does not count. */
const tests: Readonly<Record<string, Test>> = {
  EXACT: (value, wanted) => wanted.includes(value),
  TERM: (value, wanted) => wanted.includes(value),
  TERMS: (value, wanted) => wanted.includes(value),
  STARTS_WITH: (value, wanted) => wanted.some((start) => value.startsWith(start)),
  CONTAINS: (value, wanted) => wanted.some((part) => value.includes(part)),
  MATCH_ALL: () => true,
};

function passes(shown: JsonObject, criterion: JsonObject): boolean {
  const nested = listAt(criterion.group).map(objectAt);
  if (nested.length > 0) return matches(shown, nested);
  const test = ownOf(tests, textAt(criterion.type));
  if (!test) throw badRequest(`The search type ${textAt(criterion.type)} is not known`, "invalid.value");
  const values = [criterion.value, ...listAt(criterion.values)].filter((value): value is Json => value !== undefined);
  const wanted = values.map((value) => inWords(value).toLowerCase());
  const fields = listAt(criterion.fields).map((name) => inWords(shown[textAt(name)]).toLowerCase());
  return criterion.type === "MATCH_ALL" || fields.some((value) => test(value, wanted));
}

/** Criteria are joined by AND unless one says OR or NOT (definition SearchCriteria). */
function matches(shown: JsonObject, criteria: readonly JsonObject[]): boolean {
  const of = (operator: string): readonly JsonObject[] =>
    criteria.filter((criterion) => (textAt(criterion.operator) || "AND") === operator);
  const either = of("OR");
  return (
    of("AND").every((criterion) => passes(shown, criterion)) &&
    !of("NOT").some((criterion) => passes(shown, criterion)) &&
    (either.length === 0 || either.some((criterion) => passes(shown, criterion)))
  );
}

function search(resource: Resource, type: string, call: Call): Reply {
  const body = objectBody(call);
  const criteria = listAt(body.query).map(objectAt);
  const reading = { ...call, method: "GET" };
  const found = entriesOf(call.org, resource.kind)
    .map((entry) => show(resource, entry, reading))
    .filter((shown) => matches({ state: "active", ...shown }, criteria))
    .sort((a, b) => (inWords(a.name).toLowerCase() < inWords(b.name).toLowerCase() ? -1 : 1));
  const paging = { pageSize: numberAt(body.pageSize, 25), pageNumber: numberAt(body.pageNumber, 1) };
  const query = new URLSearchParams({ pageSize: String(paging.pageSize), pageNumber: String(paging.pageNumber) });
  const page = pageAnswer(found, { paging: "page", maxSize: 500 }, { ...call, query }, (shown) => shown);
  const { entities = [], total = 0, pageCount = 0 } = page;
  return { status: 200, json: { total, pageCount, ...paging, types: [type], results: entities } };
}

function route(resource: Resource, type: string, needs: Needs): Route {
  return {
    method: "POST",
    path: `${resource.path}/search`,
    needs,
    handle: (call) => search(resource, type, call),
  };
}

/** Searches of the directory, by which clients find people, groups and locations by name (definition SearchRequest). */
export const directorySearch: Resource = {
  kind: "directory-search",
  path: "/api/v2/search",
  fields: {},
  needs: {},
  routes: [
    route(userKind, "users", anyOf("directory:user:view")),
    route(group, "groups", anyOf()),
    route(location, "locations", anyOf()),
  ],
};
