import { GuardError } from "../../../model/error.ts";
import { PROVIDER_GUARDS } from "../../../model/guard.ts";
import type { Obj } from "../../../model/json.ts";
import type { Side } from "../../../model/side.ts";
import { withSuggestion } from "../../../model/suggest.ts";
import { ACCESS_MODES, listIn, SETTINGS, textIn, type SettingName } from "./settings.ts";
import { hasUnknown } from "./values.ts";

/** Something wrong with one property of a provider's configuration. */
export interface SettingProblem {
  readonly code: "provider-config" | "secret-in-config";
  readonly property: string;
  readonly reason: string;
}

/** The text of a setting; empty where it was not given. */
type GivenText = (name: SettingName) => string;

/** What the engine adds to a provider's inputs by itself. */
const ENGINES: ReadonlySet<string> = new Set(["version", "pluginDownloadURL"]);

/** What writing the primary needs besides `access`, and the key of the program's configuration that gives it. */
const APPROVED = [
  ["orgId", "orgId"],
  ["plan", "plan"],
  ["approved", "approvedPlan"],
  ["clientId", "writeClientId"],
  ["clientSecret", "writeClientSecret"],
] as const;

/**
 * What is wrong with the configuration of a provider. Values that are not known yet are not judged. No reason repeats a value
 * that could be a secret.
 */
export function settingProblems(args: Obj): SettingProblem[] {
  const given: GivenText = (name) => textIn(args[name]) ?? "";
  const always = [...shapeProblems(args), ...secretProblems(given)];
  return hasUnknown(args) ? always : [...always, ...configProblems(given), ...orgProblems(given)];
}

/**
 * The objects of a stack have the ids of one organisation: with another one each of them would be replaced.
 * @param olds settings that the state of the stack was made with
 * @throws GuardError `org-mismatch`
 */
export function assertOrgUnchanged(olds: Obj, news: Obj): void {
  const [before, now] = [textIn(olds["orgId"]) ?? "", textIn(news["orgId"]) ?? ""];
  if (before === "" || now === "" || hasUnknown(now) || before === now) return;
  const org = textIn(news["org"]) ?? "";
  throw new GuardError(
    "org-mismatch",
    `This stack holds the objects of the organisation ${before}, and it is now used with ${now}`,
    `A stack belongs to one organisation. Check orgs.${org}.orgId in lockstep.yaml; to start over with the other one, run \`pulumi stack rm --force --preserve-config\`, which leaves both organisations unchanged.`,
  );
}

function problem(property: string, reason: string): SettingProblem {
  return { code: "provider-config", property, reason };
}

function shapeProblems(args: Obj): SettingProblem[] {
  return Object.entries(args).flatMap(([name, value]) => {
    if (name.startsWith("__") || ENGINES.has(name)) return [];
    if (!Object.hasOwn(SETTINGS, name))
      return [problem(name, withSuggestion("there is no such setting", name, Object.keys(SETTINGS)))];
    return textIn(value) === undefined ? [problem(name, "is not a text")] : [];
  });
}

function secretProblems(given: GivenText): SettingProblem[] {
  const reason =
    "a login is written as a reference, env:NAME or file:PATH, because what stands here is stored in the state";
  return (["clientId", "clientSecret"] as const).flatMap((property) => {
    const value = given(property);
    if (value === "" || hasUnknown(value) || /^(env|file):./.test(value)) return [];
    return [{ code: "secret-in-config", property, reason }];
  });
}

function configProblems(given: GivenText): SettingProblem[] {
  const isAbsolute = given("config").startsWith("/") || /^[A-Za-z]:[\\/]/.test(given("config"));
  return isAbsolute ? [] : [problem("config", "is missing: the absolute path of lockstep.yaml")];
}

function orgProblems(given: GivenText): SettingProblem[] {
  const org = given("org");
  if (org !== "primary" && org !== "standby") return [problem("org", "is primary or standby")];
  return [...accessProblems(org, given), ...pruneProblems(org, given), ...guardProblems(given)];
}

function accessProblems(org: Side, given: GivenText): SettingProblem[] {
  const modes: readonly string[] = ACCESS_MODES[org];
  const access = given("access") || ACCESS_MODES[org][0];
  const known = modes.includes(access)
    ? []
    : [
        problem(
          "access",
          `the ${org} is opened as ${modes.join(", ")}; set it with \`pulumi config set lockstep:access\``,
        ),
      ];
  const login = access === "bootstrap" || access === "managed" ? approvalProblems(access, given) : loginProblems(given);
  return [...known, ...login];
}

function approvalProblems(access: string, given: GivenText): SettingProblem[] {
  return APPROVED.filter(([name]) => given(name) === "").map(([name, key]) =>
    problem(name, `${access} needs it; set it with \`pulumi config set lockstep:${key}\``),
  );
}

function loginProblems(given: GivenText): SettingProblem[] {
  const isWhole = (given("clientId") === "") === (given("clientSecret") === "");
  return isWhole ? [] : [problem("clientSecret", "clientId and clientSecret go together")];
}

function pruneProblems(org: Side, given: GivenText): SettingProblem[] {
  const prune = given("prune");
  if (!["", "true", "false"].includes(prune)) return [problem("prune", "is true or false")];
  return prune === "true" && org === "primary" ? [problem("prune", "nothing is ever deleted in the primary")] : [];
}

function guardProblems(given: GivenText): SettingProblem[] {
  return listIn(given("allow"))
    .filter((guard) => !PROVIDER_GUARDS.some((known) => known === guard))
    .map((guard) =>
      problem("allow", `there is no guard ${JSON.stringify(guard)}; guards are ${PROVIDER_GUARDS.join(", ")}`),
    );
}
