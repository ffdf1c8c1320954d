import type { App } from "../../model/app.ts";
import type { AuditChanges } from "../../model/audit-changes.ts";
import { splitCoordinate, type Coordinate } from "../../model/coordinate.ts";
import { canonicalJson } from "../../model/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { OrgConnection } from "../../model/ports.ts";
import { printable } from "../../model/printable.ts";
import { SIDES, type Side } from "../../model/side.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import { sweep } from "../../exporters/sweep.ts";
import { KINDS } from "../../kinds/index.ts";
import { plural } from "../../report/plain.ts";
import { changesSince, timeThere } from "../changes-since.ts";
import { sweepFrom, sweepSide } from "../read-side.ts";
import { attempt, ok, warning, type Check } from "./check.ts";

/**
 * Reads both organisations with the audit log and without it, and tells for each kind whether that gives the same. It needs an
 * earlier reading to start from, and says most after changes of every sort.
 * @throws LockstepError `interrupted`
 */
export async function probeAudit(app: App): Promise<Check[]> {
  const checks: Check[] = [];
  for (const side of SIDES) {
    const probed = await attempt(`${side} audit log`, () => probeSide(app, side));
    checks.push(...("check" in probed ? [probed.check] : probed.value));
  }
  return checks;
}

async function probeSide(app: App, side: Side): Promise<Check[]> {
  const connection = await app.connect(side, "read-only");
  try {
    return await compareReadings(app, connection, side);
  } finally {
    connection.close();
  }
}

async function compareReadings(app: App, connection: OrgConnection, side: Side): Promise<Check[]> {
  const { kept, options } = await sweepFrom(app, connection, side);
  const now = timeThere(app, connection);
  const changes = await changesSince(app, connection, kept, { now, sink: options.sink, audit: "auto" });
  const helped = changes && (await sweep({ ...options, changes }));
  // What is read without its help is kept, and the next probe starts from there.
  const { snapshot: full } = await sweepSide(app, connection, side, { audit: "off" });
  if (helped === undefined || changes === undefined || kept === undefined) return [nothingToCompare(side)];
  const readings = { before: kept.snapshot, helped, full };
  return audited().map((kind) => checkOf(side, kind, changes, readings));
}

function nothingToCompare(side: Side): Check {
  const hint = `Change something in the ${side}, wait until the log has it, and run \`lockstep doctor --probe\` again; it needs audits:audit:view.`;
  return warning(`${side} audit log`, "There is no earlier reading to compare with, or the log tells nothing", hint);
}

/** Kinds with pieces of which the audit log may tell. */
function audited(): Kind[] {
  return [...KINDS.values()].filter(({ read }) => read?.parts?.some((part) => part.audited !== undefined));
}

interface Readings {
  readonly before: Snapshot;
  readonly helped: Snapshot;
  readonly full: Snapshot;
}

function checkOf(side: Side, kind: Kind, changes: AuditChanges, readings: Readings): Check {
  const name = `${side} audit log: ${kind.name}`;
  const parts = (kind.read?.parts ?? []).filter((part) => part.audited !== undefined);
  const untold = parts.filter(({ audited }) => audited !== undefined && changes.entriesFor(audited) === undefined);
  if (untold.length === parts.length) return ok(name, "Is not audited here, so everything is read each time");
  const [missed] = differing(kind.name, readings.helped, readings.full);
  if (missed !== undefined) {
    const hint = `Run it again when nobody changes anything; if it says so again, leave ${kind.name} out of read.audit.`;
    return warning(name, `Does not tell of every change: it missed one of ${printable(missed)}`, hint);
  }
  return ok(name, `Gives the same as a full reading (${whatChanged(kind, changes, readings)})`);
}

/** Equal readings prove little where the log named nothing: then everything was read for another reason. */
function whatChanged(kind: Kind, changes: AuditChanges, { before, full }: Readings): string {
  const changed = differing(kind.name, before, full);
  if (changed.length === 0) return "nothing has changed since the last reading";
  const entries = (kind.read?.parts ?? []).flatMap(({ audited: of }) => (of && changes.entriesFor(of)) ?? []);
  const told = new Set(entries.flatMap(({ ids }) => ids));
  const named = changed.filter((at) => told.has(full.ids.get(at) ?? before.ids.get(at) ?? ""));
  return `${plural(changed.length, "object")} changed, of which the log names ${String(named.length)}`;
}

function differing(kind: string, one: Snapshot, other: Snapshot): Coordinate[] {
  const names = new Set(
    [...one.objects.keys(), ...other.objects.keys()].filter((at) => splitCoordinate(at).kind === kind),
  );
  const text = ({ objects, state }: Snapshot, at: Coordinate): string =>
    canonicalJson([objects.get(at) ?? null, state.get(at) ?? null]);
  return [...names].filter((at) => text(one, at) !== text(other, at)).sort();
}
