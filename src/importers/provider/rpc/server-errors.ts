import grpc from "@grpc/grpc-js";
import anys from "google-protobuf/google/protobuf/any_pb.js";
import protos from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import type { Code } from "../../../model/catalogue/codes.ts";
import { defectOf, LockstepError } from "../../../model/error.ts";
import { partsOf } from "../../../model/error-parts.ts";
import { isGuard } from "../../../model/guard.ts";
import { printableLines } from "../../../model/printable.ts";
import type { Obj } from "../../../model/json.ts";
import { PartlyCreatedError } from "../write/create.ts";
import { toStruct } from "./values.ts";

/** What a failed call answers with. */
export type CallFailure = Partial<grpc.StatusObject> & { readonly code: grpc.status; readonly details: string };

/** The text of an error: what happened and what to do, on one line each; never a stack. */
function errorText({ code, message, hint, place: { file, path } }: LockstepError): string {
  const place = [file, path].filter((part) => part !== undefined).join(" ");
  return printableLines(`${code}: ${message}${place === "" ? "" : ` (${place})`}. ${hint}`.trim());
}

/** How failed calls are answered. */
export interface Answering {
  /** Does whoever asked want the parts of an error too? Of a failed call the engine passes on the text alone. */
  readonly parts: boolean;
  /** The state of an object that is there though not complete; where that cannot be told, the error alone is answered. */
  readonly outputsOf: (error: PartlyCreatedError) => PartialState;
}

/** What a call that failed answers with. Never throws: a call without an answer would end the plugin. */
export function failureOf(error: unknown, { parts, outputsOf }: Answering): CallFailure {
  const known = error instanceof LockstepError ? error : defectOf(error);
  const details = errorText(known) + (parts ? ` ${partsOf(known)}` : "");
  const plain = { code: statusOf(known.code), details };
  if (!(error instanceof PartlyCreatedError)) return plain;
  try {
    return initFailed(details, error.live.id, outputsOf(error));
  } catch {
    return plain;
  }
}

/** What the engine keeps of an object that is not complete. */
export interface PartialState {
  readonly outputs: Obj;
  readonly inputs: Obj;
}

/** What is wrong with the program that asks. */
const INVALID: ReadonlySet<Code> = new Set(["provider-config", "secret-in-config", "unknown-resource"]);

function statusOf(code: Code): grpc.status {
  if (isGuard(code)) return grpc.status.FAILED_PRECONDITION;
  if (code === "internal-error") return grpc.status.INTERNAL;
  if (code === "interrupted") return grpc.status.CANCELLED;
  return INVALID.has(code) ? grpc.status.INVALID_ARGUMENT : grpc.status.UNKNOWN;
}

/** The object was created and something about it failed: the engine keeps it in its state and updates it the next time. */
function initFailed(text: string, id: string, { outputs, inputs }: PartialState): CallFailure {
  const failed = new protos.ErrorResourceInitFailed();
  failed.setId(id).setProperties(toStruct(outputs)).setInputs(toStruct(inputs)).setReasonsList([text]);
  const detail = new anys.Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statuses.Status();
  status.setCode(grpc.status.UNKNOWN).setMessage(text).addDetails(detail);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: text, metadata };
}
