import type { ErrorObject } from "ajv";
import { LockstepError } from "../../model/error.ts";
import { consumerGrant } from "./event-consumer.ts";
import { problemsOf } from "./generated/aws-settings-validator.ts";

/** What is specific to one stack: the key `lockstep:aws` of its configuration. */
export interface AwsSettings {
  /** Address of every AWS service, for a stand-in such as moto; checks of the account are skipped then. */
  readonly endpoint?: string;
  /** Are zone, table and secrets protected from deletion? */
  readonly protect: boolean;
  /** ARN of the function that rotates the prober's OAuth secrets; without it they are rotated by hand. */
  readonly rotationFunction?: string;
  /** Days between two rotations. */
  readonly rotationDays: number;
  /** Names of the EventBridge partner sources of the organisations. */
  readonly eventSources: { readonly primary?: string; readonly standby?: string };
  /** ARN that events go to; without it the rules are disabled. */
  readonly eventConsumer?: string;
  /** ARN of the role in which EventBridge calls the consumer: a stream or a state machine takes one. */
  readonly eventConsumerRole?: string;
  /** Tags for everything. */
  readonly tags: { readonly [name: string]: string };
}

/**
 * Reads `lockstep:aws`; what is left out gets its default.
 * @param value the parsed value, or undefined when the key is not set
 * @throws LockstepError `stack-config` that names the key and the command that sets it
 */
export function awsSettings(value: unknown): AwsSettings {
  const settings: unknown = structuredClone(value ?? {});
  const [broken] = problemsOf(settings);
  if (broken !== undefined) throw misconfigured(broken);
  return granted(settings as AwsSettings);
}

/** EventBridge refuses some consumers without a role, but only once they are made its target. */
function granted(settings: AwsSettings): AwsSettings {
  const { eventConsumer, eventConsumerRole } = settings;
  if (eventConsumer === undefined || eventConsumerRole !== undefined || consumerGrant(eventConsumer).by !== "role")
    return settings;
  const key = "lockstep:aws.eventConsumerRole";
  const message = `${key} is missing: EventBridge writes to ${eventConsumer} in a role only`;
  throw new LockstepError("stack-config", message, `Set it with \`pulumi config set --path '${key}' ARN\`.`, {
    path: key,
  });
}

function misconfigured({ instancePath, keyword, params, message }: ErrorObject): LockstepError {
  const extra =
    keyword === "additionalProperties" ? [String((params as { additionalProperty: string }).additionalProperty)] : [];
  const key = ["lockstep:aws", ...instancePath.split("/").slice(1), ...extra].join(".");
  const [what, hint] =
    extra.length > 0
      ? ["is not a setting", `take it away with: pulumi config rm --path '${key}'`]
      : [message ?? "is not valid", `set it with: pulumi config set --path '${key}' VALUE`];
  return new LockstepError("stack-config", `${key} ${what}`, hint, { path: key });
}
