import {
  ChangeResourceRecordSetsCommand,
  CreateHealthCheckCommand,
  CreateHostedZoneCommand,
  Route53Client,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DnsName } from "../../src/model/config.ts";
import { desiredRecords } from "../../src/dns/desired.ts";
import { parseConfig } from "../../src/platform/config.ts";
import type { DriftReport } from "../../src/model/report.ts";
import { SIDES, type Side } from "../../src/model/side.ts";
import { findPython } from "../../tools/engine/find-python.mjs";
import { documentOf } from "../scenarios/support/cli.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { startMoto, type Moto } from "./support/moto.ts";

const python = findPython("moto");
if (python === undefined)
  process.stderr.write("names on moto: skipped: no moto; npm run moto installs it (Python needed)\n");

const DNS = `
  zone: { name: failover.example, create: true }
  names:
    - name: chat.failover.example
      purpose: digital
      policy: weighted
      type: CNAME
      targets: { primary: { host: chat-a.example.net }, standby: { host: chat-b.example.net } }
      health: { primary: page }
    - name: _sips._tcp.failover.example
      purpose: voice
      type: SRV
      targets:
        primary: { servers: [{ port: 5061, host: sbc-a.example.net }] }
        standby: { servers: [{ port: 5061, host: sbc-b.example.net }] }
      health: { primary: page }
    - name: failover.example
      purpose: carrier
      type: NAPTR
      targets:
        primary: { rules: [{ service: SIPS+D2T, replacement: _sips._tcp.failover.example }] }
        standby: { rules: [{ service: SIPS+D2T, replacement: _sips._tcp.failover.example, order: 20 }] }
      health: { primary: page }
    - name: sbc.failover.example
      purpose: voice
      type: A
      targets: { primary: { addresses: [192.0.2.10] }, standby: { addresses: [192.0.2.20] } }
      health: { primary: page }
  signals:
    - { name: page, type: https-string, side: primary, host: chat-a.example.net }
`;
const ORG = `{ region: us-east-1, clientId: "env:A", clientSecret: "env:B" }`;
const config = parseConfig(`orgs: { primary: ${ORG}, standby: ${ORG} }\ndns:${DNS}`, "lockstep.yaml");

describe.skipIf(python === undefined)(
  "names that another implementation of Route 53 holds",
  { timeout: 600_000 },
  () => {
    const stage = stageFor({ primary: "empty", standby: "empty" });
    let moto: Moto;
    let client: Route53Client;
    beforeAll(async () => {
      moto = await startMoto(python ?? "");
      const credentials = { accessKeyId: "a", secretAccessKey: "b" };
      client = new Route53Client({ region: "us-east-1", endpoint: moto.endpoint, credentials });
    }, 120_000);
    afterAll(() => moto.stop());

    const recordSet = (name: DnsName, side: Side, check: string, weight?: number): ResourceRecordSet => {
      const { name: label, type, setIdentifier, routing, ttl, values } = desiredRecords(name)[side];
      return {
        Name: label,
        Type: type as "A",
        SetIdentifier: setIdentifier,
        TTL: ttl,
        ResourceRecords: values.map((Value) => ({ Value })),
        ...(routing.policy === "weighted" ? { Weight: weight ?? routing.weight } : {}),
        ...(routing.policy === "failover" ? { Failover: routing.role } : {}),
        ...(side === "primary" ? { HealthCheckId: check } : {}),
      };
    };
    const upsert = (zone: string, sets: readonly ResourceRecordSet[]): Promise<unknown> =>
      client.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: zone,
          ChangeBatch: { Changes: sets.map((one) => ({ Action: "UPSERT", ResourceRecordSet: one })) },
        }),
      );

    it("are read, compared, and found again when their weights were turned round", async () => {
      const names = config.dns?.names ?? [];
      const zone = await client.send(new CreateHostedZoneCommand({ Name: "failover.example", CallerReference: "1" }));
      const made = await client.send(
        new CreateHealthCheckCommand({
          CallerReference: "1",
          HealthCheckConfig: { Type: "HTTPS", FullyQualifiedDomainName: "chat-a.example.net", Port: 443 },
        }),
      );
      const [zoneId, check] = [zone.HostedZone?.Id ?? "", made.HealthCheck?.Id ?? ""];
      await upsert(
        zoneId,
        names.flatMap((name) => SIDES.map((side) => recordSet(name, side, check))),
      );
      const env = { AWS_ENDPOINT_URL: moto.endpoint, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
      const workspace = await stage.workspace({ env });
      await workspace.configure({ dns: config.dns });
      const before = await workspace.start(["diff", "--format", "json"]).ended;
      expect(before.exit, before.stdout + before.stderr).toBe(0);
      const reported = documentOf<DriftReport>(before).reported ?? [];
      expect(reported.map(({ action, answers }) => [action, answers?.map(({ side }) => side)])).toEqual(
        names.map(() => ["none", ["primary"]]),
      );
      const [chat] = names;
      if (chat === undefined) throw new Error("no name");
      await upsert(zoneId, [recordSet(chat, "primary", check, 0), recordSet(chat, "standby", check, 100)]);
      const after = await workspace.start(["diff", "--format", "json"]).ended;
      expect(after.exit).toBe(2);
      expect(documentOf<DriftReport>(after).reported?.[0]).toMatchObject({
        action: "update",
        edits: [{ path: "/prefers" }, { path: "/primary/weight" }, { path: "/standby/weight" }],
        answers: [{ side: "standby", share: 1 }],
      });
    });
  },
);
