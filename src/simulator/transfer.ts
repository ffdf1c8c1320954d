import { ApiError, notFound } from "./errors.ts";
import { objectAt, textAt } from "./json.ts";
import { tokenFrom } from "./ids.ts";
import type { Call, Route } from "./resource.ts";
import { anyOf } from "./resource.ts";
import { later, nextNumber, putEntry, entryOf } from "./store.ts";
import type { Org, World } from "./world.ts";

/** The key without which a presigned address leads nowhere; never answered twice for different files. */
function newKey(org: Org, world: World): string {
  return tokenFrom(`${world.seed}/file/${org.id}/${nextNumber(org)}`);
}

/** A presigned address from which the text can be downloaded without a token. */
export function downloadAddress(call: Call, content: string, contentType: string): string {
  const key = newKey(call.org, call.world);
  putEntry(call.org, "file", { id: key, data: {}, hidden: { content, contentType } });
  return `http://${call.host}/files/download/${encodeURIComponent(call.org.name)}/${key}`;
}

/** A presigned address to which bytes can be PUT without a token; then the named task runs with `{ id, content }`. */
export function uploadAddress(call: Call, task: string, id: string, headers: Readonly<Record<string, string>>): string {
  const key = newKey(call.org, call.world);
  putEntry(call.org, "file", { id: key, data: {}, hidden: { task, id, headers: { ...headers } } });
  return `http://${call.host}/files/upload/${encodeURIComponent(call.org.name)}/${key}`;
}

function contentOf(call: Call): string {
  const { rawBody } = call;
  return rawBody === undefined
    ? ""
    : typeof rawBody === "string"
      ? rawBody
      : new TextDecoder("utf-8", { ignoreBOM: true }).decode(rawBody);
}

/** The presigned operations: outside `/api`, without a token (genesys-api §8). */
export const filesRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/files/download/{org}/{key}",
    needs: anyOf(),
    handle(call) {
      const file = entryOf(call.org, "file", call.params.key ?? "");
      if (typeof file?.hidden.content !== "string") throw notFound("The file");
      return { status: 200, raw: { type: textAt(file.hidden.contentType), body: file.hidden.content } };
    },
  },
  {
    method: "PUT",
    path: "/files/upload/{org}/{key}",
    needs: anyOf(),
    handle(call) {
      const file = entryOf(call.org, "file", call.params.key ?? "");
      if (typeof file?.hidden.task !== "string") throw notFound("The file");
      for (const [name, value] of Object.entries(objectAt(file.hidden.headers))) {
        if (call.headers[name.toLowerCase()] !== value)
          throw new ApiError(403, "not.authorized", `The header ${name} is missing`);
      }
      later(call.org, call.now, file.hidden.task, { id: file.hidden.id ?? "", content: contentOf(call) });
      return { status: 200 };
    },
  },
];
