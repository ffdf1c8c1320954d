import { createHash } from "node:crypto";

/** Hex SHA-256 of the text. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A GUID that depends on nothing but the text, so that the same seed gives the same ids. */
export function guidFrom(text: string): string {
  const hex = digest(text);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

/** A secret-looking token that depends on nothing but the text. */
export function tokenFrom(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
