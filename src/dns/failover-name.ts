import { defined } from "../model/defined.ts";
import type { DnsName } from "../model/config.ts";
import type { DnsRecord, Routing, Zone } from "../model/dns.ts";
import type { Json, Obj } from "../model/json.ts";
import { SIDES, type Side } from "../model/side.ts";
import { answersFor, type DnsAnswer } from "./answer.ts";
import { desiredRecords, type DesiredRecord } from "./desired.ts";

/** Who answers: one side, both, a record that is neither, nobody, or different ones for different callers. */
type Answering = Side | "both" | "other" | "nobody" | "depends";

/** Which of the records with one name and type belong to which side. */
export interface RecordsBySide {
  readonly primary?: DnsRecord;
  readonly standby?: DnsRecord;
  readonly others: readonly DnsRecord[];
}

/** The name as `lockstep.yaml` describes it, in the form that it is compared in. */
export function desiredObject(name: DnsName): Obj {
  const records = desiredRecords(name);
  const side = (at: Side): Obj => sideObject(records[at], name.health[at] === undefined ? "none" : "present");
  const { name: label, type, routing } = records.primary;
  const sides = { primary: side("primary"), standby: side("standby") };
  return { name: label, type, policy: routing.policy, prefers: "primary", ...sides };
}

/**
 * The name as Route 53 has it, or undefined when the zone has no such record.
 * @param hasCheck does a health check with this id exist? Undefined where that could not be read
 */
export function actualObject(
  zone: Zone,
  name: DnsName,
  hasCheck: (id: string) => boolean | undefined,
): Obj | undefined {
  const records = desiredRecords(name);
  const sides = recordsBySide(zone, name);
  const found = [sides.primary, sides.standby, ...sides.others].filter((record) => record !== undefined);
  const [first] = found;
  if (first === undefined) return undefined;
  const view = (record: DnsRecord): Obj => sideObject(record, checkOf(record, hasCheck));
  const others = sides.others.map((record, at): [string, Obj] => [
    record.setIdentifier || String(at + 1),
    view(record),
  ]);
  return defined({
    name: records.primary.name,
    type: records.primary.type,
    policy: first.routing.policy,
    prefers: answering(sides, answersWhenHealthy(zone, name)),
    primary: sides.primary === undefined ? undefined : view(sides.primary),
    standby: sides.standby === undefined ? undefined : view(sides.standby),
    others: others.length === 0 ? undefined : Object.fromEntries(others),
  });
}

function answersWhenHealthy(zone: Zone, name: DnsName): readonly DnsAnswer[] | undefined {
  const { name: label, type } = desiredRecords(name).primary;
  return answersFor(zone, { checks: new Map(), sick: new Set() }, label, type);
}

/**
 * The records of a name by side: by set identifier, as the `dns` stack names them; otherwise by their role, or by their
 * values, so that what somebody rebuilt by hand is still recognised.
 */
export function recordsBySide(zone: Zone, name: DnsName): RecordsBySide {
  const desired = desiredRecords(name);
  const { name: label, type } = desired.primary;
  const group = zone.records.filter((record) => record.name === label && record.type === type);
  const taken = new Map<Side, DnsRecord>();
  for (const fits of [isNamed, hasRole, leadsTo]) {
    for (const side of SIDES) {
      const free = group.filter((record) => ![...taken.values()].includes(record));
      const match = taken.has(side) ? undefined : free.find((record) => fits(record, desired[side]));
      if (match !== undefined) taken.set(side, match);
    }
  }
  const others = group.filter((record) => ![...taken.values()].includes(record));
  return { ...Object.fromEntries(taken), others };
}

type Fits = (record: DnsRecord, desired: DesiredRecord) => boolean;
const isNamed: Fits = (record, desired) => record.setIdentifier === desired.setIdentifier;
const hasRole: Fits = ({ routing: a }, { setIdentifier }) =>
  a.policy === "failover" && (a.role === "PRIMARY") === (setIdentifier === "primary");
const leadsTo: Fits = (record, desired) => targetOf(record) === targetOf(desired);

function targetOf({ alias, values }: DesiredRecord): string {
  return alias === undefined ? values.join("\n") : `alias ${alias.name}`;
}

/** Which side a set of answers comes from. An alias that leads to other records of the zone answers through those. */
function answering(sides: RecordsBySide, answers: readonly DnsAnswer[] | undefined): Answering {
  if (answers === undefined) return "depends";
  const who = new Set(answers.map(({ record }) => sideOfAnswer(sides, record)));
  const [first, ...rest] = who;
  if (first === undefined) return "nobody";
  if (rest.length === 0) return first;
  return who.has("other") ? "other" : "both";
}

/** The side whose record this is, or that leads to it by an alias. */
export function sideOfAnswer(sides: RecordsBySide, record: DnsRecord): Side | "other" {
  return SIDES.find((side) => sides[side] === record || sides[side]?.alias?.name === record.name) ?? "other";
}

function sideObject(record: DesiredRecord, healthCheck: Json): Obj {
  const { alias, routing, ttl, values } = record;
  return defined({
    ...(alias === undefined ? { values: [...values] } : { alias: { ...alias } }),
    ttl,
    ...roleOf(routing),
    healthCheck,
  });
}

function roleOf(routing: Routing): Obj {
  if (routing.policy === "weighted") return { weight: routing.weight };
  return routing.policy === "failover" ? { role: routing.role } : {};
}

/** `gone`: the record names a health check that does not exist any more, and nobody can say how it is treated. */
function checkOf({ healthCheckId }: DnsRecord, hasCheck: (id: string) => boolean | undefined): Json {
  if (healthCheckId === undefined) return "none";
  return hasCheck(healthCheckId) === false ? "gone" : "present";
}
