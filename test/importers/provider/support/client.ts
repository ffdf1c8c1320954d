import grpc from "@grpc/grpc-js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import protos from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import type { Obj } from "../../../../src/model/json.ts";
import { LINK_TOKEN, resourceToken } from "../../../../src/importers/provider/schema/tokens.ts";
import { fromStruct, toStruct } from "../../../../src/importers/provider/rpc/values.ts";

/** A resource as an engine holds it. */
export interface State {
  readonly id: string;
  readonly outputs: Obj;
  readonly inputs: Obj;
}

/** What a Diff said. */
export interface DiffAnswer {
  readonly changes: "none" | "some";
  readonly detailed: readonly string[];
  readonly replaces: readonly string[];
}

/** A call that was refused. */
export class CallError extends Error {
  readonly status: number;
  /** The object that is there though not complete, where the answer names one. */
  readonly partial: State | undefined;

  constructor(error: grpc.ServiceError) {
    super(error.details);
    this.status = error.code;
    this.partial = partialIn(error.metadata);
  }
}

function partialIn(metadata: grpc.Metadata): State | undefined {
  const [bytes] = metadata.get("grpc-status-details-bin");
  if (!(bytes instanceof Buffer)) return undefined;
  const [detail] = statuses.Status.deserializeBinary(bytes).getDetailsList();
  const failed = protos.ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
  return {
    id: failed.getId(),
    outputs: fromStruct(failed.getProperties()),
    inputs: fromStruct(failed.getInputs()),
  };
}

/** Speaks to a plugin as the engine does. */
export class PluginClient {
  readonly #client: InstanceType<typeof service.ResourceProviderClient>;
  /** Everything that was answered, as text: for the search for secrets. */
  readonly answers: string[] = [];

  constructor(port: number) {
    const limits = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
    this.#client = new service.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), limits);
  }

