import { defined } from "../model/defined.ts";
import type { DnsName } from "../model/config.ts";
import type { DnsRecord } from "../model/dns.ts";
import type { Obj } from "../model/json.ts";
import { SIDES } from "../model/side.ts";
import { answersFor, type DnsAnswer } from "./answer.ts";
import { desiredRecords } from "./desired.ts";
import { actualObject, desiredObject, sideOfAnswer, recordsBySide, type RecordsBySide } from "./failover-name.ts";
import { isKnown } from "./health.ts";
import type { NamesRead } from "./read-names.ts";

/** A name as it should be and as it is, and who answers right now. */
export interface NameState {
  readonly desired: Obj;
  /** Absent when Route 53 has no record of the name. */
  readonly actual?: Obj;
  /** Share of the queries by side, the described sides first; absent where current health does not tell. */
  readonly answers?: readonly { readonly side: "primary" | "standby" | "other"; readonly share: number }[];
}

/** Compares one name of the configuration with what Route 53 has. */
export function nameState(read: NamesRead, name: DnsName): NameState {
  const exists = (id: string): boolean | undefined => read.checks.has(id) || (read.gone.has(id) ? false : undefined);
  const actual = actualObject(read.zone, name, exists);
  const answers = actual === undefined ? undefined : currentAnswers(read, name);
  return defined({
    desired: desiredObject(name),
    actual,
    answers,
  });
}

function currentAnswers(read: NamesRead, name: DnsName): NameState["answers"] {
  const { name: label, type } = desiredRecords(name).primary;
  const involved = reachable(read, label, type, new Set());
  const checks = involved.flatMap(({ healthCheckId }) => (healthCheckId === undefined ? [] : [healthCheckId]));
  const isTold = involved.every(({ alias }) => alias?.zoneId === read.zone.id || alias?.evaluateTargetHealth !== true);
  // One record has nothing to be chosen from: it answers whatever its health is.
  if (involved.length > 1 && !(isTold && checks.every((id) => isKnown(id, read.checks)))) return undefined;
  const sides = recordsBySide(read.zone, name);
  const answers = answersFor(read.zone, { checks: read.checks, sick: new Set() }, label, type);
  return answers === undefined ? undefined : sharesBySide(sides, answers);
}

function sharesBySide(sides: RecordsBySide, answers: readonly DnsAnswer[]): NameState["answers"] {
  return ([...SIDES, "other"] as const).flatMap((side) => {
    const own = answers.filter(({ record }) => sideOfAnswer(sides, record) === side);
    return own.length === 0 ? [] : [{ side, share: own.reduce((sum, { share }) => sum + share, 0) }];
  });
}

/** The records that an answer can come from. */
function reachable(read: NamesRead, name: string, type: string, seen: Set<string>): DnsRecord[] {
  if (seen.has(name)) return [];
  seen.add(name);
  const group = read.zone.records.filter((record) => record.name === name && record.type === type);
  return group.flatMap((record) => {
    const { alias } = record;
    return alias?.zoneId === read.zone.id ? [record, ...reachable(read, alias.name, type, seen)] : [record];
  });
}
