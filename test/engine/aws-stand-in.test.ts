import { GetHealthCheckCommand, ListResourceRecordSetsCommand, Route53Client } from "@aws-sdk/client-route-53";
import { HealthCheck } from "@pulumi/aws/route53/healthCheck.js";
import { Record as Route53Record } from "@pulumi/aws/route53/record.js";
import { Zone } from "@pulumi/aws/route53/zone.js";
import { Topic } from "@pulumi/aws/sns/topic.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { enginePlace, inlineStack, type EnginePlace, type EngineStack } from "./support/engine.ts";
import { startMoto, type Moto } from "./support/moto.ts";
import { describeEngine } from "./support/needs.ts";
import { operations, changed } from "./support/events.ts";

describeEngine("real engine, stand-in AWS plugin", ["moto"], ({ engine, moto: python }) => {
  let place: EnginePlace;
  let moto: Moto;

  beforeAll(async () => {
    [place, moto] = await Promise.all([enginePlace(engine), startMoto(python)]);
  }, 300_000);
  afterAll(() => {
    moto.stop();
    place.remove();
  });

  const stackOf = (name: string, program: () => Promise<void>): Promise<EngineStack> =>
    inlineStack(place, {
      name,
      program,
      config: { "aws:region": "eu-central-1", "lockstep:role": "dns" },
      env: { AWS_ENDPOINT_URL: moto.endpoint },
    });

  const client = (): Route53Client =>
    new Route53Client({
      region: "us-east-1",
      endpoint: moto.endpoint,
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });

  it("creates, keeps, sees drift, repairs and destroys", async () => {
    const ttl = { value: 60 };
    const stack = await stackOf("life", async () => {
      const zone = new Zone("zone", { name: "failover.example" });
      const check = new HealthCheck("check", {
        type: "TCP",
        ipAddress: "192.0.2.1",
        port: 5061,
        requestInterval: 10,
      });
      new Route53Record("voice", {
        zoneId: zone.zoneId,
        name: "voice",
        type: "A",
        ttl: ttl.value,
        records: ["192.0.2.1"],
        setIdentifier: "primary",
        healthCheckId: check.id,
        weightedRoutingPolicies: [{ weight: 100 }],
      });
      new Topic("alerts", {});
    });
    const preview = await stack.preview();
    expect(operations(preview)).toEqual({ create: 5 });
    expect(await recordsOf(client())).toEqual([]);

    const up = await stack.up();
    expect(up.text).not.toContain("error");
    expect(operations(up)).toEqual({ create: 5 });
    expect(operations(await stack.up())).toEqual({ same: 5 });
    expect(await recordsOf(client())).toEqual(["voice.failover.example. A 100 60"]);

    ttl.value = 30;
    expect(changed(await stack.preview())).toEqual({ voice: ["ttl"] });
    expect(operations(await stack.up())).toEqual({ same: 4, update: 1 });
    expect(await recordsOf(client())).toEqual(["voice.failover.example. A 100 30"]);

    const { resources } = await stack.state();
    const check = resources.find(({ type }) => type === "aws:route53/healthCheck:HealthCheck");
    await expect(client().send(new GetHealthCheckCommand({ HealthCheckId: check?.id }))).resolves.toBeDefined();
    expect(resources.find(({ type }) => type === "aws:sns/topic:Topic")?.inputs?.["name"]).toMatch(
      /^alerts-[0-9a-f]{7}$/,
    );

    expect(operations(await stack.destroy())).toEqual({ delete: 5 });
    expect(await recordsOf(client())).toEqual([]);
  });

  it("refuses what the types of @pulumi/aws do not allow", async () => {
    const wrong = { weightedRoutingPolicies: [{ weight: 1, wieght: 2 }], ttl: "60" } as object;
    const stack = await stackOf("types", async () => {
      new Route53Record("voice", { zoneId: "Z1", name: "voice", type: "A", records: ["192.0.2.1"], ...wrong });
    });
    const preview = await stack.preview();
    expect(preview.failed).toBe(true);
    expect(preview.text).toContain(
      '"weightedRoutingPolicies[0].wieght" is not declared by RecordWeightedRoutingPolicy',
    );
    expect(preview.text).toContain('"ttl" is not a number');
  });
});

async function recordsOf(client: Route53Client): Promise<string[]> {
  const { ListHostedZonesCommand } = await import("@aws-sdk/client-route-53");
  const { HostedZones = [] } = await client.send(new ListHostedZonesCommand({}));
  const lists = await Promise.all(
    HostedZones.map(({ Id }) => client.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }))),
  );
  return lists
    .flatMap(({ ResourceRecordSets = [] }) => ResourceRecordSets)
    .filter(({ Weight }) => Weight !== undefined)
    .map(({ Name, Type, Weight, TTL }) => `${Name} ${Type} ${Weight} ${TTL}`);
}
