import { isSeedObject } from "../types.ts";
import type { Admin, Handle } from "./admin.ts";
import { send, SeedError } from "./admin.ts";

/** Uploads the audio of a prompt (genesys-api §4.3). @param path gives a presigned address @param audio in base64 @throws SeedError */
export async function uploadAudio(handle: Handle, admin: Admin, path: string, audio: string): Promise<void> {
  const register = await admin("POST", path);
  const { url, headers } = isSeedObject(register) ? register : {};
  if (typeof url !== "string") throw new SeedError(`POST ${path}: no address to upload to`);
  const address = new URL(url);
  const given = Object.entries(isSeedObject(headers ?? null) ? (headers as object) : {});
  await send(handle, {
    method: "PUT",
    url: `${address.pathname}${address.search}`,
    headers: { host: address.host, ...(Object.fromEntries(given) as Readonly<Record<string, string>>) },
    body: Buffer.from(audio, "base64"),
  });
}
