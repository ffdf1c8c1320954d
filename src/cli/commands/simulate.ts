import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { EXIT, LockstepError } from "../../model/error.ts";
import { defineCommand, repeatable, TEXT_JSON, wholeNumber } from "../command.ts";

export const simulate = defineCommand(
  {
    name: "simulate",
    summary: "serve simulated organisations on HTTP",
    formats: TEXT_JSON,
    examples: ["lockstep simulate --port 8080"],
  },
  (command) =>
    command
      .option("--port <n>", "port on the loopback interface; 0 takes a free one", portNumber, 0)
      .option("--seed <n>", "other names, sizes and drift", wholeNumber, 1)
      .addOption(new Option("--size <size>", "how large the contact centre is").choices(["S", "M", "L"]).default("S"))
      .addOption(repeatable("--org <name=content>", "an organisation: empty or seed (repeatable)")),
  /** Serves until it is stopped; the first line of stdout says how to log in. */
  async ({ stdout, signal }, { port, seed, size, org }) => {
    const { serve, startLine } = await import("../../simulator/index.ts");
    const { startSimulator } = await import("../../simulator/start.ts");
    const orgs = org.length > 0 ? org.map(orgNamed) : DEFAULT_ORGS;
    const { portError } = await import("../../platform/status/server.ts");
    const { simulator } = await startSimulator({ seed, size, orgs });
    const served = await serve(simulator, port).catch((error: unknown) => {
      throw portError(error, port);
    });
    stdout.write(JSON.stringify(startLine(simulator, served.baseUrl)) + "\n");
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    await served.close();
    const { log } = simulator.world;
    const byOrg = Object.fromEntries(orgs.map(({ name }) => [name, log.filter((entry) => entry.org === name).length]));
    stdout.write(JSON.stringify({ requests: log.length, byOrg }) + "\n");
    return EXIT.done;
  },
);

interface OrgContent {
  readonly name: string;
  readonly content: "empty" | "seed";
}

const DEFAULT_ORGS: readonly OrgContent[] = [
  { name: "primary", content: "seed" },
  { name: "standby", content: "seed" },
];

function portNumber(value: string): number {
  const port = wholeNumber(value);
  if (port <= 65_535) return port;
  throw new InvalidArgumentError("Ports go from 0 to 65535.");
}

function orgNamed(argument: string): OrgContent {
  const [name = "", content = "seed"] = argument.split("=");
  if (/^[A-Za-z0-9_-]+$/.test(name) && (content === "empty" || content === "seed")) return { name, content };
  throw new LockstepError(
    "invalid-org",
    `${JSON.stringify(argument)} is not NAME=empty or NAME=seed`,
    "For example --org primary=seed --org standby=empty.",
  );
}
