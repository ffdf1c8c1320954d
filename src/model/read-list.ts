import { ask } from "./answer.ts";
import type { Query, Steps } from "./api.ts";
import { LockstepError } from "./error.ts";
import type { Obj } from "./json.ts";
import type { List } from "./kind.ts";
import { asPage, listIdentity, type Page } from "./list-page.ts";

/** What one pass over a list gave, and why it cannot be all of it. */
interface Pass {
  readonly entities: Obj[];
  readonly doubt?: string;
}

/** Values for the placeholders of a path. */
type Path = { readonly [name: string]: string };

/**
 * Reads a whole list. How it goes on is told by its answers, not by the descriptor: a total, a count of pages or an address of
 * the next page are followed wherever they turn up, so that a wrong descriptor never leaves it at the first page.
 * Objects that others create or delete between two pages shift the pages; a list that does not agree with itself is
 * read again before that counts as an error.
 * @param path values for the placeholders of the list's path
 * @param expected how many there should be, where the object itself tells: saves the empty page that ends a list without
 *   total. The count may lag behind (genesys-api §1.7): a list that goes on is read on, and one that is shorter both times
 *   stands, unless it is empty.
 * @throws LockstepError `incomplete-list` when pages contradict each other or their total; `unusable-answer`
 */
export function* readList(list: List, path: Path = {}, expected?: number): Steps<Obj[]> {
  const first = yield* readOnce(list, path, expected);
  const isShort = expected !== undefined && Number.isFinite(expected) && first.entities.length < expected;
  if (first.doubt === undefined && !isShort) return first.entities;
  const second = yield* readOnce(list, path, expected);
  if (second.doubt !== undefined) throw incompleteList(list, second.doubt);
  if (isShort && second.entities.length === 0)
    throw incompleteList(list, `should give ${expected} objects and gave none`);
  return second.entities;
}

function* readOnce(list: List, path: Path, expected: number | undefined): Steps<Pass> {
  const pages: Page[] = [];
  const entities: Obj[] = [];
  const seen = new Set<string>();
  let query: Query | undefined = firstQuery(list);
  while (query !== undefined) {
    const page: Page = yield* ask({ op: list.op, path, query }, (answer) => asPage(list, answer));
    pages.push(page);
    for (const entity of page.entities) {
      entities.push(entity);
      seen.add(listIdentity(list, entity));
    }
    if (seen.size < entities.length) return { entities, doubt: "gave an object twice" };
    query = queryAfter(list, query, page, { pageNumber: pages.length, found: entities.length, expected });
  }
  const doubt = countDoubt(pages, entities.length) ?? (yield* secondLook(list, path, pages));
  return doubt === undefined ? { entities } : { entities, doubt };
}

function countDoubt(pages: readonly Page[], found: number): string | undefined {
  const totals = new Set(pages.flatMap(({ total }) => total ?? []));
  const [total = found, another] = totals;
  if (another !== undefined) return `announced ${total} objects, then ${another}`;
  return total === found ? undefined : `announced ${total} objects and gave ${found}`;
}

/**
 * Looks at the first page again once all are read: an object that was deleted between two pages moves a live one from the
 * page that comes next to the one that was read already, and where another is created meanwhile, or the list has no total, no
 * count tells that. What moved only behind the first page, with an equal total, stays unseen: one request is the price for
 * lists of several pages; lists of one page pay nothing.
 */
function* secondLook(list: List, path: Path, [first, ...others]: readonly Page[]): Steps<string | undefined> {
  if (first === undefined || others.length === 0 || !isFull(list, first)) return undefined;
  const again = yield* ask({ op: list.op, path, query: firstQuery(list) }, (answer) => asPage(list, answer));
  const idsOf = (page: Page): string => JSON.stringify(page.entities.map((each) => listIdentity(list, each)).sort());
  return again.total === first.total && idsOf(again) === idsOf(first) ? undefined : "changed while it was read";
}

function isFull(list: List, { entities, pageSize }: Page): boolean {
  return entities.length >= (pageSize ?? list.size ?? USUAL_SIZE);
}

/** Page size where none is asked for (genesys-api §1.2). */
const USUAL_SIZE = 25;

function firstQuery({ paging, size, query }: List): Query {
  const pageSize = size === undefined ? {} : { pageSize: size };
  switch (paging) {
    case "none":
      return { ...query };
    case "cursor":
      return { ...query, ...pageSize };
    case "page":
      return { ...query, pageSize: USUAL_SIZE, ...pageSize, pageNumber: 1 };
  }
}

/** Where a pass over a list is. */
interface Progress {
  readonly pageNumber: number;
  readonly found: number;
  readonly expected: number | undefined;
}

/** The query of the next page, or undefined when there is none. @throws LockstepError `incomplete-list` when it cannot be told */
function queryAfter(list: List, query: Query, page: Page, at: Progress): Query | undefined {
  const after = page.next?.get("after") ?? undefined;
  if (after !== undefined) {
    if (after === query["after"]) throw incompleteList(list, "gave the same page as the next one again");
    return { ...query, after };
  }
  if (page.next !== undefined && !page.next.has("pageNumber")) {
    throw incompleteList(list, "announced a further page in a form that lockstep does not know");
  }
  if ("after" in query) return undefined;
  return hasMore(list, page, at) ? { ...query, pageNumber: at.pageNumber + 1 } : undefined;
}

function hasMore(list: List, page: Page, { pageNumber, found, expected = Infinity }: Progress): boolean {
  if (page.entities.length === 0) return false;
  if (page.total !== undefined) return found < page.total;
  if (page.pageCount !== undefined) return pageNumber < page.pageCount;
  const isPaged = list.paging === "page" || page.isNumbered || page.next !== undefined;
  // The count that the object tells may lag behind, so it ends the list only together with a page that has room left.
  return isPaged && (isFull(list, page) || found < expected);
}

function incompleteList(list: List, doubt: string): LockstepError {
  return new LockstepError(
    "incomplete-list",
    `${list.op} ${doubt}`,
    "The list changed while it was read. Run the command again when nobody is changing this organisation.",
    { path: list.op },
  );
}
