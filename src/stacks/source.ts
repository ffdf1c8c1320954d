import { resolve } from "node:path";
import { GuardError, LockstepError } from "../model/error.ts";
import { isObj, textOf } from "../model/json.ts";
import type { Files } from "../model/ports.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { assertComplete } from "../importers/comparable.ts";
import { staleHits } from "../importers/guards.ts";
import { KINDS } from "../kinds/index.ts";
import { besideConfig, type Workspace } from "../platform/workspace.ts";
import { digestJson } from "../canonical/digest.ts";
import { loadRepository, loadSnapshot } from "../snapshot/snapshot-directory.ts";
import type { SourceOfTruth, StackSettings } from "./settings.ts";

/** What a stack is provisioned from. */
export interface Source {
  readonly kind: SourceOfTruth;
  readonly directory: string;
  readonly snapshot: Snapshot;
  /** When it was read from its organisation, ISO 8601; empty for a repository. */
  readonly takenAt: string;
  /** Digest of the objects: equal sources have equal ones. */
  readonly digest: string;
}

/**
 * Loads the source of truth of a stack.
 * @param root directory of the project, where `lockstep:snapshot` starts from
 * @throws LockstepError `repository-missing`, `not-a-snapshot` and the like, about the directory and the key that names it;
 *   GuardError `incomplete-source`, `stale-snapshot`
 */
export async function loadSource(
  settings: Pick<StackSettings, "source" | "snapshot" | "allow">,
  workspace: Workspace,
  files: Files,
  root: string,
  now: Date,
): Promise<Source> {
  const directory = directoryOf(settings, workspace, root);
  const { snapshot, takenAt } = await aboutKey(settings.source, directory, () =>
    settings.source === "repository"
      ? loadRepository(files, directory, KINDS).then((loaded) => ({ snapshot: loaded, takenAt: "" }))
      : loadSnapshot(files, directory, KINDS).then((stored) => ({
          snapshot: stored.snapshot,
          takenAt: isObj(stored.run) ? textOf(stored.run["finishedAt"]) : "",
        })),
  );
  assertComplete(snapshot, "primary");
  assertFresh(takenAt, workspace, settings.allow, now);
  const digest = digestJson(Object.fromEntries(snapshot.objects));
  return { kind: settings.source, directory, snapshot, takenAt, digest };
}

function directoryOf(
  { source, snapshot }: Pick<StackSettings, "source" | "snapshot">,
  workspace: Workspace,
  root: string,
): string {
  if (snapshot !== undefined) return resolve(root, snapshot);
  const { repository, snapshots } = workspace.config;
  if (source === "primary-org") return besideConfig(workspace, snapshots.primary);
  if (repository !== undefined) return besideConfig(workspace, repository.directory);
  throw new LockstepError(
    "repository-missing",
    "lockstep:source is repository, but lockstep.yaml describes none",
    "Add a section `repository` with its directory, or `pulumi config set lockstep:source primary-org`.",
    { file: workspace.file, path: "/repository" },
  );
}

/** The way out of a missing or outdated directory, in the words of a stack. */
async function aboutKey<Result>(
  source: SourceOfTruth,
  directory: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const outdated = ["not-a-snapshot", "not-a-repository", "snapshot-normaliser"];
    if (!(error instanceof LockstepError) || !outdated.includes(error.code)) throw error;
    const command =
      source === "repository" ? "lockstep snapshot primary --repository -o DIR" : "lockstep snapshot primary";
    const hint = `Write it with \`${command}\`, or name another one: \`pulumi config set lockstep:snapshot DIR\`.`;
    throw new LockstepError(error.code, error.message, hint, { ...error.place, file: directory });
  }
}

function assertFresh(takenAt: string, { config }: Workspace, allow: ReadonlySet<string>, now: Date): void {
  const [hit] = staleHits(takenAt, config.guards, now);
  if (hit === undefined || allow.has(hit.guard)) return;
  throw new GuardError(
    hit.guard,
    hit.message,
    "Take a new one with `lockstep snapshot primary`; while the primary is down, `pulumi config set lockstep:allow '[\"stale-snapshot\"]'`.",
  );
}
