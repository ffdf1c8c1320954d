import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CommandError,
  LocalWorkspace,
  PulumiCommand,
  type EngineEvent,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll } from "vitest";
import { withoutQuestions } from "../../../src/cli/up/without-questions.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Where the stand-in for the AWS plugin lies. */
const AWS_STAND_IN = fileURLToPath(new URL("../aws-plugin/bin", import.meta.url));

/** Do the tests run with the installed AWS plugin? Then `LOCKSTEP_AWS_PLUGIN=real` asked for it. */
export const REAL_AWS = process.env["LOCKSTEP_AWS_PLUGIN"] === "real";

/** Which AWS plugin the tests run with, for titles. */
export const AWS_PLUGIN = REAL_AWS ? "real AWS plugin" : "stand-in AWS plugin";

/** A directory with everything that the engine reads and writes, apart from this machine's own. */
export interface EnginePlace {
  /** Root of the project: the shipped `Pulumi.yaml` and plugin, no stack settings. */
  readonly directory: string;
  /** The whole state is a file below this directory. */
  readonly backend: string;
  readonly env: { readonly [name: string]: string };
  readonly command: PulumiCommand;
  remove(): void;
}

/** What a run is about. */
export interface StackOptions {
  readonly name: string;
  readonly program: PulumiFn;
  /** Stack settings, such as `lockstep:role`. */
  readonly config?: { readonly [key: string]: string };
  /** Environment of the engine and its plugins, besides the place's. */
  readonly env?: { readonly [name: string]: string };
}

/** How a command of the engine ended. */
export interface Run {
  readonly failed: boolean;
  /** What the command printed, both streams. */
  readonly text: string;
  readonly events: readonly EngineEvent[];
  readonly seconds: number;
}

/** What a command may be told. */
export interface RunOptions {
  readonly refresh?: boolean;
  readonly diff?: boolean;
  readonly expectNoChanges?: boolean;
  /** For a destroy: leaves out what is protected, and what that needs. */
  readonly excludeProtected?: boolean;
  /** Everything that the engine can tell, for those who look for what it must not tell. */
  readonly debug?: boolean;
  readonly logFlow?: boolean;
  readonly logToStdErr?: boolean;
  readonly logVerbosity?: number;
}

/** A stack whose program runs in this process; one at a time, because the SDK keeps its state in the process. */
export interface EngineStack {
  readonly stack: Stack;
  preview(options?: RunOptions): Promise<Run>;
  up(options?: RunOptions): Promise<Run>;
  refresh(options?: RunOptions): Promise<Run>;
  destroy(options?: RunOptions): Promise<Run>;
  /** Everything that the engine remembers. */
  state(): Promise<State>;
}

/** The part of the state that tests look at. */
export interface State {
  readonly resources: readonly StoredResource[];
  readonly operations: readonly unknown[];
}

/** One resource in the state. */
export interface StoredResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: { readonly [property: string]: unknown };
  readonly outputs?: { readonly [property: string]: unknown };
  readonly protect?: boolean;
}

/** When the engine writes its state file: after each step, as it does unless it is told otherwise, or once, at the end. */
export type StoredAt = "each step" | "the end";

const AT_THE_END = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** A place for the tests around the call: made before the first of them, gone after the last one. */
export function placeFor(engine: string, storedAt?: StoredAt): () => EnginePlace {
  let place: EnginePlace | undefined;
  beforeAll(async () => {
    place = await enginePlace(engine, storedAt);
  });
  afterAll(() => place?.remove());
  return () => {
    if (place === undefined) throw new Error("the place is there in tests and not before them");
    return place;
  };
}

/**
 * Makes a fresh place for an engine: own home, file backend, own passphrase, no downloads.
 * @param storedAt the end unless the test is about what the state holds in between: of a run over some hundred objects, more
 * than half of the computing time goes into writing the whole state after each step
 */
