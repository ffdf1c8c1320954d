import { beforeAll, describe, expect, test } from "vitest";
import { config, EXAMPLE } from "./example.ts";
import { record, type Recording } from "./mocks.ts";

// A prober, and neither signals nor names: the state of things while somebody begins.
const BEGUN = EXAMPLE.replace(/ {2}signals:\n[^]*$/, "");

let recording: Recording;

beforeAll(async () => {
  recording = await record();
  const { dnsStack } = await import("../../../src/stacks/dns/index.ts");
  const proberBundle = new URL(import.meta.url);
  const { StateDashboard } = await import("../../../src/stacks/dns/state-dashboard.ts");
  await recording.run(() => {
    new StateDashboard("bare", { pair: "bare", region: "eu-central-1", checks: {}, alarmArns: [], notes: [] });
    return dnsStack({ config: config(BEGUN), file: "lockstep.yaml", proberBundle });
  });
});

interface Widget {
  readonly type: string;
  readonly properties: { readonly markdown?: string; readonly alarms?: string[]; readonly metrics?: unknown[] };
}

function widgets(dashboard = "state"): Widget[] {
  const { dashboardBody } = recording.one("aws:cloudwatch/dashboard:Dashboard", dashboard).inputs;
  return (JSON.parse(String(dashboardBody)) as { widgets: Widget[] }).widgets;
}

describe("the dashboard of a stack without signals", () => {
  test("has no widget with nothing in it", () => {
    expect(widgets().map(({ type }) => type)).toEqual(["text", "alarm", "metric", "metric", "log"]);
    for (const { properties } of widgets()) {
      expect(properties.alarms).not.toEqual([]);
      expect(properties.metrics).not.toEqual([]);
    }
  });

  test("says so where there is nothing else to show", () => {
    expect(widgets("bare").map(({ type, properties }) => [type, properties.markdown])).toEqual([
      ["text", "# Time to switch\n- No name has been described yet."],
    ]);
  });

  test("shows each alarm of the prober: silent, and unhealthy", () => {
    const alarms = widgets().flatMap(({ properties }) => properties.alarms ?? []);
    expect(alarms.map((arn) => arn.split("/").at(-1)).sort()).toEqual([
      ...["prober-silence-primary", "prober-silence-standby", "prober-unhealthy-primary", "prober-unhealthy-standby"],
    ]);
  });
});
