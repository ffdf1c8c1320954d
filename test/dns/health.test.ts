import { describe, expect, it } from "vitest";
import type { HealthCheck } from "../../src/model/dns.ts";
import { isHealthy, isKnown } from "../../src/dns/health.ts";
import { calculated, check, checksOf } from "./support.ts";

const VALUES = "health-checks-creating-values.md";
const DETERMINING = "dns-failover-determining-health-of-endpoints.md";
const UPDATE = "API_UpdateHealthCheck";

interface Row {
  readonly doc: string;
  readonly rule: string;
  readonly check: HealthCheck;
  readonly others?: readonly HealthCheck[];
  readonly healthy: boolean;
}

const metric = (rest: Partial<HealthCheck>): HealthCheck => check("x", "no-data", { kind: "metric", ...rest });
const children = [
  check("up", "healthy"),
  check("down", "unhealthy"),
  check("off", "unhealthy", { disabled: true }),
  check("inverted", "unhealthy", { inverted: true }),
];

const ROWS: readonly Row[] = [
  { doc: DETERMINING, rule: "an endpoint that answers", check: check("x", "healthy"), healthy: true },
  { doc: DETERMINING, rule: "an endpoint that fails", check: check("x", "unhealthy"), healthy: false },
  { doc: VALUES, rule: "a new check, before it has data", check: check("x", "no-data"), healthy: true },
  { doc: VALUES, rule: "inverted", check: check("x", "healthy", { inverted: true }), healthy: false },
  { doc: VALUES, rule: "failing and inverted", check: check("x", "unhealthy", { inverted: true }), healthy: true },
  { doc: VALUES, rule: "new and inverted", check: check("x", "no-data", { inverted: true }), healthy: false },
  {
    doc: UPDATE,
    rule: "disabled, whatever it measured",
    check: check("x", "unhealthy", { disabled: true }),
    healthy: true,
  },
  {
    doc: UPDATE,
    rule: "disabled and inverted, which stops traffic",
    check: check("x", "healthy", { disabled: true, inverted: true }),
    healthy: false,
  },
  { doc: DETERMINING, rule: "a metric in alarm", check: metric({ measured: "unhealthy" }), healthy: false },
  { doc: DETERMINING, rule: "a metric without data, set healthy", check: metric({ noData: "healthy" }), healthy: true },
  { doc: DETERMINING, rule: "…, set unhealthy", check: metric({ noData: "unhealthy" }), healthy: false },
  {
    doc: VALUES,
    rule: "…, set to the last known status",
    check: metric({ noData: "last-known", lastKnown: "unhealthy" }),
    healthy: false,
  },
  { doc: VALUES, rule: "…, which never had one", check: metric({ noData: "last-known" }), healthy: true },
  {
    doc: VALUES,
    rule: "a metric without data, inverted",
    check: metric({ noData: "unhealthy", inverted: true }),
    healthy: true,
  },
  { doc: DETERMINING, rule: "enough children", check: calculated("x", 1, ["up", "down"]), healthy: true },
  { doc: DETERMINING, rule: "too few children", check: calculated("x", 2, ["up", "down"]), healthy: false },
  { doc: VALUES, rule: "a threshold of 0", check: calculated("x", 0, ["down"]), healthy: true },
  { doc: VALUES, rule: "a threshold above the number of children", check: calculated("x", 2, ["up"]), healthy: false },
  { doc: UPDATE, rule: "a disabled child counts", check: calculated("x", 1, ["down", "off"]), healthy: true },
  {
    doc: VALUES,
    rule: "an inverted child counts as inverted",
    check: calculated("x", 2, ["up", "inverted"]),
    healthy: true,
  },
  {
    doc: VALUES,
    rule: "a calculated check can be inverted",
    check: { ...calculated("x", 1, ["up"]), inverted: true },
    healthy: false,
  },
  { doc: UPDATE, rule: "… and disabled", check: { ...calculated("x", 1, ["down"]), disabled: true }, healthy: true },
];

describe("the status of a health check", () => {
  it.each(ROWS.map((row) => [`${row.rule} (${row.doc})`, row] as const))("%s", (_, row) => {
    expect(isHealthy("x", checksOf([row.check, ...children]))).toBe(row.healthy);
  });

  it("of a deleted one counts as healthy, though AWS promises nothing", () => {
    expect(isHealthy("gone", new Map())).toBe(true);
    expect(isKnown("gone", new Map())).toBe(false);
  });

  it("is known when everything that it rests on is", () => {
    const unread: HealthCheck = { id: "unread", kind: "endpoint", inverted: false, disabled: false };
    const known = (one: HealthCheck): boolean => isKnown(one.id, checksOf([unread, ...children, one]));
    expect(known(check("x", "no-data"))).toBe(true);
    expect(known(unread)).toBe(false);
    expect(known({ ...unread, disabled: true })).toBe(true);
    expect(known(calculated("x", 1, ["up", "down"]))).toBe(true);
    expect(known(calculated("x", 1, ["up", "unread"]))).toBe(false);
    expect(known(metric({ noData: "last-known" }))).toBe(false);
    expect(known(metric({ noData: "last-known", lastKnown: "healthy" }))).toBe(true);
    expect(known(metric({ noData: "unhealthy" }))).toBe(true);
  });
});
