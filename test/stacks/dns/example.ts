import { parseConfig } from "../../../src/platform/config.ts";
import type { Config, Dns } from "../../../src/model/config.ts";

const ORGS = `
orgs:
  primary: { region: eu-west-1, clientId: "env:A", clientSecret: "env:B" }
  standby: { region: eu-central-1, clientId: "env:C", clientSecret: "env:D" }
`;

/** Every kind of name and signal once. */
export const EXAMPLE = `${ORGS}
dns:
  zone: { name: example.com, create: true }
  replicaRegion: eu-north-1
  prober: { trunks: { primary: [Carrier] } }
  alerts:
    subscriptions: [{ protocol: email, endpoint: night@example.com }]
    logDays: 30
  signals:
    - { name: primary works, type: metric, side: primary }
    - { name: standby works, type: metric, side: standby, noData: healthy, periods: 2 }
    - { name: chat page, type: https-string, side: primary, host: chat-a.example.net, path: /health }
    - { name: chat standby, type: https, side: standby, host: chat-b.example.net, interval: 30 }
    - { name: sbc, type: tcp, side: primary, host: 192.0.2.7, port: 5061, regions: [us-east-1, eu-west-1, sa-east-1] }
    - { name: all of primary, type: calculated, side: primary, of: [primary works, chat page, sbc], healthyAtLeast: 2 }
  names:
    - name: chat.example.com
      purpose: digital
      type: CNAME
      targets: { primary: { host: a.example.net }, standby: { host: b.example.net } }
      health: { primary: all of primary, standby: chat standby }
    - name: sbc.example.com
      purpose: voice
      type: A
      policy: weighted
      ttl: 20
      targets: { primary: { addresses: [192.0.2.7] }, standby: { addresses: [198.51.100.7] } }
      health: { primary: primary works, standby: standby works }
    - name: _sips._tcp.voice.example.com
      purpose: voice
      type: SRV
      targets:
        primary: { servers: [{ port: 5061, host: sbc-a.example.net }, { priority: 20, port: 5061, host: sbc-c.example.net }] }
        standby: { servers: [{ port: 5061, host: sbc-b.example.net }] }
      health: { primary: primary works }
    - name: voice.example.com
      purpose: carrier
      type: NAPTR
      targets:
        primary: { rules: [{ service: SIPS+D2T, replacement: _sips._tcp.voice.example.com }] }
        standby: { rules: [{ service: SIP+D2U, replacement: _sip._udp.voice.example.com }] }
      health: { primary: sbc }
    - name: example.com
      purpose: digital
      type: alias
      targets:
        primary: { name: d1.cloudfront.net, zoneId: Z2FDTNDATAQYW2, evaluateTargetHealth: false }
        standby: { name: lb.eu-central-1.elb.amazonaws.com, zoneId: Z215JYRZR1TBD5 }
      health: { primary: chat page }
`;

export function config(text: string = EXAMPLE): Config {
  return parseConfig(text, "lockstep.yaml");
}

/** The `dns` section of a configuration that has only what is given, as YAML. */
export function dnsOf(section: string): Dns {
  const { dns } = config(`${ORGS}\ndns:\n${section.replaceAll(/^/gm, "  ")}`);
  if (dns === undefined) throw new Error("no dns section");
  return dns;
}
