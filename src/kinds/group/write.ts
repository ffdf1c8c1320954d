import type { Steps } from "../../model/api.ts";
import { asEntity, ask } from "../../model/answer.ts";
import { objectsOf, textOf, type Obj } from "../../model/json.ts";
import type { Change, PartChange } from "../../model/kind.ts";
import { batches, idsIn, setChanges } from "../../model/part-changes.ts";
import { createdEntity } from "../../model/unclear-write.ts";

/** Members that one request adds or removes (definition GroupMembersUpdate; the official provider's batches). */
const MEMBERS_AT_ONCE = 50;

/** A create does not take the description, so an update follows it (official provider: "a bug with the API"). */
export function* createGroup({ body }: Change): Steps<string> {
  const { id, version = null } = yield* createdEntity({ op: "POST /api/v2/groups", body });
  if (body["description"] !== undefined) yield* putGroup(id, { ...body, version });
  return id;
}

/** Owners that the plan does not change stay: where people are only counted, the plan does not name them. */
export function* updateGroup({ id, body, entity, touched }: Change): Steps<string> {
  const owners = objectsOf(entity?.["owners"]).map((owner) => textOf(owner["id"]));
  yield* putGroup(
    id,
    touched.has("ownerIds") ? { ...body, ownerIds: body["ownerIds"] ?? [] } : { ...body, ownerIds: owners },
  );
  return id;
}

/** The type is fixed at creation, and no update takes it (definition GroupUpdate). */
function* putGroup(id: string, { type: _, ...body }: Obj): Steps<void> {
  yield { op: "PUT /api/v2/groups/{id}", path: { id }, body };
}

/** Each change of the members makes a new version of the group, which the next one has to name. */
export function* writeMembers({ id, before, after, resolve }: PartChange): Steps<void> {
  const { added, removed } = setChanges(idsIn(before, resolve), idsIn(after, resolve));
  for (const memberIds of batches(added, MEMBERS_AT_ONCE)) {
    const { version = null } = yield* ask({ op: "GET /api/v2/groups/{id}", path: { id } }, (answer) =>
      asEntity(answer, id),
    );
    yield { op: "POST /api/v2/groups/{id}/members", path: { id }, body: { memberIds, version } };
  }
  for (const batch of batches(removed, MEMBERS_AT_ONCE)) {
    yield {
      op: "DELETE /api/v2/groups/{id}/members",
      path: { id },
      query: { ids: batch.map((one) => textOf(one)).join(",") },
    };
  }
}
