import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What the double was asked for. */
export interface Asked {
  readonly target: string;
  readonly body: Record<string, unknown>;
}

/** A double of the two AWS services that the prober talks to, on the loopback interface. */
export interface AwsDouble {
  readonly endpoint: string;
  readonly asked: readonly Asked[];
  /** Values of `Healthy` that were published for one side, in order. */
  health(side: string): number[];
  close(): Promise<void>;
}

interface Datum {
  readonly MetricName: string;
  readonly Value: number;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

/**
 * Answers `GetSecretValue`, `GetMetricData` and `PutMetricData`.
 * @param secrets values by ARN; an ARN that is not there has no value yet
 * @param last what was published last, by side
 */
export async function awsDouble(
  secrets: Readonly<Record<string, string>>,
  last: Readonly<Record<string, number>> = {},
): Promise<AwsDouble> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const target = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      asked.push({ target, body });
      const [status, answer] = answerTo(target, body, secrets, last);
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    health: (side) =>
      asked
        .filter(({ target }) => target === "PutMetricData")
        .flatMap(({ body }) => body.MetricData as Datum[])
        .filter(({ MetricName, Dimensions }) => {
          return MetricName === "Healthy" && Dimensions.some(({ Name, Value }) => Name === "Side" && Value === side);
        })
        .map(({ Value }) => Value),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answerTo(
  target: string,
  body: Record<string, unknown>,
  secrets: Readonly<Record<string, string>>,
  last: Readonly<Record<string, number>>,
): [number, unknown] {
  if (target === "GetSecretValue") {
    const value = secrets[String(body.SecretId)];
    if (value === undefined) return [400, { __type: "ResourceNotFoundException", message: "no value" }];
    return [200, { ARN: body.SecretId, SecretString: value }];
  }
  if (target === "GetMetricData")
    return [200, { MetricDataResults: Object.entries(last).map(([Id, value]) => ({ Id, Values: [value] })) }];
  return [200, {}];
}
