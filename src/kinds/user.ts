import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { schema } from "./generated/user.ts";

/**
 * People: known by their e-mail so that queues can name their members; never written. Inactive ones are compared like
 * everybody else, as members and as contacts; that an inactive person can be made a member is unverified.
 */
export const user: Kind = {
  name: "user",
  title: "User",
  mode: "map",
  schema,
  personal: true,
  key: (entity) => textOf(entity["email"]).toLowerCase(),
  keep: keepUser,
  read: {
    // The list holds active people unless asked for others (definition, `state`). An inactive one may still be a member.
    lists: ["active", "inactive"].map((state) => ({
      op: "GET /api/v2/users",
      paging: "page",
      size: 500,
      query: { state },
    })),
    get: { op: "GET /api/v2/users/{id}" },
  },
  permissions: { read: [], write: [] },
};

/** Lists leave deleted people out unless asked for them; an answer by id does not (definition User, state). */
function keepUser(entity: Obj): true | string {
  if (entity["state"] === "deleted") return "deleted";
  return textOf(entity["email"]) !== "" || "without e-mail";
}
