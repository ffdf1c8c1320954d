import { resolve } from "node:path";
import type { Kind } from "../model/kind.ts";
import type { Files } from "../model/ports.ts";
import type { Finding } from "../model/snapshot.ts";
import type { Side } from "../model/side.ts";
import { pairSides } from "../importers/pair-sides.ts";
import { PROVIDER_GUARDS } from "../importers/provider/rpc/settings.ts";
import { KINDS } from "../kinds/index.ts";
import type { Workspace } from "../platform/workspace.ts";
import { Provider, type ProviderArgs } from "../pulumi/index.ts";
import type { HealthEndpoint } from "../pairing/health-entry.ts";
import { placeOfRepositoryRule, repositoryOf, repositoryRules } from "../pairing/repository-rules.ts";
import type { PairingRules } from "../pairing/rules.ts";
import { orgOutputs, type OrgOutputs } from "./outputs.ts";
import { planResources, type Wanted } from "./plan-resources.ts";
import { readInventory, registerResources } from "./register.ts";
import { reportGaps } from "./report-gaps.ts";
import type { StackSettings } from "./settings.ts";
import { loadSource, type Source } from "./source.ts";
import { pairedWanted, snapshotWanted, targetOf } from "./wanted.ts";

/** What a stack of an organisation is built from. */
export interface StackContext {
  readonly settings: StackSettings;
  readonly workspace: Workspace;
  readonly files: Files;
  /** Directory of the project, where paths of the stack's configuration start from. */
  readonly root: string;
  readonly now: Date;
}

/** The standby as it should be: everything is adopted, created or updated; nothing is deleted without pruning. */
export async function standbyStack(context: StackContext): Promise<OrgOutputs> {
  const { settings, workspace } = context;
  const source = await sourceOf(context);
  const provider = new Provider("standby", {
    ...providerArgs(context, source),
    org: "standby",
    access: "write",
    prune: String(settings.prune),
  });
  const { config } = workspace;
  // What the primary's operational settings are is not known of a repository.
  const primary = source.kind === "repository" ? { state: [] } : config.orgs.primary;
  const rules: PairingRules = { ...config, orgs: { primary, standby: config.orgs.standby } };
  const protects = ({ write }: Kind): boolean => write?.protect === true && !settings.allow.has("protected");
  return finish(context, await pairedWith(context, { source, provider, side: "standby", rules, protects }));
}

/** The primary: read, or provisioned from a repository along an approved plan. Nothing of it is ever deleted. */
export async function primaryStack(context: StackContext): Promise<OrgOutputs> {
  const { settings, workspace } = context;
  const source = await sourceOf(context);
  const provider = new Provider("primary", {
    ...providerArgs(context, source),
    org: "primary",
    access: settings.access,
    ...approvalArgs(context),
  });
  // Nothing can be deleted by a provider that only reads, and a protected name could not even be given up for another one.
  const protects = (): boolean => settings.access !== "read-only";
  if (source.kind === "primary-org") {
    const wanted = snapshotWanted(source.snapshot, workspace.config, { kinds: KINDS, protects });
    return finish(context, { source, wanted, provider, findings: [], healthEntry: undefined });
  }
  const rules = repositoryRules(workspace.config, repositoryOf(workspace.config, workspace.file));
  return finish(context, await pairedWith(context, { source, provider, side: "primary", rules, protects }));
}

function sourceOf({ settings, workspace, files, root, now }: StackContext): Promise<Source> {
  return loadSource(settings, workspace, files, root, now);
}

function providerArgs(
  { settings, workspace }: StackContext,
  source: Source,
): Pick<ProviderArgs, "config" | "sourceOrgId" | "allow"> {
  const allow = [...settings.allow].filter((guard) => PROVIDER_GUARDS.includes(guard));
  return { config: workspace.file, sourceOrgId: source.snapshot.org.id, allow: allow.join(",") };
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

/** What an organisation is paired by. */
interface Sides {
  readonly source: Source;
  readonly provider: Provider;
  readonly side: Side;
  readonly rules: PairingRules;
  readonly protects: Wanted["protects"];
}

/** What the program wants of an organisation that is paired with the source. */
async function pairedWith(
  { workspace, files, now, settings: { prune, allow } }: StackContext,
  { source, provider, side, rules, protects }: Sides,
): Promise<Ready> {
  const inventory = await readInventory(provider);
  const paired = await pairSides({
    source: source.snapshot,
    target: { orgId: inventory.orgId, ids: inventory.ids, pairing: targetOf(inventory) },
    side,
    rules,
    healthEntry: workspace.config.orgs[side].healthEntry,
    kinds: KINDS,
    now,
    files,
    config: workspace,
    ...(side === "primary" ? { placeOf: placeOfRepositoryRule } : {}),
  });
  const wanted = pairedWanted(source.snapshot, inventory, paired, { kinds: KINDS, prune, allow, protects });
  return { source, wanted, provider, findings: paired.pairing.findings, healthEntry: paired.healthEntry };
}

/** Everything that is known when the resources are registered. */
interface Ready {
  readonly source: Source;
  readonly wanted: Wanted;
  readonly provider: Provider;
  readonly findings: readonly Finding[];
  readonly healthEntry: HealthEndpoint | undefined;
}

async function finish({ settings }: StackContext, ready: Ready): Promise<OrgOutputs> {
  const { source, wanted, provider, findings, healthEntry } = ready;
  const { resources, blocked } = planResources(wanted);
  const all = [...source.snapshot.findings, ...findings];
  await reportGaps(blocked, all, wanted.pruned);
  registerResources(resources, provider, settings.role === "primary");
  return orgOutputs({ settings, source, inventory: wanted.inventory, resources, blocked, findings: all, healthEntry });
}
