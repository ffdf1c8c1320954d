import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { credentials } from "@grpc/grpc-js";
import analyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// What the engine does once a language host has started the pack: the same process, asked over gRPC.
const HOST = fileURLToPath(new URL("../../node_modules/@pulumi/pulumi/cmd/run-policy-pack", import.meta.url));
const PACK = fileURLToPath(new URL("../../policy", import.meta.url));

interface Asked {
  readonly type: string;
  readonly name: string;
  readonly properties: { readonly [key: string]: JavaScriptValue };
  readonly protect?: boolean;
  readonly parent?: string;
}

/** A value that the engine does not know yet, as it is sent in a preview. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

let child: ChildProcess;
let client: analyzerGrpc.AnalyzerClient;

beforeAll(async () => {
  child = spawn(process.execPath, [HOST, "127.0.0.1:1", PACK], { stdio: ["ignore", "pipe", "pipe"] });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout?.once("data", (text: Buffer) => resolve(text.toString().trim()));
    child.once("exit", (code) => reject(new Error(`the pack ended with ${code}`)));
  });
  client = new analyzerGrpc.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
});

afterAll(() => {
  client.close();
  child.kill();
});

const urnOf = ({ type, name }: Asked): string => `urn:pulumi:dns::lockstep::${type}::${name}`;

function options(protect: boolean): analyzer.AnalyzerResourceOptions {
  const given = new analyzer.AnalyzerResourceOptions();
  given.setProtect(protect);
  return given;
}

/** The violations that the pack reports about one resource, as `policy: message`. */
function analyze(asked: Asked): Promise<string[]> {
  const request = new analyzer.AnalyzeRequest();
  request.setType(asked.type);
  request.setName(asked.name);
  request.setUrn(urnOf(asked));
  request.setProperties(Struct.fromJavaScript({ ...asked.properties }));
  request.setOptions(options(asked.protect ?? false));
  return new Promise((resolve, reject) => {
    client.analyze(request, (error, answer) => (error ? reject(error) : resolve(linesOf(answer))));
  });
}

/** The same about a whole stack. */
function analyzeStack(resources: readonly Asked[]): Promise<string[]> {
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(
    resources.map((asked) => {
      const resource = new analyzer.AnalyzerResource();
      resource.setType(asked.type);
      resource.setName(asked.name);
      resource.setUrn(urnOf(asked));
      resource.setProperties(Struct.fromJavaScript({ ...asked.properties }));
      resource.setOptions(options(true));
      if (asked.parent !== undefined) resource.setParent(asked.parent);
      return resource;
    }),
  );
  return new Promise((resolve, reject) => {
    client.analyzeStack(request, (error, answer) => (error ? reject(error) : resolve(linesOf(answer))));
  });
}

function linesOf(answer: analyzer.AnalyzeResponse): string[] {
  return answer.getDiagnosticsList().map((one) => `${one.getPolicyname()}: ${one.getMessage().split("\n").at(-1)}`);
}

const failover = { failoverRoutingPolicies: [{ type: "PRIMARY" }], name: "chat.example.com", setIdentifier: "primary" };
const RECORD = "aws:route53/record:Record";

describe("the pack, started as a language host starts it", () => {
  test("lets pass what keeps to it", async () => {
    expect(await analyze({ type: RECORD, name: "r", properties: { ...failover, healthCheckId: "abc" } })).toEqual([]);
    expect(await analyze({ type: "aws:route53/zone:Zone", name: "z", properties: {}, protect: true })).toEqual([]);
  });

  test.each<[string, Asked, string]>([
    ["no health check", { type: RECORD, name: "r", properties: failover }, "primary-has-health-check"],
    ["no protection", { type: "aws:dynamodb/table:Table", name: "t", properties: {} }, "protected-types"],
    ["a plain secret", { type: "any:index:Thing", name: "t", properties: { password: "hunter2" } }, "no-plain-secret"],
    [
      "an alarm without action",
      { type: "aws:cloudwatch/metricAlarm:MetricAlarm", name: "a", properties: {} },
      "alarm-has-action",
    ],
  ])("names what does not: %s", async (_, asked, policy) => {
    const lines = await analyze(asked);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${policy}: `));
    expect(lines[0]).not.toContain("hunter2");
  });

  test("judges the TTL by the component above the record", async () => {
    const type = "lockstep:dns:FailoverName";
    const name = (purpose: string): Asked => ({ type, name: purpose, properties: { purpose } });
    const record = (purpose: string): Asked => ({
      ...{ type: RECORD, name: `${purpose}/primary`, properties: { ...failover, ttl: 100 } },
      parent: urnOf(name(purpose)),
    });
    const lines = await analyzeStack([name("carrier"), record("carrier"), name("voice"), record("voice")]);
    expect(lines).toEqual([
      "ttl-by-purpose: chat.example.com may be remembered for 100 s; voice names for 60 s at most.",
    ]);
  });

  test("a preview with values that are not known yet is no violation", async () => {
    const lines = await analyze({
      ...{ type: "any:index:Thing", name: "t" },
      properties: { token: UNKNOWN, nested: { secret: UNKNOWN } },
    });
    expect(lines).toEqual([]);
    const properties = { ...failover, healthCheckId: UNKNOWN };
    expect(await analyze({ type: RECORD, name: "r", properties })).toEqual([]);
  });
});
