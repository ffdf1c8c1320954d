import type { Answer, Steps } from "../../model/api.ts";
import { compactJson, isObj, textOf, type Json, type Obj } from "../../model/json.ts";
import type { PartChange } from "../../model/kind.ts";
import { readList } from "../../model/read-list.ts";
import { ownTags, readAudio, removeAudio, RESOURCE, withTagOf, writeAudio, type ResourcePath } from "./audio.ts";

const RESOURCES = { op: "GET /api/v2/architect/prompts/{id}/resources", paging: "page", size: 100 } as const;

/** What a prompt says, language by language, with its audio. */
export function* readResources(entity: Obj): Steps<Json> {
  const id = textOf(entity["id"]);
  const resources: Obj[] = [];
  for (const resource of yield* readList(RESOURCES, { id })) {
    const audio = yield* readAudio({ id, language: textOf(resource["language"]) }, resource);
    resources.push({ ...resource, tags: ownTags(resource["tags"]), ...(audio === undefined ? {} : { audio }) });
  }
  return resources;
}

/** Writes the languages that differ. */
export function* writeResources({ id, before, after }: PartChange): Steps<void> {
  const [had, wanted] = [isObj(before) ? before : {}, isObj(after) ? after : {}];
  for (const language of Object.keys(had)) {
    if (!Object.hasOwn(wanted, language)) yield { op: `DELETE ${RESOURCE}`, path: { id, language }, expect: [404] };
  }
  for (const [language, resource] of Object.entries(wanted)) {
    const current = Object.hasOwn(had, language) ? had[language] : undefined;
    yield* writeResource({ id, language }, isObj(current) ? current : undefined, isObj(resource) ? resource : {});
  }
}

function* writeResource(path: ResourcePath, before: Obj | undefined, { audio, ...body }: Obj): Steps<void> {
  const had = before?.["audio"];
  const { audio: _, ...said } = before ?? {};
  if (before === undefined) {
    const create = { ...body, language: path.language };
    yield { op: "POST /api/v2/architect/prompts/{id}/resources", path: { id: path.id }, body: create };
  } else if (compactJson(said) !== compactJson(body)) yield* sayAnew(path, body);
  if (!isObj(audio)) {
    if (had !== undefined) yield* removeAudio(path);
  } else if (!isObj(had) || had["sha256"] !== audio["sha256"]) yield* writeAudio(path, audio, body, had !== undefined);
}

/** An update replaces all tags, and the audio stays. */
function* sayAnew(path: ResourcePath, body: Obj): Steps<void> {
  const current: Answer = yield { op: `GET ${RESOURCE}`, path };
  const tags = withTagOf(isObj(current.body) ? current.body["tags"] : undefined, body["tags"]);
  yield { op: `PUT ${RESOURCE}`, path, body: { ...body, ...(tags === undefined ? {} : { tags }) } };
}
