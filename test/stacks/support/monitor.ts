import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import grpc from "@grpc/grpc-js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import engine from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import providers from "@pulumi/pulumi/proto/provider_pb.js";
import monitor from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/resource_pb.js";
import type * as rpc from "@pulumi/pulumi/proto/resource_pb.js";
import type { Obj } from "../../../src/model/json.ts";
import { fromStruct, toStruct } from "../../../src/importers/provider/rpc/values.ts";

/** A resource as the program asked for it. */
export interface Asked {
  readonly type: string;
  readonly name: string;
  readonly inputs: Obj;
  readonly importId: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** Logical names of what it depends on. */
  readonly dependencies: readonly string[];
  readonly aliases: readonly string[];
}

/** What a program did, and how it ended. */
export interface ProgramRun {
  readonly exit: number | null;
  readonly asked: readonly Asked[];
  readonly outputs: Obj;
  /** What the engine was told to show: `severity: message`. */
  readonly logged: readonly string[];
}

/** What a run is about. */
export interface EntryOptions {
  /** The compiled entry file. */
  readonly entry: string;
  /** Directory of the project. */
  readonly root: string;
  /** Configuration of the stack, `namespace:key` → text. */
  readonly config: { readonly [key: string]: string };
  /** What the provider answers to an invoke. */
  readonly inventory: Obj;
}

const RUN = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run");

/** How long a program may take: machines that test are busy. */
const DEADLINE_MS = 240_000;

const SEVERITIES = ["debug", "info", "warning", "error"];

/** Runs a program file as the engine's language host does, with a monitor and an engine that only remember. */
export async function runEntry(options: EntryOptions): Promise<ProgramRun> {
  const asked: Asked[] = [];
  const logged: string[] = [];
  const outputs: Obj = {};
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(monitor.ResourceMonitorService, {
    // What needs an engine that calls the program back is not offered.
    supportsFeature: answer((request: rpc.SupportsFeatureRequest) =>
      new messages.SupportsFeatureResponse().setHassupport(
        ["aliasSpecs", "resourceReferences"].includes(request.getId()),
      ),
    ),
    registerResource: answer((request: rpc.RegisterResourceRequest) => {
      asked.push(askedFor(request));
      const urn = `urn:pulumi:test::lockstep::${request.getType()}::${request.getName()}`;
      const id = request.getCustom() ? request.getImportid() || `new-${String(asked.length)}` : "";
      return new messages.RegisterResourceResponse().setUrn(urn).setId(id).setObject(request.getObject());
    }),
    registerResourceOutputs: answer((request: rpc.RegisterResourceOutputsRequest) => {
      Object.assign(outputs, fromStruct(request.getOutputs()));
      return new empties.Empty();
    }),
    invoke: answer(() => new providers.InvokeResponse().setReturn(toStruct(options.inventory))),
    signalAndWaitForShutdown: answer(() => new empties.Empty()),
  });
  server.addService(engine.EngineService, {
    log: answer((request: LogRequest) => {
      logged.push(`${SEVERITIES[request.getSeverity()] ?? ""}: ${request.getMessage()}`);
      return new empties.Empty();
    }),
    getRootResource: answer(() => new engineMessages.GetRootResourceResponse()),
    setRootResource: answer(() => new engineMessages.SetRootResourceResponse()),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  try {
    return { exit: await run(options, `127.0.0.1:${String(port)}`), asked, outputs, logged };
  } finally {
    server.forceShutdown();
  }
}

function answer<Request>(work: (request: Request) => unknown): grpc.handleUnaryCall<Request, unknown> {
  return (call, callback) => callback(null, work(call.request));
}

function askedFor(request: rpc.RegisterResourceRequest): Asked {
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: fromStruct(request.getObject()),
    importId: request.getImportid(),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    dependencies: request.getDependenciesList().map((urn) => urn.split("::").slice(3).join("::")),
    aliases: request.getAliasesList().map((alias) => alias.getSpec()?.getName() ?? alias.getUrn()),
  };
}

function run({ entry, root, config }: EntryOptions, address: string): Promise<number | null> {
  const flags = {
    monitor: address,
    engine: address,
    project: "lockstep",
    stack: "test",
    parallel: "64",
    "root-directory": root,
    pwd: root,
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(process.execPath, [RUN, ...args, entry], {
    env: { ...process.env, PULUMI_CONFIG: JSON.stringify(config) },
    stdio: "ignore",
    timeout: DEADLINE_MS,
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code));
  });
}
