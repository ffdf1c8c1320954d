import { existsSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { allowedGuards } from "../../model/allowed-guards.ts";
import type { GuardCode } from "../../model/catalogue/codes.ts";
import type { Config } from "../../model/config.ts";
import { GuardError, LockstepError } from "../../model/error.ts";
import type { GuardHit } from "../../model/obstacles.ts";
import type { Sink } from "../../model/ports.ts";
import { KINDS } from "../../kinds/index.ts";
import { assertPackages } from "../../platform/optional-packages.ts";
import { plural } from "../../report/plain.ts";
import { stackSummary } from "../../report/stack-text.ts";
import type { Context } from "../context.ts";
import { openCliApp } from "../open-app.ts";
import { progressBoard } from "../progress.ts";
import { changesOf, type ResourceChanges } from "./changes.ts";
import { openStack, type OpenStack } from "./engine.ts";
import { stackError } from "./failure.ts";
import { leftAlone, stackGuards } from "./guards.ts";
import { notWrittenIn, type NotWritten } from "./outputs.ts";
import { notesTo, stepsTo } from "./progress.ts";
import { runConfig, type RunConfig } from "./run-config.ts";
import type { EngineRun, Watch } from "./run-engine.ts";

/** Which stack is updated, and what holds for this run alone. */
export interface UpdateRequest {
  readonly stack: string;
  /** Configuration file, as given. */
  readonly config: string;
  /** Directory of Pulumi.yaml, as given. */
  readonly cwd?: string | undefined;
  readonly prune?: boolean | undefined;
  readonly allow: readonly string[];
}

/** What an update would do. */
export interface PreviewedUpdate {
  readonly changes: ResourceChanges;
  readonly hits: readonly GuardHit[];
  /** What the program says that it does not write. */
  readonly notWritten: NotWritten;
  /** What the program gives. */
  readonly outputs: EngineRun["outputs"];
  /** Is there nothing to do, neither to an object nor to what is stored beside the objects? */
  readonly idle: boolean;
}

/** An update of one stack, before it is previewed. */
export interface StackUpdate {
  /** Guards that are allowed, by the command line and by the configuration of the stack. */
  readonly allow: ReadonlySet<GuardCode>;
  /**
   * Previews, and shows what it found.
   * @param onlyLooks may the state of the stack not be changed either?
   * @throws GuardError `protected`; LockstepError telling what the preview failed at
   */
  preview(onlyLooks: boolean): Promise<PreviewedUpdate>;
  /** Carries out what the preview showed. @throws LockstepError where nothing was done at all */
  carryOut(previewed: PreviewedUpdate, skipCheckpoints: boolean): Promise<CarriedOut>;
}

/** What an update did, and the outputs that the stack's state has after it. */
export interface CarriedOut extends Pick<EngineRun, "failures" | "outputs"> {
  readonly changes: ResourceChanges;
  /** How many changes wait for what failed. */
  readonly held: number;
}

/**
 * Opens the stack and the configuration that it names.
 * @throws LockstepError `unknown-guard`, `project-missing`, `package-missing`, `pulumi-missing` and the like; `config-missing` …
 */
export async function openUpdate(context: Context, request: UpdateRequest): Promise<StackUpdate> {
  allowedGuards(request.allow);
  const directory = projectDirectory(context, request.cwd);
  assertPackages(["@pulumi/pulumi", ...(request.stack === "dns" ? ["@pulumi/aws"] : [])]);
  const loadProgram = async () => (await import("../../stacks/program.ts")).program;
  const stack = await openStack(context, request.stack, directory, loadProgram);
  const run = runConfig(stack.config, request, { cwd: context.cwd, directory });
  const { workspace } = await openCliApp(context, run.file);
  const update = { context, name: request.stack, stack, run, sink: progressBoard(context)(), config: workspace.config };
  return {
    allow: run.allow,
    preview: (onlyLooks) => preview(update, onlyLooks),
    carryOut: (previewed, skipCheckpoints) => carryOut(update, previewed, skipCheckpoints),
  };
}

/** The package that this command belongs to: in a clone, its Pulumi.yaml is taken where the working directory has none. */
const PACKAGE = fileURLToPath(new URL("../../..", import.meta.url));

function projectDirectory({ cwd }: Context, given: string | undefined): string {
  if (given === undefined && isClone(PACKAGE) && !existsSync(join(cwd, "Pulumi.yaml"))) return PACKAGE;
  const directory = resolve(cwd, given ?? "");
  if (existsSync(join(directory, "Pulumi.yaml"))) return directory;
  throw new LockstepError(
    "project-missing",
    `${directory} holds no Pulumi.yaml`,
    "Write one with `lockstep init --pulumi`, or name the directory of a project with --cwd.",
    { file: join(directory, "Pulumi.yaml") },
  );
}

/** Where lockstep is installed as a package, the next installation takes away what was written there. */
function isClone(directory: string): boolean {
  return !directory.split(sep).includes("node_modules");
}

interface OpenedUpdate {
  readonly context: Context;
  readonly name: string;
  readonly stack: OpenStack;
  readonly run: RunConfig;
  readonly sink: Sink;
  readonly config: Config;
}

async function preview(update: OpenedUpdate, onlyLooks: boolean): Promise<PreviewedUpdate> {
  const { context, name, stack, run, sink, config } = update;
  sink({ event: "note", message: `${name}: preview with Pulumi ${stack.engine}` });
  const look = (): Promise<EngineRun> => stack.preview(run.overrides, notesTo(sink));
  const unprotects = name === "standby" && run.prune && run.allow.has("protected");
  const first = await look();
  const { steps, stateChanged, outputs } = succeeded(
    unprotects && isProtected(first) ? await unprotected(stack, onlyLooks, look) : first,
  );
  const changes = changesOf(name, steps, name === "standby" ? leftAlone(config, KINDS) : undefined);
  const hits = stackGuards(changes, { kinds: KINDS, guards: config.guards, prune: run.prune });
  context.stderr.write(stackSummary(changes, hits));
  if (changes.forgotten.length > 0) sink({ event: "note", message: forgetting(changes) });
  const notWritten = notWrittenIn(outputs);
  return { changes, hits, notWritten, outputs, idle: changes.changes.length === 0 && !stateChanged };
}

/** Was a preview refused for nothing but the protection that the engine's state remembers? */
function isProtected({ failures }: EngineRun): boolean {
  return failures.length > 0 && failures.every(({ code }) => code === "protected");
}

/**
 * What left the program keeps the protection that it had, and the engine heeds that alone: it has to be taken off before what
 * was asked for can be previewed. A run that is for looking only does not change the state.
 */
async function unprotected(stack: OpenStack, onlyLooks: boolean, look: () => Promise<EngineRun>): Promise<EngineRun> {
  if (onlyLooks) {
    throw new GuardError(
      "protected",
      "Entry points would be deleted that the state of Pulumi protects, which --preview does not change",
      "Without --preview, protection is taken off in the state before the preview is shown and the question asked.",
    );
  }
  await stack.unprotect();
  return look();
}

function forgetting({ stack, forgotten }: ResourceChanges): string {
  const shown = forgotten.slice(0, 3).join(", ") + (forgotten.length > 3 ? " …" : "");
  const count = plural(forgotten.length, "delete");
  return `${stack}: ${count} only in the state, no request is sent and the organisation keeps: ${shown}`;
}

async function carryOut(
  { name, stack, run, sink }: OpenedUpdate,
  { changes: planned, idle, outputs: previewed }: PreviewedUpdate,
  skipCheckpoints: boolean,
): Promise<CarriedOut> {
  if (idle) return { changes: planned, failures: [], held: 0, outputs: previewed };
  const watchers: readonly Watch[] = [notesTo(sink), stepsTo(sink, planned.changes.length)];
  const watch: Watch = (event) => watchers.forEach((hear) => hear(event));
  const ran = await stack.up(run.overrides, watch, skipCheckpoints);
  const { failures } = ran;
  const changes = { ...changesOf(name, ran.done), same: planned.same };
  if (changes.changes.length === 0) succeeded(ran);
  const open = planned.changes.length - changes.changes.length - failures.length;
  // The engine starts twice to say what its state holds. It need not be asked where the program ran to its end.
  if (failures.length === 0) return { changes, failures, held: 0, outputs: ran.outputs };
  return { changes, failures, held: Math.max(0, open), outputs: await stack.outputs() };
}

/** A run that went through. @throws LockstepError telling what it failed at */
function succeeded(ran: EngineRun): EngineRun {
  const [first, ...more] = ran.failures;
  if (first === undefined) return ran;
  const also = more.map(({ coordinate, code, message }) => `\n${coordinate ?? "program"}: ${code}: ${message}`);
  throw stackError({ ...first, message: first.message + also.slice(0, 4).join("") });
}
