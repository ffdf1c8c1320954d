import grpc from "@grpc/grpc-js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb.js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import protos from "@pulumi/pulumi/proto/provider_pb.js";
import type * as rpc from "@pulumi/pulumi/proto/provider_pb.js";
import { KINDS } from "../../../kinds/index.ts";
import { sameJson, type Obj } from "../../../model/json.ts";
import { failureAt, type CheckFailure } from "../check/check-failure.ts";
import type { PartlyCreatedError } from "../write/create.ts";
import { packageSchema } from "../schema/package-schema.ts";
import { assertOrgUnchanged, settingProblems } from "./setting-problems.ts";
import { fromStruct, toStruct } from "./values.ts";
import { diffResponse } from "./server-diff.ts";
import { failureOf, type PartialState } from "./server-errors.ts";
import { engineLog } from "./server-log.ts";
import type { OpenApp } from "./server-open.ts";
import { createProvider, outputs, type Provider } from "./server-provider.ts";

/** A provider that listens. */
export interface RunningServer {
  readonly port: number;
  /** Stops listening, ends what is under way and gives the organisation free. */
  close(): Promise<void>;
}

/** What a server needs. */
export interface ServerOptions {
  readonly openApp: OpenApp;
  readonly version: string;
  /** Address of the engine, for messages to the user. */
  readonly engine: string | undefined;
  /** Do errors carry their parts behind their text, for a program that reads it? */
  readonly errorParts?: boolean;
}

/** Whole flows and data tables travel in one message. */
const LIMITS = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 } as const;

/** Serves the provider on a free port of the loopback interface. */
export async function serveProvider(options: ServerOptions): Promise<RunningServer> {
  // An engine that is gone wants nothing any more, whether it said so or not.
  const gone = (): void => provider.cancel();
  let log = engineLog(options.engine, gone);
  const provider = createProvider(options.openApp, (progress) => log.sink(progress));
  const attach = (address: string): void => {
    log.close();
    log = engineLog(address, gone);
  };
  const server = new grpc.Server(LIMITS);
  server.addService(service.ResourceProviderService, handlers(provider, options, attach));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    port,
    close: async () => {
      provider.cancel();
      server.forceShutdown();
      await provider.close();
      log.close();
    },
  };
}

