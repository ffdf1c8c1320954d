import type { Steps } from "../../model/api.ts";
import { textOf, type Json, type Obj } from "../../model/json.ts";
import type { PartChange } from "../../model/kind.ts";
import { idsIn, setChanges } from "../../model/part-changes.ts";
import { readList } from "../../model/read-list.ts";

/** Divisions whose people may be members; the group's own is always one of them (official provider). */
export function* readMemberDivisions({ id }: Obj): Steps<Json> {
  return yield* readList(
    { op: "GET /api/v2/routing/skillgroups/{id}/members/divisions", paging: "none" },
    { id: textOf(id) },
  );
}

export function* writeMemberDivisions({ id, before, after, resolve }: PartChange): Steps<void> {
  const { added, removed } = setChanges(idsIn(before, resolve), idsIn(after, resolve));
  const body = {
    ...(added.length === 0 ? {} : { addDivisionIds: added }),
    ...(removed.length === 0 ? {} : { removeDivisionIds: removed }),
  };
  yield { op: "POST /api/v2/routing/skillgroups/{id}/members/divisions", path: { id }, body };
}
