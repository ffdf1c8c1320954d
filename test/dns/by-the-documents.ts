import type { DnsRecord, HealthCheck } from "../../src/model/dns.ts";

/*
 * Route 53 played out step by step, as its guide tells it: take a record, look whether it is healthy, otherwise put it aside
 * and take the next; out of a branch in which nothing is healthy it backs again. Probabilities are exact fractions, so every
 * order in which records may be drawn is gone through. Slow on purpose, and shares nothing with the model but its input.
 */

/** A fraction. */
type Ratio = readonly [numerator: bigint, denominator: bigint];
type Odds = Map<string, Ratio>;

/** A zone in play: its id, its records, the checks, and the AWS resources that are down. */
export interface Play {
  readonly id: string;
  readonly records: readonly DnsRecord[];
  readonly checks: readonly HealthCheck[];
  readonly down: readonly string[];
}

/** How likely each value is to be the answer to a question, by the record's set identifier and name. */
export function oddsOf(play: Play, name: string, type: string): Map<string, number> {
  const odds = ask(play, name, type, true) ?? new Map<string, Ratio>();
  return new Map([...odds].map(([label, [top, bottom]]) => [label, Number(top) / Number(bottom)]));
}

export function labelOf({ name, setIdentifier }: DnsRecord): string {
  return `${setIdentifier}@${name}`;
}

/** Asks a group. When no record is healthy: backs out, or, with nothing to back out to, takes all of them for healthy. */
function ask(play: Play, name: string, type: string, mustAnswer: boolean): Odds | undefined {
  const group = play.records.filter((record) => record.name === name && record.type === type);
  if (group.length === 0) return undefined;
  return draw(play, group, false) ?? (mustAnswer ? draw(play, group, true) : undefined);
}

/** Draws a record by the policy; one that is not healthy is put aside, and another is drawn from the rest. */
function draw(play: Play, left: readonly DnsRecord[], allAreHealthy: boolean): Odds | undefined {
  if (left.length === 0) return undefined;
  const outcome: Odds = new Map();
  let whole = false;
  for (const [record, chance] of chancesOf(left)) {
    const rest = left.filter((other) => other !== record);
    const answer = answerWith(play, record, allAreHealthy) ?? draw(play, rest, allAreHealthy);
    if (answer === undefined) continue;
    whole = true;
    for (const [label, odds] of answer) add(outcome, label, times(chance, odds));
  }
  return whole ? outcome : undefined;
}

/** "Initially chooses a record based on the routing policy". */
function chancesOf(left: readonly DnsRecord[]): [DnsRecord, Ratio][] {
  const [first] = left;
  if (first?.routing.policy === "failover") {
    const inOrder = [...left].sort((a, b) => rank(a) - rank(b));
    return inOrder.slice(0, 1).map((record) => [record, [1n, 1n]]);
  }
  if (first?.routing.policy !== "weighted") return left.map((record) => [record, [1n, BigInt(left.length)]]);
  // "Initially considers only the nonzero weighted records, if any"; with all at zero "equal probability".
  const nonzero = left.filter((record) => weightIn(record) > 0);
  if (nonzero.length === 0) return left.map((record) => [record, [1n, BigInt(left.length)]]);
  const sum = nonzero.map(weightIn).reduce((a, b) => a + b);
  return nonzero.map((record) => [record, [BigInt(weightIn(record)), BigInt(sum)]]);
}

function rank(record: DnsRecord): number {
  return record.routing.policy === "failover" && record.routing.role === "PRIMARY" ? 0 : 1;
}

function weightIn(record: DnsRecord): number {
  return record.routing.policy === "weighted" ? record.routing.weight : -1;
}

/** The answer that a record gives, or nothing when it is not healthy. */
function answerWith(play: Play, record: DnsRecord, allAreHealthy: boolean): Odds | undefined {
  const itself: Odds = new Map([[labelOf(record), [1n, 1n]]]);
  if (!allAreHealthy && record.healthCheckId !== undefined && !passes(play, record.healthCheckId)) return undefined;
  const target = record.alias;
  if (target === undefined) return itself;
  if (target.zoneId !== play.id) {
    const backsOut = !allAreHealthy && target.evaluateTargetHealth && play.down.includes(target.name);
    return backsOut ? undefined : itself;
  }
  // "Evaluate Target Health" is No: one record of the branch must be chosen. Yes: back out when none is healthy.
  const mustAnswer = allAreHealthy || !target.evaluateTargetHealth;
  return ask(play, target.name, record.type, mustAnswer) ?? (mustAnswer ? itself : undefined);
}

function passes(play: Play, id: string): boolean {
  const check = play.checks.find((one) => one.id === id);
  if (check === undefined) return true;
  const status = statusOf(play, check) === "healthy";
  return check.inverted ? !status : status;
}

function statusOf(play: Play, check: HealthCheck): "healthy" | "unhealthy" {
  if (check.disabled) return "healthy";
  if (check.kind === "calculated") {
    let healthy = 0;
    for (const child of check.children ?? []) if (passes(play, child)) healthy += 1;
    const needed = check.threshold ?? 0;
    if (needed === 0) return "healthy";
    if (needed > (check.children ?? []).length) return "unhealthy";
    return healthy < needed ? "unhealthy" : "healthy";
  }
  if (check.measured === "healthy" || check.measured === "unhealthy") return check.measured;
  if (check.kind !== "metric" || check.noData === "healthy") return "healthy";
  if (check.noData === "unhealthy") return "unhealthy";
  return check.lastKnown ?? "healthy";
}

function times([a, b]: Ratio, [c, d]: Ratio): Ratio {
  return [a * c, b * d];
}

function add(odds: Odds, label: string, [c, d]: Ratio): void {
  const [a, b] = odds.get(label) ?? [0n, 1n];
  odds.set(label, reduced(a * d + c * b, b * d));
}

function reduced(top: bigint, bottom: bigint): Ratio {
  let [a, b] = [top, bottom];
  while (b !== 0n) [a, b] = [b, a % b];
  return [top / a, bottom / a];
}
