import { describe, expect, it } from "vitest";
import type { DnsRecord, HealthCheck } from "../../src/model/dns.ts";
import { answersFor } from "../../src/dns/answer.ts";
import {
  alias,
  calculated,
  check,
  checked,
  checksOf,
  NAME,
  PRIMARY,
  record,
  SECONDARY,
  SIMPLE,
  weight,
  zone,
} from "./support.ts";

/** The pages of the Route 53 Developer Guide that a row follows. */
const CHOOSES = "health-checks-how-route-53-chooses-records.md";
const TYPES = "dns-failover-types.md";
const COMPLEX = "dns-failover-complex-configs.md";
const WEIGHTED = "resource-record-sets-values-weighted.md";
const PROBLEMS = "dns-failover-problems.md";
const DELETING = "health-checks-updating-deleting-tasks.md";
const API_FAILOVER = "API_ResourceRecordSet, Failover";
const API_ALIAS = "API_AliasTarget, EvaluateTargetHealth";

interface Row {
  readonly doc: string;
  readonly rule: string;
  readonly records: readonly DnsRecord[];
  readonly checks?: readonly HealthCheck[];
  readonly sick?: readonly string[];
  /** Set identifier → share, or undefined where no answer is predicted. */
  readonly answers: { readonly [id: string]: number } | undefined;
}

const up = (id: string): HealthCheck => check(id, "healthy");
const down = (id: string): HealthCheck => check(id, "unhealthy");
const pair = (primary: number, standby: number): readonly DnsRecord[] => [
  record("primary", weight(primary), checked("p")),
  record("standby", weight(standby), checked("s")),
];
const failover = (secondary: Partial<DnsRecord> = checked("s")): readonly DnsRecord[] => [
  record("primary", PRIMARY, checked("p")),
  record("standby", SECONDARY, secondary),
];
const below = (name: string, ...records: readonly DnsRecord[]): readonly DnsRecord[] =>
  records.map((one) => ({ ...one, name }));

