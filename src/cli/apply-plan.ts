import { EXIT, LockstepError } from "../model/error.ts";
import { canonicalJson } from "../model/json.ts";
import type { Plan } from "../model/plan.ts";
import { apply, type ApplyResult } from "../importers/apply.ts";
import { baselinePath } from "../importers/baseline.ts";
import { assertStandbyIdle } from "../importers/live-traffic.ts";
import { KINDS } from "../kinds/index.ts";
import type { GenesysClient } from "../platform/genesys/options.ts";
import { lockPath, secretsOf, statePath } from "../platform/workspace.ts";
import { applySummary } from "../report/apply-text.ts";
import { plural } from "../report/plain.ts";
import { secretRefsOf } from "../pairing/secret-refs.ts";
import type { Context } from "./context.ts";
import { progressSink } from "./progress.ts";
import { connectSide, type Workspace } from "./workspace.ts";

/** What an apply did, with the number of mutating requests it took. */
export type Applied = ApplyResult & { readonly writes: number };

/** Who holds the lock; another of this name has to wait too. */
const HOLDER = { name: "lockstep apply or sync", shared: false } as const;

/**
 * Applies a plan to the standby. Nobody else writes the standby meanwhile, neither another apply nor a stack.
 * @throws GuardError, LockstepError `org-in-use` …
 */
export async function applyPlan(
  context: Context,
  workspace: Workspace,
  plan: Plan,
  allow: ReadonlySet<string>,
): Promise<Applied> {
  assertKnownGuards(allow);
  const client = await connectSide(context, workspace, "standby", "write");
  try {
    const lock = await context.takeLock(lockPath(workspace, client.org.id), HOLDER);
    try {
      return await applyTo(context, workspace, plan, allow, client);
    } finally {
      await lock.release();
    }
  } finally {
    client.close();
  }
}

async function applyTo(
  context: Context,
  workspace: Workspace,
  plan: Plan,
  allow: ReadonlySet<string>,
  client: GenesysClient,
): Promise<Applied> {
  await assertStandbyIdle(client, allow);
  const sink = progressSink(context, client);
  const count = plural(plan.operations.length, "operation");
  sink({ event: "note", message: `${client.org.name}: ${count}; what they touch is read before and after` });
  const result = await apply({
    api: client,
    org: client.org,
    kinds: KINDS,
    plan,
    allow,
    files: context.files,
    paths: statePaths(workspace, plan),
    secretsFor: (coordinate) => secretsOf(context, workspace, secretRefsOf(workspace.config.secrets, coordinate)),
    sink,
  });
  return { ...result, writes: writesOf(client) };
}

/** Guards that `--allow` knows. */
export const GUARDS = [
  "max-updates",
  "max-deletes",
  "protected",
  "shrunken-kind",
  "stale-snapshot",
  "live-traffic",
] as const;

/** @throws LockstepError `unknown-guard` */
export function assertKnownGuards(allow: ReadonlySet<string>): void {
  const known: ReadonlySet<string> = new Set(GUARDS);
  const unknown = [...allow].find((guard) => !known.has(guard));
  if (unknown === undefined) return;
  throw new LockstepError(
    "unknown-guard",
    `there is no guard ${JSON.stringify(unknown)} that can be allowed`,
    `Guards are ${GUARDS.join(", ")}. A plan that was edited or whose target moved has to be made again.`,
  );
}

function statePaths(workspace: Workspace, plan: Plan): Parameters<typeof apply>[0]["paths"] {
  const name = plan.sha256.slice(0, 16);
  return {
    journal: statePath(workspace, "journal", `${name}.jsonl`),
    undo: statePath(workspace, "undo", `${name}.json`),
    baseline: baselinePath(workspace.directory, plan.source.orgId, plan.target.orgId),
  };
}

function writesOf(client: GenesysClient): number {
  return client.counts().writes;
}

/** Shows the result of an apply; gives the exit code. */
export function showApplied(context: Context, format: string | undefined, applied: Applied): number {
  const document = {
    operations: applied.operations,
    failures: applied.failures,
    unequal: applied.unequal,
    writes: applied.writes,
    verified: applied.verified,
    undoPlan: applied.undoPlan ?? null,
  };
  context.stdout.write(format === "json" ? canonicalJson(document) : applySummary(applied));
  return applied.failures.length > 0 || applied.unequal.length > 0 ? EXIT.partial : EXIT.done;
}
