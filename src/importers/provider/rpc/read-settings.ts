import { LockstepError } from "../../../model/error.ts";
import { isGuard } from "../../../model/guard.ts";
import type { Obj } from "../../../model/json.ts";
import { settingProblems } from "./setting-problems.ts";
import { ACCESS_MODES, listIn, textIn, type ProviderSettings, type SettingName } from "./settings.ts";

/** The settings of a provider. @throws LockstepError `provider-config`, `secret-in-config` */
export function settingsOf(args: Obj): ProviderSettings {
  const [problem] = settingProblems(args);
  if (problem !== undefined) {
    const { code, property, reason } = problem;
    throw new LockstepError(code, `${property}: ${reason}`, "Correct the provider of this stack.");
  }
  const given = (name: SettingName): string | undefined => textIn(args[name]) || undefined;
  const org = given("org") === "primary" ? "primary" : "standby";
  const [plan, sha256] = [given("plan"), given("approved")];
  const [clientId, clientSecret] = [given("clientId"), given("clientSecret")];
  const access = ACCESS_MODES[org].find((mode) => mode === given("access")) ?? ACCESS_MODES[org][0];
  return {
    config: textIn(args["config"]) ?? "",
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
