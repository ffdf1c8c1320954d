import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { VirtualClock } from "../../platform/clock.ts";
import { serve, startLine, type Served, type StartLine } from "../../simulator/index.ts";
import { demoPairing } from "../../simulator/centre/index.ts";
import { startSimulator, type Started } from "../../simulator/start.ts";
import type { Context } from "../context.ts";
import { LockstepError } from "../../model/error.ts";
import { SIDES } from "../../model/side.ts";

/** Two simulated organisations on HTTP and a directory with a `lockstep.yaml` for them. */
export interface Stage {
  readonly context: Context;
  readonly directory: string;
  readonly started: Started;
  readonly line: StartLine;
  close(): Promise<void>;
}

/** Sets the stage: the organisations of this seed, served on loopback, under a clock whose time costs nothing. */
export async function setStage(
  context: Context,
  clock: VirtualClock,
  seed: number,
  keep: string | undefined,
): Promise<Stage> {
  const orgs = SIDES.map((name) => ({ name, content: "seed" as const }));
  const started = await startSimulator({ seed, size: "S", orgs, clock });
  const served = await serve(started.simulator, 0);
  const directory = keep ?? (await mkdtemp(join(tmpdir(), "lockstep-demo-")));
  const line = startLine(started.simulator, served.baseUrl);
  const { environment, ...pairing } = demoPairing({ seed, size: "S" });
  const close = (): Promise<void> => strike(served, keep === undefined ? directory : undefined);
  try {
    await context.files.write(join(directory, "lockstep.yaml"), demoConfig(line, pairing));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    context: { ...context, clock, cwd: directory, env: { ...context.env, ...environment, ...credentials(line) } },
    directory,
    started,
    line,
    close,
  };
}

/**
 * Refuses a directory that holds anything: the demo writes a `lockstep.yaml`, a plan, snapshots and what was applied.
 * @throws LockstepError `would-overwrite`
 */
export async function assertEmpty(directory: string): Promise<void> {
  const [first] = await readdir(directory).catch((): string[] => []);
  if (first === undefined) return;
  throw new LockstepError(
    "would-overwrite",
    `The demo would write over what is in ${directory}, such as ${first}`,
    "Name an empty directory, or one that does not exist.",
    { file: directory },
  );
}

async function strike(served: Served, directory: string | undefined): Promise<void> {
  await served.close();
  if (directory !== undefined) await rm(directory, { recursive: true, force: true });
}

function credentials({ orgs }: StartLine): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(orgs).flatMap(([name, { client }]) => [
      [`LOCKSTEP_${name.toUpperCase()}_ID`, client.id],
      [`LOCKSTEP_${name.toUpperCase()}_SECRET`, client.secret],
    ]),
  );
}

/** The configuration of the demo, with how the standby rightly differs. */
function demoConfig({ baseUrl, orgs }: StartLine, pairing: object): string {
  const side = (name: string): object => ({
    baseUrl,
    orgId: orgs[name]?.id,
    clientId: `env:LOCKSTEP_${name.toUpperCase()}_ID`,
    clientSecret: `env:LOCKSTEP_${name.toUpperCase()}_SECRET`,
  });
  return stringify({ orgs: { primary: side("primary"), standby: side("standby") }, ...pairing });
}