export async function enginePlace(engine: string, storedAt: StoredAt = "the end"): Promise<EnginePlace> {
  const base = mkdtempSync(join(tmpdir(), "lockstep-engine-"));
  const [directory, home, backend, bin] = ["project", "home", "state", "bin"].map((name) => join(base, name));
  if (directory === undefined || home === undefined || backend === undefined || bin === undefined)
    throw new Error(base);
  for (const path of [directory, home, backend, bin]) mkdirSync(path);
  mkdirSync(join(directory, "stacks"));
  symlinkSync(engine, join(bin, "pulumi"));
  keepNoLogs(home);
  for (const name of ["Pulumi.yaml", "plugin", "dist"]) adopt(name, directory);
  const env = {
    ...(REAL_AWS ? {} : { PULUMI_HOME: home, PATH: [AWS_STAND_IN, process.env["PATH"]].join(delimiter) }),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase of tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_CREDENTIAL_STORE: "plaintext",
    AWS_EC2_METADATA_DISABLED: "true",
    // The engine's memory is small here, and a sixth of its computing time went into keeping it smaller still.
    GOGC: "400",
    ...(storedAt === "the end" ? AT_THE_END : {}),
  };
  const command = await PulumiCommand.get({ root: base });
  return { directory, backend, env, command, remove: () => rmSync(base, { recursive: true, force: true }) };
}

/**
 * The engine writes all that it does to an encrypted log below its home, which takes almost half of its computing time and cannot
 * be switched off. It works without one where the directory cannot be made.
 */
function keepNoLogs(pulumiHome: string): void {
  writeFileSync(join(pulumiHome, "logs"), "");
}

/** What the project is made of is there under the same name; its settings are copied, so that nothing is written back. */
function adopt(name: string, directory: string): void {
  const source = join(ROOT, name);
  if (!existsSync(source)) return;
  if (name === "Pulumi.yaml") cpSync(source, join(directory, name));
  else symlinkSync(source, join(directory, name));
}

/** Opens a stack of a place; it is made when it is not there yet. */
export async function inlineStack(place: EnginePlace, options: StackOptions): Promise<EngineStack> {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: options.name, projectName: "lockstep", program: options.program },
    { workDir: place.directory, envVars: { ...place.env, ...options.env }, pulumiCommand: place.command },
  );
  const config = Object.entries(options.config ?? {}).map(([key, value]): [string, { value: string }] => [
    key,
    { value },
  ]);
  if (config.length > 0) await stack.setAllConfig(Object.fromEntries(config), true);
  const runs = withoutQuestions(stack);
  return {
    stack,
    preview: (given) => recorded((more) => runs.preview({ ...given, ...more })),
    up: (given) => recorded((more) => runs.up({ ...given, ...more })),
    refresh: (given) => recorded((more) => runs.refresh({ ...given, ...more })),
    destroy: (given) => recorded((more) => runs.destroy({ ...given, ...more })),
    state: async () => stateOf((await stack.exportStack()).deployment as Partial<State>),
  };
}

/** Size of a stack's state file; its backups are left out. */
export function stateBytes({ backend }: EnginePlace, stack: string): number {
  const files = readdirSync(backend, { recursive: true, withFileTypes: true });
  const states = files.filter(({ name, parentPath }) => name === `${stack}.json` && parentPath.includes("stacks"));
  return Math.max(0, ...states.map(({ name, parentPath }) => statSync(join(parentPath, name)).size));
}

function stateOf({ resources = [], ...rest }: Partial<State> & { pending_operations?: unknown[] }): State {
  return { resources, operations: rest.pending_operations ?? [] };
}

interface Recording {
  readonly onEvent: (event: EngineEvent) => void;
  readonly color: "never";
}

async function recorded(run: (more: Recording) => Promise<{ stdout: string; stderr: string }>): Promise<Run> {
  const events: EngineEvent[] = [];
  const started = performance.now();
  const ended = (failed: boolean, text: string): Run => ({
    failed,
    text,
    events,
    seconds: (performance.now() - started) / 1000,
  });
  try {
    const { stdout, stderr } = await run({ onEvent: (event) => void events.push(event), color: "never" });
    return ended(false, stdout + stderr);
  } catch (error) {
    if (error instanceof CommandError) return ended(true, error.message);
    throw error;
  }
}
