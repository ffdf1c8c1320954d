import type { JsonObject } from "../json.ts";
import { listAt, objectAt, textAt } from "../json.ts";
import { entriesOf, entryOf } from "../store.ts";
import type { Org } from "../world.ts";
import type { Told } from "./told.ts";
import { differences, entityNamed, property } from "./told.ts";
import type { Change } from "./watch.ts";

function ofQueue(queueId: string, org: Org, action: string, propertyChanges: JsonObject[]): Told[] {
  const queue = entryOf(org, "queue", queueId);
  // What goes with its queue is not told.
  if (!queue) return [];
  const context = { entityId: queueId, auditType: "QUEUE" };
  return [
    {
      service: "ContactCenter",
      entityType: "Queue",
      action,
      entity: entityNamed(queueId, queue.data),
      propertyChanges,
      context,
    },
  ];
}

/** A member of a queue: the queue is the entity, the person is in the name of the property. */
export function queueMemberTold({ parentId, id, before, after }: Change, org: Org): Told[] {
  const name = `QueueMember/${parentId}:${id}`;
  if (before === undefined)
    return ofQueue(parentId, org, "MemberAdd", [property(name, undefined, "<queue member added>")]);
  if (after === undefined)
    return ofQueue(parentId, org, "MemberRemove", [property(name, "<queue member deleted>", undefined)]);
  const changed = differences(before, after).map((one) => ({ ...one, property: `${name}:${textAt(one.property)}` }));
  return changed.length === 0 ? [] : ofQueue(parentId, org, "MemberUpdate", changed);
}

/** A wrap-up code of a queue; how the property is called is unverified. */
export function queueWrapupCodeTold({ parentId, id, before, after }: Change, org: Org): Told[] {
  const name = `WrapupCode/${parentId}:${id}`;
  const text = `<wrapup code ${before === undefined ? "added" : "deleted"}>`;
  const changed = property(name, before && text, after && text);
  return ofQueue(parentId, org, before === undefined ? "WrapupCodeAdd" : "WrapupCodeRemove", [changed]);
}

/**
 * A member of a group: one message counts the members and tells neither whose doing it was nor who came or went, the other
 * names the person and not the direction.
 */
export function groupMembersTold({ parentId, id, before, after }: Change, org: Org): Told[] {
  if (before !== undefined && after !== undefined) return [];
  if (entryOf(org, "group", parentId) === undefined) return [];
  const now = entriesOf(org, "group-member", parentId).length;
  const shared = {
    ...{ service: "Groups", entityType: "DirectoryGroup", action: "Update", entity: { id: parentId } },
    context: { correlationId: `${parentId}:${id}` },
  };
  const then = now + (before === undefined ? -1 : 1);
  return [
    { ...shared, system: true, propertyChanges: [property("memberCount", String(then), String(now))] },
    { ...shared, propertyChanges: [property("group-membership", undefined, `[${id}]`)] },
  ];
}

function pairsOf(data: JsonObject | undefined): string[] {
  return listAt(data?.roleDivisions).map((pair) => {
    const { roleId, divisionId } = objectAt(pair);
    return `${textAt(roleId)}--${textAt(divisionId)}`;
  });
}

function grantTold(subject: string, pair: string, action: string): Told {
  const [roleId = ""] = pair.split("--");
  const entity = { id: roleId, name: `${subject}--${pair}` };
  return { service: "PeoplePermissions", entityType: "Role", action, entity, propertyChanges: [] };
}

/** What a client was granted is told as members of the role; everything else of the client as it is told otherwise. */
export function grantsTold(telling: (change: Change, org: Org) => readonly Told[]) {
  return (change: Change, org: Org): Told[] => {
    const { id, before, after } = change;
    const [had, has] = [pairsOf(before), pairsOf(after)];
    const without = (data: JsonObject | undefined): JsonObject | undefined => data && { ...data, roleDivisions: [] };
    return [
      ...telling({ ...change, before: without(before), after: without(after) }, org),
      ...has.filter((pair) => !had.includes(pair)).map((pair) => grantTold(id, pair, "MemberAdd")),
      ...had.filter((pair) => !has.includes(pair)).map((pair) => grantTold(id, pair, "MemberRemove")),
    ];
  };
}
