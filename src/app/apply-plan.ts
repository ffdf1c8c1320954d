import type { App } from "../model/app.ts";
import type { GuardCode } from "../model/catalogue/codes.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { Plan } from "../model/plan.ts";
import type { OrgConnection } from "../model/ports.ts";
import { statePath } from "../model/workspace.ts";
import { apply, assertAllowed, assertTarget, type ApplyResult, type StatePaths } from "../importers/apply.ts";
import { openLockOf, releaseAnyway, tellingWhyNot } from "../importers/lock/lock-of.ts";
import type { StandbyLock } from "../importers/lock/standby-lock.ts";
import { baselinePath } from "../importers/baseline.ts";
import { readPlanJournal } from "../importers/journal.ts";
import { keptValuesPath } from "../importers/kept-values.ts";
import { assertStandbyIdle } from "../importers/live-traffic.ts";
import { unfinishedPath } from "../importers/unfinished.ts";
import { withCreatedIds } from "../importers/undo-file.ts";
import { assertOwnPlaceholders } from "../importers/own-placeholders.ts";
import { assertStandby, assertPinned } from "../importers/standby-target.ts";
import { givenSecrets } from "../importers/given-secrets.ts";
import { assertSecrets, secretsFor } from "../importers/secrets-for.ts";
import { KINDS } from "../kinds/index.ts";
import { scopeByName } from "../pairing/scope.ts";
import { plural } from "../report/plain.ts";
import { narrowComparison } from "./narrow-sides.ts";
import { keepReadBack } from "./keep-read-back.ts";

/** What an apply did, with the number of mutating requests it took, and how many requests of any kind were about the lock. */
export type AppliedPlan = ApplyResult & { readonly writes: number; readonly lockRequests: number };

/** Who holds the lock; another of this name has to wait too. */
const HOLDER = { name: "lockstep apply or sync", shared: false } as const;

/**
 * Applies a plan to the standby and verifies it. Nobody else writes the standby meanwhile, neither another apply nor a stack.
 * Safe to run again after a crash: what the journal says is done is not repeated. A failed operation is part of the result.
 * @param allow guards that may be passed
 * @throws GuardError naming the guard, also `standby-not-pinned`, `primary-as-target`, `wrong-target`, `moved-target`; LockstepError `org-in-use`,
 *   `interrupted` and those of the login
 */
export async function applyPlan(app: App, plan: Plan, allow: ReadonlySet<GuardCode>): Promise<AppliedPlan> {
  const { config, directory: place } = app.workspace;
  assertStandbyPinned(app);
  // What is meant for the stack of the primary is refused with a hint of its own, and so is a plan for another organisation
  // than the one that the login leads to.
  if (plan.stack === undefined) await assertStandby(config, plan.target.orgId, app.files, place);
  const now = new Date(app.clock.now());
  assertAllowed({ plan, allow, kinds: KINDS, guards: config.guards, now });
  assertOwnPlaceholders(plan, await app.placeholders());
  await app.files.assertWritable(journalPath(app, plan.sha256));
  const journal = await readPlanJournal(app.files, journalPath(app, plan.sha256));
  await assertSecrets(
    app,
    plan.operations.filter(({ id }) => journal.get(id)?.state !== "done"),
  );
  const connection = await app.connect("standby", "write");
  try {
    assertTarget(plan, connection.org);
    const directory = await app.lockOrg(connection.org.id, HOLDER);
    const lock = openLockOf(app, connection, { allow, shared: false });
    const result = await applyTo(app, { connection, lock }, plan, allow).finally(async () => {
      await releaseAnyway(app, { orgId: connection.org.id }, lock);
      await directory.release();
    });
    const { writes, byKind } = connection.counts();
    return { ...result, writes, lockRequests: byKind["lock"] ?? 0 };
  } finally {
    connection.close();
  }
}

/**
 * Says early what {@link applyPlan} would refuse whatever the plan.
 * @throws GuardError `standby-not-pinned`, `same-org`
 */
export function assertStandbyPinned({ workspace }: Pick<App, "workspace">): void {
  assertPinned(workspace.config);
}

/** The organisation that an apply writes to, and its lock. */
interface Written {
  readonly connection: OrgConnection;
  readonly lock: StandbyLock;
}

async function applyTo(
  app: App,
  { connection, lock }: Written,
  plan: Plan,
  allow: ReadonlySet<GuardCode>,
): Promise<ApplyResult> {
  await assertStandbyIdle(connection, allow);
  const sink = app.progress(connection);
  const count = plural(plan.operations.length, "operation");
  sink({ event: "note", message: `${connection.org.name}: ${count}; what they touch is read before and after` });
  return apply({
    api: connection,
    org: connection.org,
    kinds: KINDS,
    plan: await whole(app, plan),
    allow,
    guards: app.workspace.config.guards,
    now: new Date(app.clock.now()),
    files: app.files,
    paths: statePaths(app, plan),
    secretsFor: secretsFor(app),
    placeholders: await app.placeholders(),
    given: await givenSecrets(app),
    compared: comparedBy(app, plan),
    lock: { ...lock, take: () => tellingWhyNot(lock, sink) },
    sink,
    readBack: (read) => keepReadBack(app, connection, read, sink),
  });
}

/** What the configuration selects, as far as the plan was not narrowed to less. */
function comparedBy({ workspace }: App, { selection }: Plan): (coordinate: Coordinate) => boolean {
  const scope = scopeByName(workspace.config, KINDS);
  const narrowed = selection === undefined ? undefined : narrowComparison(selection, new Map());
  return (coordinate) => scope.compared(coordinate) && narrowed?.selects(coordinate) !== false;
}

/** The plan; an undo plan that an interrupted apply left knows from its journal what was created. */
async function whole(app: App, plan: Plan): Promise<Plan> {
  if (plan.undoes === undefined) return plan;
  return withCreatedIds(plan, await readPlanJournal(app.files, journalPath(app, plan.undoes)));
}

function journalPath({ workspace }: App, sha256: string): string {
  return statePath(workspace, "journal", `${sha256.slice(0, 16)}.jsonl`);
}

function statePaths(app: App, plan: Plan): StatePaths {
  const { workspace } = app;
  return {
    journal: journalPath(app, plan.sha256),
    undo: statePath(workspace, "undo", `${plan.sha256.slice(0, 16)}.json`),
    baseline: baselinePath(workspace.directory, plan.source.orgId, plan.target.orgId),
    unfinished: unfinishedPath(workspace, plan.target.orgId),
    kept: keptValuesPath(workspace, plan.target.orgId),
  };
}
