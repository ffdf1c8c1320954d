import type { App } from "../model/app.ts";
import type { HiddenSecrets } from "../model/placeholders.ts";
import { withPlaceholders } from "../canonical/secrets-in-json.ts";
import { repositoryRules } from "../pairing/repository-rules.ts";
import { ruleValues } from "../pairing/secret-rules.ts";

/**
 * Secrets that the configuration gives for free fields, behind their placeholders: those under `secrets`, and what looks like one
 * in an override. None where secrets are kept.
 */
export async function givenSecrets(app: Pick<App, "workspace" | "placeholders">): Promise<HiddenSecrets> {
  const placeholders = await app.placeholders();
  if (placeholders === undefined) return new Map();
  const { config } = app.workspace;
  const { repository } = config;
  const values = [
    ...ruleValues(config),
    ...(repository === undefined ? [] : ruleValues(repositoryRules(config, repository))),
  ];
  const { hidden } = await withPlaceholders(values, placeholders, false);
  return new Map([...placeholders.given, ...hidden]);
}
