import type { JsonObject } from "../json.ts";
import { idAt, objectAt, textAt } from "../json.ts";
import type { Told } from "./told.ts";
import { differences, entityNamed, verb } from "./told.ts";
import type { Change } from "./watch.ts";

/** What happened to a flow, in the words of the actions: creating one with content also publishes it. */
function actionsOf(change: Change): string[] {
  const { before = {}, after = {} } = change;
  const created = verb(change) === "Create" ? ["Create"] : [];
  if (verb(change) === "Delete") return ["Delete"];
  const moved = (name: string): boolean => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  if (moved("publishedVersion"))
    return [...created, ...(after.publishedVersion === undefined ? ["Deactivate"] : ["Save", "Checkin", "Publish"])];
  if (moved("currentOperation") && objectAt(after.currentOperation).actionName === "CHECKIN")
    return [...created, "Checkin"];
  if (created.length === 0 && moved("lockedClient")) return [idAt(after.lockedClient) === "" ? "Revert" : "Checkout"];
  return created.length > 0 ? created : ["Update"];
}

/** The publication as context, so that nobody has to read the flow to learn its version; which keys are real is unverified. */
function contextOf(after: JsonObject | undefined): JsonObject {
  const type = textAt(after?.type);
  return type === "" ? {} : { flowType: type };
}

/** Messages about a flow: one for each thing that happened to it. */
export function flowTold(change: Change): Told[] {
  const { id, before, after } = change;
  const propertyChanges = differences(before, after).filter(({ property }) => property !== "currentOperation");
  const entity = entityNamed(id, after ?? before);
  const shared = { service: "Architect", entityType: "Flow", entity, propertyChanges, context: contextOf(after) };
  return propertyChanges.length === 0 ? [] : actionsOf(change).map((action) => ({ ...shared, action }));
}
