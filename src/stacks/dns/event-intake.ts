import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { componentType, under, type Tags } from "./component.ts";
import type { Side } from "../../model/side.ts";

/** Where one organisation's events arrive. */
export interface EventIntakeArgs {
  readonly side: Side;
  readonly region: string;
  /** Name of the partner source that the organisation's integration created; the bus is tied to it. */
  readonly source?: string;
  /** ARN that events go to. */
  readonly consumer?: string;
  readonly tags: Tags;
}

/** What context and presence are made of (failover R17). */
const TOPICS = ["v2.detail.events.conversation.", "v2.users."];

/**
 * An event bus and a rule for conversations and presence. The rule is disabled until something consumes the events: a
 * rule that matches and leads nowhere only costs.
 */
export class EventIntake extends pulumi.ComponentResource {
  readonly busName: pulumi.Output<string>;
  readonly ruleName: pulumi.Output<string>;

  constructor(name: string, args: EventIntakeArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("EventIntake"), name, {}, opts);
    const { side, region, source, consumer, tags } = args;
    const bus = new aws.cloudwatch.EventBus(
      name,
      {
        // A bus of a partner source has to have its name.
        ...(source === undefined ? {} : { name: source, eventSourceName: source }),
        ...{ description: `Events of the ${side} organisation`, region, tags: { ...tags } },
      },
      under(this),
    );
    const rule = new aws.cloudwatch.EventRule(
      name,
      {
        description: `Conversations and presence of the ${side} organisation`,
        eventBusName: bus.name,
        eventPattern: JSON.stringify({ "detail-type": TOPICS.map((prefix) => ({ prefix })) }),
        state: consumer === undefined ? "DISABLED" : "ENABLED",
        ...{ region, tags: { ...tags } },
      },
      under(this),
    );
    if (consumer !== undefined) {
      const target = { rule: rule.name, eventBusName: bus.name, arn: consumer, region };
      new aws.cloudwatch.EventTarget(name, target, under(this));
    }
    this.busName = bus.name;
    this.ruleName = rule.name;
    this.registerOutputs({ busName: this.busName, ruleName: this.ruleName });
  }
}
