import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built command line. */
export const CLI = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

const REPORT_USAGE = new URL("report-usage.mjs", import.meta.url).href;

/** A process that has ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  /** From start to end as a person waits for it. */
  readonly wallMs: number;
}

/** A process that has ended, with what it cost. */
export interface Measured extends Ended {
  /** User and system time of the process. */
  readonly cpuMs: number;
  /** The most memory that the process held at any time. */
  readonly peakMb: number;
}

/** Where a process runs, and the exit codes that are no failure. */
export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly accepted?: readonly number[];
}

/** Runs Node and waits for its end. @throws Error when it ends with a code that is not accepted */
export async function runNode(
  args: readonly string[],
  { cwd, env, accepted = [0] }: Surroundings = {},
): Promise<Ended> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env, NO_COLOR: "1" },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => void (output.stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => void (output.stderr += chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? 1));
  });
  const wallMs = performance.now() - started;
  if (!accepted.includes(code)) throw new Error(`${args.join(" ")} ended with ${code}\n${output.stderr}`);
  return { code, stdout: output.stdout, wallMs };
}

/** Runs Node with the few lines that make it tell what it used. @throws Error as `runNode` does */
export async function measureNode(args: readonly string[], where: Surroundings = {}): Promise<Measured> {
  const usage = join(mkdtempSync(join(tmpdir(), "lockstep-usage-")), "usage.json");
  const ended = await runNode(["--import", REPORT_USAGE, ...args], {
    ...where,
    env: { ...where.env, BENCH_USAGE: usage },
  });
  const used = JSON.parse(readFileSync(usage, "utf8")) as NodeJS.ResourceUsage;
  rmSync(dirname(usage), { recursive: true });
  return { ...ended, cpuMs: (used.userCPUTime + used.systemCPUTime) / 1000, peakMb: used.maxRSS / 1024 };
}