  async configure(args: Obj, urn = "urn:pulumi:test::lockstep::pulumi:providers:gclockstep::test"): Promise<Obj> {
    const request = new protos.ConfigureRequest().setArgs(toStruct(args)).setUrn(urn);
    return (await this.#call("configure", request)).toObject();
  }

  async checkConfig(news: Obj): Promise<{ inputs: Obj; failures: { property: string; reason: string }[] }> {
    return this.#checked("checkConfig", new protos.CheckRequest().setNews(toStruct(news)));
  }

  async diffConfig(olds: Obj, news: Obj): Promise<DiffAnswer> {
    return this.#diffed("diffConfig", new protos.DiffRequest().setOlds(toStruct(olds)).setNews(toStruct(news)));
  }

  async check(kind: string, news: Obj, olds: Obj = {}): ReturnType<PluginClient["checkConfig"]> {
    const request = new protos.CheckRequest().setType(typeOf(kind)).setNews(toStruct(news)).setOlds(toStruct(olds));
    return this.#checked("check", request);
  }

  async diff(kind: string, state: State, news: Obj): Promise<DiffAnswer> {
    const request = new protos.DiffRequest().setType(typeOf(kind)).setId(state.id);
    request.setOlds(toStruct(state.outputs)).setOldInputs(toStruct(state.inputs)).setNews(toStruct(news));
    return this.#diffed("diff", request);
  }

  async create(kind: string, news: Obj, preview = false): Promise<State> {
    const request = new protos.CreateRequest().setType(typeOf(kind)).setProperties(toStruct(news)).setPreview(preview);
    const response = await this.#call("create", request);
    return { id: response.getId(), outputs: fromStruct(response.getProperties()), inputs: news };
  }

  async read(kind: string, id: string, state?: State): Promise<State | undefined> {
    const request = new protos.ReadRequest().setType(typeOf(kind)).setId(id);
    if (state !== undefined) request.setProperties(toStruct(state.outputs)).setInputs(toStruct(state.inputs));
    const response = await this.#call("read", request);
    if (response.getId() === "") return undefined;
    return {
      id: response.getId(),
      outputs: fromStruct(response.getProperties()),
      inputs: fromStruct(response.getInputs()),
    };
  }

  async update(kind: string, state: State, news: Obj, preview = false): Promise<State> {
    const request = new protos.UpdateRequest().setType(typeOf(kind)).setId(state.id).setPreview(preview);
    request.setOlds(toStruct(state.outputs)).setOldInputs(toStruct(state.inputs)).setNews(toStruct(news));
    const response = await this.#call("update", request);
    return { id: state.id, outputs: fromStruct(response.getProperties()), inputs: news };
  }

  async remove(kind: string, state: State): Promise<void> {
    const request = new protos.DeleteRequest().setType(typeOf(kind)).setId(state.id);
    await this.#call("delete", request.setProperties(toStruct(state.outputs)).setOldInputs(toStruct(state.inputs)));
  }

  async invoke(name: string, args: Obj): Promise<Obj> {
    const request = new protos.InvokeRequest().setTok(`gclockstep:index:${name}`).setArgs(toStruct(args));
    return fromStruct((await this.#call("invoke", request)).getReturn());
  }

  async version(): Promise<string> {
    return (await this.#call("getPluginInfo", new empties.Empty())).getVersion();
  }

  async schema(): Promise<string> {
    return (await this.#call("getSchema", new protos.GetSchemaRequest())).getSchema();
  }

  /** Tells a provider that was there before which engine works with it now. */
  async attach(address: string): Promise<void> {
    await this.#call("attach", new plugins.PluginAttach().setAddress(address));
  }

  async cancel(): Promise<void> {
    await this.#call("cancel", new empties.Empty());
  }

  /** A call that the plugin does not answer. */
  async handshake(): Promise<void> {
    await this.#call("handshake", new protos.ProviderHandshakeRequest());
  }

  close(): void {
    this.#client.close();
  }

  async #checked(
    name: "check" | "checkConfig",
    request: InstanceType<typeof protos.CheckRequest>,
  ): ReturnType<PluginClient["checkConfig"]> {
    const response = await this.#call(name, request);
    const failures = response
      .getFailuresList()
      .map((one) => ({ property: one.getProperty(), reason: one.getReason() }));
    return { inputs: fromStruct(response.getInputs()), failures };
  }

  async #diffed(name: "diff" | "diffConfig", request: InstanceType<typeof protos.DiffRequest>): Promise<DiffAnswer> {
    const response = await this.#call(name, request);
    return {
      changes: response.getChanges() === protos.DiffResponse.DiffChanges.DIFF_NONE ? "none" : "some",
      detailed: [...response.getDetaileddiffMap().keys()].sort(),
      replaces: response.getReplacesList(),
    };
  }

  #call<Name extends keyof Calls>(name: Name, request: Calls[Name][0]): Promise<Calls[Name][1]> {
    return new Promise((resolve, reject) => {
      const done = (error: grpc.ServiceError | null, response: Calls[Name][1]): void => {
        this.answers.push(error === null ? JSON.stringify(response.toObject()) : error.details);
        if (error === null) resolve(response);
        else reject(new CallError(error));
      };
      const call = this.#client[name] as unknown as (
        this: unknown,
        request: Calls[Name][0],
        callback: typeof done,
      ) => void;
      call.call(this.#client, request, done);
    });
  }
}

type Message<Name extends keyof typeof protos> = (typeof protos)[Name] extends new () => infer One ? One : never;
type Empty = InstanceType<typeof empties.Empty>;

/** Calls with what they take and give. */
interface Calls {
  configure: [Message<"ConfigureRequest">, Message<"ConfigureResponse">];
  checkConfig: [Message<"CheckRequest">, Message<"CheckResponse">];
  diffConfig: [Message<"DiffRequest">, Message<"DiffResponse">];
  check: [Message<"CheckRequest">, Message<"CheckResponse">];
  diff: [Message<"DiffRequest">, Message<"DiffResponse">];
  create: [Message<"CreateRequest">, Message<"CreateResponse">];
  read: [Message<"ReadRequest">, Message<"ReadResponse">];
  update: [Message<"UpdateRequest">, Message<"UpdateResponse">];
  delete: [Message<"DeleteRequest">, Empty];
  invoke: [Message<"InvokeRequest">, Message<"InvokeResponse">];
  getPluginInfo: [Empty, InstanceType<typeof import("@pulumi/pulumi/proto/plugin_pb.js").PluginInfo>];
  getSchema: [Message<"GetSchemaRequest">, Message<"GetSchemaResponse">];
  cancel: [Empty, Empty];
  attach: [InstanceType<typeof plugins.PluginAttach>, Empty];
  handshake: [Message<"ProviderHandshakeRequest">, Message<"ProviderHandshakeResponse">];
}

function typeOf(kind: string): string {
  return kind === "link" ? LINK_TOKEN : resourceToken(kind);
}
