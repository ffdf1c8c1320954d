import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { EngineEvent, OutputMap, PulumiCommand, Stack } from "@pulumi/pulumi/automation/index.js";
import { LockstepError } from "../../model/error.ts";
import { ERROR_PARTS, partsOf } from "../../model/error-parts.ts";
import type { Context } from "../context.ts";
import { isTold, type Step } from "./changes.ts";
import { endingOf } from "./ending.ts";
import { isCancelling } from "./engine-text.ts";
import { endingFailure, failuresIn, OLDEST_ENGINE, refusalOf, stackError, type Diagnostic } from "./failure.ts";
import type { StackFailure } from "../../report/stack-text.ts";

/** A program of Pulumi that runs in this process. */
export type Program = () => Promise<Record<string, unknown>>;

/** What a run of the engine told. */
export interface Ran {
  readonly steps: readonly Step[];
  /** Of an update: the steps that were carried out. */
  readonly done: readonly Step[];
  /** Empty when it went through. */
  readonly failures: readonly StackFailure[];
  /** Does what is stored beside the objects, outputs and protection, differ from what the program says? */
  readonly stateChanged: boolean;
}

/** A stack of the engine. */
export interface OpenStack {
  readonly engine: string;
  /** Its configuration, as the user set it; what is encrypted is left out. */
  readonly config: ReadonlyMap<string, string>;
  preview(settings: Settings, watch: Watch): Promise<Ran>;
  up(settings: Settings, watch: Watch, skipCheckpoints: boolean): Promise<Ran>;
  /** Takes the engine's protection off everything in the state; the program gives it back with the next update. */
  unprotect(): Promise<void>;
  outputs(): Promise<OutputMap>;
}

/** Configuration for one run, over that of the stack. */
export type Settings = ReadonlyMap<string, string>;

/** Hears what the engine does while it does it. */
export type Watch = (event: EngineEvent) => void;

/**
 * Opens a stack, and creates it where there is none yet.
 * @param directory of Pulumi.yaml
 * @throws LockstepError `pulumi-missing`, `pulumi-too-old`, `passphrase-missing`, `not-logged-in` …
 */
export async function openStack(
  context: Context,
  name: string,
  directory: string,
  load: () => Promise<Program>,
): Promise<OpenStack> {
  const { LocalWorkspace, PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  return orStackError(context, name, async () => {
    const pulumiCommand = await PulumiCommand.get();
    assertNewEnough(pulumiCommand);
    const run: Run = { settings: new Map(), failed: undefined };
    const program = (): Promise<Record<string, unknown>> => runWith(run, load);
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: name, projectName: "lockstep", program },
      { workDir: directory, pulumiCommand, envVars: environmentOf(context) },
    );
    const config = Object.entries(await stack.getAllConfig()).flatMap(([key, { value, secret }]) =>
      secret === true ? [] : [[key, value] as const],
    );
    return {
      engine: String(pulumiCommand.version ?? ""),
      config: new Map(config),
      preview: (settings, watch) =>
        watched(context, { stack, run, settings, watch }, (onEvent, signal) =>
          stack.preview({ onEvent, signal, color: "never" }),
        ),
      up: (settings, watch, skipCheckpoints) => {
        Object.assign(stack.workspace.envVars, skipCheckpoints ? WITHOUT_CHECKPOINTS : {});
        return watched(context, { stack, run, settings, watch }, (onEvent, signal) =>
          stack.up({ onEvent, signal, color: "never", continueOnError: true }),
        );
      },
      unprotect: () =>
        orStackError(context, name, async () => {
          const env = { ...context.env, ...stack.workspace.envVars };
          await execute(pulumiCommand.command, [...UNPROTECT, "--stack", name], { cwd: directory, env });
        }),
      outputs: () => orStackError(context, name, () => stack.outputs()),
    };
  });
}

/** The SDK has no method for it; an export and an import of the state would put secrets into a file. */
const UNPROTECT = ["state", "unprotect", "--all", "--yes", "--non-interactive"] as const;

const execute = promisify(execFile);

