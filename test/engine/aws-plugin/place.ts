import { createHash } from "node:crypto";

/** What every client of the AWS SDK is made from. */
interface ClientSettings {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Where a resource is: a region of the simulated AWS. */
export interface Place {
  readonly region: string;
  readonly account: string;
  /** The client of a service, one per region. */
  client<Client>(Service: new (settings: ClientSettings) => Client): Client;
  /** Sends a request of the JSON protocol, for services whose client is not installed. @throws Error when it is refused */
  json(service: string, target: string, body: object): Promise<{ readonly [name: string]: unknown }>;
}

/** The account that moto answers for. */
const ACCOUNT = "123456789012";

/** Gives the place of a region. @throws Error unless the endpoint is on this machine: the stand-in never talks to AWS */
export function places(endpoint: string | undefined): (region: string) => Place {
  if (endpoint === undefined || new URL(endpoint).hostname !== "127.0.0.1") {
    throw new Error("the stand-in for the AWS plugin needs AWS_ENDPOINT_URL of a moto server on 127.0.0.1");
  }
  const clients = new Map<string, unknown>();
  return (region) => ({
    region,
    account: ACCOUNT,
    client: (Service) => {
      const key = `${region} ${Service.name}`;
      const credentials = { accessKeyId: "test", secretAccessKey: "test" };
      const found = clients.get(key) ?? new Service({ region, endpoint, credentials });
      clients.set(key, found);
      return found as InstanceType<typeof Service>;
    },
    json: (service, target, body) => sendJson(endpoint, { region, service, target, body }),
  });
}

async function sendJson(
  endpoint: string,
  { region, service, target, body }: { region: string; service: string; target: string; body: object },
): Promise<{ readonly [name: string]: unknown }> {
  const scope = `test/20260101/${region}/${service}/aws4_request`;
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": target,
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${target}: ${answer.status} ${text}`);
  return text === "" ? {} : (JSON.parse(text) as { [name: string]: unknown });
}

/** Seven characters that the plugin appends to a name that it makes up. */
export function suffix(seed: Uint8Array, name: string): string {
  return createHash("sha256").update(seed).update(name).digest("hex").slice(0, 7);
}
