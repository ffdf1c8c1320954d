import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { partsOf } from "../../model/error-parts.ts";
import type { StackFailure } from "../../report/stack-text.ts";
import type { Context } from "../context.ts";
import { isShown, type Step } from "./changes.ts";
import { endingOf } from "./ending.ts";
import { isCancelling } from "./engine-text.ts";
import { endingFailure, failuresIn, refusalOf, type Diagnostic } from "./failure.ts";
import type { StackConfig } from "./run-config.ts";

/** A program of Pulumi that runs in this process. */
export type Program = () => Promise<Record<string, unknown>>;

/** What a run of the engine told. */
export interface EngineRun {
  readonly steps: readonly Step[];
  /** Of an update: the steps that were carried out. */
  readonly done: readonly Step[];
  /** Empty when it went through. */
  readonly failures: readonly StackFailure[];
  /** Does what is stored beside the objects, outputs and protection, differ from what the program says? */
  readonly stateChanged: boolean;
  /** The outputs that the program gave, as the engine tells them. */
  readonly outputs: { readonly [name: string]: unknown };
}

/** Hears what the engine does while it does it. */
export type Watch = (event: EngineEvent) => void;

/** The program of a stack: the configuration of the run under way, and the error that the program ended with. */
export interface StackProgram {
  config: StackConfig;
  failed: unknown;
  readonly run: Program;
}

/** The engine passes on only the text of an error of the program: the error itself is kept, and its parts go with the text. */
export function stackProgram(load: () => Promise<Program>): StackProgram {
  const program: StackProgram = {
    config: new Map(),
    failed: undefined,
    run: async () => {
      const { runtime, RunError } = await import("@pulumi/pulumi");
      for (const [key, value] of program.config) runtime.setConfig(key, value);
      try {
        const run = await load();
        return await run();
      } catch (error) {
        program.failed = error;
        const refused = refusalOf(error);
        throw refused === undefined
          ? error
          : new RunError(`${refused.message} ${partsOf(refused)}`, { cause: refused });
      }
    },
  };
  return program;
}

/** What is run, and who hears of it. */
export interface RunOptions {
  readonly stack: string;
  readonly program: StackProgram;
  readonly config: StackConfig;
  readonly watch: Watch;
}

/**
 * Runs the engine once and gathers what it tells. That something failed is part of the result.
 * @param start begins a preview or an update
 * @throws LockstepError `interrupted`, and what the program itself refused before anything was done
 */
export async function runEngine(
  context: Context,
  { stack, program, config, watch }: RunOptions,
  start: (onEvent: Watch, signal: AbortSignal) => Promise<unknown>,
): Promise<EngineRun> {
  const seen: Seen = { steps: [], done: [], diagnostics: [], cancelled: false, stateChanged: false, outputs: {} };
  program.config = config;
  program.failed = undefined;
  const onEvent: Watch = (event) => {
    note(seen, event);
    watch(event);
  };
  const { steps, done } = seen;
  // Who interrupted it before is not told again.
  context.signal.throwIfAborted();
  const failures = await start(
    onEvent,
    interruptOnce(context, () => seen.cancelled),
  ).then(
    () => [],
    (error: unknown) => {
      context.signal.throwIfAborted();
      return failuresOf(stack, program, seen, error);
    },
  );
  context.signal.throwIfAborted();
  return { steps, done, failures, stateChanged: seen.stateChanged, outputs: seen.outputs };
}

interface Seen {
  readonly steps: Step[];
  readonly done: Step[];
  readonly diagnostics: Diagnostic[];
  cancelled: boolean;
  stateChanged: boolean;
  outputs: EngineRun["outputs"];
}

function note(seen: Seen, event: EngineEvent): void {
  const { resourcePreEvent: before, resOutputsEvent: after, diagnosticEvent: said } = event;
  if (before !== undefined) {
    seen.steps.push(before.metadata);
    seen.stateChanged ||= changesProtection(before.metadata);
  }
  if (after !== undefined) {
    seen.stateChanged ||= changesOutputs(after.metadata);
    seen.outputs = outputsIn(after.metadata) ?? seen.outputs;
    if (after.planning !== true && isDone(after.metadata)) seen.done.push(after.metadata);
  }
  if (said !== undefined) seen.diagnostics.push(said);
  seen.cancelled ||= isCancelling(event.stdoutEvent?.message ?? said?.message ?? "");
}

/** The type of the resource that the outputs belong to. */
const STACK = "pulumi:pulumi:Stack";

function outputsIn({
  type,
  new: after,
}: NonNullable<EngineEvent["resOutputsEvent"]>["metadata"]): EngineRun["outputs"] | undefined {
  return type === STACK ? after?.outputs : undefined;
}

function isDone(step: Step): boolean {
  return isShown(step) && step.op !== "same";
}

function changesOutputs({ type, old, new: after }: NonNullable<EngineEvent["resOutputsEvent"]>["metadata"]): boolean {
  if (type !== STACK || after?.outputs === undefined) return false;
  return JSON.stringify(old?.outputs ?? {}) !== JSON.stringify(after.outputs);
}

function changesProtection({ old, new: after }: NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]): boolean {
  if (!old || !after) return false;
  return (old.protect ?? false) !== (after.protect ?? false);
}

function failuresOf(stack: string, program: StackProgram, { done, diagnostics }: Seen, error: unknown): StackFailure[] {
  const refused = refusalOf(program.failed);
  if (refused !== undefined && done.length === 0) throw refused;
  const told = failuresIn(stack, diagnostics);
  return told.length > 0 ? told : [endingFailure(stack, endingOf(error))];
}

/** How long a terminal's own Ctrl-C takes to reach the engine. */
const ITS_OWN_CTRL_C_MS = 1000;

/**
 * A signal that interrupts the engine once. Ctrl-C at a terminal reaches it without our help, and a second one would make it
 * stop without putting its state in order.
 */
function interruptOnce({ signal, clock }: Context, hasHeard: () => boolean): AbortSignal {
  const engine = new AbortController();
  const passOn = async (): Promise<void> => {
    await clock.sleep(ITS_OWN_CTRL_C_MS);
    if (!hasHeard()) engine.abort();
  };
  signal.addEventListener("abort", () => void passOn(), { once: true });
  return engine.signal;
}
