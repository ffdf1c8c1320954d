import { createHash } from "node:crypto";

/** Bytes as text, and what tells them from others. */
export interface Bytes {
  /** SHA-256 as lower-case hex digits. */
  readonly sha256: string;
  readonly size: number;
  readonly base64: string;
}

/** What base64 holds. */
export function bytesOf(base64: string): Bytes {
  const bytes = Buffer.from(base64, "base64");
  return { sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length, base64 };
}
