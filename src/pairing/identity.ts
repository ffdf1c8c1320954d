import { splitKey } from "../model/coordinate.ts";
import { textOf, type Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import { escapeSegment } from "../model/pointer.ts";

/** Key of the division that every organisation has; it is never renamed (genesys-api §3). */
const HOME_KEY = "@home";

/** How the key of an object is made of its own name: `prefix` followed by the name, escaped where the key has several parts. */
export interface Identity {
  readonly key: string;
  readonly prefix: string;
  readonly name: string;
  readonly escaped: boolean;
  /** Where the object holds its name; undefined when its key is made of something else. */
  readonly at: "name" | undefined;
}

/** Finds the own name in a key: `Billing`, `inboundcall:Main` and `Site A/Default route` end in it. */
export function identityOf(kind: Kind | undefined, key: string, object: Obj | undefined): Identity {
  const named = key === HOME_KEY ? undefined : identityByName(key, textOf(object?.["name"]));
  if (named !== undefined) return named;
  const slash = kind?.parent === undefined ? -1 : key.lastIndexOf("/");
  if (slash < 0) return { key, prefix: "", name: key, escaped: false, at: undefined };
  return { key, prefix: key.slice(0, slash + 1), name: splitKey(key).at(-1) ?? "", escaped: true, at: undefined };
}

/** The identity of an object that holds its name, where its key ends in that. */
function identityByName(key: string, name: string): Identity | undefined {
  if (name === "") return undefined;
  if (key === name) return { key, prefix: "", name, escaped: false, at: "name" };
  if (key.endsWith(`:${name}`)) return { key, prefix: key.slice(0, -name.length), name, escaped: false, at: "name" };
  const escaped = escapeSegment(name);
  if (!key.endsWith(`/${escaped}`)) return undefined;
  return { key, prefix: key.slice(0, -escaped.length), name, escaped: true, at: "name" };
}

/** Can rules give the object another name? Not Home, whose name belongs to the organisation. */
export function isNamed({ key }: Identity): boolean {
  return key !== HOME_KEY;
}

/** The key with another name and, for children, another parent. */
export function keyWith(
  identity: Identity,
  name: string,
  parent?: { readonly from: string; readonly to: string },
): string {
  const from = parent === undefined ? "" : escapeSegment(parent.from);
  const prefix =
    parent !== undefined && identity.prefix.startsWith(from)
      ? escapeSegment(parent.to) + identity.prefix.slice(from.length)
      : identity.prefix;
  return prefix + (identity.escaped ? escapeSegment(name) : name);
}

/** What rules may call the object: its key or its own name. */
export function namesOf({ key, name }: Identity): readonly string[] {
  return key === name ? [key] : [key, name];
}

/** What rules may call an object of which only the key is known: also the part behind a type, and the last part. */
export function namesOfKey(key: string): readonly string[] {
  const behindType = key.slice(key.indexOf(":") + 1);
  return [...new Set([key, behindType, splitKey(key).at(-1) ?? key])];
}
