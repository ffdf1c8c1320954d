import { readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import type { Ended } from "../../scenarios/support/cli.ts";
import { works } from "../../scenarios/support/refused.ts";
import type { Stage } from "../../scenarios/support/stage.ts";
import type { Workspace } from "../../scenarios/support/workspace.ts";
import type { EnginePlace, StoredResource } from "./engine.ts";

/** A workspace whose standby is kept by `lockstep up`, in a process of its own. */
export interface UpWorkspace {
  readonly workspace: Workspace;
  readonly up: (...args: readonly string[]) => Promise<Ended>;
  /** Reads the primary into the workspace. */
  readonly snapshot: () => Promise<void>;
  /** What the engine remembers of the standby. */
  readonly stored: () => Promise<readonly StoredResource[]>;
}

/** A workspace with a snapshot of the primary, and a stack that nobody has used. */
export async function upWorkspace(place: EnginePlace, stage: Stage): Promise<UpWorkspace> {
  await rm(join(place.backend, ".pulumi"), { recursive: true, force: true });
  await writeFile(join(place.directory, "stacks", "Pulumi.standby.yaml"), "config:\n  lockstep:role: standby\n");
  const workspace = await stage.workspace();
  const env = { ...place.env, PATH: [dirname(place.command.command), place.env["PATH"]].join(delimiter) };
  const command = ["up", "--stack", "standby", "--cwd", place.directory, "--format", "json"];
  const made: UpWorkspace = {
    workspace,
    up: (...args) => workspace.start([...command, ...args], env).ended,
    snapshot: async () => void (await works(workspace, 0, "snapshot", "primary")),
    stored: async () => {
      const text = await readFile(join(place.backend, ".pulumi/stacks/lockstep/standby.json"), "utf8");
      const { checkpoint } = JSON.parse(text) as { checkpoint: { latest: { resources: StoredResource[] } } };
      return checkpoint.latest.resources;
    },
  };
  await made.snapshot();
  return made;
}
