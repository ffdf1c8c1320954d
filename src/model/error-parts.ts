import { isCode } from "./catalogue/index.ts";
import { LockstepError, type ErrorPlace } from "./error.ts";
import { isObj, textOf, type Json } from "./json.ts";

/** Environment variable that asks the Pulumi provider to add the parts of its errors to their texts. */
export const ERROR_PARTS = "LOCKSTEP_ERROR_PARTS";

/**
 * The parts of an error in a form that stands any wrapping, for a text that travels through a program which passes on texts
 * alone, such as the Pulumi engine. {@link errorsIn} finds them again.
 */
export function partsOf({ code, message, hint, place }: LockstepError): string {
  const bytes = Buffer.from(JSON.stringify({ code, message, hint, place }), "utf8");
  return `[lockstep-error ${bytes.toString("base64url")}]`;
}

const PARTS = /\[lockstep-error ([\w-]+)\]/g;

/** Every error whose parts a text carries; empty for a text of somebody else. */
export function errorsIn(text: string): LockstepError[] {
  return [...text.matchAll(PARTS)].flatMap(([, bytes = ""]) => errorOf(parsed(bytes)) ?? []);
}

function parsed(bytes: string): Json {
  try {
    return JSON.parse(Buffer.from(bytes, "base64url").toString("utf8")) as Json;
  } catch {
    return null;
  }
}

function errorOf(parts: Json): LockstepError | undefined {
  if (!isObj(parts)) return undefined;
  const code = textOf(parts["code"]);
  return isCode(code)
    ? new LockstepError(code, textOf(parts["message"]), textOf(parts["hint"]), placeOf(parts["place"]))
    : undefined;
}

function placeOf(place: Json | undefined): ErrorPlace {
  const given = isObj(place) ? place : {};
  const names = ["coordinate", "file", "path"] as const;
  return Object.fromEntries(names.flatMap((name) => (typeof given[name] === "string" ? [[name, given[name]]] : [])));
}