/** The calls that are answered; all others are UNIMPLEMENTED, Handshake among them (an engine would take it for more than it is). */
function handlers(
  provider: Provider,
  { version, errorParts = false }: ServerOptions,
  attach: (address: string) => void,
): grpc.UntypedServiceImplementation {
  const answer = answerer(errorParts);
  return {
    getPluginInfo: answer(() => new plugins.PluginInfo().setVersion(version)),
    getSchema: answer(() => new protos.GetSchemaResponse().setSchema(JSON.stringify(packageSchema(KINDS, version)))),
    attach: answer((request: PluginAttach) => {
      attach(request.getAddress());
      return new empties.Empty();
    }),
    cancel: answer(() => {
      provider.cancel();
      return new empties.Empty();
    }),
    checkConfig: answer((request: rpc.CheckRequest) => {
      const news = fromStruct(request.getNews());
      const failures = settingProblems(news).map(({ code, property, reason }) =>
        failureAt(property, code === "secret-in-config" ? `${code}: ${reason}` : reason),
      );
      return checked(news, failures);
    }),
    diffConfig: answer((request: rpc.DiffRequest) => {
      // Never a replacement: that would replace every resource of the provider.
      const [olds, news] = [fromStruct(request.getOldInputs() ?? request.getOlds()), fromStruct(request.getNews())];
      assertOrgUnchanged(olds, news);
      const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
      const diffs = names.filter((name) => !sameJson(olds[name], news[name])).sort();
      const changes = diffs.length === 0 ? "none" : "some";
      return diffResponse({ changes, diffs, replaces: [], detailedDiff: {}, deleteBeforeReplace: false });
    }),
    configure: answer((request: rpc.ConfigureRequest) => {
      provider.configure(fromStruct(request.getArgs()), request.getUrn() ?? "");
      return new protos.ConfigureResponse()
        .setSupportspreview(true)
        .setAcceptsecrets(false)
        .setAcceptresources(false)
        .setAcceptoutputs(false);
    }),
    check: answer((request: rpc.CheckRequest) => {
      const [news, olds] = [fromStruct(request.getNews()), fromStruct(request.getOlds())];
      const { inputs, failures } = provider.check({ type: typeOf(request), news, olds });
      return checked(inputs, failures);
    }),
    diff: answer(async (request: rpc.DiffRequest) =>
      diffResponse(
        await provider.diff({
          type: typeOf(request),
          olds: fromStruct(request.getOlds()),
          oldInputs: fromStruct(request.getOldInputs()),
          news: fromStruct(request.getNews()),
        }),
      ),
    ),
    create: answer(
      async (request: rpc.CreateRequest) => {
        const news = fromStruct(request.getProperties());
        const made = await provider.create({ type: typeOf(request), news, preview: request.getPreview() });
        return new protos.CreateResponse().setId(made.id).setProperties(toStruct(made.outputs));
      },
      { newsOf: (request) => fromStruct(request.getProperties()) },
    ),
    read: answer(async (request: rpc.ReadRequest) => {
      const [olds, oldInputs] = [fromStruct(request.getProperties()), fromStruct(request.getInputs())];
      const found = await provider.read({ type: typeOf(request), id: request.getId(), olds, oldInputs });
      const response = new protos.ReadResponse();
      if (found === undefined) return response;
      return response
        .setId(found.id)
        .setProperties(toStruct(found.outputs))
        .setInputs(toStruct(found.inputs ?? {}));
    }),
    update: answer(async (request: rpc.UpdateRequest) => {
      const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const asked = { type: typeOf(request), id: request.getId(), olds, news, preview: request.getPreview() };
      return new protos.UpdateResponse().setProperties(toStruct(await provider.update(asked)));
    }),
    delete: answer(async (request: rpc.DeleteRequest) => {
      await provider.remove({ type: typeOf(request), id: request.getId(), olds: fromStruct(request.getProperties()) });
      return new empties.Empty();
    }),
    invoke: answer(
      async (request: rpc.InvokeRequest) =>
        new protos.InvokeResponse().setReturn(
          toStruct(await provider.invoke(request.getTok(), fromStruct(request.getArgs()))),
        ),
      { wantsParts: (request) => fromStruct(request.getArgs())["errorParts"] === true },
    ),
  };
}

function checked(inputs: Obj, problems: readonly CheckFailure[]): rpc.CheckResponse {
  const failures = problems.map(({ property, reason }) =>
    new protos.CheckFailure().setProperty(property).setReason(reason),
  );
  return new protos.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failures);
}

/** The resource type; engines before 3.160 tell it in the URN alone. */
function typeOf(request: { getType(): string; getUrn(): string }): string {
  return request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? "");
}

/** What an error of a call needs of its request. */
interface Asking<Request> {
  /** Inputs, for an object that could not be completed. */
  readonly newsOf?: (request: Request) => Obj;
  /** Does the request ask for the parts of an error? */
  readonly wantsParts?: (request: Request) => boolean;
}

type Answer = <Request, Response>(
  work: (request: Request) => Response | Promise<Response>,
  asking?: Asking<Request>,
) => grpc.handleUnaryCall<Request, Response>;

/** Makes calls that give their answer or error. @param parts do errors carry their parts whatever the request says? */
function answerer(parts: boolean): Answer {
  return (work, { newsOf = () => ({}), wantsParts = () => false } = {}) =>
    ({ request }, callback) => {
      void (async () => work(request))().then(
        (response) => callback(null, response),
        (error: unknown) => {
          const outputsOf = ({ live }: PartlyCreatedError): PartialState => {
            const news = newsOf(request);
            return { outputs: outputs(live, news), inputs: news };
          };
          callback(failureOf(error, { parts: parts || wantsParts(request), outputsOf }));
        },
      );
    };
}
