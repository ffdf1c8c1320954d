import { readFileSync } from "node:fs";
import { ERROR_PARTS } from "../../../model/error-parts.ts";
import { nodePorts } from "../../../platform/node-ports.ts";
import { openApp } from "../../../platform/open-app.ts";
import { serveProvider } from "./server.ts";

/** How often the plugin looks whether the engine that started it still lives. */
const PARENT_MS = 2_000;

/** Starts the plugin: the first line of stdout is the port, as the engine expects; nothing else is printed there. */
async function main(args: readonly string[]): Promise<void> {
  const engine = args.filter((argument) => !argument.startsWith("-")).at(-1);
  const tool = `lockstep ${version()}`;
  const serving = await serveProvider({
    openApp: (file, signal) => openApp(file, nodePorts(signal), { tool }),
    version: version(),
    engine,
    errorParts: (process.env[ERROR_PARTS] ?? "") !== "",
  });
  let ending = false;
  const end = (): void => {
    if (ending) process.exit(1);
    ending = true;
    void serving.close().finally(() => process.exit(0));
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  const parent = process.ppid;
  // An engine that was killed cannot say that nobody waits any more.
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, PARENT_MS).unref();
  process.stdout.write(`${serving.port}\n`);
}

function version(): string {
  const text = readFileSync(new URL("../../../../package.json", import.meta.url), "utf8");
  return String((JSON.parse(text) as { version: unknown }).version);
}

await main(process.argv.slice(2));
