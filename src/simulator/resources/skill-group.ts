import { badRequest } from "../errors.ts";
import { isoTime, objectBody, wanted } from "../engine.ts";
import { shuffled } from "../references.ts";
import type { Json, JsonObject } from "../json.ts";
import { idAt, listAt, objectAt, textAt, without } from "../json.ts";
import { byNameStart } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { allOf, anyOf } from "../resource.ts";
import { isSettled, settling } from "../settling.ts";
import type { Shape } from "../shape.ts";
import { anything, between, idOf, list, object, oneOf, ref, required, server, set, text } from "../shape.ts";
import { entriesOf, entryOf, isDeleted } from "../store.ts";
import type { Entry, Reply } from "../world.ts";

const path = "/api/v2/routing/skillgroups";

function proficiency(of: "routingSkill" | "languageSkill"): Shape {
  return object({
    [of]: required(text),
    comparator: required(
      oneOf(...["EqualTo", "NotEqualTo", "LessThan", "GreaterThan", "GreaterThanOrEqualTo", "LessThanOrEqualTo"]),
    ),
    proficiency: required(between(0, 5)),
    childConditions: list(anything),
  });
}

const condition = object({
  routingSkillConditions: required(list(proficiency("routingSkill"))),
  languageSkillConditions: required(list(proficiency("languageSkill"))),
  operation: required(oneOf("And", "Not", "Or")),
});

/** Every skill that conditions name, the nested ones too, with the kind that it has to be. */
function skillsIn(conditions: Json | undefined): { readonly kind: string; readonly name: string }[] {
  return listAt(conditions).flatMap((item) => {
    const { routingSkillConditions, languageSkillConditions } = objectAt(item);
    const leaves = [...listAt(routingSkillConditions), ...listAt(languageSkillConditions)].map(objectAt);
    return leaves.flatMap(({ routingSkill, languageSkill, childConditions }) => [
      routingSkill === undefined
        ? { kind: "language", name: textAt(languageSkill) }
        : { kind: "skill", name: textAt(routingSkill) },
      ...skillsIn(childConditions),
    ]);
  });
}

/** Conditions name skills; whether an answer has names or ids is unverified (genesys-api §3), so both are taken as given. */
function checkConditions(draft: JsonObject, call: Call): void {
  for (const { kind, name } of skillsIn(draft.skillConditions)) {
    const known = entriesOf(call.org, kind).some(
      (entry) => !isDeleted(entry) && (entry.id === name || entry.data.name === name),
    );
    if (!known) throw badRequest(`There is no ${kind} ${name}`, "general.bad.request", { params: { [kind]: name } });
  }
}

/** The member divisions; the group's own is always one of them (official provider). */
function divisionsOf(entry: Entry): string[] {
  return [...new Set([idAt(entry.data.division), ...listAt(entry.data.memberDivisions).map(textAt)])];
}

function memberDivisions(call: Call): Reply {
  const ids = shuffled(divisionsOf(wanted(skillGroup, call)), call.world.settings.shuffleSeed, (id) => id);
  const entities = ids.map((id): Json => {
    const name = textAt(entryOf(call.org, "division", id)?.data.name);
    return { id, name, selfUri: `/api/v2/authorization/divisions/${id}` };
  });
  return { status: 200, json: { entities } };
}

function changeDivisions(call: Call): Reply {
  const entry = wanted(skillGroup, call);
  const body = objectBody(call);
  const [added, removed] = [body.addDivisionIds, body.removeDivisionIds].map((ids) => listAt(ids).map(textAt));
  const unknown = [...(added ?? []), ...(removed ?? [])].find((id) => !entryOf(call.org, "division", id));
  if (unknown !== undefined) throw badRequest(`The division ${unknown} does not exist`, "resource.not.found");
  const kept = divisionsOf(entry).filter((id) => removed?.includes(id) !== true);
  entry.data = { ...entry.data, memberDivisions: [...new Set([...kept, ...(added ?? [])])] };
  settling(entry, call);
  return { status: 204 };
}

/**
 * Skill groups: the list has no conditions and no status, membership is computed later, and the divisions of the members
 * are a list of their own (genesys-api §3, §4.2).
 */
export const skillGroup: Resource = {
  kind: "skill-group",
  path,
  fields: {
    name: required(text),
    division: ref("division"),
    description: text,
    dateCreated: server(text),
    dateModified: server(text),
    skillConditions: required(list(condition)),
    memberDivisions: server(set(idOf("division"))),
  },
  createFields: {
    name: required(text),
    division: ref("division"),
    description: text,
    skillConditions: required(list(condition)),
    memberDivisions: set(idOf("division")),
  },
  needs: {
    list: anyOf("routing:skillGroup:view"),
    view: anyOf("routing:skillGroup:view"),
    add: allOf("routing:skillGroup:add"),
    edit: anyOf("routing:skillGroup:edit"),
    remove: anyOf("routing:skillGroup:delete"),
  },
  listing: {
    paging: "cursor",
    maxSize: 200,
    filters: { name: byNameStart },
    omit: ["skillConditions", "status", "memberDivisions"],
  },
  update: "PATCH",
  divided: true,
  unique: [{ by: ["name"], status: 400, code: "group.name.in.use" }],
  defaults: () => ({ skillConditions: [] }),
  check: checkConditions,
  beforeStore(entry, call, previous) {
    const now = isoTime(call.now);
    entry.data = { ...entry.data, dateCreated: previous?.data.dateCreated ?? now, dateModified: now };
    settling(entry, call);
  },
  show(shown, entry, call, place) {
    const answer =
      call.method === "POST" ? { ...shown, memberDivisions: divisionsOf(entry) } : without(shown, ["memberDivisions"]);
    const status = isSettled(entry, call) ? "Complete" : "InProgress";
    return place === "list" ? { ...answer, memberCount: 0 } : { ...answer, memberCount: 0, status };
  },
  routes: [
    {
      method: "GET",
      path: `${path}/{id}/members/divisions`,
      needs: anyOf("routing:skillGroup:view"),
      handle: memberDivisions,
    },
    {
      method: "POST",
      path: `${path}/{id}/members/divisions`,
      needs: allOf("routing:skillGroup:add"),
      handle: changeDivisions,
    },
  ],
};
