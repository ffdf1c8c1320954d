import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { LockstepError } from "../../model/error.ts";
import { ERROR_PARTS } from "../../model/error-parts.ts";
import type { Context } from "../context.ts";
import { deferUnneeded } from "./defer-unneeded.ts";
import { endingOf } from "./ending.ts";
import { endingFailure, OLDEST_ENGINE, stackError } from "./failure.ts";
import { withoutSecrets } from "./outputs.ts";
import type { StackConfig } from "./run-config.ts";
import { runEngine, stackProgram, type EngineRun, type Program, type Watch } from "./run-engine.ts";
import { withoutQuestions } from "./without-questions.ts";

/** A stack of the engine. */
export interface OpenStack {
  readonly engine: string;
  /** Its configuration, as the user set it; what is encrypted is left out. */
  readonly config: StackConfig;
  /** @param config for this run, over that of the stack */
  preview(config: StackConfig, watch: Watch): Promise<EngineRun>;
  up(config: StackConfig, watch: Watch, skipCheckpoints: boolean): Promise<EngineRun>;
  /** Takes the engine's protection off everything in the state; the program gives it back with the next update. */
  unprotect(): Promise<void>;
  /** The outputs as the state has them, without secrets. */
  outputs(): Promise<EngineRun["outputs"]>;
}

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
  deferUnneeded();
  const { LocalWorkspace, PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  return orStackError(context, name, async () => {
    const pulumiCommand = await PulumiCommand.get();
    assertNewEnough(pulumiCommand);
    const program = stackProgram(load);
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: name, projectName: "lockstep", program: program.run },
      { workDir: directory, pulumiCommand, envVars: environmentOf(context) },
    );
    const config = Object.entries(await stack.getAllConfig()).flatMap(([key, { value, secret }]) =>
      secret === true ? [] : [[key, value] as const],
    );
    const run = (config: StackConfig, watch: Watch, start: Parameters<typeof runEngine>[2]): Promise<EngineRun> =>
      runEngine(context, { stack: name, program, config, watch }, start);
    return {
      engine: String(pulumiCommand.version ?? ""),
      config: new Map(config),
      preview: (config, watch) =>
        run(config, watch, (onEvent, signal) => stack.preview({ onEvent, signal, color: "never" })),
      up: (config, watch, skipCheckpoints) => {
        Object.assign(stack.workspace.envVars, skipCheckpoints ? WITHOUT_CHECKPOINTS : {});
        return run(config, watch, (onEvent, signal) =>
          withoutQuestions(stack).up({ onEvent, signal, color: "never", continueOnError: true }),
        );
      },
      unprotect: () =>
        orStackError(context, name, async () => {
          const env = { ...context.env, ...stack.workspace.envVars };
          await execute(pulumiCommand.command, [...UNPROTECT, "--stack", name], { cwd: directory, env });
        }),
      outputs: () => orStackError(context, name, async () => withoutSecrets(await stack.outputs())),
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
    "Update it as https://www.pulumi.com/docs/install describes.",
  );
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
