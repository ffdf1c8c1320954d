import { badRequest, conflict } from "../errors.ts";
import { wanted } from "../engine.ts";
import type { JsonObject } from "../json.ts";
import { textAt } from "../json.ts";
import { byName, byText, pageAnswer, queryValues } from "../listing.ts";
import { referencesIn } from "../references.ts";
import type { Call, Needs, Resource, Route } from "../resource.ts";
import { allOf } from "../resource.ts";
import { text } from "../shape.ts";
import { dropEntry, dropParts, entriesOf } from "../store.ts";
import type { Entry, Reply } from "../world.ts";
import { demandName } from "./flow-names.ts";
import { flowsUsing } from "./flow-users.ts";
import { promptAudioRoutes } from "./prompt-audio.ts";
import {
  addResource,
  changeResource,
  dropAudio,
  promptsPath,
  resourceOf,
  resourcesOf,
  shownResource,
} from "./prompt-resource.ts";
import { queueFields } from "./queue-fields.ts";

const viewing = allOf("architect:userPrompt:view");
const editing = allOf("architect:userPrompt:edit");
const refused = "architect.prompt.validate.failed";

function check(draft: JsonObject): void {
  demandName(draft, { missing: `${refused}.missing.name`, noLetter: `${refused}.name.no.alpha` });
  if (!/^\w+$/.test(textAt(draft.name)))
    throw badRequest("The name may only have letters, digits and underscores", `${refused}.invalid.name`);
}

function mayDelete(entry: Entry, call: Call): void {
  const queue = entriesOf(call.org, "queue").find(({ data }) =>
    referencesIn(data, queueFields).some(({ kind, id }) => kind === "prompt" && id === entry.id),
  );
  if (queue) throw conflict(`Used by ${textAt(queue.data.name)}`, "architect.prompt.cannot.delete.used.in.queues");
  const flows = flowsUsing(call, "prompt", entry.id);
  if (flows.length > 0) throw conflict(`Used by ${flows.join(", ")}`, "architect.dependency.object.in.use");
  if (call.query.get("allResources") !== "true" && entriesOf(call.org, "prompt-resource", entry.id).length > 0)
    throw conflict("The prompt still has resources", "architect.prompt.has.resources");
}

function dropResources(entry: Entry, call: Call): void {
  for (const resource of entriesOf(call.org, "prompt-resource", entry.id)) dropAudio(call.org, resource);
  dropParts(call.org, "prompt-resource", entry.id);
}

function deleteMany(call: Call): Reply {
  for (const id of queryValues(call, "id")) {
    const entry = wanted(prompt, { ...call, params: { id } });
    mayDelete(entry, call);
    dropResources(entry, call);
    dropEntry(call.org, "prompt", id);
  }
  return { status: 200, json: { id: "batch-delete", complete: true, actionName: "DELETE", actionStatus: "SUCCESS" } };
}

function list(call: Call): Reply {
  const { id } = wanted(prompt, call);
  const resources = entriesOf(call.org, "prompt-resource", id);
  const shown = (resource: Entry): JsonObject => shownResource(id, resource, call);
  return { status: 200, json: pageAnswer(resources, { paging: "page" }, call, shown) };
}

function resource(method: string, below: string, needs: Needs, find: (call: Call, id: string) => Entry): Route {
  return {
    method,
    path: `${promptsPath}/{id}/resources${below}`,
    needs,
    handle(call) {
      const { id } = wanted(prompt, call);
      return { status: 200, json: shownResource(id, find(call, id), call) };
    },
  };
}

function removeResource(call: Call): Reply {
  const owner = wanted(prompt, call);
  const entry = resourceOf(call, owner.id);
  dropAudio(call.org, entry);
  dropEntry(call.org, "prompt-resource", entry.id, owner.id);
  return { status: 204 };
}

/** User prompts: names of letters, digits and underscores, one resource per language (genesys-api §3, §4.3). */
export const prompt: Resource = {
  kind: "prompt",
  path: promptsPath,
  fields: { name: text, description: text },
  needs: {
    list: viewing,
    view: viewing,
    add: allOf("architect:userPrompt:add"),
    edit: editing,
    remove: allOf("architect:userPrompt:delete"),
  },
  listing: {
    paging: "page",
    maxSize: 100,
    filters: { name: byName, description: byText("description"), nameOrDescription: byText("name", "description") },
    sortable: ["name", "id", "description"],
  },
  update: "PUT",
  missingCode: "architect.prompt.not.found",
  unique: [{ by: ["name"], status: 409, code: "architect.prompt.already.exists" }],
  check,
  mayDelete,
  beforeDelete: dropResources,
  show(shown, entry, call) {
    const bare = call.query.get("includeResources") === "false";
    return bare ? shown : { ...shown, resources: resourcesOf(call, entry.id) };
  },
  routes: [
    { method: "GET", path: `${promptsPath}/{id}/resources`, needs: viewing, handle: list },
    resource("POST", "", editing, addResource),
    resource("GET", "/{language}", viewing, resourceOf),
    resource("PUT", "/{language}", editing, changeResource),
    {
      method: "DELETE",
      path: `${promptsPath}/{id}/resources/{language}`,
      needs: editing,
      handle: removeResource,
    },
    { method: "DELETE", path: promptsPath, needs: allOf("architect:userPrompt:delete"), handle: deleteMany },
    ...promptAudioRoutes((call) => wanted(prompt, call)),
  ],
};
