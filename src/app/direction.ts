import type { Side } from "../model/side.ts";
import type { Workspace } from "../model/workspace.ts";
import { placeOfRepositoryRule, repositoryOf, repositoryRules } from "../pairing/repository-rules.ts";
import type { PairingRules } from "../pairing/rules.ts";

/** Where the desired state comes from. */
export type SourceOfTruth = "primary-org" | "repository";

/** Which organisation is compared and written, and what it is to follow. */
export interface Direction {
  readonly from: SourceOfTruth;
  readonly to: Side;
}

/** The usual one. */
export const PRIMARY_TO_STANDBY: Direction = { from: "primary-org", to: "standby" };

/** The rules of pairing, and where each is written in the configuration, given its pointer in `rules`. */
export interface PlacedRules {
  readonly rules: PairingRules;
  readonly placeOf: (pointer: string) => string;
}

/** @throws LockstepError `repository-missing` for the primary when the configuration names no repository */
export function rulesOf({ config, file }: Workspace, { from, to }: Direction): PlacedRules {
  if (to === "primary") {
    return { rules: repositoryRules(config, repositoryOf(config, file)), placeOf: placeOfRepositoryRule };
  }
  // What the primary's operational settings are is not known of a repository.
  const primary = from === "repository" ? { state: [] } : config.orgs.primary;
  return { rules: { ...config, orgs: { primary, standby: config.orgs.standby } }, placeOf: (pointer) => pointer };
}
