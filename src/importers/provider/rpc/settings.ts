import { isList, isObj, type Json, type Obj, textOf } from "../../../model/json.ts";
import type { GuardCode } from "../../../model/catalogue/codes.ts";
import { LockstepError } from "../../../model/error.ts";
import { isGuard, PROVIDER_GUARDS } from "../../../model/guard.ts";
import { didYouMean } from "../../../model/suggest.ts";
import type { Side } from "../../../model/side.ts";
import { hasUnknown } from "./values.ts";

/** What a provider may do with its organisation (the standby is `write`; the rest is for the primary). */
export type AccessMode = "read-only" | "bootstrap" | "managed" | "write";

/** The configuration of one provider resource, checked. */
export interface ProviderSettings {
  /** Absolute path of `lockstep.yaml`. */
  readonly config: string;
  readonly org: Side;
  readonly access: AccessMode;
  /** The id that the organisation has to answer with. */
  readonly orgId: string | undefined;
  /** The plan that was approved, and its checksum. */
  readonly approval: { readonly plan: string; readonly sha256: string } | undefined;
  /** References to a login of its own, instead of the one in `lockstep.yaml`. */
  readonly login: { readonly clientId: string; readonly clientSecret: string } | undefined;
  /** The organisation or repository that the desired state comes from: half of the baseline's name. */
  readonly sourceOrgId: string | undefined;
  readonly prune: boolean;
  readonly allow: ReadonlySet<GuardCode>;
}

/** Something wrong with one property of a provider's configuration. */
export interface SettingProblem {
  readonly property: string;
  readonly reason: string;
}

/** Every setting of a provider, and what it is for; all of them are texts. */
export const SETTINGS = {
  config: "Absolute path of lockstep.yaml.",
  org: "`primary` or `standby`.",
  access: "`read-only`, `bootstrap`, `managed` (primary) or `write` (standby).",
  orgId: "Id that the organisation must have; needed for bootstrap and managed.",
  plan: "Path of an approved plan; needed for bootstrap and managed.",
  approved: "SHA-256 of that plan.",
  clientId: "Where the client id is: `env:NAME` or `file:PATH`. Those of lockstep.yaml otherwise.",
  clientSecret: "Where the client secret is: `env:NAME` or `file:PATH`.",
  sourceOrgId: "Id of the source organisation, for the baseline.",
  prune: "`true` to allow deletes in the standby.",
  allow: "Guards to pass, separated by commas.",
} as const;

const MODES = { primary: ["read-only", "bootstrap", "managed"], standby: ["write", "read-only"] } as const;

/** What the engine adds to a provider's inputs by itself. */
const ENGINES: ReadonlySet<string> = new Set(["version", "pluginDownloadURL"]);

/**
 * What is wrong with the configuration of a provider. Values that are not known yet are not judged. No reason repeats a value
 * that could be a secret.
 */
export function settingProblems(args: Obj): SettingProblem[] {
  const problems: SettingProblem[] = [];
  const say = (property: string, reason: string): void => void problems.push({ property, reason });
  for (const [name, value] of Object.entries(args)) {
    if (isEngines(name)) continue;
    if (!Object.hasOwn(SETTINGS, name))
      say(name, `there is no such setting; ${didYouMean(name, Object.keys(SETTINGS))}`);
    else if (textIn(value) === undefined) say(name, "is not a text");
  }
  for (const name of ["clientId", "clientSecret"]) {
    const value = textIn(args[name]);
    if (value === undefined || value === "" || hasUnknown(value) || /^(env|file):./.test(value)) continue;
    say(
      name,
      "secret-in-config: a login is written as a reference, env:NAME or file:PATH, because what stands here is stored in the state",
    );
  }
  if (hasUnknown(args)) return problems;
  const given = (name: string): string => textIn(args[name]) ?? "";
  const org = given("org");
  if (!given("config").startsWith("/") && !/^[A-Za-z]:[\\/]/.test(given("config")))
    say("config", "is missing: the absolute path of lockstep.yaml");
  if (org !== "primary" && org !== "standby")
    return [...problems, { property: "org", reason: "is primary or standby" }];
  const access = given("access") || MODES[org][0];
  if (!(MODES[org] as readonly string[]).includes(access))
    say(
      "access",
      `the ${org} is opened as ${MODES[org].join(", ")}; set it with \`pulumi config set lockstep:access\``,
    );
  if (access === "bootstrap" || access === "managed") {
    for (const [name, key] of APPROVED) {
      if (given(name) === "") say(name, `${access} needs it; set it with \`pulumi config set lockstep:${key}\``);
    }
  } else if ((given("clientId") === "") !== (given("clientSecret") === ""))
    say("clientSecret", "clientId and clientSecret go together");
  if (!["", "true", "false"].includes(given("prune"))) say("prune", "is true or false");
  if (given("prune") === "true" && org === "primary") say("prune", "nothing is ever deleted in the primary");
  for (const guard of listIn(given("allow"))) {
    if (!PROVIDER_GUARDS.some((known) => known === guard))
      say("allow", `there is no guard ${JSON.stringify(guard)}; guards are ${PROVIDER_GUARDS.join(", ")}`);
  }
  return problems;
}

/** What writing the primary needs besides `access`, and the key of the program's configuration that gives it. */
const APPROVED = [
  ["orgId", "orgId"],
  ["plan", "plan"],
  ["approved", "approvedPlan"],
  ["clientId", "writeClientId"],
  ["clientSecret", "writeClientSecret"],
] as const;

/** The settings of a provider. @throws LockstepError `provider-config`, `secret-in-config` */
export function settingsOf(args: Obj): ProviderSettings {
  const [problem] = settingProblems(args);
  if (problem !== undefined) {
    const code = problem.reason.startsWith("secret-in-config") ? "secret-in-config" : "provider-config";
    const reason = problem.reason.replace(/^secret-in-config: /, "");
    throw new LockstepError(code, `${problem.property}: ${reason}`, "Correct the provider of this stack.");
  }
  const given = (name: string): string | undefined => (textIn(args[name]) === "" ? undefined : textIn(args[name]));
  const org = given("org") === "primary" ? "primary" : "standby";
  const [plan, sha256] = [given("plan"), given("approved")];
  const [clientId, clientSecret] = [given("clientId"), given("clientSecret")];
  const access = MODES[org].find((mode) => mode === given("access")) ?? MODES[org][0];
  return {
    config: given("config") ?? "",
    org,
    access,
    orgId: given("orgId"),
    approval: plan === undefined || sha256 === undefined ? undefined : { plan, sha256 },
    login: clientId === undefined || clientSecret === undefined ? undefined : { clientId, clientSecret },
    sourceOrgId: given("sourceOrgId"),
    prune: given("prune") === "true",
    allow: new Set(listIn(given("allow") ?? "").filter(isGuard)),
  };
}

function isEngines(name: string): boolean {
  return name.startsWith("__") || ENGINES.has(name);
}

/** Settings are texts; the engine hands true and false over as they are or as text. */
function textIn(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return String(value);
  return isObj(value) || isList(value) || typeof value === "number" ? undefined : textOf(value);
}

function listIn(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
