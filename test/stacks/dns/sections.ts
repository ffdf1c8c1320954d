import type { Dns } from "../../../src/model/config.ts";
import { dnsOf } from "./example.ts";

/** A pair whose prober runs away from its primary. */
export const FACTS = { primaryRegion: "eu-west-1", region: "eu-central-1" };

const PROBED = `
prober: {}
signals: [{ name: up, type: metric, side: primary }, { name: other, type: metric, side: standby }]
`;

/** A section with one name of these settings, beside what it needs. */
export function named(name: string, rest = PROBED): Dns {
  return dnsOf(`zone: { name: example.com, id: Z1 }\n${rest}\nnames:\n  - ${name.trim().replaceAll("\n", "\n    ")}`);
}

/** A CNAME that can be built, with other settings. */
export const cname = (over: Record<string, string> = {}): string => {
  const settings: Record<string, string> = {
    ...{ name: "chat.example.com", purpose: "digital", type: "CNAME", health: "{ primary: up }" },
    ...{ targets: "{ primary: { host: a.example.net }, standby: { host: b.example.net } }", ...over },
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}: ${value}`)
    .join("\n");
};

/** Targets of an SRV. */
export const servers = (...hosts: string[]) =>
  `{ servers: [${hosts.map((host) => `{ port: 5061, host: ${host} }`).join(", ")}] }`;
/** A target of an alias. */
export const alias = (name: string, follow: boolean) =>
  `{ name: ${name}, zoneId: Z9, evaluateTargetHealth: ${follow} }`;
/** Two names beside each other. */
export const two = (first: string, second: string) =>
  named(`${first}\n`, `${PROBED}`).names.concat(named(second).names);

/** A section with these names. */
export const withNames = (names: Dns["names"]): Dns => ({ ...named(cname()), names });
/** A section with signals only. */
export const signalled = (signals: string, more = "") =>
  dnsOf(`zone: { name: example.com, id: Z1 }\n${more}\nsignals:\n${signals}`);

/** Addresses behind the name that `cname` has. */
export const A = cname({
  type: "A",
  targets: "{ primary: { addresses: [192.0.2.1] }, standby: { addresses: [192.0.2.2] } }",
});
/** A signal that needs nothing else. */
export const CHECKED = "{ name: page, type: https, side: primary, host: page.example.net }";
