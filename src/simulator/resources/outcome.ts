import { objectBody, replace, wanted } from "../engine.ts";
import { conflict } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { objectAt, pick, textAt } from "../json.ts";
import { byDivision, byId, byName, byText } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import { isSettled, settling } from "../settling.ts";
import { ref, text } from "../shape.ts";
import { newId } from "../store.ts";
import type { Entry, Reply } from "../world.ts";
import { demandName } from "./flow-names.ts";

const path = "/api/v2/flows/outcomes";
const refused = "architect.flow.outcome.validate.failed";

/** An operation on an outcome, done once its time has come. */
function operationOf(entry: Entry, call: Call): JsonObject {
  const done = isSettled(entry, call);
  const state = { complete: done, actionName: "UPDATE", actionStatus: done ? "SUCCESS" : "STARTED" };
  return { id: textAt(entry.hidden.operation), ...state, client: { id: textAt(entry.hidden.by) } };
}

/** An update is an operation: the outcome is as before until it is done (genesys-api §4.3). */
function update(call: Call): Reply {
  const before = wanted(outcome, call);
  if (!isSettled(before, call))
    throw conflict("The outcome is being updated", "architect.operation.already.in.progress");
  const entry = replace(outcome, before, objectBody(call), call);
  entry.hidden = { ...entry.hidden, before: before.data, operation: newId(call.org), by: call.clientId };
  settling(entry, call);
  return { status: 200, json: operationOf(entry, call) };
}

/**
 * Flow outcomes: there is no operation that deletes one, and an empty description is stored as one space (genesys-api
 * §1.3, §1.5, §4.3; codes of the definition).
 */
export const outcome: Resource = {
  kind: "outcome",
  path,
  fields: { name: text, division: ref("division"), description: text },
  needs: {
    list: allOf("architect:flowOutcome:view"),
    view: allOf("architect:flowOutcome:view"),
    add: allOf("architect:flowOutcome:add"),
  },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: {
      id: byId,
      name: byName,
      description: byText("description"),
      nameOrDescription: byText("name", "description"),
      divisionId: byDivision,
    },
    sortable: ["id", "name", "description"],
  },
  divided: true,
  missingCode: "architect.flow.outcome.not.found",
  unique: [{ by: ["name"], status: 409, code: "architect.flow.outcome.already.exists" }],
  check(draft) {
    demandName(draft, { missing: `${refused}.missing.name`, noLetter: `${refused}.invalid.name.no.alpha` });
  },
  beforeStore(entry) {
    entry.data = { ...entry.data, description: textAt(entry.data.description) || " " };
  },
  show(shown, entry, call) {
    if (entry.hidden.operation === undefined) return shown;
    const before = isSettled(entry, call) ? {} : pick(objectAt(entry.hidden.before), ["name", "description"]);
    return { ...shown, ...before, currentOperation: operationOf(entry, call) };
  },
  routes: [{ method: "PUT", path: `${path}/{id}`, needs: allOf("architect:flowOutcome:edit"), handle: update }],
};
