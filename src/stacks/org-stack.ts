import { resolve } from "node:path";
import type { App } from "../model/app.ts";
import { defined } from "../model/defined.ts";
import type { Kind } from "../model/kind.ts";
import type { Finding } from "../model/snapshot.ts";
import { namesakesIn } from "../importers/plan.ts";
import type { Side } from "../model/side.ts";
import { exchangedFindings } from "../importers/exchanged.ts";
import { lockTableInProgram } from "../importers/lock/lock-table-name.ts";
import { assertRulesFollowed, pairSides, type PairedSides } from "../app/pair-sides.ts";
import { keptFinding, keptPlaces, keptValuesPath, readKeptValues, type KeptValues } from "../importers/kept-values.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { Pairing } from "../pairing/pair.ts";
import { readUnfinished, stateToGive, unfinishedPath, type UnfinishedWrites } from "../importers/unfinished.ts";
import { withSettings } from "../pairing/state.ts";
import { PROVIDER_GUARDS } from "../model/guard.ts";
import { KINDS } from "../kinds/index.ts";
import { Provider, type ProviderArgs } from "../pulumi/index.ts";
import type { HealthEndpoint } from "../pairing/health-entry.ts";
import { orgOutputs, type OrgOutputs } from "./outputs.ts";
import type { DesiredOrg } from "./desired-org.ts";
import { planResources } from "./plan-resources.ts";
import { readInventory, registerResources } from "./register.ts";
import { reportGaps } from "./report-gaps.ts";
import type { StackSettings } from "./settings.ts";
import { untoldSecrets } from "./untold-secrets.ts";
import { readStackSource, type StackSource } from "./source.ts";
import { pairedWanted, snapshotWanted, pairingTargetOf } from "./wanted.ts";

/** What a stack of an organisation is built from. */
export interface StackContext {
  readonly settings: StackSettings;
  readonly app: Pick<App, "workspace" | "files" | "clock" | "placeholders">;
  /** Directory of the project, where paths of the stack's configuration start from. */
  readonly root: string;
}

/** The standby as it should be: everything is adopted, created or updated; nothing is deleted without pruning. */
export async function standbyStack(context: StackContext): Promise<OrgOutputs> {
  const { settings, app, root } = context;
  const source = await readStackSource(settings, app, root);
  const provider = new Provider("standby", {
    ...providerArgs(context, source, app.workspace.config.orgs.standby.orgId),
    org: "standby",
    access: "write",
    prune: String(settings.prune),
  });
  const protects = ({ write }: Kind): boolean => write?.protect === true && !settings.allow.has("protected");
  return finish(context, await pairedWith(context, { source, provider, to: "standby", protects }));
}

/** The primary: read, or provisioned from a repository along an approved plan. Nothing of it is ever deleted. */
export async function primaryStack(context: StackContext): Promise<OrgOutputs> {
  const { settings, app, root } = context;
  const source = await readStackSource(settings, app, root);
  const provider = new Provider("primary", {
    ...providerArgs(context, source, app.workspace.config.orgs.primary.orgId),
    org: "primary",
    access: settings.access,
    ...approvalArgs(context),
  });
  // Nothing can be deleted by a provider that only reads, and a protected name could not even be given up for another one.
  const protects = (): boolean => settings.access !== "read-only";
  if (source.kind === "primary-org") {
    const wanted = snapshotWanted(source.snapshot, app.workspace.config, { kinds: KINDS, protects });
    return finish(context, { source, wanted, provider, findings: [], healthEntry: undefined });
  }
  return finish(context, await pairedWith(context, { source, provider, to: "primary", protects }));
}

function providerArgs(
  { settings, app }: StackContext,
  source: StackSource,
  orgId: string | undefined,
): Pick<ProviderArgs, "config" | "sourceOrgId" | "allow" | "orgId"> {
  const allow = [...settings.allow].filter((guard) => PROVIDER_GUARDS.includes(guard));
  const { file } = app.workspace;
  return { config: file, sourceOrgId: source.snapshot.org.id, allow: allow.join(","), ...defined({ orgId }) };
}

