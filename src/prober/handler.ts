import { defined } from "../model/defined.ts";
import { CloudWatchClient, GetMetricDataCommand, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Json } from "../model/json.ts";
import { isObj } from "../model/json.ts";
import type { Clock } from "../model/ports.ts";
import { SIDES, type Side } from "../model/side.ts";
import type { ClientCredentials } from "../model/client-credentials.ts";
import type { CredentialsOf, Http } from "./measure.ts";
import { runPasses, type ProberMemory } from "./passes.ts";
import { dimensionsOf, HEALTHY_METRIC, type Publish } from "./publish.ts";
import { RUN_EVERY_MS } from "./schedule.ts";
import { parseSettings, SETTINGS_VARIABLE, type ProberSettings } from "./settings.ts";
import { firstStreak } from "./verdict.ts";

/** How far back a container looks for what was published last. */
const LOOK_BACK_MS = 15 * 60 * 1000;

/** After this time without a run another container may have published: what this one remembers of health is out of date. */
const MEMORY_LASTS_MS = 2 * RUN_EVERY_MS;

const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

const http: Http = async ({ method, url, headers, body, timeoutMs }) => {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(
      url,
      defined({
        method,
        headers,
        signal,
        redirect: "error",
        body,
      }),
    );
    const text = await answer.text();
    return { status: answer.status, body: json(text) };
  } catch {
    return { failed: signal.aborted ? "timeout" : "network" };
  }
};

function json(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Reads a secret's current value; a secret without one is the state that the stack creates it in. */
function credentialsFrom(client: SecretsManagerClient): CredentialsOf {
  return async (secretArn) => {
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
      return credentials(json(SecretString ?? ""));
    } catch {
      // Why is in CloudTrail; the error could repeat what it was asked for.
      return undefined;
    }
  };
}

function credentials(value: Json | undefined): ClientCredentials | undefined {
  if (!isObj(value) || typeof value.clientId !== "string" || typeof value.clientSecret !== "string") return undefined;
  return { clientId: value.clientId, clientSecret: value.clientSecret };
}

function publishTo(client: CloudWatchClient): Publish {
  return async (namespace, points) => {
    const MetricData = points.map(({ metric, dimensions, value, unit, time }) => ({
      ...{ MetricName: metric, Value: value, Unit: unit, Timestamp: new Date(time), StorageResolution: 60 },
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    }));
    await client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
  };
}

/**
 * Where a container begins, or begins again: with what was published last.
 * @param before what it remembers from long ago; that stands where nothing was published since
 */
async function lastPublished(
  client: CloudWatchClient,
  settings: ProberSettings,
  before: ProberMemory | undefined,
): Promise<ProberMemory> {
  const last = new Map<Side, number>();
  try {
    const now = clock.now();
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        ...{ StartTime: new Date(now - LOOK_BACK_MS), EndTime: new Date(now), ScanBy: "TimestampDescending" },
        MetricDataQueries: SIDES.map((side) => ({ Id: side, MetricStat: statOf(settings, side) })),
      }),
    );
    for (const side of SIDES) {
      const value = MetricDataResults?.find(({ Id }) => Id === side)?.Values?.[0];
      if (value !== undefined) last.set(side, value);
    }
  } catch {
    // Without history it goes on from what it remembers, or as healthy; either takes a row of passes to change.
  }
  const streak = (side: Side) => firstStreak(last.get(side), before?.streaks[side].healthy);
  return { sessions: before?.sessions ?? {}, streaks: { primary: streak("primary"), standby: streak("standby") } };
}

function statOf(settings: ProberSettings, side: Side) {
  const Dimensions = Object.entries(dimensionsOf(settings.pair, side)).map(([Name, Value]) => ({ Name, Value }));
  return {
    Metric: { Namespace: settings.namespace, MetricName: HEALTHY_METRIC, Dimensions },
    Period: 60,
    Stat: "Minimum",
  };
}

/** The function that Lambda calls each minute. What it remembers lives as long as its container is called. */
function createHandler(): () => Promise<{ healthy: Record<Side, boolean> }> {
  const cloudwatch = new CloudWatchClient();
  const credentialsOf = credentialsFrom(new SecretsManagerClient());
  const publish = publishTo(cloudwatch);
  let memory: ProberMemory | undefined;
  let ranAt = 0;
  return async () => {
    const settings = parseSettings(process.env[SETTINGS_VARIABLE]);
    if (memory === undefined || clock.now() - ranAt > MEMORY_LASTS_MS)
      memory = await lastPublished(cloudwatch, settings, memory);
    const report = (line: object): void => void process.stdout.write(JSON.stringify(line) + "\n");
    memory = await runPasses(settings, memory, { clock, http, credentialsOf, publish, report });
    ranAt = clock.now();
    const { primary, standby } = memory.streaks;
    return { healthy: { primary: primary.healthy, standby: standby.healthy } };
  };
}

/** Entry point of the Lambda function. */
export const handler = createHandler();
