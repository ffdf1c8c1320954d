import type { Operational } from "../model/config.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { defined } from "../model/defined.ts";
import { sameJson, type Json } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { OperationalState } from "../model/report.ts";
import type { Finding, Snapshot } from "../model/snapshot.ts";
import { stateNotes } from "../model/state-notes.ts";
import type { Pairing } from "../pairing/pair.ts";
import { excludedField } from "../pairing/state-rules.ts";
import type { Comparison } from "./compare.ts";

/** The state of one object: pointer → value. */
type StateOfObject = { readonly [pointer: string]: Json };

/**
 * The operational state that differs between both organisations, or that is off in the standby, of the objects that both
 * have. It is never copied, so a report has to say it. Sorted by coordinate and path.
 */
export function operationalState(
  { source, target }: { readonly source: Snapshot; readonly target: Snapshot },
  { kinds, desired, current, renamed }: Comparison,
  { origin, settings }: Pick<Pairing, "origin" | "settings">,
): OperationalState[] {
  return [...desired.keys()].sort().flatMap((coordinate) => {
    const inStandby = renamed.get(coordinate) ?? coordinate;
    if (!current.has(inStandby)) return [];
    const primary = source.state.get(origin.get(coordinate) ?? coordinate) ?? {};
    const standby = target.state.get(inStandby) ?? {};
    const wanted = new Map(settings(coordinate).map(({ path, value }) => [path, value]));
    const places = operationalPlaces(kinds.get(splitCoordinate(coordinate).kind), primary, standby);
    return places.flatMap(([path, on]) =>
      stateAt({ coordinate, path, on, wanted: wanted.get(path) }, primary, standby),
    );
  });
}

/** The operational pointers of an object that either side tells, with the value that means "in use". */
function operationalPlaces(
  kind: Kind | undefined,
  primary: StateOfObject,
  standby: StateOfObject,
): (readonly [path: string, on: Json | undefined])[] {
  const paths = new Set([...Object.keys(primary), ...Object.keys(standby)]);
  return [...paths].sort().flatMap((path) => {
    const field = excludedField(kind, path);
    return field?.owner === "operational" ? [[path, field.create] as const] : [];
  });
}

/** One place of an object, the value that means "in use", and the value that `lockstep.yaml` wants, if any. */
interface StatePlace {
  readonly coordinate: Coordinate;
  readonly path: string;
  readonly on: Json | undefined;
  readonly wanted: Json | undefined;
}

/** A value that a side does not tell counts as off there: what is not known to be on may fail callers. */
function stateAt(
  { coordinate, path, on, wanted }: StatePlace,
  primary: StateOfObject,
  standby: StateOfObject,
): OperationalState[] {
  const [ours, theirs] = [own(primary, path), own(standby, path)];
  const off = on !== undefined && !sameJson(theirs, on);
  if (!off && sameJson(ours, theirs)) return [];
  const asWanted = wanted !== undefined && sameJson(theirs, wanted);
  return [
    {
      coordinate,
      path,
      ...defined({ primary: ours, standby: theirs }),
      off,
      ...(asWanted ? { configured: true } : {}),
    },
  ];
}

function own(state: StateOfObject, path: string): Json | undefined {
  return Object.hasOwn(state, path) ? state[path] : undefined;
}

/**
 * Does this state make `lockstep diff` end with exit code 2? What the standby has because `lockstep.yaml` says so never does.
 * @param alarm `operational.alarm` of the configuration
 */
export function isAlarming(
  { primary, standby, off, configured }: OperationalState,
  alarm: Operational["alarm"],
): boolean {
  if (configured === true || alarm === "none") return false;
  return alarm === "any" || (off && !sameJson(primary, standby));
}

/** The same as findings, for a plan: it cannot change this state, so it has to tell it. */
export function operationalFindings(state: readonly OperationalState[]): Finding[] {
  return state.map((one) => {
    const { coordinate, path, primary, standby } = one;
    const sides = `${JSON.stringify(standby) ?? "not set"} in the standby, ${JSON.stringify(primary) ?? "not set"} in the primary`;
    const message = [`is ${sides}`, ...stateNotes(one)].join("; ");
    return { code: "operational-state", coordinate, path, message };
  });
}
