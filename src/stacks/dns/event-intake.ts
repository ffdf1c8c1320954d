import { EventBus } from "@pulumi/aws/cloudwatch/eventBus.js";
import { EventRule } from "@pulumi/aws/cloudwatch/eventRule.js";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget.js";
import { Permission } from "@pulumi/aws/lambda/permission.js";
import * as pulumi from "@pulumi/pulumi";
import { componentType, under, type Tags } from "./component.ts";
import { consumerGrant } from "./event-consumer.ts";
import type { Side } from "../../model/side.ts";

/** Where one organisation's events arrive. */
export interface EventIntakeArgs {
  readonly side: Side;
  readonly region: string;
  /** Name of the partner source that the organisation's integration created; the bus is tied to it. */
  readonly source?: string;
  /** ARN that events go to. */
  readonly consumer?: string;
  /** ARN of the role in which EventBridge calls it, where it takes one. */
  readonly consumerRole?: string;
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
  readonly ruleArn: pulumi.Output<string>;

  constructor(name: string, args: EventIntakeArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("EventIntake"), name, {}, opts);
    const { side, region, source, consumer, consumerRole, tags } = args;
    const bus = new EventBus(
      name,
      {
        // A bus of a partner source has to have its name.
        ...(source === undefined ? {} : { name: source, eventSourceName: source }),
        ...{ description: `Events of the ${side} organisation`, region, tags: { ...tags } },
      },
      under(this),
    );
    const rule = new EventRule(
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
      const role = consumerRole === undefined ? {} : { roleArn: consumerRole };
      const target = { rule: rule.name, eventBusName: bus.name, arn: consumer, ...role, region };
      new EventTarget(name, target, under(this));
      this.permit(name, consumer, rule.arn, region);
    }
    this.busName = bus.name;
    this.ruleName = rule.name;
    this.ruleArn = rule.arn;
    this.registerOutputs({ busName: this.busName, ruleName: this.ruleName });
  }

  /** A function has to allow its callers, each by itself; without it every event would be refused, and nobody told. */
  private permit(name: string, consumer: string, ruleArn: pulumi.Input<string>, region: string): void {
    const grant = consumerGrant(consumer);
    if (grant.by !== "permission") return;
    new Permission(
      name,
      {
        ...{ action: "lambda:InvokeFunction", function: grant.functionArn, principal: "events.amazonaws.com" },
        ...(grant.qualifier === undefined ? {} : { qualifier: grant.qualifier }),
        ...{ sourceArn: ruleArn, region },
      },
      under(this),
    );
  }
}
