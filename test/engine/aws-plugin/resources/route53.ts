import {
  ChangeResourceRecordSetsCommand,
  CreateHealthCheckCommand,
  CreateHostedZoneCommand,
  DeleteHealthCheckCommand,
  DeleteHostedZoneCommand,
  GetHealthCheckCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  UpdateHealthCheckCommand,
  UpdateHostedZoneCommentCommand,
  type HealthCheckConfig,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { list, renamed, reversed, text, unlessGone, type Handler } from "../handler.ts";
import type { Place } from "../place.ts";
import type { Obj } from "../values.ts";

export const zone: Handler = {
  replaces: ["name"],
  create: async (inputs, place) => {
    const { HostedZone, DelegationSet } = await place.client(Route53Client).send(
      new CreateHostedZoneCommand({
        Name: text(inputs, "name"),
        CallerReference: `${text(inputs, "name")}-${Date.now()}`,
        HostedZoneConfig: { Comment: text(inputs, "comment") },
      }),
    );
    const id = (HostedZone?.Id ?? "").replace("/hostedzone/", "");
    const servers = DelegationSet?.NameServers ?? [];
    const outputs = { zoneId: id, arn: `arn:aws:route53:::hostedzone/${id}`, nameServers: servers };
    return { id, outputs: { ...outputs, primaryNameServer: servers[0] } };
  },
  read: async (id, _state, place) => {
    const found = await unlessGone(place.client(Route53Client).send(new GetHostedZoneCommand({ Id: id })));
    return found && { name: withoutDot(found.HostedZone?.Name), comment: found.HostedZone?.Config?.Comment };
  },
  update: async (id, inputs, _state, place) => {
    await place
      .client(Route53Client)
      .send(new UpdateHostedZoneCommentCommand({ Id: id, Comment: text(inputs, "comment") }));
  },
  remove: async (id, _state, place) => {
    await unlessGone(place.client(Route53Client).send(new DeleteHostedZoneCommand({ Id: id })));
  },
};

export const record: Handler = {
  replaces: ["name", "type", "zoneId", "setIdentifier"],
  create: async (inputs, place) => {
    const fqdn = await fullName(inputs, place);
    await change(inputs["allowOverwrite"] === true ? "UPSERT" : "CREATE", fqdn, inputs, place);
    const parts = [text(inputs, "zoneId"), fqdn, text(inputs, "type"), text(inputs, "setIdentifier")];
    return { id: parts.filter((part) => part !== "").join("_"), outputs: { fqdn } };
  },
  read: async (_id, state, place) => {
    const found = await findRecord(text(state, "fqdn"), state, place);
    return found && livingRecord(found);
  },
  update: async (_id, inputs, state, place) => change("UPSERT", text(state, "fqdn"), inputs, place),
  remove: async (_id, state, place) => {
    const found = await findRecord(text(state, "fqdn"), state, place);
    if (found !== undefined) await change("DELETE", text(state, "fqdn"), state, place);
  },
};

async function fullName(inputs: Obj, place: Place): Promise<string> {
  const name = text(inputs, "name");
  const { HostedZone } = await place
    .client(Route53Client)
    .send(new GetHostedZoneCommand({ Id: text(inputs, "zoneId") }));
  const zoneName = withoutDot(HostedZone?.Name);
  if (withoutDot(name) === zoneName || name.endsWith(`.${zoneName}`)) return withoutDot(name);
  return name === "" ? zoneName : `${name}.${zoneName}`;
}

function withoutDot(name = ""): string {
  return name.replace(/\.$/, "");
}

async function change(Action: "CREATE" | "UPSERT" | "DELETE", fqdn: string, inputs: Obj, place: Place): Promise<void> {
  const ResourceRecordSet = recordSet(fqdn, inputs);
  await place.client(Route53Client).send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: text(inputs, "zoneId"),
      ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
    }),
  );
}

function recordSet(fqdn: string, inputs: Obj): ResourceRecordSet {
  const [weight] = list(inputs, "weightedRoutingPolicies");
  const [failover] = list(inputs, "failoverRoutingPolicies");
  const [alias] = list(inputs, "aliases");
  const type = text(inputs, "type");
  const values = Array.isArray(inputs["records"]) ? (inputs["records"] as string[]) : [];
  return {
    Name: fqdn,
    ...renamed(inputs, { type: "Type", ttl: "TTL", setIdentifier: "SetIdentifier", healthCheckId: "HealthCheckId" }),
    Type: type as "A",
    ...(weight === undefined ? {} : { Weight: Number(weight["weight"]) }),
    ...(failover === undefined ? {} : { Failover: text(failover, "type") as "PRIMARY" }),
    ...(alias === undefined
      ? { ResourceRecords: values.map((value) => ({ Value: type === "TXT" ? `"${value}"` : value })) }
      : {
          AliasTarget: {
            DNSName: text(alias, "name"),
            HostedZoneId: text(alias, "zoneId"),
            EvaluateTargetHealth: alias["evaluateTargetHealth"] === true,
          },
        }),
  };
}

