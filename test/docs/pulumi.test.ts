import { spawn } from "node:child_process";
import { cp } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { enginePlace, type EnginePlace } from "../engine/support/engine.ts";
import { describeEngine } from "../engine/support/needs.ts";
import { blocksOf, pageText, ROOT } from "./support/pages.ts";
import { shellPath } from "./support/shell.ts";

const PAGE = "docs/pulumi.md";

/** The commands of the page up to the heading at which Pulumi's own language host is needed. */
function commands(): string {
  const end = pageText(PAGE).slice(0, pageText(PAGE).indexOf("### Using the Pulumi CLI directly")).split("\n").length;
  const shown = blocksOf(PAGE).filter(({ language, line }) => language === "sh" && line < end);
  return shown.map(({ text }) => text).join("\n");
}

/** The lines of the page's output that tell what a whole run came to. */
function headlines(): string[] {
  const shown = blocksOf(PAGE).filter(({ language }) => language === "text");
  return shown.flatMap(({ text }) => text.split("\n")).filter((line) => /^standby: .* adopted/.test(line));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describeEngine("the page on Pulumi", [], ({ engine }) => {
  let place: EnginePlace;
  beforeAll(async () => {
    place = await enginePlace(engine);
    await cp(join(ROOT, "stacks"), join(place.directory, "stacks"), { recursive: true });
  });
  afterAll(() => place.remove());

  it("shows commands that work, and what they come to", { timeout: 900_000 }, async () => {
    const port = String(await freePort());
    const script = commands()
      .replaceAll("8080", port)
      .replaceAll(/^(.*--preview)$/gm, "$1 || test $? -eq 2")
      // The simulator says how to log in to it when it is ready.
      .replace(/^(.*lockstep simulate.*&)$/m, "$1\nuntil test -s try/simulator.json; do sleep 0.2; done");
    const { PULUMI_BACKEND_URL: _, PULUMI_CONFIG_PASSPHRASE: __, ...env } = place.env;
    const path = [await shellPath(place.directory), dirname(place.command.command), env["PATH"]].join(delimiter);
    const whole = { ...env, PATH: path, HOME: place.directory, NO_PROXY: "127.0.0.1,localhost" };
    const { exit, text } = await bash(`set -e\ntrap 'kill $!' EXIT\n${script}`, place.directory, whole);
    expect(exit, text).toBe(0);
    expect(headlines().length).toBe(2);
    for (const line of headlines()) expect(text).toContain(line);
  });
});

async function bash(
  script: string,
  cwd: string,
  env: { readonly [name: string]: string },
): Promise<{ exit: number | null; text: string }> {
  const child = spawn("bash", ["-c", script], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => resolve({ exit, text }));
  });
}
