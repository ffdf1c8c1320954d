import type { Steps } from "../model/api.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { readList } from "../model/read-list.ts";
import { readOf } from "./read-object.ts";

/**
 * Everything that the lists of a kind have, without parts.
 * @param parentIds ids of the objects of a kind of which each has a list of its own (`List.per`)
 */
export function* listAll(kind: Kind, parentIds: (kind: string) => readonly string[]): Steps<Obj[]> {
  const found: Obj[] = [];
  const { lists, keyedBy = ["name"] } = readOf(kind);
  for (const plain of lists) {
    const list = { ...plain, keyedBy };
    if (list.per === undefined) found.push(...(yield* readList(list)));
    else {
      for (const id of parentIds(list.per.kind)) {
        const path = { [list.per.path]: id };
        found.push(...(yield* readList(list, path)).map((entity) => ({ ...entity, ...path })));
      }
    }
  }
  return found;
}
