import grpc from "@grpc/grpc-js";
import anys from "google-protobuf/google/protobuf/any_pb.js";
import protos from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import { GuardError, LockstepError } from "../../../model/error.ts";
import { printableLines } from "../../../model/printable.ts";
import type { Obj } from "../../../model/json.ts";
import { PartlyCreatedError } from "../write/create.ts";
import { toStruct } from "./values.ts";

/** What a failed call answers with. */
export type CallFailure = Partial<grpc.StatusObject> & { readonly code: grpc.status; readonly details: string };

/** The text of an error: what happened and what to do, on one line each; never a stack. */
function errorText(error: unknown): string {
  if (error instanceof LockstepError) {
    const { file, path } = error.place;
    const place = [file, path].filter((part) => part !== undefined).join(" ");
    const text = `${error.code}: ${error.message}${place === "" ? "" : ` (${place})`}. ${error.hint}`;
    return printableLines(text.replace(/\.\. /, ". ").trim());
  }
  const message = error instanceof Error ? error.message : "something that is no error was thrown";
  return printableLines(
    `internal-error: this is a defect in lockstep: ${message}. Please report it with what you did.`,
  );
}

/**
 * What a call that failed answers with. Never throws: a call without an answer would end the plugin.
 * @param outputsOf the state of an object that is there though not complete; where that cannot be told, the error alone is
 */
export function failureOf(error: unknown, outputsOf: (error: PartlyCreatedError) => PartialState): CallFailure {
  const details = errorText(error);
  const plain = { code: codeOf(error), details };
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

function codeOf(error: unknown): grpc.status {
  if (error instanceof GuardError) return grpc.status.FAILED_PRECONDITION;
  if (!(error instanceof LockstepError)) return grpc.status.INTERNAL;
  if (error.code === "interrupted") return grpc.status.CANCELLED;
  return /^(provider-config|secret-in-config|unknown-resource)$/.test(error.code)
    ? grpc.status.INVALID_ARGUMENT
    : grpc.status.UNKNOWN;
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
