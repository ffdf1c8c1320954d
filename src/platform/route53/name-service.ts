import type { ListResourceRecordSetsCommandOutput } from "@aws-sdk/client-route-53";
import { dnsName } from "../../model/dns-values.ts";
import type { DnsRecord, HealthCheck } from "../../model/dns.ts";
import type { NameService } from "../../model/ports.ts";
import { healthCheckOf, idOfZone, measuredBy, recordOf } from "./convert.ts";
import { isMissing, route53Error } from "./errors.ts";
import {
  GetHealthCheckCommand,
  GetHealthCheckStatusCommand,
  ListHostedZonesByNameCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from "./sdk.ts";

/** Route 53 is one service for the whole world; requests are signed for this region. */
const REGION = "us-east-1";

/** Largest page of records, and largest page of zones. */
const PAGE = 300;
const ZONES = 100;

const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 15_000 };

/**
 * Route 53, read only. Credentials, `AWS_PROFILE` and `AWS_ENDPOINT_URL` are those of the AWS SDK: environment and files.
 * @param signal ends requests under way
 */
export function route53(signal: AbortSignal): NameService {
  // The SDK tells on every run which Node.js a later version of it will need; the version that is used here is fixed.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const client = new Route53Client({ region: REGION, maxAttempts: 4, requestHandler: TIMEOUTS });
  const read = async <Result>(request: () => Promise<Result>): Promise<Result> => {
    try {
      return await request();
    } catch (error) {
      throw route53Error(error, signal);
    }
  };
  return {
    zones: (name) => read(() => zonesNamed(client, name, signal)),
    records: (zoneId, name) => read(() => recordsNamed(client, zoneId, name, signal)),
    healthCheck: (id) => read(() => healthCheckWith(client, id, signal)),
  };
}

/** Zones come sorted by name, beginning with the one that was asked for. */
async function zonesNamed(client: Route53Client, name: string, abortSignal: AbortSignal): Promise<string[]> {
  const command = new ListHostedZonesByNameCommand({ DNSName: name, MaxItems: ZONES });
  const { HostedZones: zones = [] } = await client.send(command, { abortSignal });
  return zones.flatMap((zone) => idOfZone(zone, name));
}

/** Records come sorted by name, with the labels of each name from the right; the listing ends with the first other name. */
async function recordsNamed(
  client: Route53Client,
  zoneId: string,
  name: string,
  abortSignal: AbortSignal,
): Promise<DnsRecord[]> {
  const found: DnsRecord[] = [];
  let from: Partial<ListResourceRecordSetsCommandOutput> = { NextRecordName: name };
  for (;;) {
    const command = new ListResourceRecordSetsCommand({
      HostedZoneId: zoneId,
      MaxItems: PAGE,
      StartRecordName: from.NextRecordName,
      StartRecordType: from.NextRecordType,
      StartRecordIdentifier: from.NextRecordIdentifier,
    });
    const page = await client.send(command, { abortSignal });
    found.push(...(page.ResourceRecordSets ?? []).map(recordOf).filter((record) => record.name === name));
    if (page.IsTruncated !== true || dnsName(page.NextRecordName ?? "") !== name) return found;
    from = page;
  }
}

async function healthCheckWith(
  client: Route53Client,
  id: string,
  abortSignal: AbortSignal,
): Promise<HealthCheck | undefined> {
  try {
    const { HealthCheck: answer } = await client.send(new GetHealthCheckCommand({ HealthCheckId: id }), {
      abortSignal,
    });
    const check = healthCheckOf(id, answer?.HealthCheckConfig ?? { Type: undefined });
    // The status of a calculated check and of a routing control cannot be asked for.
    if (check.disabled || check.kind === "calculated" || check.kind === "switch") return check;
    const status = await client.send(new GetHealthCheckStatusCommand({ HealthCheckId: id }), { abortSignal });
    const measured = measuredBy(status.HealthCheckObservations ?? []);
    return measured === undefined ? check : { ...check, measured };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
