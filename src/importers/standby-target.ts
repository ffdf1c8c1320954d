import { join } from "node:path";
import type { Config } from "../model/config.ts";
import { GuardError } from "../model/error.ts";
import type { Files } from "../model/ports.ts";
import { baselineSources } from "./baseline.ts";

/** The part of the configuration that says which organisation is which. */
type Pins = Pick<Config, "orgs">;

/**
 * Whoever holds a login that may write could be led to the primary by swapped settings, so that only an organisation that was
 * pinned as the standby is written. Judged before anything is read or logged in to.
 * @throws GuardError `standby-not-pinned`; `same-org` when primary and standby are pinned to one id
 */
export function assertPinned(config: Pins): void {
  if (config.orgs.standby.orgId === undefined) {
    throw new GuardError(
      "standby-not-pinned",
      "Nothing says which organisation is the standby, and only a pinned one is written",
      "Run `lockstep doctor --pin`, check the ids that it adds to lockstep.yaml, and commit them.",
      { path: "/orgs/standby/orgId" },
    );
  }
  assertTwoOrganisations(config);
}

/**
 * Says before any login what two pins say.
 * @throws GuardError `same-org` when primary and standby are pinned to one id
 */
export function assertTwoOrganisations({ orgs }: Pins): void {
  const { orgId } = orgs.standby;
  if (orgId === undefined || !same(orgId, orgs.primary.orgId)) return;
  throw new GuardError(
    "same-org",
    `Primary and standby are pinned to one organisation: ${orgId}`,
    "Correct orgId in orgs.primary or orgs.standby.",
    { path: "/orgs/standby/orgId" },
  );
}

/**
 * Refuses a target that is the primary, or was the source of earlier work in this workspace.
 * @param targetId the organisation that would be written
 * @param directory that of the configuration
 * @throws GuardError `primary-as-target`
 */
export async function assertStandby({ orgs }: Pins, targetId: string, files: Files, directory: string): Promise<void> {
  if (same(targetId, orgs.primary.orgId)) {
    throw primaryAsTarget(targetId, "it is the organisation of orgs.primary", "Check orgs.primary and orgs.standby.");
  }
  const sources = await baselineSources(files, directory);
  const source = sources.find(({ orgId }) => same(orgId, targetId));
  if (source === undefined) return;
  throw primaryAsTarget(
    targetId,
    `another organisation was kept in step with it (${source.path})`,
    "Check orgs.primary and orgs.standby. If the roles have changed for good, move that file out of .lockstep/baseline.",
    join(directory, source.path),
  );
}

function primaryAsTarget(targetId: string, why: string, hint: string, file?: string): GuardError {
  const message = `The organisation ${targetId} is never written: ${why}`;
  return new GuardError("primary-as-target", message, hint, file === undefined ? {} : { file });
}

function same(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}
