import { expect, test } from "vitest";
import type { Dns } from "../../../src/model/config.ts";
import { switchTime, switchTimeText } from "../../../src/stacks/dns/switch-time.ts";
import { dnsOf } from "./example.ts";

function seconds(
  signals: string[],
  over: { prober?: string; ttl?: string; purpose?: string; health?: string } = {},
): number {
  return timeOf(signals, over).seconds;
}

function timeOf(
  signals: string[],
  {
    prober = "{}",
    ttl = "",
    purpose = "digital",
    health = "s",
  }: { prober?: string; ttl?: string; purpose?: string; health?: string },
) {
  const dns: Dns = dnsOf(`zone: { name: example.com, id: Z1 }
prober: ${prober}
signals:
${signals.map((signal) => `  - ${signal}`).join("\n")}
names:
  - name: chat.example.com
    purpose: ${purpose}
    type: CNAME
    ${ttl}
    targets: { primary: { host: a.example.net }, standby: { host: b.example.net } }
    health: { primary: ${health} }`);
  const [name] = dns.names;
  if (name === undefined) throw new Error("no name");
  return { ...switchTime(name, dns), text: switchTimeText(name, switchTime(name, dns)) };
}

const PAGE = "{ name: s, type: https-string, side: primary, host: a.example.net }";
const METRIC = "{ name: s, type: metric, side: primary }";

test.each<[string, number, number]>([
  ["a page: 3 checks of 10 s, 8 s for the last answer, 10 s, TTL 30 s", seconds([PAGE]), 30 + 8 + 10 + 30],
  ["every 30 s", seconds([PAGE.replace("}", ", interval: 30 }")]), 90 + 8 + 10 + 30],
  ["without a text to read", seconds([PAGE.replace("-string", "")]), 30 + 6 + 10 + 30],
  [
    "a port",
    seconds(["{ name: s, type: tcp, side: primary, host: a.example.net, port: 5061, failures: 2 }"]),
    20 + 4 + 10 + 30,
  ],
  ["the prober: 3 passes of 15 s, login and API, a minute", seconds([METRIC]), 45 + 10 + 60 + 10 + 30],
  ["two bad minutes", seconds([METRIC.replace("}", ", periods: 2 }")]), 45 + 10 + 120 + 10 + 30],
  [
    "a faster prober",
    seconds([METRIC], { prober: "{ passes: 6, pauseSeconds: 5, failures: 2, timeoutMs: 2500 }" }),
    35 + 5 + 5 + 60 + 10 + 30,
  ],
  ["one pass a minute", seconds([METRIC], { prober: "{ passes: 1 }" }), 3 * 60 + 10 + 60 + 10 + 30],
  [
    "passes that last longer than their distance",
    seconds([METRIC], { prober: "{ passes: 6, pauseSeconds: 5 }" }),
    35 + 10 + 10 + 10 + 60 + 10 + 30,
  ],
  ["another publisher", seconds([METRIC.replace("}", ", metric: { namespace: N, name: M } }")]), 60 + 60 + 10 + 30],
  ["the bound of voice", seconds([PAGE], { purpose: "voice" }), 30 + 8 + 10 + 60],
  ["a TTL of its own", seconds([PAGE], { purpose: "voice", ttl: "ttl: 5" }), 30 + 8 + 10 + 5],
])("%s", (_, found, expected) => {
  expect(found).toBe(expected);
});

test.each([
  [1, 45 + 10 + 60],
  [2, 30 + 8],
  [3, 20 + 4],
])("a composite that needs %i of three turns when too few are left", (healthyAtLeast, expected) => {
  const port = "{ name: p, type: tcp, side: primary, host: a.example.net, port: 5061, failures: 2 }";
  const children = [PAGE.replace("name: s", "name: w"), METRIC.replace("name: s", "name: m"), port];
  const composite = `{ name: s, type: calculated, side: primary, of: [w, m, p], healthyAtLeast: ${healthyAtLeast} }`;
  expect(seconds([...children, composite])).toBe(expected + 10 + 30);
});

test("the parts add up to the sum, and people can read them", () => {
  const { parts, text, seconds: sum } = timeOf([PAGE], {});
  expect(parts.reduce((total, part) => total + part.seconds, 0)).toBe(sum);
  expect(text).toBe(
    "chat.example.com CNAME: expected within 78 s = 30 s (detection: 3 failed checks, one each 10 s) + " +
      "8 s (detection: the last check waits for an answer) + 10 s (evaluation: Route 53's name servers follow (assumed)) + " +
      "30 s (TTL: resolvers forget the old answer)",
  );
});

test("the prober's passes are said as far apart as they may be", () => {
  expect(timeOf([METRIC], { prober: "{ passes: 1 }" }).text).toContain(
    "180 s (detection: 3 failed passes, at most 60 s apart) + 10 s (detection: the last pass waits for login and API)",
  );
  expect(timeOf([METRIC], { prober: "{ failures: 1 }" }).text).toContain(
    "15 s (detection: 1 failed pass, at most 15 s",
  );
});
