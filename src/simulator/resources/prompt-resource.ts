import { cleanObject } from "../clean.ts";
import { objectBody } from "../engine.ts";
import { ApiError, badRequest, conflict } from "../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { numberAt, objectAt, textAt } from "../json.ts";
import { queryValues } from "../listing.ts";
import type { Call, Resource } from "../resource.ts";
import type { Fields } from "../shape.ts";
import { decimal, list, map, text } from "../shape.ts";
import { dropEntry, entriesOf, entryOf, putEntry } from "../store.ts";
import { addressOfFile, keepFile } from "../transfer.ts";
import { audioFormat, readWav } from "../wav.ts";
import type { Entry, Org, World } from "../world.ts";

/** Address of the prompts. */
export const promptsPath = "/api/v2/architect/prompts";

const fields: Fields = { name: text, ttsString: text, text, tags: map(list(text)), durationSeconds: decimal };

/** Prompt resources: one per language, found by it; audio is uploaded apart (genesys-api §3, §4.3). */
export const promptResource: Resource = {
  kind: "prompt-resource",
  path: `${promptsPath}/{parentId}/resources`,
  parent: "prompt",
  fields,
  needs: {},
  tasks: {
    "prompt-upload": (org, { id, content }, world) => {
      const [promptId = "", language = ""] = textAt(id).split("/");
      const resource = entryOf(org, "prompt-resource", language, promptId);
      if (resource) takeAudio(resource, Buffer.from(textAt(content), "base64"), org, world);
    },
  },
};

/** The resource of that language. Throws the service's 404. */
export function resourceOf(call: Call, promptId: string): Entry {
  const resource = entryOf(call.org, "prompt-resource", call.params.language ?? "", promptId);
  if (!resource) throw new ApiError(404, "architect.prompt.resource.not.found", "The prompt has no such resource");
  return resource;
}

/** Creates the resource of a language. */
export function addResource(call: Call, promptId: string): Entry {
  const body = objectBody(call);
  const language = textAt(body.language);
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language))
    throw badRequest(`"${language}" is not a language`, "architect.prompt.resource.validate.failed.language");
  if (entryOf(call.org, "prompt-resource", language, promptId))
    throw conflict("The language already has a resource", "architect.prompt.resource.already.exists");
  const data = { id: language, ...cleanObject(body, fields) };
  return putEntry(call.org, "prompt-resource", { id: language, data, hidden: {} }, promptId);
}

/** Replaces what a resource says; its audio stays. */
export function changeResource(call: Call, promptId: string): Entry {
  const { id, hidden } = resourceOf(call, promptId);
  const data = { id, ...cleanObject(objectBody(call), fields) };
  return putEntry(call.org, "prompt-resource", { id, data, hidden }, promptId);
}

/** Removes the audio of a resource, and with it the address where it could be heard. */
export function dropAudio(org: Org, resource: Entry): void {
  dropEntry(org, "file", textAt(resource.hidden.file));
  resource.hidden = {};
}

/**
 * Takes audio in: it is transcoded for as long as a job takes. Only WAV is understood here. A WAV comes out as it went in;
 * whether the platform gives back the same bytes is unverified (genesys-api §16).
 */
export function takeAudio(resource: Entry, audio: Uint8Array, org: Org, world: World): void {
  dropAudio(org, resource);
  const wav = readWav(audio);
  const due = { settlesAt: world.clock.now() + world.settings.jobMs };
  resource.hidden = wav
    ? {
        ...due,
        uploaded: true,
        file: keepFile(org, world, audio, "audio/wav"),
        format: audioFormat(wav),
        seconds: wav.seconds,
      }
    : { ...due, uploaded: true };
}

function uploadStatus(resource: Entry, call: Call): string {
  const { uploaded, file, settlesAt } = resource.hidden;
  if (uploaded !== true) return "created";
  if (call.now < numberAt(settlesAt)) return "uploaded";
  return file === undefined ? "transcodeFailed" : "transcoded";
}

/** What only audio has, once it is transcoded: where it is heard, for a while without a token, and what it is like. */
function audioOf({ hidden }: Entry, call: Call): JsonObject {
  const uri =
    call.query.get("includeMediaUris") === "false" ? {} : { mediaUri: addressOfFile(call, textAt(hidden.file)) };
  return { ...uri, audioFormat: objectAt(hidden.format), durationSeconds: numberAt(hidden.seconds) };
}

/** A resource as answers show it. */
export function shownResource(promptId: string, resource: Entry, call: Call): JsonObject {
  const selfUri = `${promptsPath}/${promptId}/resources/${resource.id}`;
  const status = uploadStatus(resource, call);
  const [base] = resource.id.split("-");
  const first = entriesOf(call.org, "prompt-resource", promptId).find(({ id }) => id.split("-")[0] === base);
  return {
    ...resource.data,
    promptId,
    language: resource.id,
    languageDefault: first?.id === resource.id,
    uploadStatus: status,
    uploadUri: `http://${call.host}/uploads/v2/prompts/${promptId}/resources/${resource.id}`,
    ...(status === "transcoded" ? audioOf(resource, call) : {}),
    selfUri,
  };
}

/** The resources of a prompt, those of some languages when the call asks for these. */
export function resourcesOf(call: Call, promptId: string): Json[] {
  const languages = queryValues(call, "language");
  return entriesOf(call.org, "prompt-resource", promptId)
    .filter(({ id }) => languages.length === 0 || languages.includes(id))
    .map((resource) => shownResource(promptId, resource, call));
}
