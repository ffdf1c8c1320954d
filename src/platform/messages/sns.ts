import { LockstepError } from "../../model/error.ts";
import type { SnsRecipient } from "../../model/config.ts";
import type { SendMessage } from "../../model/message.ts";
import { PublishCommand, SNSClient, type PublishCommandInput } from "./sns-sdk.ts";

const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 15_000 };

const CREDENTIALS = "Give AWS credentials as for the AWS command line, such as AWS_PROFILE or AWS_ACCESS_KEY_ID.";

/** Errors of the SDK that no repetition mends, by name. Their own texts may quote the request, so they are not shown. */
const READINGS: { readonly [name: string]: { readonly found: string; readonly hint: string } } = {
  CredentialsProviderError: { found: "no AWS credentials were found", hint: CREDENTIALS },
  ExpiredToken: { found: "the AWS credentials have expired", hint: CREDENTIALS },
  ExpiredTokenException: { found: "the AWS credentials have expired", hint: CREDENTIALS },
  InvalidClientTokenId: { found: "AWS does not know the credentials", hint: CREDENTIALS },
  SignatureDoesNotMatch: { found: "AWS does not accept the secret key", hint: CREDENTIALS },
  AuthorizationError: { found: "the credentials may not publish", hint: "They need sns:Publish on that topic." },
  AuthorizationErrorException: {
    found: "the credentials may not publish",
    hint: "They need sns:Publish on that topic.",
  },
  NotFound: { found: "there is no such topic", hint: "Check topicArn, and the account of the credentials." },
  NotFoundException: { found: "there is no such topic", hint: "Check topicArn, and the account of the credentials." },
  InvalidParameter: { found: "SNS does not accept the message", hint: "Check topicArn." },
  InvalidParameterException: { found: "SNS does not accept the message", hint: "Check topicArn." },
};

/** What the errors of the SDK have in common. */
interface SnsFailure {
  readonly name?: string;
  /** Of Node.js, where no answer came. */
  readonly code?: unknown;
}

/**
 * Publishes messages to a topic, in its region. Credentials, `AWS_PROFILE` and `AWS_ENDPOINT_URL` are those of the AWS SDK, which also
 * repeats what fails for a moment.
 * @param place pointer of the recipient in the configuration
 */
export function openTopic({ topicArn }: SnsRecipient, place: string, signal: AbortSignal): SendMessage {
  // The SDK tells on every run which Node.js a later version of it will need; the version that is used here is fixed.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const region = topicArn.split(":")[3] ?? "";
  const client = new SNSClient({ region, maxAttempts: 4, requestHandler: TIMEOUTS });
  return async (body) => {
    const message = JSON.parse(body) as PublishCommandInput;
    try {
      await client.send(new PublishCommand({ ...message, TopicArn: topicArn }), { abortSignal: signal });
    } catch (error) {
      throw undelivered(error, { topicArn, place }, signal);
    }
  };
}

function undelivered(
  error: unknown,
  { topicArn, place }: { readonly topicArn: string; readonly place: string },
  signal: AbortSignal,
): LockstepError {
  if (signal.aborted && signal.reason instanceof LockstepError) return signal.reason;
  const { name = "", code } = (error ?? {}) as SnsFailure;
  const to = `the SNS topic ${topicArn.split(":").at(-1) ?? ""}`;
  const reading = Object.hasOwn(READINGS, name) ? READINGS[name] : undefined;
  if (reading !== undefined) {
    const message = `A message was refused by ${to}: ${reading.found}`;
    return new LockstepError("message-refused", message, `${reading.hint} Then: \`lockstep notify --test\`.`, {
      path: place,
    });
  }
  const facts = [name, code].filter((fact) => typeof fact === "string" && /^[\w.]{1,60}$/.test(fact));
  const found = facts.length === 0 ? "no answer" : [...new Set(facts)].join(", ");
  const hint = "Run `lockstep notify` again when it answers. Check the network, and AWS_ENDPOINT_URL where it is set.";
  return new LockstepError("message-unreachable", `No message could be delivered to ${to}: ${found}`, hint, {
    path: place,
  });
}