function approvalArgs({ settings: { approval }, root }: StackContext): Partial<ProviderArgs> {
  if (approval === undefined) return {};
  return {
    orgId: approval.orgId,
    plan: resolve(root, approval.plan),
    approved: approval.approvedPlan,
    clientId: approval.writeClientId,
    clientSecret: approval.writeClientSecret,
  };
}

/** An organisation and what it is to follow. */
interface StackedOrg {
  readonly source: StackSource;
  readonly provider: Provider;
  readonly to: Side;
  readonly protects: DesiredOrg["protects"];
}

/** What the program wants of an organisation that is paired with the source. */
async function pairedWith(
  { app, settings: { prune, allow } }: StackContext,
  { source, provider, to, protects }: StackedOrg,
): Promise<Ready> {
  const inventory = await readInventory(provider);
  const target = { orgId: inventory.orgId, ids: inventory.ids, pairing: pairingTargetOf(inventory) };
  const paired = withFirstStates(
    await pairSides(app, source.snapshot, target, { from: source.kind, to }),
    await readUnfinished(app.files, unfinishedPath(app.workspace, inventory.orgId)),
  );
  assertRulesFollowed(app.workspace, paired.pairing);
  const known = await readKeptValues(app.files, keptValuesPath(app.workspace, inventory.orgId));
  const kept = keptIn(paired.pairing.desired, known);
  const obstacles = [
    ...[...kept].flatMap(([coordinate, paths]) => paths.map((path) => keptFinding(coordinate, path))),
    ...(await exchangedIn(paired, provider)),
    ...(to === "standby" ? lockTableInProgram(paired.pairing.desired, inventory, app.workspace.config.lock) : []),
  ];
  const untold = await untoldSecrets(app, paired, async (also) => (await readInventory(provider, also)).current);
  const policy = { kinds: KINDS, prune, allow, protects, obstacles, untold, kept };
  const wanted = pairedWanted(source.snapshot, inventory, paired, policy);
  return { source, wanted, provider, findings: wanted.findings, healthEntry: paired.healthEntry };
}

/** Places of objects where it is known that the platform keeps its own value: another write would not change it. */
function keptIn(desired: Pairing["desired"], known: KeptValues): ReadonlyMap<Coordinate, readonly string[]> {
  const places = [...known].map(([at, values]) => [at, keptPlaces(values, desired.get(at) ?? {})] as const);
  return new Map(places.filter(([at, paths]) => desired.has(at) && paths.length > 0));
}

/** What an earlier run began to create and did not end still has to get the state of a new object. */
function withFirstStates(paired: PairedSides, unfinished: UnfinishedWrites): PairedSides {
  const { pairing } = paired;
  const desired = withSettings(pairing.desired, stateToGive(KINDS, unfinished, pairing.desired));
  return { ...paired, pairing: { ...pairing, desired } };
}

/** Objects that exchanged names and cannot exchange what they hold. Only of these it has to be known what that is. */
async function exchangedIn({ pairing, exchanged }: PairedSides, provider: Provider): Promise<Finding[]> {
  if (exchanged.size === 0) return [];
  const { current } = await readInventory(provider, [...exchanged.keys()]);
  const { desired, ignored } = pairing;
  return exchangedFindings({ kinds: KINDS, desired, current, ignored }, exchanged);
}

/** Everything that is known when the resources are registered. */
interface Ready {
  readonly source: StackSource;
  readonly wanted: DesiredOrg;
  readonly provider: Provider;
  readonly findings: readonly Finding[];
  readonly healthEntry: HealthEndpoint | undefined;
}

async function finish({ settings }: StackContext, ready: Ready): Promise<OrgOutputs> {
  const { source, wanted, provider, findings, healthEntry } = ready;
  const planned = planResources(wanted);
  const { resources } = planned;
  // What pairing says of namesakes it says by the names of the target.
  const own = source.snapshot.findings.filter(({ code }) => code !== "duplicate-key" || wanted.setAside.size === 0);
  const all = [...own, ...findings];
  const blocked = [...namesakesIn(findings), ...planned.blocked];
  await reportGaps(blocked, all, { pruned: wanted.pruned, leaving: planned.leaving });
  registerResources(resources, provider, settings.role === "primary");
  return orgOutputs({ settings, source, inventory: wanted.inventory, resources, blocked, findings: all, healthEntry });
}