async function findRecord(fqdn: string, state: Obj, place: Place): Promise<ResourceRecordSet | undefined> {
  const { ResourceRecordSets } =
    (await unlessGone(
      place.client(Route53Client).send(new ListResourceRecordSetsCommand({ HostedZoneId: text(state, "zoneId") })),
    )) ?? {};
  return ResourceRecordSets?.find(
    ({ Name, Type, SetIdentifier }) =>
      withoutDot(Name) === fqdn && Type === state["type"] && (SetIdentifier ?? "") === text(state, "setIdentifier"),
  );
}

function livingRecord(found: ResourceRecordSet): Obj {
  const { TTL, ResourceRecords, Weight, Failover, HealthCheckId, AliasTarget } = found;
  const bare = (value = ""): string => (found.Type === "TXT" ? value.replace(/^"|"$/g, "") : value);
  return {
    ...(AliasTarget === undefined
      ? { ttl: TTL, records: ResourceRecords?.map(({ Value }) => bare(Value)) }
      : {
          aliases: [
            {
              name: withoutDot(AliasTarget.DNSName),
              zoneId: AliasTarget.HostedZoneId,
              evaluateTargetHealth: AliasTarget.EvaluateTargetHealth,
            },
          ],
        }),
    ...(Weight === undefined ? {} : { weightedRoutingPolicies: [{ weight: Weight }] }),
    ...(Failover === undefined ? {} : { failoverRoutingPolicies: [{ type: Failover }] }),
    healthCheckId: HealthCheckId,
  };
}

const CHECK_NAMES = {
  type: "Type",
  fqdn: "FullyQualifiedDomainName",
  ipAddress: "IPAddress",
  port: "Port",
  resourcePath: "ResourcePath",
  searchString: "SearchString",
  requestInterval: "RequestInterval",
  failureThreshold: "FailureThreshold",
  regions: "Regions",
  measureLatency: "MeasureLatency",
  enableSni: "EnableSNI",
  invertHealthcheck: "Inverted",
  disabled: "Disabled",
  childHealthchecks: "ChildHealthChecks",
  childHealthThreshold: "HealthThreshold",
  insufficientDataHealthStatus: "InsufficientDataHealthStatus",
  routingControlArn: "RoutingControlArn",
};

/** What moto forgets, or fills in where the program said nothing. */
const FORGOTTEN =
  /^(insufficientDataHealthStatus|routingControlArn|disabled|enableSni|measureLatency|invertHealthcheck)$/;

export const healthCheck: Handler = {
  replaces: ["type", "requestInterval", "measureLatency", "referenceName"],
  create: async (inputs, place) => {
    const { HealthCheck } = await place.client(Route53Client).send(
      new CreateHealthCheckCommand({
        CallerReference: `${text(inputs, "referenceName")}-${Date.now()}-${Math.random()}`,
        HealthCheckConfig: checkConfig(inputs),
      }),
    );
    const id = HealthCheck?.Id ?? "";
    return { id, outputs: { arn: `arn:aws:route53:::healthcheck/${id}` } };
  },
  read: async (id, _state, place) => {
    const found = await unlessGone(place.client(Route53Client).send(new GetHealthCheckCommand({ HealthCheckId: id })));
    const living: Obj = renamed({ ...found?.HealthCheck?.HealthCheckConfig }, reversed(CHECK_NAMES));
    return found && Object.fromEntries(Object.entries(living).filter(([name]) => !FORGOTTEN.test(name)));
  },
  update: async (id, inputs, _state, place) => {
    const { Type: _type, RequestInterval: _interval, MeasureLatency: _latency, ...changed } = checkConfig(inputs);
    await place.client(Route53Client).send(new UpdateHealthCheckCommand({ HealthCheckId: id, ...changed }));
  },
  remove: async (id, _state, place) => {
    await unlessGone(place.client(Route53Client).send(new DeleteHealthCheckCommand({ HealthCheckId: id })));
  },
};

function checkConfig(inputs: Obj): HealthCheckConfig {
  const name = text(inputs, "cloudwatchAlarmName");
  const config: HealthCheckConfig = { Type: "HTTPS", ...renamed(inputs, CHECK_NAMES) };
  if (name === "") return config;
  const Region = text(inputs, "cloudwatchAlarmRegion") as "us-east-1";
  return { ...config, AlarmIdentifier: { Name: name, Region } };
}
