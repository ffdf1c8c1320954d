import { Topic } from "@pulumi/aws/sns/topic.js";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription.js";
import * as pulumi from "@pulumi/pulumi";
import type { DnsSubscription } from "../../model/config.ts";
import { componentType, under, type Tags } from "./component.ts";

/** Where alarms of one region report. */
export interface AlertTopicArgs {
  readonly region: string;
  readonly keyArn: pulumi.Input<string>;
  readonly subscriptions: readonly DnsSubscription[];
  readonly tags: Tags;
}

/** An encrypted SNS topic and who listens to it. E-mail addresses have to be confirmed by their owners. */
export class AlertTopic extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AlertTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super(componentType("AlertTopic"), name, {}, opts);
    const { region, keyArn, subscriptions, tags } = args;
    const topic = new Topic(name, { kmsMasterKeyId: keyArn, region, tags: { ...tags } }, under(this));
    for (const { protocol, endpoint } of subscriptions) {
      const subscription = { topic: topic.arn, protocol, endpoint, region };
      new TopicSubscription(`${name}/${protocol}:${endpoint}`, subscription, under(this));
    }
    this.arn = topic.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
