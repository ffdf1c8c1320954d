import type { Config, Repository } from "../model/config.ts";
import { LockstepError } from "../model/error.ts";
import type { PairingRules } from "./rules.ts";

/** The section of the configuration that says how the primary is meant to differ from the repository. */
const SECTION = "/repository";

/** The rules by which the primary is made from the repository, in the places where pairing looks for those of a target. */
export function repositoryRules({ include }: Pick<Config, "include">, repository: Repository): PairingRules {
  const { renames, overrides, ignores, numbers, flows, state } = repository;
  return {
    include,
    renames,
    overrides,
    ignores,
    numbers,
    flows,
    orgs: { primary: { state: [] }, standby: { state } },
  };
}

/** Place of a rule of {@link repositoryRules} in the configuration. */
export function placeOfRepositoryRule(pointer: string): string {
  if (pointer.startsWith("/include")) return pointer;
  return SECTION + pointer.replace(/^\/orgs\/standby\/state/, "/state");
}

/** @throws LockstepError `repository-missing` when the configuration names none */
export function repositoryOf(config: Config, file: string): Repository {
  if (config.repository !== undefined) return config.repository;
  throw new LockstepError(
    "repository-missing",
    `${file} names no repository that the primary could be provisioned from`,
    "Add `repository: { directory: DIR }`; `lockstep snapshot primary --repository -o DIR` writes such a directory.",
    { file, path: SECTION },
  );
}
