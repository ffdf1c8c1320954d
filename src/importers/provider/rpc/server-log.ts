import grpc from "@grpc/grpc-js";
import engine from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";
import type { Progress, Sink } from "../../../model/ports.ts";
import { printable } from "../../../model/printable.ts";

/** Messages to the user. What a plugin prints is not shown, so they go to the engine. */
export interface EngineLog {
  readonly sink: Sink;
  close(): void;
}

/** An update may say nothing for hours; without this the connection would end after half an hour of silence. */
const OPTIONS = { "grpc.client_idle_timeout_ms": 2 ** 31 - 1 } as const;

/**
 * A log that goes to the engine at an address; without one it goes nowhere.
 * @param gone called when the engine that was there is there no more
 */
export function engineLog(address: string | undefined, gone: () => void): EngineLog {
  if (address === undefined) return { sink: () => undefined, close: () => undefined };
  const client = new engine.EngineClient(address, grpc.credentials.createInsecure(), OPTIONS);
  let closed = false;
  watchUntilGone(client.getChannel(), () => {
    if (!closed) gone();
  });
  const log = (severity: messages.LogSeverity, message: string, ephemeral: boolean): void => {
    const request = new messages.LogRequest();
    request.setSeverity(severity).setMessage(printable(message)).setEphemeral(ephemeral);
    // A message that does not arrive must not fail the work that it is about.
    client.log(request, () => undefined);
  };
  return {
    sink: (progress) => {
      const text = textOf(progress);
      if (text === undefined) return;
      const isNote = progress.event === "note";
      log(isNote ? messages.LogSeverity.WARNING : messages.LogSeverity.INFO, text, !isNote);
    },
    close: () => {
      closed = true;
      client.close();
    },
  };
}

/** Connects, and tells once when the connection that was there ended. */
function watchUntilGone(channel: grpc.ChannelInterface, gone: () => void, wasReady = false): void {
  const state = channel.getConnectivityState(!wasReady);
  const isReady = state === grpc.connectivityState.READY;
  if (state === grpc.connectivityState.SHUTDOWN || (wasReady && !isReady)) return gone();
  channel.watchConnectivityState(state, Infinity, (error) => {
    if (error === undefined) watchUntilGone(channel, gone, wasReady || isReady);
  });
}

function textOf(progress: Progress): string | undefined {
  if (progress.event === "listed") return `${progress.org}: ${progress.kind}: ${progress.objects} listed`;
  if (progress.event === "sweep-done") return `${progress.org}: ${progress.objects} objects listed`;
  return progress.event === "note" ? progress.message : undefined;
}
