import type { GuardCode } from "../model/catalogue/codes.ts";
import { LockstepError } from "../model/error.ts";
import { textOf, type Json } from "../model/json.ts";
import { didYouMean } from "../model/suggest.ts";
import { SIDES, type Side } from "../model/side.ts";
import type { SourceOfTruth } from "../app/direction.ts";
import { ALLOWABLE_GUARDS } from "../model/guard.ts";

/** What a stack is for. */
export type Role = Side | "dns";

/** What the program may do with the primary. */
export type PrimaryAccess = "read-only" | "bootstrap" | "managed";

/** What writing the primary needs besides the wish to do so. */
export interface Approval {
  readonly orgId: string;
  readonly plan: string;
  readonly approvedPlan: string;
  readonly writeClientId: string;
  readonly writeClientSecret: string;
}

/** The configuration of a stack, checked. */
export interface StackSettings {
  readonly role: Role;
  /** Path of `lockstep.yaml`, as given. */
  readonly config: string;
  readonly source: SourceOfTruth;
  /** Directory of the source, as given; undefined leaves it to `lockstep.yaml`. */
  readonly snapshot: string | undefined;
  readonly access: PrimaryAccess;
  /** There when access is not `read-only`. */
  readonly approval: Approval | undefined;
  readonly prune: boolean;
  readonly allow: ReadonlySet<GuardCode>;
}

/** Namespace of the keys. */
const NAMESPACE = "lockstep";

/** What a stack can be for; usual names of stacks too. */
export const ROLES = [...SIDES, "dns"] as const;
const SOURCES = ["primary-org", "repository"] as const;
const ACCESS = ["read-only", "bootstrap", "managed"] as const;

/** Keys that only mean something for one role. */
const PRIMARY_ONLY = ["access", "orgId", "plan", "approvedPlan", "writeClientId", "writeClientSecret"] as const;

/** Every key; `aws` is read by the dns stack. */
const KEYS: readonly string[] = ["role", "config", "source", "snapshot", "prune", "allow", "aws", ...PRIMARY_ONLY];

/**
 * Reads the configuration of a stack once. Empty texts, lists and objects count as not given, because Pulumi asks for every
 * key that has no default.
 * @param all the whole configuration of the stack, `namespace:key` → text
 * @throws LockstepError `stack-config` that names the key and the command that sets it, `secret-in-config`
 */
export function readSettings(all: { readonly [key: string]: string }): StackSettings {
  const prefix = `${NAMESPACE}:`;
  const given = new Map(
    Object.entries(all).flatMap(([key, value]) =>
      key.startsWith(prefix) && !["", "{}", "[]"].includes(value.trim()) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
  const unknown = [...given.keys()].find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    const hint = `${didYouMean(unknown, KEYS)} Remove it with \`pulumi config rm lockstep:${unknown}\`.`.trim();
    throw new LockstepError("stack-config", `There is no key lockstep:${unknown}`, hint, {
      path: `lockstep:${unknown}`,
    });
  }
  const role = oneOf("role", given.get("role"), ROLES);
  if (role === undefined)
    throw wrong("role", "is missing", "standby", `It says what the stack is for: ${ROLES.join(", ")}. `);
  assertMeant(given, role);
  const access = oneOf("access", given.get("access"), ACCESS) ?? "read-only";
  const source = oneOf("source", given.get("source"), SOURCES) ?? "primary-org";
  if (access !== "read-only" && source !== "repository") {
    throw wrong("source", `is ${source}, but ${access} provisions the primary from a repository`, "repository");
  }
  return {
    role,
    config: given.get("config") ?? "lockstep.yaml",
    source,
    snapshot: given.get("snapshot"),
    access,
    approval: access === "read-only" ? undefined : approvalOf(given, access),
    prune: switchOf("prune", given.get("prune")),
    allow: guardsOf(given.get("allow")),
  };
}

type Given = ReadonlyMap<string, string>;

/** A key that belongs to another role would be without effect. Defaults that Pulumi fills in for every stack are no such case. */
function assertMeant(given: Given, role: Role): void {
  const foreign = role === "primary" ? [] : PRIMARY_ONLY.filter((key) => given.has(key));
  const key = foreign.find((name) => name !== "access" || given.get(name) !== "read-only");
  if (key !== undefined) throw misplaced(key, "a stack with the role primary");
  if (role === "primary" && given.get("prune") === "true") throw misplaced("prune", "a stack with the role standby");
}

function misplaced(key: string, place: string): LockstepError {
  const hint = `Remove it with \`pulumi config rm lockstep:${key}\`.`;
  return new LockstepError("stack-config", `lockstep:${key} belongs to ${place}`, hint, { path: `lockstep:${key}` });
}

function approvalOf(given: Given, access: PrimaryAccess): Approval {
  const needed = (key: keyof Approval, example: string): string => {
    const value = given.get(key);
    if (value !== undefined) return value;
    throw wrong(key, `is missing, which ${access} needs`, example);
  };
  const reference = (key: "writeClientId" | "writeClientSecret", example: string): string => {
    const value = needed(key, example);
    if (/^(env|file):./.test(value)) return value;
    const hint = `Name where it is found: \`pulumi config set lockstep:${key} ${example}\`.`;
    throw new LockstepError("secret-in-config", `lockstep:${key} is no reference`, hint, { path: `lockstep:${key}` });
  };
  return {
    orgId: needed("orgId", "ORGANISATION-ID"),
    plan: needed("plan", "plan.json"),
    approvedPlan: needed("approvedPlan", "SHA256-OF-THE-PLAN"),
    writeClientId: reference("writeClientId", "env:PRIMARY_WRITE_CLIENT_ID"),
    writeClientSecret: reference("writeClientSecret", "--plaintext env:PRIMARY_WRITE_CLIENT_SECRET"),
  };
}

function oneOf<Choice extends string>(
  key: string,
  value: string | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  if (value === undefined) return undefined;
  const choice = choices.find((one) => one === value);
  if (choice !== undefined) return choice;
  throw wrong(key, `is ${JSON.stringify(value)}, not one of ${choices.join(", ")}`, choices[0] ?? "");
}

function switchOf(key: string, value: string | undefined): boolean {
  if (value === undefined || value === "false") return false;
  if (value === "true") return true;
  throw wrong(key, `is ${JSON.stringify(value)}, not true or false`, "false");
}

function guardsOf(value: string | undefined): ReadonlySet<GuardCode> {
  const list = value === undefined ? [] : jsonOf("allow", value, '["live-traffic"]');
  return new Set((Array.isArray(list) ? list : [list]).map(guardOf));
}

function guardOf(name: Json): GuardCode {
  const guard = ALLOWABLE_GUARDS.find((known) => known === name);
  if (guard !== undefined) return guard;
  const expected = `expected guards that can be allowed (${ALLOWABLE_GUARDS.join(", ")}), found ${JSON.stringify(name)}`;
  throw wrong("allow", expected, "'[\"live-traffic\"]'", didYouMean(textOf(name), ALLOWABLE_GUARDS));
}

function jsonOf(key: string, value: string, example: string): Json {
  try {
    return JSON.parse(value) as Json;
  } catch {
    throw wrong(key, "cannot be read", `'${example}'`);
  }
}

/** An error about one key. Values are repeated only where they cannot be secret. */
function wrong(key: string, what: string, example: string, why = ""): LockstepError {
  const hint = `${why}Set it with \`pulumi config set lockstep:${key} ${example}\`.`;
  return new LockstepError("stack-config", `lockstep:${key} ${what}`, hint, { path: `lockstep:${key}` });
}
