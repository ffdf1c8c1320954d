import { createHash } from "node:crypto";
import { compactJson, type Json } from "../model/json.ts";

/** SHA-256 of a text in UTF-8, as lower-case hex digits. */
export function digestText(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** SHA-256 of a JSON value in canonical form: equal values have equal digests, whatever the order of their keys. */
export function digestJson(value: Json): string {
  return digestText(compactJson(value));
}
