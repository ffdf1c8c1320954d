import { asIdentified, ask } from "../model/answer.ts";
import type { Steps } from "../model/api.ts";
import { isObj, textOf } from "../model/json.ts";
import type { Change, Kind } from "../model/kind.ts";
import { schema } from "./generated/division.ts";

/** Divisions. Home exists in every organisation under a name of its own, so it is matched as `@home` (genesys-api §3). */
export const division: Kind = {
  name: "division",
  title: "Division",
  mode: "write",
  schema,
  key: (entity) => (entity["homeDivision"] === true ? "@home" : textOf(entity["name"])),
  read: {
    lists: [{ op: "GET /api/v2/authorization/divisions", paging: "page", size: 100 }],
    get: { op: "GET /api/v2/authorization/divisions/{id}" },
    normalise: withoutHomeName,
    // The definition requires a description, and a snapshot leaves out an empty one.
    denormalise: (object) => ({ description: "", ...object }),
  },
  write: {
    create: "POST /api/v2/authorization/divisions",
    update: updateDivision,
    remove: "DELETE /api/v2/authorization/divisions/{id}",
    style: "full",
    rename: "update",
    contents,
  },
  given: (_organization, listed) =>
    listed("division").flatMap(({ id, homeDivision }) => (homeDivision === true ? [textOf(id)] : [])),
  permissions: {
    read: [],
    write: [
      "authorization:division:add",
      "authorization:division:edit",
      "authorization:division:delete",
      "authorization:grant:add",
    ],
  },
};

/** `objectCounts` (genesys-api §4.2: a DELETE is refused while objects remain); that it counts every type is unverified. */
function* contents(id: string): Steps<ReadonlyMap<string, number>> {
  const op = "GET /api/v2/authorization/divisions/{id}";
  const { objectCounts } = yield* ask({ op, path: { id }, query: { objectCount: "true" } }, asIdentified);
  const counts = isObj(objectCounts) ? Object.entries(objectCounts) : [];
  return new Map(counts.map(([type, count]) => [type, typeof count === "number" ? count : 0]));
}

function withoutHomeName(entity: Parameters<Kind["key"]>[0]): Parameters<Kind["key"]>[0] {
  if (entity["homeDivision"] !== true) return entity;
  const { name: _, ...rest } = entity;
  return rest;
}

/** A division is written with its name, which the Home division keeps in each organisation (genesys-api §4.2). */
function* updateDivision({ id, body, entity }: Change): Steps<string> {
  const name = body["name"] ?? entity?.["name"] ?? "";
  yield { op: "PUT /api/v2/authorization/divisions/{id}", path: { id }, body: { ...body, name } };
  return id;
}
