import type { Answer, Query, Steps } from "./api.ts";
import { LockstepError } from "./error.ts";
import { compactJson, isList, isObj, type Json, type Obj, objectsOf, textOf } from "./json.ts";
import type { List } from "./kind.ts";

/**
 * Reads a whole list, page after page.
 * @param path values for the placeholders of the list's path
 * @param expected how many there are at least, where another field tells: saves the empty page that ends a list without total
 * @throws LockstepError `incomplete-list` when pages contradict the total
 */
export function* readList(list: List, path: { readonly [name: string]: string } = {}, expected?: number): Steps<Obj[]> {
  switch (list.paging) {
    case "none":
      return entitiesOf(yield { op: list.op, path, query: { ...list.query } });
    case "cursor":
      return yield* readByCursor(list, path);
    case "until-empty":
      return yield* readUntilEmpty(list, path, expected);
    case "page":
      return yield* readByTotal(list, path);
  }
}

/**
 * Page-numbered lists. `total` is compared with what arrived, because objects that others create or delete between two
 * pages shift the pages; the list is read once more before that counts as an error.
 */
function* readByTotal(list: List, path: { readonly [name: string]: string }): Steps<Obj[]> {
  for (let attempt = 1; ; attempt += 1) {
    const found: Obj[] = [];
    let total = 0;
    for (let pageNumber = 1; ; pageNumber += 1) {
      const page: Answer = yield { op: list.op, path, query: pageQuery(list, pageNumber) };
      const entities = entitiesOf(page);
      found.push(...entities);
      total = numberAt(page, "total") ?? found.length;
      if (found.length >= total || entities.length === 0) break;
    }
    if (found.length === total && new Set(found.map(identityOf)).size === found.length) return found;
    if (attempt === 2) {
      throw new LockstepError(
        "incomplete-list",
        `${list.op} announced ${total} objects and gave ${found.length}`,
        "The list changed while it was read. Run the command again when nobody is changing this organisation.",
        { path: list.op },
      );
    }
  }
}

/** Rows of data tables have no id of their own, and a column of theirs may be called `id`. */
function identityOf(entity: Obj): Json | undefined {
  return typeof entity["selfUri"] === "string" ? entity["id"] : compactJson(entity);
}

function* readUntilEmpty(list: List, path: { readonly [name: string]: string }, expected = Infinity): Steps<Obj[]> {
  const found: Obj[] = [];
  for (let pageNumber = 1; ; pageNumber += 1) {
    const entities = entitiesOf(yield { op: list.op, path, query: pageQuery(list, pageNumber) });
    found.push(...entities);
    if (entities.length === 0 || found.length >= expected) return found;
  }
}

function* readByCursor(list: List, path: { readonly [name: string]: string }): Steps<Obj[]> {
  const found: Obj[] = [];
  let query: Query = { ...list.query, ...(list.size === undefined ? {} : { pageSize: list.size }) };
  for (;;) {
    const page: Answer = yield { op: list.op, path, query };
    found.push(...entitiesOf(page));
    const after = cursorOf(page);
    if (after === undefined) return found;
    query = { ...query, after };
  }
}

function cursorOf(page: Answer): string | undefined {
  const next = isObj(page.body) ? textOf(page.body["nextUri"]) : "";
  return new URLSearchParams(next.split("?")[1] ?? "").get("after") ?? undefined;
}

function pageQuery(list: List, pageNumber: number): Query {
  return { ...list.query, pageSize: list.size ?? 25, pageNumber };
}

function entitiesOf(page: Answer): Obj[] {
  return objectsOf(isList(page.body) ? page.body : isObj(page.body) ? page.body["entities"] : undefined);
}

function numberAt(page: Answer, name: string): number | undefined {
  const value = isObj(page.body) ? page.body[name] : undefined;
  return typeof value === "number" ? value : undefined;
}