const ROWS: readonly Row[] = [
  { doc: CHOOSES, rule: "a name without a record has no answer", records: [], answers: {} },
  {
    doc: CHOOSES,
    rule: "another type is another group",
    records: [record("aaaa", SIMPLE, { type: "AAAA" }), record("a", SIMPLE)],
    answers: { a: 1 },
  },
  {
    doc: PROBLEMS,
    rule: "a simple record answers even when its check fails",
    records: [record("only", SIMPLE, checked("p"))],
    checks: [down("p")],
    answers: { only: 1 },
  },
  {
    doc: WEIGHTED,
    rule: "shares are weight by sum of weights",
    records: [record("a", weight(1)), record("b", weight(255)), record("c", weight(0))],
    answers: { a: 1 / 256, b: 255 / 256 },
  },
  {
    doc: WEIGHTED,
    rule: "all weights 0: equal shares",
    records: [record("a", weight(0)), record("b", weight(0)), record("c", weight(0)), record("d", weight(0))],
    answers: { a: 0.25, b: 0.25, c: 0.25, d: 0.25 },
  },
  {
    doc: CHOOSES,
    rule: "weight 100 and 0, all healthy: only the weighted one",
    records: pair(100, 0),
    checks: [up("p"), up("s")],
    answers: { primary: 1 },
  },
  {
    doc: TYPES,
    rule: "all weighted ones unhealthy: those of weight 0 answer",
    records: pair(100, 0),
    checks: [down("p"), up("s")],
    answers: { standby: 1 },
  },
  {
    doc: TYPES,
    rule: "one weighted record healthy is enough to leave out those of weight 0",
    records: [...pair(1, 0), record("third", weight(1), checked("t"))],
    checks: [down("p"), up("s"), up("t")],
    answers: { third: 1 },
  },
  {
    doc: CHOOSES,
    rule: "all unhealthy: as if all were healthy, so the primary again",
    records: pair(100, 0),
    checks: [down("p"), down("s")],
    answers: { primary: 1 },
  },
  {
    doc: CHOOSES,
    rule: "weights flipped: the standby, as long as it is healthy",
    records: pair(0, 100),
    checks: [up("p"), up("s")],
    answers: { standby: 1 },
  },
  {
    doc: CHOOSES,
    rule: "no check: always healthy, so nothing ever moves",
    records: [record("primary", weight(100)), record("standby", weight(0), checked("s"))],
    checks: [up("s")],
    answers: { primary: 1 },
  },
  {
    doc: CHOOSES,
    rule: "no check on the standby: it always answers when the primary fails",
    records: [record("primary", weight(100), checked("p")), record("standby", weight(0))],
    checks: [down("p")],
    answers: { standby: 1 },
  },
  {
    doc: CHOOSES,
    rule: "all of weight 0, some unhealthy: equal shares among the healthy ones",
    records: ["a", "b", "c"].map((id) => record(id, weight(0), checked(id))),
    checks: [up("a"), down("b"), up("c")],
    answers: { a: 0.5, c: 0.5 },
  },
  {
    doc: CHOOSES,
    rule: "the unhealthy one's share goes to the others by weight",
    records: ["a", "b", "c"].map((id, index) => record(id, weight(index + 1), checked(id))),
    checks: [up("a"), down("b"), up("c")],
    answers: { a: 0.25, c: 0.75 },
  },
  {
    doc: API_FAILOVER,
    rule: "a healthy primary answers whatever the secondary is",
    records: failover(),
    checks: [up("p"), down("s")],
    answers: { primary: 1 },
  },
  {
    doc: API_FAILOVER,
    rule: "primary unhealthy, secondary healthy: the secondary",
    records: failover(),
    checks: [down("p"), up("s")],
    answers: { standby: 1 },
  },
  {
    doc: API_FAILOVER,
    rule: "both unhealthy: the primary",
    records: failover(),
    checks: [down("p"), down("s")],
    answers: { primary: 1 },
  },
  {
    doc: CHOOSES,
    rule: "a secondary without check always answers when the primary is unhealthy",
    records: failover({}),
    checks: [down("p")],
    answers: { standby: 1 },
  },
  {
    doc: CHOOSES,
    rule: "a primary without a check is never replaced",
    records: [record("primary", PRIMARY), record("standby", SECONDARY, checked("s"))],
    checks: [up("s")],
    answers: { primary: 1 },
  },
  {
    doc: DELETING,
    rule: "a deleted check counts as healthy here; AWS promises nothing",
    records: failover(),
    checks: [up("s")],
    answers: { primary: 1 },
  },
  {
    doc: TYPES,
    rule: "failover aliases: healthy as long as one record behind is",
    records: [
      record("primary", PRIMARY, alias("p.example.com")),
      record("standby", SECONDARY, alias("s.example.com")),
      ...below("p.example.com", record("p1", weight(1), checked("p1")), record("p2", weight(1), checked("p2"))),
      ...below("s.example.com", record("s1", weight(1), checked("s1"))),
    ],
    checks: [down("p1"), up("p2"), up("s1")],
    answers: { p2: 1 },
  },
  {
    doc: COMPLEX,
    rule: "backs out of a branch without a healthy record",
    records: [
      record("a", weight(9), alias("a.example.com")),
      record("b", weight(1), alias("b.example.com")),
      ...below("a.example.com", record("a1", weight(1), checked("a1")), record("a2", weight(1), checked("a2"))),
      ...below("b.example.com", record("b1", weight(1), checked("b1")), record("b2", weight(3), checked("b2"))),
    ],
    checks: [down("a1"), down("a2"), up("b1"), up("b2")],
    answers: { b1: 0.25, b2: 0.75 },
  },
  {
    doc: COMPLEX,
    rule: "a branch with a record without check is always healthy",
    records: [
      record("a", PRIMARY, alias("a.example.com")),
      record("b", SECONDARY, alias("b.example.com")),
      ...below("a.example.com", record("a1", weight(1), checked("a1")), record("a2", weight(1))),
      ...below("b.example.com", record("b1", SIMPLE)),
    ],
    checks: [down("a1")],
    answers: { a2: 1 },
  },
  {
    doc: COMPLEX,
    rule: "an alias that does not evaluate its target is followed into a failing branch",
    records: [
      record("a", PRIMARY, alias("a.example.com", false)),
      record("b", SECONDARY, alias("b.example.com")),
      ...below("a.example.com", record("a1", weight(1), checked("a1")), record("a2", weight(3), checked("a2"))),
      ...below("b.example.com", record("b1", SIMPLE)),
    ],
    checks: [down("a1"), down("a2")],
    answers: { a1: 0.25, a2: 0.75 },
  },
  {
    doc: COMPLEX,
    rule: "an alias with a check of its own needs both",
    records: [
      record("a", PRIMARY, { ...alias("a.example.com"), ...checked("a") }),
      record("b", SECONDARY, alias("b.example.com")),
      ...below("a.example.com", record("a1", SIMPLE, checked("a1"))),
      ...below("b.example.com", record("b1", SIMPLE)),
    ],
    checks: [down("a"), up("a1")],
    answers: { b1: 1 },
  },
  {
    doc: CHOOSES,
    rule: "an alias of weighted records with only those of weight 0 healthy is healthy",
    records: [
      record("a", PRIMARY, alias("a.example.com")),
      record("b", SECONDARY, alias("b.example.com")),
      ...below("a.example.com", record("a1", weight(1), checked("a1")), record("a2", weight(0), checked("a2"))),
      ...below("b.example.com", record("b1", SIMPLE)),
    ],
    checks: [down("a1"), up("a2")],
    answers: { a2: 1 },
  },
  {
    doc: CHOOSES,
    rule: "every branch unhealthy: by policy, branch by branch",
    records: [
      record("a", PRIMARY, alias("a.example.com")),
      record("b", SECONDARY, alias("b.example.com")),
      ...below("a.example.com", record("a1", weight(1), checked("a1")), record("a2", weight(0), checked("a2"))),
      ...below("b.example.com", record("b1", SIMPLE, checked("b1"))),
    ],
    checks: [down("a1"), down("a2"), down("b1")],
    answers: { a1: 1 },
  },
  {
    doc: API_ALIAS,
    rule: "an alias takes over the health of an AWS resource",
    records: [
      record("a", PRIMARY, alias("lb-a.elb.amazonaws.com", true, "ZELB")),
      record("b", SECONDARY, alias("lb-b.elb.amazonaws.com", true, "ZELB")),
    ],
    sick: ["lb-a.elb.amazonaws.com"],
    answers: { b: 1 },
  },
  {
    doc: API_ALIAS,
    rule: "without evaluation the resource counts as healthy",
    records: [
      record("a", PRIMARY, alias("lb-a.elb.amazonaws.com", false, "ZELB")),
      record("b", SECONDARY, alias("lb-b.elb.amazonaws.com", true, "ZELB")),
    ],
    sick: ["lb-a.elb.amazonaws.com"],
    answers: { a: 1 },
  },
  {
    doc: COMPLEX,
    rule: "two branches that end in one record add up",
    records: [
      record("a", weight(1), alias("x.example.com")),
      record("b", weight(1), alias("x.example.com")),
      record("c", weight(2), alias("y.example.com")),
      ...below("x.example.com", record("x", SIMPLE)),
      ...below("y.example.com", record("y", SIMPLE)),
    ],
    answers: { x: 0.5, y: 0.5 },
  },
  {
    doc: COMPLEX,
    rule: "an alias that leads to nothing is unhealthy where it evaluates its target",
    records: [record("a", PRIMARY, alias("gone.example.com")), record("b", SECONDARY)],
    answers: { b: 1 },
  },
  {
    doc: COMPLEX,
    rule: "an alias that leads back to itself ends there",
    records: [record("a", PRIMARY, alias(NAME)), record("b", SECONDARY, checked("s"))],
    checks: [down("s")],
    answers: { a: 1 },
  },
  {
    doc: CHOOSES,
    rule: "a calculated check moves traffic like any other",
    records: failover(),
    checks: [calculated("p", 2, ["sbc", "org"]), up("sbc"), down("org"), up("s")],
    answers: { standby: 1 },
  },
  {
    doc: "routing-policy.md",
    rule: "policies that depend on who asks are not predicted",
    records: [record("eu", { policy: "other" }), record("us", { policy: "other" })],
    answers: undefined,
  },
  {
    doc: "routing-policy.md",
    rule: "nor is what lies above them",
    records: [
      record("a", weight(1), alias("geo.example.com")),
      ...below("geo.example.com", record("eu", { policy: "other" })),
    ],
    answers: undefined,
  },
];

describe("what Route 53 answers", () => {
  it.each(ROWS.map((row) => [`${row.rule} (${row.doc})`, row] as const))("%s", (_, { records, answers, ...row }) => {
    const health = { checks: checksOf(row.checks ?? []), sick: new Set(row.sick ?? []) };
    const found = answersFor(zone(...records), health, NAME, "A");
    const shares = found?.map(({ record: { setIdentifier }, share }) => [setIdentifier, share] as const);
    expect(shares === undefined ? undefined : Object.fromEntries(shares)).toEqual(answers);
  });
});
