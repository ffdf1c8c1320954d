import { openDesk, type Desk } from "./cli.ts";
import type { Place } from "./place.ts";

/** What lockstep did to bring one standby in step. */
export interface Sync {
  readonly operations: number;
  readonly writes: number;
  readonly failures: readonly unknown[];
  readonly verified: boolean;
  /** Changes that a comparison of fresh snapshots still finds. */
  readonly differences: readonly unknown[];
  /** Findings of that comparison that say something is missing. */
  readonly missing: readonly unknown[];
  /** Findings of that comparison about what flows name of kinds that lockstep does not know. */
  readonly announced: readonly { readonly message: string }[];
  /** Mutating requests of the second apply, as lockstep and as the simulator counts them. */
  readonly secondWrites: number;
  readonly requestsOfSecond: readonly string[];
  /** Everything that was printed and written to disk by name, to look for secrets in. */
  readonly printed: string;
}

interface Applied {
  readonly operations: { readonly done: number };
  readonly failures: readonly unknown[];
  readonly writes: number;
  readonly verified: boolean;
}

interface Diffed {
  readonly changes: readonly unknown[];
  readonly findings: readonly { readonly code: string; readonly message: string }[];
}

/** Snapshot, validate, plan, apply, snapshot, compare and apply again, each a run of the built command line over HTTP. */
export async function bringInStep(
  place: Place,
  standby: string,
  pairing: object,
  env: Readonly<Record<string, string>>,
): Promise<Sync> {
  const desk = await openDesk(place.line, standby, pairing, env);
  try {
    const printed: string[] = [];
    const run = async (exits: readonly number[], ...args: readonly string[]): Promise<string> => {
      const { exit, stdout, stderr } = await desk.run(...args);
      printed.push(stdout, stderr);
      if (exits.includes(exit)) return stdout;
      throw new Error(
        `lockstep ${args.join(" ")} ended with ${String(exit)}\n${stdout.slice(-2000)}\n${stderr.slice(-4000)}`,
      );
    };
    await run([0], "snapshot", "primary");
    await run([0], "validate", "snapshots/primary");
    await run([2], "plan", "--from", "snapshots/primary", "-o", "plan.json");
    const applied = JSON.parse(await run([0, 4], "apply", "plan.json", "--format", "json")) as Applied;
    await run([0], "snapshot", "standby");
    const sides = ["--from", "snapshots/primary", "--to", "snapshots/standby"];
    const diffed = JSON.parse(await run([0, 2], "diff", ...sides, "--format", "json")) as Diffed;
    const before = await lastRequest(place);
    const second = JSON.parse(await run([0, 4], "apply", "plan.json", "--format", "json")) as Applied;
    return {
      operations: applied.operations.done,
      writes: applied.writes,
      failures: applied.failures,
      verified: applied.verified,
      differences: diffed.changes,
      missing: diffed.findings.filter(({ code }) => /missing|unresolved|blocked/.test(code)),
      announced: diffed.findings.filter(({ code }) => code === "unknown-reference-type"),
      secondWrites: second.writes,
      requestsOfSecond: await writesSince(place, standby, before),
      printed: [...printed, ...(await filesOf(desk))].join("\n"),
    };
  } finally {
    await desk.close();
  }
}

async function filesOf(desk: Desk): Promise<string[]> {
  return Promise.all((await desk.files()).map((path) => desk.read(path)));
}

interface LogLine {
  readonly n: number;
  readonly org: string | null;
  readonly method: string;
  readonly path: string;
}

async function log({ anyone }: Place, since: number): Promise<readonly LogLine[]> {
  return (await anyone("GET", `/_sim/log?since=${String(since)}`)).body as unknown as LogLine[];
}

async function lastRequest(place: Place): Promise<number> {
  return (await log(place, 0)).at(-1)?.n ?? 0;
}

/** Requests that change something. A flow can only be read by a job, so a job for an export changes nothing. */
async function writesSince(place: Place, org: string, since: number): Promise<string[]> {
  return (await log(place, since))
    .filter((line) => line.org === org && line.path.startsWith("/api/") && line.method !== "GET")
    .map(({ method, path }) => `${method} ${path}`)
    .filter((request) => !/^POST .*\/(flows\/export\/jobs|audits\/query\/realtime)$/.test(request));
}
