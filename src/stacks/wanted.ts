import type { GuardCode } from "../model/catalogue/codes.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Blocked } from "../model/obstacles.ts";
import type { Finding, Snapshot } from "../model/snapshot.ts";
import type { Baseline } from "../importers/baseline.ts";
import { assertGuardsAllowed } from "../importers/guards.ts";
import { shrunkenKinds } from "../importers/shrunken-kinds.ts";
import type { PairedSides } from "../app/pair-sides.ts";
import type { Pairing } from "../pairing/pair.ts";
import { NO_RULES, type PairingRules } from "../pairing/rules.ts";
import { isWritten, scopeByName } from "../pairing/scope.ts";
import type { PairingTarget } from "../pairing/target.ts";
import type { Inventory, ObjectTreatment, DesiredOrg } from "./desired-org.ts";

/** What pairing has to know about an organisation, from its inventory. */
export function pairingTargetOf({ ids, homeDivision, unread, namesakes }: Inventory): PairingTarget {
  return { coordinates: new Set(ids.keys()), homeDivision, unread: new Set(unread), namesakes };
}

/** How an organisation is written. */
export interface Policy {
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Does Pulumi delete what only the organisation has? */
  readonly prune: boolean;
  readonly allow: ReadonlySet<GuardCode>;
  readonly protects: (kind: Kind) => boolean;
  /** Findings about objects that cannot be written as they are. */
  readonly obstacles: readonly Finding[];
  /** What cannot be written because it holds a secret that nobody tells. */
  readonly untold: readonly Blocked[];
  /** Places of objects where the platform keeps its own value. */
  readonly kept: ReadonlyMap<Coordinate, readonly string[]>;
}

/**
 * What the program wants of an organisation that is paired with a source: the same desired state that a plan has.
 * @throws GuardError `shrunken-kind` when pruning would follow a source that lost most of a kind
 */
export function pairedWanted(
  source: Snapshot,
  inventory: Inventory,
  { pairing, renamed, baseline }: PairedSides,
  policy: Policy,
): DesiredOrg {
  const { desired } = pairing;
  const taken = new Set([...desired.keys(), ...renamed.values()]);
  const there = [...inventory.ids.keys()].filter((at) => !inventory.skipped.has(at) && isWritten(policy.kinds, at));
  const own = there.filter((at) => pairing.scope.compared(at));
  assertNotShrunken(desired, own, policy);
  const extra = unknownFields(source.findings);
  const alone = own.filter((at) => !taken.has(at));
  return {
    desired,
    inventory,
    retained: [...alone.filter((at) => isRetained(at, policy)), ...leftAlone(there, taken, pairing, policy)],
    setAside: pairing.setAside,
    pruned: alone.filter((at) => !isRetained(at, policy)),
    leftOut: new Set(there.filter((at) => !pairing.scope.compared(at))),
    findings: [...pairing.findings, ...policy.obstacles],
    untold: policy.untold,
    renamed,
    formerNames: formerNames(baseline, inventory, renamed, taken),
    treatment: (coordinate) => {
      const origin = pairing.origin.get(coordinate) ?? coordinate;
      return {
        ignored: [...pairing.ignoredPatterns(coordinate), ...(policy.kept.get(coordinate) ?? [])],
        extra: extra.get(origin) ?? [],
        sourceId: source.ids.get(origin),
      };
    },
    kinds: policy.kinds,
    protects: policy.protects,
  };
}

/** With pruning on, what Pulumi protects still has to stay registered: it refuses to delete it. */
function isRetained(coordinate: Coordinate, { kinds, prune, protects }: Policy): boolean {
  const kind = kinds.get(splitCoordinate(coordinate).kind);
  return !prune || (kind !== undefined && protects(kind));
}

/**
 * What the configuration does not select, where Pulumi would delete it or refuse to go on if it was selected before and its
 * resource went. The provider forgets the rest.
 */
function leftAlone(
  there: readonly Coordinate[],
  taken: ReadonlySet<Coordinate>,
  { scope, setAside }: Pick<Pairing, "scope" | "setAside">,
  { kinds, prune, protects }: Policy,
): Coordinate[] {
  return there.filter((at) => {
    const kind = kinds.get(splitCoordinate(at).kind);
    return !scope.compared(at) && !taken.has(at) && kind !== undefined && (prune || setAside.has(at) || protects(kind));
  });
}

function assertNotShrunken(
  desired: ReadonlyMap<Coordinate, Obj>,
  own: readonly Coordinate[],
  { prune, allow }: Policy,
): void {
  if (prune) assertGuardsAllowed(shrunkenKinds(desired.keys(), own), allow);
}

/** Fields that the source organisation has and the schemas do not know: they are part of its objects all the same. */
function unknownFields(findings: readonly Finding[]): Map<Coordinate, string[]> {
  const fields = new Map<Coordinate, string[]>();
  for (const { code, coordinate, path } of findings) {
    if (code === "unknown-field" && path !== undefined)
      fields.set(coordinate, [...(fields.get(coordinate) ?? []), path]);
  }
  return fields;
}

/** Names that the baseline knows an object by and that nothing else has now: the state may still hold it under one of them. */
function formerNames(
  baseline: Baseline,
  { ids }: Inventory,
  renamed: ReadonlyMap<Coordinate, Coordinate>,
  taken: ReadonlySet<Coordinate>,
): DesiredOrg["formerNames"] {
  const byId = new Map<string, Coordinate[]>();
  for (const [coordinate, { targetId }] of baseline) {
    const key = `${splitCoordinate(coordinate).kind}/${targetId}`;
    byId.set(key, [...(byId.get(key) ?? []), coordinate]);
  }
  return (coordinate) => {
    const before = renamed.get(coordinate);
    const id = ids.get(before ?? coordinate) ?? "";
    const known = byId.get(`${splitCoordinate(coordinate).kind}/${id}`) ?? [];
    const former = known.filter((name) => name !== coordinate && !taken.has(name) && !ids.has(name));
    return [...new Set([...(before === undefined ? [] : [before]), ...former])];
  };
}

/**
 * What the program wants of the primary where nothing is written: the objects of its snapshot that are in scope, as they
 * were. Nobody is asked, so that the primary may be down.
 */
export function snapshotWanted(
  source: Snapshot,
  rules: Pick<PairingRules, "include">,
  policy: Pick<Policy, "kinds" | "protects">,
): DesiredOrg {
  const { kinds, protects } = policy;
  const scope = scopeByName({ ...NO_RULES, include: rules.include }, kinds);
  const desired = new Map([...source.objects].filter(([at]) => isWritten(kinds, at) && scope.compared(at)));
  const extra = unknownFields(source.findings);
  const treatment = (coordinate: Coordinate): ObjectTreatment => ({
    ignored: [],
    extra: extra.get(coordinate) ?? [],
    sourceId: undefined,
  });
  const inventory: Inventory = {
    orgId: source.org.id,
    orgName: source.org.name,
    homeDivision: source.org.homeDivision,
    ids: source.ids,
    unread: [],
    skipped: new Set([...source.ids.keys()].filter((at) => !source.objects.has(at))),
    namesakes: new Map(),
    current: new Map(),
  };
  return {
    desired,
    inventory,
    retained: [],
    setAside: new Set(),
    pruned: [],
    leftOut: new Set(),
    findings: [],
    untold: [],
    renamed: new Map(),
    formerNames: () => [],
    treatment,
    kinds,
    protects,
  };
}
