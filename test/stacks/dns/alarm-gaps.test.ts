import { expect, test } from "vitest";
import { alarmGaps } from "../../../src/stacks/dns/alarm-gaps.ts";
import { config } from "./example.ts";
import { CHECKED, cname, named, signalled } from "./sections.ts";

const REGION = "eu-central-1";
const METRIC = "{ name: up, type: metric, side: primary }";
const PAGE = "{ name: page, type: https, side: standby, host: b.example.net }";

test("a side that neither signal nor prober watches is told", () => {
  const [standby, ...others] = alarmGaps(signalled(`  - ${CHECKED}`), REGION);
  expect(standby).toMatch(/^Nobody watches the standby: .*add a signal with `side: standby`, or `prober: \{\}`/);
  expect(others).toEqual([]);
  expect(alarmGaps(signalled("  []"), REGION)).toHaveLength(2);
});

test("a prober watches both sides", () => {
  expect(alarmGaps(signalled("  []", "prober: {}"), REGION)).toEqual([]);
});

const two = (second: string) =>
  named(
    `${cname({ health: "{ primary: up, standby: other }" })}\n`,
    `prober: {}\nsignals: [${METRIC}, ${second.replace("name: page", "name: other")}]`,
  );

test("two alarms of different regions cannot be combined, which is told once for all their names", () => {
  const dns = two(PAGE);
  const again = { ...dns, names: dns.names.flatMap((name) => [name, { ...name, name: "web.example.com" }]) };
  const [gap, ...others] = alarmGaps(again, REGION);
  expect(gap).toContain("No alarm tells when neither side of chat.example.com, web.example.com is healthy");
  expect(gap).toContain("`up` reports in eu-central-1, `other` in us-east-1");
  expect(others).toEqual([]);
});

test("alarms of one region are combined", () => {
  expect(alarmGaps(two(PAGE), "us-east-1")).toEqual([]);
  expect(alarmGaps(two("{ name: other, type: metric, side: standby }"), REGION)).toEqual([]);
});

test("the example of every kind has no gap", () => {
  const { dns } = config();
  if (dns === undefined) throw new Error("no dns section");
  expect(alarmGaps(dns, REGION)).toEqual([]);
});
