import { badRequest } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { textAt } from "../json.ts";

/** Codes by which a service of Architect refuses a name; it has no code for what it does not mind. */
export interface NameCodes {
  readonly missing: string;
  readonly noLetter: string;
  /** For names that begin or end with a space; which spaces are refused is unverified. */
  readonly spaces?: string;
}

/** Throws 400 for a name that the service refuses, with the service's own code. */
export function demandName(draft: JsonObject, codes: NameCodes): void {
  const name = textAt(draft.name);
  if (name === "") throw badRequest("The name is missing", codes.missing);
  if (codes.spaces !== undefined && name !== name.trim())
    throw badRequest("The name begins or ends with a space", codes.spaces);
  if (!/[\p{L}\p{N}]/u.test(name)) throw badRequest("The name has no letter or digit", codes.noLetter);
}