/** Nothing that would reach the network unasked; what the user set stays. The provider gives the parts of its errors. */
function environmentOf({ env }: Context): { [name: string]: string } {
  const quiet = env["PULUMI_SKIP_UPDATE_CHECK"] === undefined ? { PULUMI_SKIP_UPDATE_CHECK: "true" } : {};
  return { ...quiet, [ERROR_PARTS]: "true" };
}

const WITHOUT_CHECKPOINTS = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } as const;

function assertNewEnough({ version }: PulumiCommand): void {
  if (version === null || version.compare(OLDEST_ENGINE) >= 0) return;
  throw new LockstepError(
    "pulumi-too-old",
    `The Pulumi CLI on the PATH is version ${version.version}, and lockstep needs ${OLDEST_ENGINE} or newer`,
    "Update it: https://www.pulumi.com/docs/install",
  );
}

/** One run of the program: its settings, and the error that it ended with. */
interface Run {
  settings: Settings;
  failed: unknown;
}

/** The engine passes on only the text of an error of the program: the error itself is kept, and its parts go with the text. */
async function runWith(run: Run, load: () => Promise<Program>): Promise<Record<string, unknown>> {
  const { runtime, RunError } = await import("@pulumi/pulumi");
  for (const [key, value] of run.settings) runtime.setConfig(key, value);
  try {
    return await (
      await load()
    )();
  } catch (error) {
    run.failed = error;
    const refused = refusalOf(error);
    throw refused === undefined ? error : new RunError(`${refused.message} ${partsOf(refused)}`, { cause: refused });
  }
}

interface Watched {
  readonly stack: Stack;
  readonly run: Run;
  readonly settings: Settings;
  readonly watch: Watch;
}

async function watched(
  context: Context,
  { stack, run, settings, watch }: Watched,
  start: (onEvent: Watch, signal: AbortSignal) => Promise<unknown>,
): Promise<Ran> {
  const steps: Step[] = [];
  const done: Step[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = { cancelled: false, stateChanged: false };
  run.settings = settings;
  run.failed = undefined;
  const onEvent = (event: EngineEvent): void => {
    const { resourcePreEvent: before, resOutputsEvent: after, diagnosticEvent: said } = event;
    if (before !== undefined) {
      steps.push(before.metadata);
      seen.stateChanged ||= changesProtection(before.metadata);
    }
    if (after !== undefined && after.planning !== true && isDone(after.metadata)) done.push(after.metadata);
    if (after !== undefined) seen.stateChanged ||= changesOutputs(after.metadata);
    if (said !== undefined) diagnostics.push(said);
    seen.cancelled ||= isCancelling(event.stdoutEvent?.message ?? said?.message ?? "");
    watch(event);
  };
  const ending = { failures: [] as StackFailure[] };
  // Who interrupted it before is not told again.
  context.signal.throwIfAborted();
  try {
    await start(
      onEvent,
      interruptOnce(context, () => seen.cancelled),
    );
  } catch (error) {
    context.signal.throwIfAborted();
    const refused = refusalOf(run.failed);
    if (refused !== undefined && done.length === 0) throw refused;
    const told = failuresIn(stack.name, diagnostics);
    ending.failures = told.length > 0 ? told : [endingFailure(stack.name, endingOf(error))];
  }
  context.signal.throwIfAborted();
  return { steps, done, failures: ending.failures, stateChanged: seen.stateChanged };
}

function isDone(step: Step): boolean {
  return isTold(step) && step.op !== "same";
}

function changesOutputs({ type, old, new: after }: NonNullable<EngineEvent["resOutputsEvent"]>["metadata"]): boolean {
  if (type !== "pulumi:pulumi:Stack" || after?.outputs === undefined) return false;
  return JSON.stringify(old?.outputs ?? {}) !== JSON.stringify(after.outputs);
}

function changesProtection({ old, new: after }: NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]): boolean {
  if (!old || !after) return false;
  return (old.protect ?? false) !== (after.protect ?? false);
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

async function orStackError<T>(context: Context, stack: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof LockstepError) throw error;
    throw stackError(endingFailure(stack, endingOf(error)));
  }
}
