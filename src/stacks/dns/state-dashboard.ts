import { Dashboard } from "@pulumi/aws/cloudwatch/dashboard.js";
import * as pulumi from "@pulumi/pulumi";
import { dimensionsOf, HEALTHY_METRIC, LATENCY_METRIC } from "../../prober/publish.ts";
import { componentType, under } from "./component.ts";
import { HEALTH_METRICS_REGION } from "./health-signal.ts";
import { METRIC_NAMESPACE } from "./prober.ts";
import { SIDES } from "../../model/side.ts";

/** What the dashboard shows. */
export interface StateDashboardArgs {
  readonly pair: string;
  readonly region: string;
  /** Health checks by the name of their signal. */
  readonly checks: { readonly [signal: string]: pulumi.Input<string> };
  readonly alarmArns: readonly pulumi.Input<string>[];
  /** The prober's log, where there is a prober. */
  readonly logName?: pulumi.Input<string>;
  /** Lines with the expected times to switch. */
  readonly notes: readonly string[];
}

const WIDTH = 12;
const HEIGHT = 6;

/** One page for the night: which side is healthy, since when, how slow, and what the prober says. */
export class StateDashboard extends pulumi.ComponentResource {
  readonly dashboardName: pulumi.Output<string>;

  constructor(name: string, args: StateDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("StateDashboard"), name, {}, opts);
    const body = pulumi
      .all([pulumi.all(args.checks), pulumi.all([...args.alarmArns]), pulumi.output(args.logName)])
      .apply(([checks, alarms, log]) => JSON.stringify({ widgets: placed(widgetsOf(args, checks, alarms, log)) }));
    // A dashboard has no name of Pulumi's making: the pair tells two of them apart.
    const dashboard = { dashboardName: args.pair.replaceAll(/[^\w-]/g, "-"), dashboardBody: body, region: args.region };
    this.dashboardName = new Dashboard(name, dashboard, under(this)).dashboardName;
    this.registerOutputs({ dashboardName: this.dashboardName });
  }
}

type Widget = { readonly type: string; readonly properties: object };

function placed(widgets: readonly Widget[]): object[] {
  return widgets.map((widget, index) => ({
    ...{ x: (index % 2) * WIDTH, y: Math.floor(index / 2) * HEIGHT, width: WIDTH, height: HEIGHT },
    ...widget,
  }));
}

function widgetsOf(
  { pair, region, notes }: StateDashboardArgs,
  checks: { readonly [signal: string]: string },
  alarms: readonly string[],
  log: string | undefined,
): Widget[] {
  const status = Object.entries(checks).map(([label, id]) => {
    return [
      "AWS/Route53",
      "HealthCheckStatus",
      "HealthCheckId",
      id,
      { label, stat: "Minimum", region: HEALTH_METRICS_REGION },
    ];
  });
  const prober = (metric: string, stat: string) =>
    SIDES.map((side) => {
      return [METRIC_NAMESPACE, metric, ...Object.entries(dimensionsOf(pair, side)).flat(), { label: side, stat }];
    });
  const lines = notes.length === 0 ? ["No name has been described yet."] : notes;
  return [
    { type: "text", properties: { markdown: ["# Time to switch", ...lines.map((line) => `- ${line}`)].join("\n") } },
    ...(alarms.length === 0 ? [] : [{ type: "alarm", properties: { title: "Alarms", alarms } }]),
    ...(status.length === 0 ? [] : [graph("What DNS believes (1 healthy)", HEALTH_METRICS_REGION, status)]),
    ...(log === undefined
      ? []
      : [
          graph("What the prober says (1 healthy)", region, prober(HEALTHY_METRIC, "Minimum")),
          graph("How long the API takes (ms)", region, prober(LATENCY_METRIC, "Maximum")),
          logTable(region, log),
        ]),
  ];
}

function graph(title: string, region: string, metrics: readonly unknown[]): Widget {
  return { type: "metric", properties: { title, region, metrics, period: 60, view: "timeSeries" } };
}

function logTable(region: string, log: string): Widget {
  const query = `SOURCE '${log}' | fields @timestamp, side, verdict, reasons.0 | filter verdict != "ok" | sort @timestamp desc | limit 50`;
  return { type: "log", properties: { title: "Passes that were not ok", region, query, view: "table" } };
}
