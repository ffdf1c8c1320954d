import { badRequest, conflict, notFound } from "../errors.ts";
import { objectBody, wanted } from "../engine.ts";
import { cleanObject } from "../clean.ts";
import type { JsonObject } from "../json.ts";
import { textAt } from "../json.ts";
import { byName, pageAnswer, queryValues } from "../listing.ts";
import { referencesIn } from "../references.ts";
import type { Call, Resource } from "../resource.ts";
import { allOf } from "../resource.ts";
import type { Fields } from "../shape.ts";
import { decimal, list, map, required, text } from "../shape.ts";
import { dropEntry, dropParts, entriesOf, entryOf, putEntry } from "../store.ts";
import type { Entry, Reply } from "../world.ts";
import { flowsUsing } from "./flow-users.ts";
import { queueFields } from "./queue-fields.ts";

const path = "/api/v2/architect/prompts";
const viewing = allOf("architect:userPrompt:view");
const editing = allOf("architect:userPrompt:edit");

const assetFields: Fields = { name: text, ttsString: text, text, tags: map(list(text)), durationSeconds: decimal };

function shownAsset(promptId: string, asset: Entry): JsonObject {
  const selfUri = `${path}/${promptId}/resources/${asset.id}`;
  return {
    ...asset.data,
    promptId,
    language: asset.id,
    uploadStatus: "created",
    uploadUri: `${selfUri}/uploads`,
    selfUri,
  };
}

function assetsOf(call: Call, promptId: string): JsonObject[] {
  return entriesOf(call.org, "prompt-resource", promptId).map((asset) => shownAsset(promptId, asset));
}

function putAsset(call: Call, language: string, fresh: boolean): Reply {
  const owner = wanted(prompt, call);
  const existing = entryOf(call.org, "prompt-resource", language, owner.id);
  if (fresh && existing)
    throw conflict("The language already has a resource", "architect.prompt.resource.already.exists");
  if (!fresh && !existing) throw notFound("The resource");
  if (language === "") throw badRequest("language is required", "architect.prompt.resource.validate.failed.language");
  const data = { id: language, ...cleanObject(objectBody(call), assetFields) };
  const asset = putEntry(call.org, "prompt-resource", { id: language, data, hidden: {} }, owner.id);
  return { status: 200, json: shownAsset(owner.id, asset) };
}

function refuseDelete(entry: Entry, call: Call): void {
  const queue = entriesOf(call.org, "queue").find(({ data }) =>
    referencesIn(data, queueFields).some(({ kind, id }) => kind === "prompt" && id === entry.id),
  );
  if (queue) throw conflict(`Used by ${textAt(queue.data.name)}`, "architect.prompt.cannot.delete.used.in.queues");
  const flows = flowsUsing(call, "prompt", entry.id);
  if (flows.length > 0) throw conflict(`Used by ${flows.join(", ")}`, "architect.dependency.object.in.use");
  if (call.query.get("allResources") !== "true" && assetsOf(call, entry.id).length > 0) {
    throw conflict("The prompt still has resources", "architect.prompt.has.resources");
  }
  dropParts(call.org, "prompt-resource", entry.id);
}

/** User prompts: names of letters, digits and underscores, one resource per language (genesys-api §3, §4.3). */
export const prompt: Resource = {
  kind: "prompt",
  path,
  fields: { name: required(text), description: text },
  needs: {
    list: viewing,
    view: viewing,
    add: allOf("architect:userPrompt:add"),
    edit: editing,
    remove: allOf("architect:userPrompt:delete"),
  },
  listing: { paging: "page", maxSize: 100, filters: { name: byName }, sortable: ["name", "id"] },
  update: "PUT",
  unique: [{ by: ["name"], status: 409, code: "architect.prompt.already.exists" }],
  check(draft) {
    if (!/^\w+$/.test(textAt(draft.name))) {
      throw badRequest(
        "The name may only have letters, digits and underscores",
        "architect.prompt.validate.failed.invalid.name",
      );
    }
  },
  beforeDelete: refuseDelete,
  show(shown, entry, call) {
    const bare = call.query.get("includeResources") === "false";
    return bare ? shown : { ...shown, resources: assetsOf(call, entry.id) };
  },
  routes: [
    {
      method: "GET",
      path: `${path}/{id}/resources`,
      needs: viewing,
      handle(call) {
        const { id } = wanted(prompt, call);
        return { status: 200, json: pageAnswer(assetsOf(call, id), { paging: "page" }, call, (asset) => asset) };
      },
    },
    {
      method: "POST",
      path: `${path}/{id}/resources`,
      needs: editing,
      handle: (call) => putAsset(call, textAt(objectBody(call).language), true),
    },
    {
      method: "PUT",
      path: `${path}/{id}/resources/{language}`,
      needs: editing,
      handle: (call) => putAsset(call, call.params.language ?? "", false),
    },
    {
      method: "DELETE",
      path: `${path}/{id}/resources/{language}`,
      needs: editing,
      handle(call) {
        dropEntry(call.org, "prompt-resource", call.params.language ?? "", wanted(prompt, call).id);
        return { status: 204 };
      },
    },
    {
      method: "DELETE",
      path,
      needs: allOf("architect:userPrompt:delete"),
      handle(call) {
        for (const id of queryValues(call, "id")) {
          const entry = wanted(prompt, { ...call, params: { id } });
          refuseDelete(entry, call);
          dropEntry(call.org, "prompt", id);
        }
        return {
          status: 200,
          json: { id: "batch-delete", complete: true, actionName: "DELETE", actionStatus: "SUCCESS" },
        };
      },
    },
  ],
};

/** The languages of a prompt. */
export const promptResource: Resource = {
  kind: "prompt-resource",
  path: `${path}/{parentId}/resources`,
  parent: "prompt",
  fields: assetFields,
  needs: {},
};
