import { compactJson, listOf, textOf, type Json } from "./json.ts";

/** What a set gained and lost, in the order given. */
export function setChanges(before: readonly Json[], after: readonly Json[]): { added: Json[]; removed: Json[] } {
  const had = new Set(before.map(compactJson));
  const wanted = new Set(after.map(compactJson));
  return {
    added: after.filter((item) => !had.has(compactJson(item))),
    removed: before.filter((item) => !wanted.has(compactJson(item))),
  };
}

/** The ids of the objects that a list of coordinates names. */
export function idsIn(list: Json | undefined, resolve: (coordinate: string) => string): string[] {
  return listOf(list).map((coordinate) => resolve(textOf(coordinate)));
}

/** A list in pieces of at most `size` items. */
export function batches<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
