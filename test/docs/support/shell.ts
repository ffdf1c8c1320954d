import { spawn } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Ended } from "../../scenarios/support/cli.ts";
import { MAIN } from "../../scenarios/support/process.ts";

/** What the pages show and these tests do not run, each with the reason. */
const NOT_RUN: readonly { readonly command: RegExp; readonly why: string }[] = [
  {
    command: /^npm (ci|test|run [\w:]+)( |$)/,
    why: "needs a clone of its own; CI runs it, and its script has to exist",
  },
  { command: /^npx vitest /, why: "runs these tests" },
  { command: /^\.ci\/run( |$)/, why: "runs these tests; has to exist" },
  {
    command: /^npx --no-install lockstep (pr|issue)\b/,
    why: "needs a job of GitHub Actions; test/scenarios/pull-request.test.ts runs both against a stand-in of GitHub",
  },
  {
    command: /^npx --no-install lockstep notify\b/,
    why: "needs somebody to send to; test/scenarios/notify.test.ts runs it",
  },
  {
    command: /^npx --no-install lockstep watch\b/,
    why: "runs until it is stopped; test/scenarios/watch.test.ts runs it",
  },
  { command: /^docker /, why: "needs Docker and an open network; test/pack/image.test.ts builds the image on request" },
  { command: /^aws /, why: "needs an AWS account" },
  { command: /^pulumi /, why: "needs Pulumi with its language host" },
  { command: /^gh /, why: "needs a repository on GitHub" },
  { command: /^export GENESYS_/, why: "shows where real credentials go; the tests have those of the simulator" },
];

/** The command lines of a block, without what only explains them. */
export function commandsOf(text: string): string[] {
  return text
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.replace(/(^| )# .*$/, "").trim())
    .filter((line) => line !== "");
}

/** Is a command only shown? */
export function isOnlyShown(command: string): boolean {
  return NOT_RUN.some((rule) => rule.command.test(command));
}

/** A shell in a directory in which `npx lockstep` is the built command line. */
export async function shellIn(
  directory: string,
  env: { readonly [name: string]: string },
): Promise<(command: string) => Promise<Ended>> {
  const bin = await shellPath(directory);
  const whole = { ...env, PATH: `${bin}:${process.env["PATH"] ?? ""}`, NO_PROXY: "127.0.0.1,localhost" };
  return (command) => runShell(command, directory, whole);
}

/** Writes the commands under which the built command line is known into a directory below this one. */
export async function shellPath(directory: string): Promise<string> {
  const bin = join(directory, "home", "bin");
  await mkdir(bin, { recursive: true });
  await writeFile(
    join(bin, "npx"),
    `#!/bin/sh\n[ "$1" = --no-install ] && shift\nshift\nexec "${process.execPath}" "${MAIN}" "$@"\n`,
  );
  await writeFile(join(bin, "lockstep"), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  await Promise.all(["npx", "lockstep"].map((name) => chmod(join(bin, name), 0o755)));
  return bin;
}

function runShell(command: string, cwd: string, env: { readonly [name: string]: string }): Promise<Ended> {
  const child = spawn("bash", ["-c", command], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text.stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => resolve({ exit, ...text }));
  });
}
