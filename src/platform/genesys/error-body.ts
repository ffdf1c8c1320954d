import { isList, type Json, type Obj } from "../../model/json.ts";
import { isObj, textOf } from "../../model/json.ts";

const permission = /\b[a-zA-Z][\w-]*:[a-zA-Z][\w-]*:(?:\*|[a-zA-Z][\w-]*)/g;

function textsOf(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(textsOf);
  return isObj(value) ? Object.values(value).flatMap(textsOf) : [];
}

/** The permissions that an error body names, such as `routing:queue:view`, in its parameters or its message. */
export function permissionsIn(body: Obj): string[] {
  const texts = [...textsOf(body.messageParams), textOf(body.message), textOf(body.messageWithParams)];
  return [...new Set(texts.flatMap((text) => text.match(permission) ?? []))];
}

/**
 * Is a refusal a conflict, and is a stale version its reason? Both answers for stale versions are known: 409, and 400
 * with a text of its own; a site says the same in other words (genesys-api §1.4).
 */
export function conflictCode(status: number, body: Obj): "version-conflict" | "conflict" | undefined {
  const message = textOf(body.message);
  const stale = /does not match the current version|modifications? of the \w+ (was|were) made at the same time/i;
  if (status === 400) return stale.test(message) ? "version-conflict" : undefined;
  if (status !== 409) return undefined;
  return stale.test(message) || /version/i.test(`${textOf(body.code)} ${message}`) ? "version-conflict" : "conflict";
}
