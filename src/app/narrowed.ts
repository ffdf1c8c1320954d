import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import type { DriftReport } from "../model/report.ts";
import { didYouMean } from "../model/suggest.ts";
import type { Comparison } from "../drift/compare.ts";
import { countActions } from "../drift/report.ts";

/**
 * The report about one object, by its name in either organisation; a flow may be named without its type.
 * @throws LockstepError `unknown-object`, with the nearest names
 */
export function narrowed(report: DriftReport, comparison: Comparison, object: string): DriftReport {
  const coordinate = resolved(comparison, object);
  const isIt = (at: { readonly coordinate: Coordinate; readonly from?: Coordinate }): boolean =>
    at.coordinate === coordinate || at.from === coordinate;
  const changes = report.changes.filter(isIt);
  const derived = report.derived.filter(isIt);
  const { kind } = splitCoordinate(coordinate);
  return {
    ...report,
    summary: countActions(changes),
    kinds: { [kind]: { compared: 1, changed: changes.length + derived.length } },
    changes,
    derived,
    operational: report.operational.filter(isIt),
    findings: report.findings.filter((finding) => finding.code === "source-stand-in" || isIt(finding)),
  };
}

function resolved({ desired, current }: Comparison, object: string): Coordinate {
  if (desired.has(object) || current.has(object)) return object;
  const known = [...new Set([...desired.keys(), ...current.keys()])];
  const { kind, key } = splitCoordinate(object);
  const byName = known.filter((at) => kind === "flow" && at.startsWith("flow/") && at.endsWith(`:${key}`));
  const [only] = byName;
  if (only !== undefined && byName.length === 1) return only;
  const near = byName.length > 1 ? byName : known;
  const hint = didYouMean(object, near) || "Write it as KIND/NAME, such as queue/Billing.";
  throw new LockstepError("unknown-object", `Neither organisation has ${JSON.stringify(object)}`, hint);
}
