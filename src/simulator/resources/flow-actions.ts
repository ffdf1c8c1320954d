import { readFlow } from "../architect/document.ts";
import { resolveFlow } from "../architect/resolve.ts";
import { ApiError, conflict } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { idAt, objectAt, textAt } from "../json.ts";
import type { Call, Needs, Route } from "../resource.ts";
import { anyOf } from "../resource.ts";
import { entriesOf, entryOf, newId } from "../store.ts";
import type { Entry, Reply } from "../world.ts";
import { publishVersion } from "./flow-publish.ts";
import { flowUsers } from "./flow-users.ts";
import { shownFlow } from "./flow-show.ts";

const path = "/api/v2/flows/actions";

function flowOf(call: Call): Entry {
  const flow = entryOf(call.org, "flow", call.query.get("flow") ?? "");
  if (!flow) throw new ApiError(404, "architect.flow.not.found", "The flow was not found.");
  if (flow.data.deleted === true) throw new ApiError(410, "architect.flow.deleted", "The flow has been deleted.");
  return flow;
}

function demandLock(flow: Entry, call: Call): void {
  const holder = idAt(flow.data.lockedClient);
  if (holder !== "" && holder !== call.clientId) {
    throw conflict("The flow is locked by another client.", "architect.flow.locked.by.user");
  }
}

function unlocked(flow: Entry): void {
  const { lockedClient: _lockedClient, ...data } = flow.data;
  flow.data = data;
}

function operation(call: Call, flow: Entry, actionName: string): Reply {
  const done: JsonObject = {
    id: newId(call.org),
    complete: true,
    actionName,
    actionStatus: "SUCCESS",
    client: { id: call.clientId },
  };
  flow.data = { ...flow.data, currentOperation: done };
  return { status: 200, json: done };
}

function publish(call: Call): Reply {
  const flow = flowOf(call);
  if (flow.data.system === true) {
    throw new ApiError(405, "architect.flow.cannot.publish.default", "A default flow cannot be published.");
  }
  demandLock(flow, call);
  const versions = entriesOf(call.org, "flow-version", flow.id);
  const wanted = call.query.get("version") ?? versions.at(-1)?.id ?? "";
  const version = entryOf(call.org, "flow-version", wanted, flow.id);
  if (!version) throw new ApiError(404, "architect.flow.version.missing", `The flow has no version ${wanted}.`);
  const read = readFlow(textAt(version.hidden.yaml));
  const resolution = "flow" in read ? resolveFlow(call.org, read.flow) : { uses: [], errors: [read.problem] };
  if (resolution.errors.length > 0) {
    throw conflict(resolution.errors.join(" "), "architect.flow.cannot.publish.missing.dependencies");
  }
  publishVersion(flow, version, { clientId: call.clientId, now: call.now });
  flow.hidden = { ...flow.hidden, uses: resolution.uses.map((use) => ({ ...use })) };
  unlocked(flow);
  return operation(call, flow, "PUBLISH");
}

function deactivate(call: Call): Reply {
  const flow = flowOf(call);
  if (flow.data.system === true) {
    throw new ApiError(405, "architect.default.flow.cannot.deactivate", "A default flow cannot be deactivated.");
  }
  const user = flowUsers(call, flow.id).find(({ place }) => place !== "in.flows");
  if (user) {
    const code = `architect.flow.cannot.deactivate.used.${user.place}`;
    throw conflict(`The flow is used by ${user.name}.`, code, { entityId: flow.id, entityName: user.name });
  }
  const { publishedVersion: _publishedVersion, ...data } = flow.data;
  flow.data = { ...data, active: false };
  return { status: 200, json: shownFlow(flow, call) };
}

function checkout(call: Call): Reply {
  const flow = flowOf(call);
  demandLock(flow, call);
  flow.data = { ...flow.data, lockedClient: { id: call.clientId } };
  return { status: 200, json: shownFlow(flow, call) };
}

function checkin(call: Call): Reply {
  const flow = flowOf(call);
  demandLock(flow, call);
  flow.data = { ...flow.data, checkedInVersion: objectAt(flow.data.savedVersion) };
  unlocked(flow);
  return operation(call, flow, "CHECKIN");
}

function revert(call: Call): Reply {
  const flow = flowOf(call);
  if (idAt(flow.data.lockedClient) !== call.clientId) {
    throw conflict("The flow is not locked by this client.", "architect.flow.not.locked.by.user");
  }
  unlocked(flow);
  return { status: 200, json: shownFlow(flow, call) };
}

function unlock(call: Call): Reply {
  const flow = flowOf(call);
  unlocked(flow);
  return { status: 200, json: shownFlow(flow, call) };
}

function action(name: string, needs: Needs, handle: (call: Call) => Reply): Route {
  return { method: "POST", path: `${path}/${name}`, needs, handle };
}

/** Actions on a flow; publishing an older version is how a flow is rolled back (genesys-api §4.3). */
export const flowActionRoutes: readonly Route[] = [
  action("publish", anyOf("architect:flow:publish", "architect:flow:unlock"), publish),
  action("checkin", anyOf("architect:flow:edit", "architect:flow:unlock"), checkin),
  action("checkout", anyOf("architect:flow:edit"), checkout),
  action("revert", anyOf("architect:flow:edit"), revert),
  action("unlock", anyOf("architect:flow:unlock"), unlock),
  action("deactivate", anyOf("architect:flow:publish"), deactivate),
];
