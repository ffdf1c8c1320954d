import { badRequest } from "../errors.ts";
import type { Call, Needs, Route } from "../resource.ts";
import { allOf } from "../resource.ts";
import { bytesOf, uploadAddress } from "../transfer.ts";
import type { Entry, Reply } from "../world.ts";
import { dropAudio, promptsPath, resourceOf, shownResource, takeAudio } from "./prompt-resource.ts";

const editing: Needs = allOf("architect:userPrompt:edit");
const one = `${promptsPath}/{id}/resources/{language}`;

/** The part `file` of a multipart body (RFC 7578). Throws 400 when there is none. */
function uploadedFile(call: Call): Uint8Array {
  const boundary = /boundary="?([^";]+)"?/.exec(call.headers["content-type"] ?? "")?.[1];
  const text = Buffer.from(bytesOf(call)).toString("latin1");
  const parts = boundary === undefined ? [] : text.split(`--${boundary}`);
  const part = parts.find((candidate) => /\r\ncontent-disposition:[^\r]*\bname="?file"?/i.test(candidate));
  const content = part?.slice(part.indexOf("\r\n\r\n") + 4, -2);
  if (content === undefined) throw badRequest("The body has no part named file", "bad.request");
  return Buffer.from(content, "latin1");
}

/**
 * The audio of prompts: the preview operation gives a presigned address for the bytes, the older way is a form that is
 * posted with the token to the resource's `uploadUri` (genesys-api §4.3). `find` gives the prompt that a path names.
 */
export function promptAudioRoutes(find: (call: Call) => Entry): readonly Route[] {
  const upload = (call: Call): Reply => {
    const prompt = find(call);
    const id = `${prompt.id}/${resourceOf(call, prompt.id).id}`;
    const headers = { "content-type": "audio/wav" };
    const url = uploadAddress(call, { task: "prompt-upload", id, headers, binary: true });
    return { status: 200, json: { url, headers } };
  };
  const post = (call: Call): Reply => {
    const prompt = find(call);
    const resource = resourceOf(call, prompt.id);
    takeAudio(resource, uploadedFile(call), call.org, call.world);
    return { status: 200, json: shownResource(prompt.id, resource, call) };
  };
  const remove = (call: Call): Reply => {
    dropAudio(call.org, resourceOf(call, find(call).id));
    return { status: 204 };
  };
  return [
    { method: "POST", path: `${one}/uploads`, needs: editing, handle: upload },
    { method: "POST", path: "/uploads/v2/prompts/{id}/resources/{language}", needs: editing, handle: post },
    { method: "DELETE", path: `${one}/audio`, needs: editing, handle: remove },
  ];
}
