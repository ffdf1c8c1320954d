import { expect, test } from "vitest";
import type { Dns } from "../../../src/model/config.ts";
import { refusals } from "../../../src/stacks/dns/rules.ts";
import { alias, cname, FACTS, named, servers, withNames } from "./sections.ts";

test.each<[string, Dns, string, string]>([
  ...["byoc.usw2.genesys.cloud", "lb.euw9.pure.cloud", "x.us-gov-pure.cloud", "Apps.mypurecloud.IE."].map(
    (host): [string, Dns, string, string] => {
      const targets = { primary: { host }, standby: { host: "b.example.net" } };
      return [
        `${host}, which is the vendor's`,
        withNames(named(cname()).names.map((name) => ({ ...name, targets }) as Dns["names"][number])),
        "vendor-host",
        "/dns/names/0/targets/primary",
      ];
    },
  ),
  [
    "a CNAME to its own name",
    named(cname({ targets: "{ primary: { host: a.example.net }, standby: { host: Chat.example.com } }" })),
    "target-is-itself",
    "/dns/names/0/targets/standby",
  ],
  [
    "an alias of itself",
    named(
      cname({
        type: "alias",
        targets: `{ primary: ${alias("chat.example.com", true)}, standby: ${alias("b.example.net", true)} }`,
      }),
    ),
    "target-is-itself",
    "/dns/names/0/targets/primary",
  ],
  [
    "a CNAME to an address",
    named(cname({ targets: "{ primary: { host: 192.0.2.1 }, standby: { host: b.example.net } }" })),
    "address-as-name",
    "/dns/names/0/targets/primary",
  ],
  [
    "an SRV to an address",
    named(
      cname({
        name: "_sip._tcp.example.com",
        type: "SRV",
        targets: `{ primary: ${servers("a.example.net")}, standby: ${servers("b.example.net", "192.0.2.1")} }`,
      }),
    ),
    "address-as-name",
    "/dns/names/0/targets/standby",
  ],
  ...["sip.example.com", "_sip.example.com", "_tcp.sip._sip.example.com"].map((name): [string, Dns, string, string] => [
    `an SRV by the name of ${name}`,
    named(
      cname({
        ...{ name, type: "SRV" },
        targets: `{ primary: ${servers("a.example.net")}, standby: ${servers("b.example.net")} }`,
      }),
    ),
    "srv-labels",
    "/dns/names/0/name",
  ]),
])("%s is refused", (_, dns, code, path) => {
  expect(refusals(dns, FACTS).map((one) => [one.code, one.path])).toEqual([[code, path]]);
});
