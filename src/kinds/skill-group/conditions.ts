import type { Steps } from "../../model/api.ts";
import { asEntity, ask } from "../../model/answer.ts";
import { objectsOf, textOf, type Json, type Obj } from "../../model/json.ts";

/** The list leaves conditions and status out (genesys-api §3); the group's own address has told both. */
export function* readConditions({ id, status, skillConditions = [] }: Obj): Steps<Json> {
  if (status !== undefined) return skillConditions;
  const call = { op: "GET /api/v2/routing/skillgroups/{id}", path: { id: textOf(id) } } as const;
  const group = yield* ask(call, (answer) => asEntity(answer, textOf(id)));
  return group["skillConditions"] ?? [];
}

/** The definition requires the lists of every condition, and a snapshot leaves out empty ones. */
export function withEmptyLists(body: Obj): Obj {
  return Object.hasOwn(body, "skillConditions") ? { ...body, skillConditions: filled(body["skillConditions"]) } : body;
}

function filled(conditions: Json | undefined): Json {
  return objectsOf(conditions).map((condition) => ({
    ...condition,
    routingSkillConditions: filledLeaves(condition["routingSkillConditions"]),
    languageSkillConditions: filledLeaves(condition["languageSkillConditions"]),
  }));
}

function filledLeaves(leaves: Json | undefined): Json {
  return objectsOf(leaves).map((leaf) =>
    leaf["childConditions"] === undefined ? leaf : { ...leaf, childConditions: filled(leaf["childConditions"]) },
  );
}
