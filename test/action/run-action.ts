import { execFile } from "node:child_process";
import { mkdir, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { Workspace } from "../scenarios/support/workspace.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Action {
  readonly inputs: { readonly [name: string]: { readonly default: string } };
  readonly outputs: { readonly [name: string]: { readonly value: string } };
  readonly runs: {
    readonly steps: readonly { readonly run?: string; readonly if?: string; readonly env?: Record<string, string> }[];
  };
}

/** What `action.yml` says. */
export const action = parse(await readFile(join(ROOT, "action.yml"), "utf8")) as Action;
const [step] = action.runs.steps.filter(({ run }) => run !== undefined);

interface Variables {
  readonly [name: string]: string;
}

/** How the step ended, and what it told the runner. */
interface Ran {
  readonly exit: number;
  readonly stderr: string;
  readonly outputs: { readonly [name: string]: string };
  readonly summary: string;
  /** The environment of the steps that follow. */
  readonly later: string;
}

/** Runs the action's step as the runner would: the inputs that the step passes on, and the files that a job gets. */
export async function runAction(workspace: Workspace, inputs: Variables, env: Variables = {}): Promise<Ran> {
  await mkdir(workspace.path("node_modules"), { recursive: true });
  await symlink(ROOT, workspace.path("node_modules", "lockstep")).catch(() => undefined);
  const [output, summary, later] = ["output.out", "summary.out", "env.out"].map((name) => workspace.path(name)) as [
    string,
    string,
    string,
  ];
  for (const file of [output, summary, later]) await rm(file, { force: true });
  const passed: [string, string | undefined][] = Object.entries(step?.env ?? {}).map(([variable, expression]) => {
    const name = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression)?.[1] ?? "";
    return [variable, inputs[name] ?? action.inputs[name]?.default];
  });
  const job = {
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_ENV: later,
    RUNNER_TEMP: workspace.path("temp.out"),
  };
  const options = {
    cwd: workspace.directory,
    env: {
      PATH: process.env["PATH"],
      GITHUB_ACTION_PATH: ROOT,
      ...workspace.env,
      ...Object.fromEntries(passed),
      ...job,
      ...env,
    },
  };
  const read = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");
  const ended = await new Promise<{ exit: number; stderr: string }>((resolve) => {
    execFile("bash", ["-e", "-c", step?.run ?? ""], options, (error, _stdout, stderr) =>
      resolve({ exit: typeof error?.code === "number" ? error.code : 0, stderr }),
    );
  });
  const blocks = (await read(output)).matchAll(/^([a-z-]+)<<(\S+)\n([^]*?)\n\2$/gm);
  const outputs = Object.fromEntries([...blocks].map(([, name = "", , value = ""]) => [name, value]));
  return { ...ended, outputs, summary: await read(summary), later: await read(later) };
}
