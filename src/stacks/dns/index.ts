import * as pulumi from "@pulumi/pulumi";
import type { Config } from "../../model/config.ts";
import { LockstepError } from "../../model/error.ts";
import { printable } from "../../model/printable.ts";
import { alarmGaps } from "./alarm-gaps.ts";
import { awsProvider } from "./aws-provider.ts";
import {
  arnsOf,
  buildIntakes,
  buildKeys,
  buildLog,
  buildNames,
  buildProber,
  buildSecrets,
  buildTable,
  buildTopics,
  buildZone,
} from "./build-parts.ts";
import { alarmRegions, buildNoSideAlarms, buildSignals } from "./build-signals.ts";
import type { Building } from "./building.ts";
import { proberCode } from "./prober-code.ts";
import { pairPlaces } from "./pair-places.ts";
import { assertBuildable } from "./rules.ts";
import { awsSettings } from "./aws-settings.ts";
import { StateDashboard } from "./state-dashboard.ts";
import { nextSteps, readme, switchTimes } from "./summary.ts";

/** What the `dns` stack is built from; the rest comes from `lockstep:aws` of the stack's configuration. */
export interface DnsContext {
  /** The loaded `lockstep.yaml`. */
  readonly config: Pick<Config, "orgs" | "dns">;
  /** Its path, for messages. */
  readonly file: string;
  /** The bundled prober, when it is not where `npm run build` puts it. */
  readonly proberBundle?: URL;
}

/**
 * The `dns` stack: names, health checks, alarms, prober, context table. It calls no organisation, so that it can be
 * planned and applied while the primary is down.
 * @returns the outputs of the stack
 * @throws LockstepError `dns-missing`, `dns-region-missing`, `stack-config`, `prober-not-built`, or the code of what was
 * refused (`rules.ts`)
 */
export function dnsStack({ config, file, proberBundle }: DnsContext): Record<string, unknown> {
  const { dns, orgs } = config;
  if (dns === undefined) {
    const hint = "Describe zone, names and signals in a section `dns`.";
    throw new LockstepError("dns-missing", "The configuration has no section dns", hint, { file, path: "/dns" });
  }
  const settings = awsSettings(new pulumi.Config("lockstep").getObject("aws"));
  const places = pairPlaces(dns, orgs, file);
  assertBuildable(dns, places, file);
  const pair = `${pulumi.getProject()}-${pulumi.getStack()}`;
  const tags = { "lockstep:pair": pair, "lockstep:role": "dns", ...settings.tags };
  const provider = awsProvider(places.region, settings, process.env.AWS_ENDPOINT_URL);
  return build({ dns, orgs, places, settings, pair, tags, provider }, proberBundle);
}

function build(building: Building, proberBundle: URL | undefined): Record<string, unknown> {
  const { dns, places } = building;
  const zone = buildZone(building);
  const keys = buildKeys(building, alarmRegions(building));
  const topics = buildTopics(building, keys);
  const [key, topic] = [keys.get(places.region), topics.get(places.region)];
  if (key === undefined || topic === undefined) throw new Error(`no key for ${places.region}`);
  const log = buildLog(building, key.arn);
  const secrets = dns.prober === undefined ? undefined : buildSecrets(building);
  const prober =
    dns.prober === undefined || secrets === undefined
      ? undefined
      : buildProber(building, dns.prober, { secrets, log, topicArn: topic.arn, code: proberCode(proberBundle) });
  const signals = buildSignals(building, arnsOf(topics));
  const names = buildNames(building, zone.id, signals);
  const noSide = buildNoSideAlarms(building, signals, arnsOf(topics));
  const table = buildTable(building);
  const intakes = buildIntakes(building);
  const times = switchTimes(dns);
  const notes = Object.values(times).map(({ text }) => text);
  for (const note of notes) void pulumi.log.info(`time to switch: ${note}`);
  const gaps = alarmGaps(dns, places.region).map(printable);
  for (const gap of gaps) void pulumi.log.warn(gap);
  const healthChecks = Object.fromEntries([...signals].map(([name, { healthCheckId }]) => [name, healthCheckId]));
  const alarmArns = [
    ...[...signals.values()].map(({ alarmArn }) => alarmArn),
    ...noSide.map(({ arn }) => arn),
    ...(prober?.alarmArns ?? []),
  ];
  const dashboard = new StateDashboard(
    "state",
    {
      ...{ pair: building.pair, region: places.region, checks: healthChecks, alarmArns, notes },
      ...(prober === undefined ? {} : { logName: log.logName }),
    },
    { provider: building.provider },
  );
  const secretArns = secrets === undefined ? {} : { primary: secrets.primary.arn, standby: secrets.standby.arn };
  const { eventConsumer: consumer, eventConsumerRole: consumerRole } = building.settings;
  const steps = pulumi
    .all([pulumi.all(secretArns), pulumi.output(zone.nameServers), intakes.primary.ruleArn, intakes.standby.ruleArn])
    .apply(([arns, nameServers, ...ruleArns]) =>
      nextSteps(dns, {
        ...{ region: places.region, secrets: arns, nameServers, gaps },
        events: { consumer, consumerRole, ruleArns },
      }),
    );
  return {
    endpoints: Object.fromEntries(Object.entries(names).map(([name, { fqdn }]) => [name, fqdn])),
    switchTime: times,
    healthChecks,
    zone: { id: zone.id, ...(zone.nameServers === undefined ? {} : { nameServers: zone.nameServers }) },
    region: places.region,
    alerts: Object.fromEntries(arnsOf(topics)),
    alarmGaps: gaps,
    dashboard: dashboard.dashboardName,
    log: log.logName,
    contextTable: { name: table.tableName, arn: table.arn, streamArn: table.streamArn },
    eventRules: { primary: intakes.primary.ruleName, standby: intakes.standby.ruleName },
    secrets: secretArns,
    ...(prober === undefined ? {} : { prober: { name: prober.functionName, silenceAlarms: prober.silenceAlarms } }),
    nextStep: steps.apply(([first]) => first),
    readme: steps.apply((lines) => readme(dns, lines, building.settings.protect)),
  };
}
