import { bodyInWords, type Shaped } from "./answer.ts";
import type { Answer } from "./api.ts";
import { isList, isObj, textOf, type Json, type Obj } from "./json.ts";
import type { List } from "./kind.ts";

/** One answer of a list: its entities, and what it says about further ones (genesys-api §1.2). */
export interface Page {
  readonly entities: readonly Obj[];
  readonly total: number | undefined;
  readonly pageCount: number | undefined;
  /** How many objects a full page has, as it says. */
  readonly pageSize: number | undefined;
  /** Does it call itself a page, by its number? */
  readonly isNumbered: boolean;
  /** Query that leads to the next page, as far as the answer gives its address. */
  readonly next: URLSearchParams | undefined;
}

/**
 * The answer contract of lists: `{ entities }` of objects that tell who they are and what they are called, with counts that
 * are counts. Only a list that is not paged may be a bare array, as number plans are.
 */
export function asPage(list: List, answer: Answer): Shaped<Page> {
  const { body } = answer;
  const holder = isList(body) && list.paging === "none" ? { entities: body } : body;
  if (!isObj(holder)) return { fault: `${bodyInWords(answer)} instead of a list` };
  const { entities } = holder;
  if (!isList(entities)) return { fault: "an object without entities instead of a list" };
  const fault = entityFault(list, entities) ?? countFault(holder);
  if (fault !== undefined) return { fault };
  return {
    value: {
      entities: entities.filter(isObj),
      total: countAt(holder, "total"),
      pageCount: countAt(holder, "pageCount"),
      pageSize: countAt(holder, "pageSize"),
      isNumbered: typeof holder["pageNumber"] === "number",
      next: nextQuery(holder["nextUri"]),
    },
  };
}

/** What tells the entities of a list apart. */
export function listIdentity(list: List, entity: Obj): string {
  return textOf(entity[list.identity ?? "id"]);
}

function entityFault(list: List, entities: readonly Json[]): string | undefined {
  if (!entities.every(isObj)) return "a list of something else than objects";
  if (!entities.every((entity) => listIdentity(list, entity) !== "")) {
    return `a list with an object that has no ${list.identity ?? "id"}`;
  }
  const missing = list.keyedBy?.find((property) => !entities.every((entity) => names(entity[property])));
  if (missing !== undefined) return `a list with an object that has no ${missing}`;
  const { expanded } = list;
  if (expanded === undefined || entities.length === 0 || entities.some((entity) => has(entity, expanded)))
    return undefined;
  return `a list of objects without ${expanded}, which was asked for`;
}

/** Is it a name, or an object that has one? */
function names(value: Json | undefined): boolean {
  if (!isObj(value)) return textOf(value) !== "";
  return textOf(value["id"]) !== "" || textOf(value["name"]) !== "";
}

/** Is something there? A service that does not expand a property leaves it out or gives it empty. */
function has(entity: Obj, property: string): boolean {
  const value = entity[property] ?? null;
  return isObj(value) ? Object.keys(value).length > 0 : value !== null;
}

function countFault(page: Obj): string | undefined {
  const wrong = ["total", "pageCount"].find((name) => {
    const count = page[name] ?? 0;
    return typeof count !== "number" || !Number.isInteger(count) || count < 0;
  });
  return wrong === undefined ? undefined : `a list whose ${wrong} is no count`;
}

function countAt(page: Obj, name: string): number | undefined {
  const count = page[name];
  return typeof count === "number" ? count : undefined;
}

function nextQuery(nextUri: Json | undefined): URLSearchParams | undefined {
  const address = textOf(nextUri);
  return address === "" ? undefined : new URLSearchParams(address.split("?")[1] ?? "");
}
