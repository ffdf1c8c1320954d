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

/** Stores a text or bytes that can be downloaded; gives the key under which `addressOfFile` finds them. */
export function keepFile(org: Org, world: World, content: string | Uint8Array, contentType: string): string {
  const key = newKey(org, world);
  const kept = typeof content === "string" ? { content } : { base64: Buffer.from(content).toString("base64") };
  putEntry(org, "file", { id: key, data: {}, hidden: { ...kept, contentType } });
  return key;
}

/** The presigned address from which a kept file can be downloaded without a token. */
export function addressOfFile(call: Call, key: string): string {
  return `http://${call.host}/files/download/${encodeURIComponent(call.org.name)}/${key}`;
}

/** A presigned address from which the text can be downloaded without a token. */
export function downloadAddress(call: Call, content: string, contentType: string): string {
  return addressOfFile(call, keepFile(call.org, call.world, content, contentType));
}

/** What happens to bytes that were PUT to a presigned address. */
export interface Upload {
  /** The task that then runs with `{ id, content }`. */
  readonly task: string;
  readonly id: string;
  /** Headers without which the bytes are refused. */
  readonly headers: Readonly<Record<string, string>>;
  /** The content reaches the task as base64 instead of text. */
  readonly binary?: boolean;
}

/** A presigned address to which bytes can be PUT without a token. */
export function uploadAddress(call: Call, { task, id, headers, binary = false }: Upload): string {
  const key = newKey(call.org, call.world);
  putEntry(call.org, "file", {
    id: key,
    data: {},
    hidden: { task, id, binary, headers: { ...headers }, clientId: call.clientId },
  });
  return `http://${call.host}/files/upload/${encodeURIComponent(call.org.name)}/${key}`;
}

/** The body of a request as bytes. */
export function bytesOf(call: Call): Uint8Array {
  const { rawBody = "" } = call;
  return typeof rawBody === "string" ? new TextEncoder().encode(rawBody) : rawBody;
}

function contentOf(call: Call, binary: boolean): string {
  const bytes = bytesOf(call);
  return binary ? Buffer.from(bytes).toString("base64") : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** The presigned operations: outside `/api`, without a token (genesys-api §8). */
export const filesRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/files/download/{org}/{key}",
    needs: anyOf(),
    handle(call) {
      const file = entryOf(call.org, "file", call.params.key ?? "");
      const { content, base64, contentType } = file?.hidden ?? {};
      if (typeof content !== "string" && typeof base64 !== "string") throw notFound("The file");
      const body = typeof content === "string" ? content : Buffer.from(textAt(base64), "base64");
      return { status: 200, raw: { type: textAt(contentType), body } };
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
      later(call.org, call.now, file.hidden.task, {
        id: file.hidden.id ?? "",
        content: contentOf(call, file.hidden.binary === true),
        clientId: file.hidden.clientId ?? "",
      });
      return { status: 200 };
    },
  },
];
