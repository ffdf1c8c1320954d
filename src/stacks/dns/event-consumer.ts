/** How EventBridge comes to be allowed to hand events to a consumer. */
export type ConsumerGrant =
  | { readonly by: "permission"; readonly functionArn: string; readonly qualifier?: string }
  | { readonly by: "role" }
  | { readonly by: "its own policy" };

/** A function, with the version or alias that is called. */
const FUNCTION = /^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+)(?::([^:]+))?$/;

/** Services that EventBridge calls in a role only. */
const BY_ROLE: readonly string[] = ["batch", "ecs", "firehose", "kinesis", "states"];

/** What the ARN of a consumer says about how it is to be granted: we can grant a function, not what others own. */
export function consumerGrant(arn: string): ConsumerGrant {
  const [, functionArn, qualifier] = FUNCTION.exec(arn) ?? [];
  if (functionArn !== undefined)
    return { by: "permission", functionArn, ...(qualifier === undefined ? {} : { qualifier }) };
  return { by: BY_ROLE.includes(arn.split(":")[2] ?? "") ? "role" : "its own policy" };
}
