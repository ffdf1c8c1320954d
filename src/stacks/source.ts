import { resolve } from "node:path";
import type { App } from "../model/app.ts";
import { LockstepError } from "../model/error.ts";
import { besideConfig, type Workspace } from "../model/workspace.ts";
import type { SourceOfTruth } from "../app/direction.ts";
import { readDirectory, readRepository, type LoadedSide } from "../app/read-side.ts";
import { assertComplete } from "../importers/comparable.ts";
import { assertGuardsAllowed, staleHits } from "../importers/guards.ts";
import { digestJson } from "../canonical/digest.ts";
import type { StackSettings } from "./settings.ts";

/** What a stack is provisioned from. */
export interface StackSource extends LoadedSide {
  readonly kind: SourceOfTruth;
  readonly directory: string;
  /** Digest of the objects: equal sources have equal ones. */
  readonly digest: string;
}

/**
 * Reads the source of truth of a stack. It is a directory: nobody is asked, so that the primary may be down.
 * @param root directory of the project, where `lockstep:snapshot` starts from
 * @throws LockstepError `repository-missing`, `not-a-snapshot` and the like, about the directory and the key that names it;
 *   GuardError `incomplete-source`, `stale-snapshot`
 */
export async function readStackSource(
  settings: Pick<StackSettings, "source" | "snapshot" | "allow">,
  app: Pick<App, "workspace" | "files" | "clock" | "placeholders">,
  root: string,
): Promise<StackSource> {
  const { workspace } = app;
  const directory = directoryOf(settings, workspace, root);
  const read = settings.source === "repository" ? readRepository : readDirectory;
  const loaded = await aboutKey(settings.source, directory, () => read(app, directory));
  assertComplete(loaded.snapshot, "primary");
  if (settings.source === "primary-org")
    assertGuardsAllowed(staleHits(loaded.takenAt, workspace.config.guards, new Date(app.clock.now())), settings.allow);
  const digest = digestJson(Object.fromEntries(loaded.snapshot.objects));
  return { ...loaded, kind: settings.source, directory, digest };
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
    throw error.reworded({ hint, place: { file: directory } });
  }
}
