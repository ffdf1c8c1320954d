import { EXIT, LockstepError } from "../../model/error.ts";
import { serve, startLine } from "../../simulator/index.ts";
import { startSimulator, type Content } from "../../simulator/start.ts";
import type { Context } from "../context.ts";
import type { CommonOptions } from "../open-app.ts";

interface SimulateOptions extends CommonOptions {
  readonly port: number;
  readonly seed: number;
  readonly size: "S" | "M" | "L";
  readonly org: readonly string[];
}

/** `lockstep simulate`: serves simulated organisations until it is stopped; the first line of stdout says how to log in. */
export async function run(context: Context, options: SimulateOptions): Promise<number> {
  const orgs = options.org.length > 0 ? options.org.map(orgOf) : DEFAULT_ORGS;
  const { simulator } = await startSimulator({ seed: options.seed, size: options.size, orgs });
  const served = await serve(simulator, options.port).catch((error: unknown) => {
    throw portError(error, options.port);
  });
  context.stdout.write(JSON.stringify(startLine(simulator, served.baseUrl)) + "\n");
  await new Promise<void>((resolve) => context.signal.addEventListener("abort", () => resolve(), { once: true }));
  await served.close();
  const { log } = simulator.world;
  const byOrg = Object.fromEntries(orgs.map(({ name }) => [name, log.filter((entry) => entry.org === name).length]));
  context.stdout.write(JSON.stringify({ requests: log.length, byOrg }) + "\n");
  return EXIT.done;
}

const DEFAULT_ORGS: readonly { name: string; content: Content }[] = [
  { name: "primary", content: "seed" },
  { name: "standby", content: "seed" },
];

function orgOf(argument: string): { name: string; content: Content } {
  const [name = "", content = "seed"] = argument.split("=");
  if (/^[A-Za-z0-9_-]+$/.test(name) && (content === "empty" || content === "seed")) return { name, content };
  throw new LockstepError(
    "invalid-org",
    `${JSON.stringify(argument)} is not NAME=empty or NAME=seed`,
    "For example --org primary=seed --org standby=empty.",
  );
}

function portError(error: unknown, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code !== "EADDRINUSE" && code !== "EACCES") return error;
  return new LockstepError(
    "port-unavailable",
    `port ${port} cannot be used (${code})`,
    "Take another one, or --port 0 for any free one.",
  );
}
