import type { Dns } from "../../model/config.ts";
import { consumerGrant } from "./event-consumer.ts";
import { switchTime, switchTimeText, type SwitchTime } from "./switch-time.ts";

/** The expected time to switch of each name: for outputs, for the log, and as lines for people. */
export function switchTimes(dns: Dns): { readonly [name: string]: SwitchTime & { readonly text: string } } {
  return Object.fromEntries(
    dns.names.map((name) => {
      const time = switchTime(name, dns);
      return [`${name.name} ${name.type}`, { ...time, text: switchTimeText(name, time) }];
    }),
  );
}

/** What somebody has to do by hand after `up`, in order. */
export function nextSteps(
  dns: Dns,
  facts: {
    readonly region: string;
    readonly secrets: { readonly [side: string]: string };
    readonly nameServers: readonly string[] | undefined;
    /** Who consumes events, in which role, and the rules that they come from. */
    readonly events: {
      readonly consumer: string | undefined;
      readonly consumerRole: string | undefined;
      readonly ruleArns: readonly string[];
    };
    /** What no alarm will tell (`alarmGaps`). */
    readonly gaps: readonly string[];
  },
): string[] {
  const mails = dns.alerts.subscriptions.some(({ protocol }) => protocol === "email");
  return [
    ...(facts.nameServers === undefined
      ? []
      : [`Enter the name servers of ${dns.zone.name} at its registrar: ${facts.nameServers.join(", ")}.`]),
    ...Object.entries(facts.secrets).map(
      ([side, arn]) =>
        `Give the prober its OAuth client of the ${side}: aws secretsmanager put-secret-value --region ${facts.region} ` +
        `--secret-id ${arn} --secret-string file://client.json (a file with {"clientId": …, "clientSecret": …}; delete it afterwards).`,
    ),
    ...(mails ? ["Confirm the subscriptions by the links in the e-mails: one for each region that has alarms."] : []),
    ...(dns.alerts.subscriptions.length === 0 ? ["Nobody is told of an alarm: add dns.alerts.subscriptions."] : []),
    ...eventSteps(facts.events),
    ...facts.gaps,
    "Hold a drill before you rely on it: docs/dns.md, section Drill.",
  ];
}

function eventSteps(events: {
  readonly consumer: string | undefined;
  readonly consumerRole: string | undefined;
  readonly ruleArns: readonly string[];
}): string[] {
  const { consumer, consumerRole, ruleArns } = events;
  if (consumer === undefined)
    return ["The event rules are disabled until lockstep:aws.eventConsumer names a consumer."];
  if (consumerRole !== undefined || consumerGrant(consumer).by !== "its own policy") return [];
  return [
    `Let EventBridge send to ${consumer}: its policy must allow events.amazonaws.com, for the rules ${ruleArns.join(" and ")} ` +
      "(docs/dns.md, section Who consumes events).",
  ];
}

/** The `readme` output: one page about what the stack created. */
export function readme(dns: Dns, steps: readonly string[], protect: boolean): string {
  const times = Object.values(switchTimes(dns)).map(({ text }) => `- ${text}`);
  return [
    `# DNS and health checks of ${dns.zone.name}`,
    "",
    "Each name leads to the primary until its signal fails, then to the standby. No `pulumi up` is needed for that, and none should be run during an outage: records are changed through Route 53's control plane, answers by health are not.",
    "",
    "## Expected time to switch",
    ...times,
    "",
    "## Next",
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    "",
    "## Destroying",
    protect
      ? "Zone, context table and secrets are protected: `pulumi destroy --exclude-protected` leaves them, `pulumi state unprotect` releases one."
      : "Nothing is protected (`lockstep:aws.protect` is false): `pulumi destroy` deletes everything.",
    "",
  ].join("\n");
}
