// Bundled into the package by tools/bundle.mjs: of the AWS SDK, whoever compares DNS names needs these requests only.
export {
  GetHealthCheckCommand,
  GetHealthCheckStatusCommand,
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
