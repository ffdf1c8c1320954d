import { ask, asObject, type Shaped } from "../../model/answer.ts";
import type { Answer, Steps } from "../../model/api.ts";
import { bytesOf, type Bytes } from "../../model/bytes.ts";
import { isObj, listOf, textOf, type Json, type Obj } from "../../model/json.ts";
import { untilSettled, type Settled } from "../../model/until-settled.ts";

/** A resource of a prompt: what is said in one language. */
export const RESOURCE = "/api/v2/architect/prompts/{id}/resources/{language}";

/** Where a resource is. */
export interface ResourcePath {
  readonly [name: string]: string;
  readonly id: string;
  readonly language: string;
}

/**
 * Tag of a resource whose audio is not what was uploaded: the digests of what was meant and of what the platform made of it.
 * Audio is transcoded, and whether the bytes stay the same is unverified (genesys-api §4.3, §16).
 */
const TAG = "lockstep";

/** The audio of a resource in snapshot form; undefined where it has none. @param resource as answered, with its signed address */
export function* readAudio(path: ResourcePath, resource: Obj): Steps<Json | undefined> {
  if (resource["uploadStatus"] !== "uploaded" && resource["uploadStatus"] !== "transcoded") return undefined;
  const own = yield* download(resource["uploadStatus"] === "transcoded" ? resource : yield* transcoded(path));
  const tags = resource["tags"];
  const [meant, made] = isObj(tags) ? listOf(tags[TAG]).map((digest) => textOf(digest)) : [];
  return { ...own, sha256: made === own.sha256 && meant !== undefined ? meant : own.sha256 };
}

/** The tags without the one that is ours. */
export function ownTags(tags: Json | undefined): Json {
  if (!isObj(tags)) return null;
  const { [TAG]: _, ...own } = tags;
  return own;
}

/** The tags with the one that is ours, if the resource has it. */
export function withTagOf(current: Json | undefined, tags: Json | undefined): Json | undefined {
  const own = isObj(current) ? current[TAG] : undefined;
  return own === undefined ? tags : { ...(isObj(tags) ? tags : {}), [TAG]: own };
}

/**
 * Uploads audio and waits until it can be heard. Older audio goes first, so that its state is not taken for that of the new.
 * @param audio in snapshot form
 * @param body the resource as a write has it
 */
export function* writeAudio(path: ResourcePath, audio: Obj, body: Obj, replaces: boolean): Steps<void> {
  if (replaces) yield* removeAudio(path);
  // It only gives an address; nothing is there until something is uploaded.
  const register = { op: `POST ${RESOURCE}/uploads`, path, repeatable: true } as const;
  const { url, headers } = yield* ask(register, (answer) => asObject(answer, ["url"]));
  const named = Object.entries(isObj(headers) ? headers : {}).map(([name, value]) => [name, textOf(value)] as const);
  yield {
    transfer: "upload",
    url: textOf(url),
    headers: Object.fromEntries(named),
    body: textOf(audio["base64"]),
    encoding: "base64",
  };
  const made = yield* download(yield* transcoded(path));
  if (made.sha256 === audio["sha256"]) return;
  const tags = { ...(isObj(body["tags"]) ? body["tags"] : {}), [TAG]: [textOf(audio["sha256"]), made.sha256] };
  yield { op: `PUT ${RESOURCE}`, path, body: { ...body, tags } };
}

export function* removeAudio(path: ResourcePath): Steps<void> {
  yield { op: `DELETE ${RESOURCE}/audio`, path, expect: [404] };
}

function* transcoded(path: ResourcePath): Steps {
  return yield* untilSettled({ op: `GET ${RESOURCE}`, path }, isTranscoded);
}

function isTranscoded({ uploadStatus }: Obj): Settled {
  return uploadStatus === "transcodeFailed"
    ? { failed: "the audio could not be transcoded" }
    : uploadStatus === "transcoded";
}

function* download({ mediaUri }: Obj): Steps<Bytes & Obj> {
  return yield* ask({ transfer: "download", url: textOf(mediaUri), encoding: "base64" }, asAudio);
}

function asAudio({ text: base64 = "" }: Answer): Shaped<Bytes & Obj> {
  return isAudio(base64) ? { value: { ...bytesOf(base64) } } : { fault: "something else than the audio of a prompt" };
}

/** Audio is neither empty nor a page or a message in its place, and a WAV file is as long as it says. */
function isAudio(base64: string): boolean {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length === 0 || /^\s*[<{]/.test(bytes.toString("latin1", 0, 64))) return false;
  const isWave = bytes.length >= 8 && bytes.toString("latin1", 0, 4) === "RIFF";
  return !isWave || bytes.readUInt32LE(4) + 8 <= bytes.length;
}
