import { divisionsOf } from "./access.ts";
import { badRequest } from "./errors.ts";
import type { Json, JsonObject } from "./json.ts";
import { idAt, inWords, objectAt, textAt } from "./json.ts";
import { shuffled } from "./references.ts";
import type { Call, Filter, Listing, Resource } from "./resource.ts";
import type { Entry } from "./world.ts";

/** Values of a query parameter, whether repeated or joined by commas (genesys-api §1.1). */
export function queryValues(call: Call, name: string): string[] {
  return call.query
    .getAll(name)
    .flatMap((value) => value.split(","))
    .filter((value) => value !== "");
}

/** Keeps entries whose id is among the values. */
export const byId: Filter = (entry, values) => values.includes(entry.id);

/** Keeps entries of these divisions. */
export const byDivision: Filter = (entry, values) => values.includes(idAt(entry.data.division));

/** Keeps entries whose property, written as text, is among the values. */
export function byProperty(path: string): Filter {
  return (entry, values) => values.includes(inWords(valueAt(entry.data, path)));
}

/** Keeps entries of that name; asterisks stand for anything, case does not count. */
export const byName: Filter = (entry, values) => values.some((value) => likeName(textAt(entry.data.name), value));

/** Keeps entries in which one of the properties contains the text; asterisks and case do not count. */
export function byText(...names: readonly string[]): Filter {
  const has = (entry: Entry, wanted: string): boolean =>
    names.some((name) => textAt(entry.data[name]).toLowerCase().includes(wanted));
  return (entry, values) => values.some((value) => has(entry, value.replaceAll("*", "").toLowerCase()));
}

/** Keeps entries whose name starts with the value. */
export const byNameStart: Filter = (entry, values) =>
  values.some((value) => textAt(entry.data.name).toLowerCase().startsWith(value.toLowerCase()));

function likeName(name: string, wanted: string): boolean {
  const pattern = wanted
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${pattern}$`, "is").test(name);
}

function valueAt(data: JsonObject, path: string): Json | undefined {
  return path.split(".").reduce<Json | undefined>((value, name) => objectAt(value)[name], data);
}

/** The entries that the call's filters and its client's divisions leave, in the order asked for or in any order. */
export function selected(entries: readonly Entry[], listing: Listing, call: Call, divided: boolean): Entry[] {
  const divisions = divided ? divisionsOf(call) : "*";
  const unlisted = new Set(call.world.settings.unlisted);
  const kept = entries.filter((entry) => {
    if (unlisted.has(`${call.path}/${entry.id}`)) return false;
    const division = idAt(entry.data.division);
    if (divisions !== "*" && division !== "*" && !divisions.includes(division)) return false;
    return Object.entries(listing.filters ?? {}).every(([name, filter]) => {
      const assumed = listing.assumed?.[name];
      if (!call.query.has(name)) return assumed === undefined || filter(entry, [assumed]);
      const values = filter === byName || filter === byNameStart ? call.query.getAll(name) : queryValues(call, name);
      return values.length === 0 || filter(entry, values);
    });
  });
  return ordered(kept, listing, call);
}

function ordered(entries: readonly Entry[], listing: Listing, call: Call): Entry[] {
  const sortBy = call.query.get("sortBy") ?? (call.query.has("sortOrder") ? "name" : undefined);
  if (sortBy === undefined || !(listing.sortable ?? ["name"]).includes(sortBy)) {
    return shuffled(entries, call.world.settings.shuffleSeed, (entry) => entry.id);
  }
  const direction = (call.query.get("sortOrder") ?? "asc").toLowerCase().startsWith("desc") ? -1 : 1;
  const rank = (entry: Entry): string => inWords(valueAt(entry.data, sortBy)).toLowerCase();
  return [...entries].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    return left === right ? (a.id < b.id ? -1 : 1) : (left < right ? -1 : 1) * direction;
  });
}

/** A positive whole number from the query; throws 400 for anything else or more than the cap (genesys-api §1.2). */
export function pageNumberFrom(call: Call, name: string, fallback: number, max?: number): number {
  const given = call.query.get(name);
  if (given === null || given === "") return fallback;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1 || (max !== undefined && value > max)) {
    const bound = max === undefined ? "at least 1" : `between 1 and ${max}`;
    throw badRequest(`${name} must be ${bound}`, "invalid.query.param.value", { params: { [name]: given } });
  }
  return value;
}

/** An absolute address of the same list with other query parameters, built from the Host header. */
export function listAddress(call: Call, changes: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(call.query);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return `http://${call.host}${call.path}?${query.toString()}`;
}

/** One page of a page-numbered list; a page past the end is empty. */
export function pageAnswer<T>(items: readonly T[], listing: Listing, call: Call, show: (item: T) => Json): JsonObject {
  const pageSize = pageNumberFrom(call, "pageSize", listing.defaultSize ?? 25, listing.maxSize ?? 100);
  const pageNumber = pageNumberFrom(call, "pageNumber", 1);
  const pageCount = Math.ceil(items.length / pageSize);
  const at = (page: number): string => listAddress(call, { pageSize: String(pageSize), pageNumber: String(page) });
  return {
    entities: items.slice((pageNumber - 1) * pageSize, pageNumber * pageSize).map(show),
    pageSize,
    pageNumber,
    total: items.length,
    firstUri: at(1),
    ...(pageNumber < pageCount ? { nextUri: at(pageNumber + 1) } : {}),
    ...(pageNumber > 1 ? { previousUri: at(pageNumber - 1) } : {}),
    lastUri: at(Math.max(pageCount, 1)),
    selfUri: at(pageNumber),
    pageCount,
  };
}

/** One page of a cursor list: `after` is the id of the last entity seen; no `nextUri` on the last page. */
export function cursorAnswer(
  entries: readonly Entry[],
  listing: Listing,
  call: Call,
  show: (entry: Entry) => Json,
): JsonObject {
  const pageSize = pageNumberFrom(call, "pageSize", listing.defaultSize ?? 25, listing.maxSize ?? 200);
  const after = call.query.get("after");
  const known = entries.findIndex((entry) => entry.id === after);
  if (after !== null && after !== "" && known < 0)
    throw badRequest("after is not a cursor of this list", "invalid.value");
  const page = entries.slice(known + 1, known + 1 + pageSize);
  const last = page.at(-1);
  const more = last !== undefined && entries.at(-1) !== last;
  return {
    entities: page.map(show),
    ...(more ? { nextUri: listAddress(call, { after: last.id, pageSize: String(pageSize) }) } : {}),
    selfUri: listAddress(call, {}),
  };
}

/** The answer of a resource's list operation. */
export function listAnswer(
  entries: readonly Entry[],
  resource: Resource,
  call: Call,
  show: (entry: Entry) => Json,
): Json {
  const listing = resource.listing ?? { paging: "page" };
  const items = selected(entries, listing, call, resource.divided === true);
  if (listing.paging === "page") return pageAnswer(items, listing, call, show);
  if (listing.paging === "cursor") return cursorAnswer(items, listing, call, show);
  const all = items.map(show);
  return listing.bare ? all : { entities: all, total: all.length, selfUri: call.path };
}
