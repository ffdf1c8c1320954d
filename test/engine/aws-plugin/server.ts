import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { invoke } from "./invoke.ts";
import type { Plugin } from "./plugin.ts";
import { fromStruct, toStruct, type Obj } from "./values.ts";

/** The version of `@pulumi/aws` that the stand-in's types are those of. */
const VERSION = "7.48.0";

type Handle<Request, Response> = (call: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>) => void;

/** Serves the plugin on a free port of this machine; gives the port. Methods that are not here are answered UNIMPLEMENTED. */
export async function serve(plugin: Plugin): Promise<number> {
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(services.ResourceProviderService, {
    ...configuration(plugin),
    ...pure(plugin),
    ...effects(plugin),
    getPluginInfo: unary(async () => new pluginMessages.PluginInfo().setVersion(VERSION)),
    cancel: unary(async () => new empty.Empty()),
  });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
}

function unary<Request, Response>(respond: (request: Request) => Promise<Response>): Handle<Request, Response> {
  return ({ request }, answer) => {
    respond(request).then(
      (response) => answer(null, response),
      (error: unknown) =>
        answer({ code: status.UNKNOWN, message: error instanceof Error ? error.message : String(error) }),
    );
  };
}

function configuration(plugin: Plugin): { [method: string]: Handle<never, unknown> } {
  return {
    checkConfig: unary(async (request: messages.CheckRequest) =>
      new messages.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: unary(async () => new messages.DiffResponse().setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: unary(async (request: messages.ConfigureRequest) => {
      plugin.configure(nested(fromStruct(request.getArgs())));
      return new messages.ConfigureResponse().setSupportspreview(true);
    }),
    invoke: unary(async (request: messages.InvokeRequest) => {
      const found = await invoke(plugin, request.getTok(), fromStruct(request.getArgs()));
      return new messages.InvokeResponse().setReturn(toStruct(found));
    }),
  };
}

/** A provider's settings that are no texts arrive as JSON. */
function nested(settings: Obj): Obj {
  const entries = Object.entries(settings).map(([name, value]): [string, unknown] => [name, parsed(value)]);
  return Object.fromEntries(entries);
}

function parsed(value: unknown): unknown {
  return typeof value === "string" && /^[[{]/.test(value) ? JSON.parse(value) : value;
}

function pure(plugin: Plugin): { [method: string]: Handle<never, unknown> } {
  return {
    check: unary(async (request: messages.CheckRequest) => {
      const [type = "", name = ""] = typeAndName(request.getUrn());
      const seed = request.getRandomseed_asU8();
      const { inputs, problems } = plugin.check(
        { type, name },
        fromStruct(request.getNews()),
        fromStruct(request.getOlds()),
        seed,
      );
      const failures = problems.map(({ property, reason }) =>
        new messages.CheckFailure().setProperty(property).setReason(`"${property}" ${reason}`),
      );
      return new messages.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failures);
    }),
    diff: unary(async (request: messages.DiffRequest) => {
      const [type = ""] = typeAndName(request.getUrn());
      const before = fromStruct(request.getOldInputs());
      const ignored = request.getIgnorechangesList();
      const { changed, replaces } = plugin.diff(type, before, fromStruct(request.getNews()), ignored);
      const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
      const response = new messages.DiffResponse()
        .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
        .setDiffsList(changed)
        .setReplacesList(replaces)
        .setHasdetaileddiff(true);
      for (const name of changed) {
        const { UPDATE, UPDATE_REPLACE } = messages.PropertyDiff.Kind;
        const kind = replaces.includes(name) ? UPDATE_REPLACE : UPDATE;
        response.getDetaileddiffMap().set(name, new messages.PropertyDiff().setKind(kind).setInputdiff(true));
      }
      return response;
    }),
  };
}

function effects(plugin: Plugin): { [method: string]: Handle<never, unknown> } {
  return {
    create: unary(async (request: messages.CreateRequest) => {
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview()) return new messages.CreateResponse().setProperties(toStruct(inputs));
      const [type = ""] = typeAndName(request.getUrn());
      const { id, outputs } = await plugin.create(type, inputs);
      return new messages.CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),
    read: unary(async (request: messages.ReadRequest) => {
      const [type = ""] = typeAndName(request.getUrn());
      const stored = { inputs: fromStruct(request.getInputs()), outputs: fromStruct(request.getProperties()) };
      const found = await plugin.read(type, { id: request.getId(), ...stored });
      if (found === undefined) return new messages.ReadResponse();
      const response = new messages.ReadResponse().setId(found.id).setInputs(toStruct(found.inputs));
      return response.setProperties(toStruct(found.outputs));
    }),
    update: unary(async (request: messages.UpdateRequest) => {
      const [state, inputs] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const [type = ""] = typeAndName(request.getUrn());
      const outputs = request.getPreview()
        ? { ...state, ...inputs }
        : await plugin.update(type, request.getId(), inputs, state);
      return new messages.UpdateResponse().setProperties(toStruct(outputs));
    }),
    delete: unary(async (request: messages.DeleteRequest) => {
      const [type = ""] = typeAndName(request.getUrn());
      await plugin.remove(type, request.getId(), fromStruct(request.getProperties()));
      return new empty.Empty();
    }),
  };
}

/** A URN ends with the type below its parents' and the name: `urn:pulumi:dns::lockstep::a:b:C$aws:sns/topic:Topic::alerts`. */
function typeAndName(urn: string): string[] {
  const [, , types = "", ...name] = urn.replace("urn:pulumi:", "").split("::");
  return [types.split("$").at(-1) ?? "", name.join("::")];
}
