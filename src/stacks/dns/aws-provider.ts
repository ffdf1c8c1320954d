import { Provider, type ProviderArgs } from "@pulumi/aws/provider.js";
import type { AwsSettings } from "./aws-settings.ts";

/** The services that this stack talks to. */
const SERVICES = [
  "cloudwatch",
  "dynamodb",
  "events",
  "iam",
  "kms",
  "lambda",
  "logs",
  "route53",
  "scheduler",
  "secretsmanager",
  "sns",
  "sts",
] as const;

/**
 * The one provider of the stack; default providers are switched off, so that nothing is ever created with whatever
 * credentials happen to lie around. Credentials come from the environment, as every AWS tool reads them.
 * @param environmentEndpoint what `AWS_ENDPOINT_URL` says
 */
export function awsProvider(region: string, settings: AwsSettings, environmentEndpoint: string | undefined): Provider {
  const endpoint = settings.endpoint ?? environmentEndpoint;
  return new Provider("aws", {
    region: region as Exclude<ProviderArgs["region"], undefined>,
    ...(endpoint === undefined ? {} : standIn(endpoint)),
  });
}

/** A stand-in for AWS has no account to validate and no instance metadata to ask. */
function standIn(endpoint: string): ProviderArgs {
  return {
    endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRequestingAccountId: true,
    skipRegionValidation: true,
  };
}
