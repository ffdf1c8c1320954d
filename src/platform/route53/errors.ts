import { LockstepError } from "../../model/error.ts";

const CREDENTIALS = "Give AWS credentials as for the AWS command line, such as AWS_PROFILE or AWS_ACCESS_KEY_ID.";
const RIGHTS =
  "They need route53:ListHostedZonesByName, ListResourceRecordSets, GetHealthCheck and GetHealthCheckStatus, all read-only.";

/** What the errors of the SDK mean, by name. Their own texts may quote requests and are shown only where AWS wrote them. */
const READINGS: { readonly [name: string]: { readonly message: string; readonly hint: string } } = {
  CredentialsProviderError: { message: "No AWS credentials were found", hint: CREDENTIALS },
  ExpiredToken: { message: "The AWS credentials have expired", hint: CREDENTIALS },
  ExpiredTokenException: { message: "The AWS credentials have expired", hint: CREDENTIALS },
  InvalidClientTokenId: { message: "AWS does not know the credentials", hint: CREDENTIALS },
  SignatureDoesNotMatch: { message: "AWS does not accept the secret key", hint: CREDENTIALS },
  AccessDenied: { message: "The AWS credentials may not read Route 53", hint: RIGHTS },
  AccessDeniedException: { message: "The AWS credentials may not read Route 53", hint: RIGHTS },
  NoSuchHostedZone: { message: "Route 53 has no such hosted zone", hint: "Check dns.zone.id." },
  InvalidInput: { message: "Route 53 does not accept the name or id of the zone", hint: "Check dns.zone." },
};

/** What the errors of the SDK have in common. */
interface Failure {
  readonly name?: string;
  /** Of Node.js, where no answer came. */
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** What a failed request to Route 53 means. */
export function route53Error(error: unknown, signal: AbortSignal): LockstepError {
  if (signal.aborted && signal.reason instanceof LockstepError) return signal.reason;
  const { name = "", code, $metadata } = (error ?? {}) as Failure;
  const reading = Object.hasOwn(READINGS, name) ? READINGS[name] : undefined;
  if (reading !== undefined) return unreadable(reading.message, reading.hint);
  const facts = [name, code].filter((fact) => typeof fact === "string" && /^[\w.]{1,60}$/.test(fact));
  const detail = facts.length === 0 ? "" : ` (${[...new Set(facts)].join(", ")})`;
  if ($metadata?.httpStatusCode !== undefined)
    return unreadable(`Route 53 refused the request${detail}`, "Try again later.");
  return unreadable(`Route 53 cannot be reached${detail}`, "Check the network, and AWS_ENDPOINT_URL where it is set.");
}

function unreadable(message: string, hint: string): LockstepError {
  return new LockstepError("dns-unreadable", message, hint, { path: "/dns" });
}

/** Is it the answer for something that does not exist? */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === "NoSuchHealthCheck";
}
