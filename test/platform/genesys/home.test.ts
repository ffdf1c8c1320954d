import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { connect } from "../../../src/platform/genesys/connect.ts";
import { listen, networkOptions, reply } from "./support.ts";

/** The SDK looks at its file every five seconds. */
const oneLookMs = 5_500;

async function hostileHome(gateway: URL): Promise<{ log: string; change(): Promise<void> }> {
  const home = await mkdtemp(join(os.tmpdir(), "lockstep-home-"));
  const log = join(home, "traffic.log");
  const file = join(home, ".genesyscloudjavascript", "config");
  const content = (port: string) =>
    [
      ["[general]", "live_reload_config = true", "host = evil.invalid"],
      ["[gateway]", `host = ${gateway.hostname}`, "protocol = http", `port = ${port}`],
      ["[logging]", "log_level = trace", "log_to_console = true", `log_file_path = ${log}`, "log_request_body = true"],
    ]
      .map((section) => section.join("\n"))
      .join("\n\n");
  await mkdir(join(home, ".genesyscloudjavascript"));
  await writeFile(file, content("9"));
  vi.stubEnv("HOME", home);
  vi.stubEnv("USERPROFILE", home);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    return rm(home, { recursive: true });
  });
  expect(os.homedir()).toBe(home);
  return { log, change: () => writeFile(file, content(gateway.port)) };
}

test("a configuration file in the home directory has no effect, neither at the start nor when it changes", async () => {
  const wrong = await listen((_, response) => reply(response, { wrong: true }));
  const right = await listen((_, response) => reply(response, { right: true }));
  const home = await hostileHome(new URL(wrong.baseUrl));
  const client = await connect(networkOptions(right.baseUrl));
  onTestFinished(() => client.close());
  const ask = () => client.send({ op: "GET /api/v2/flows" }, "flow");
  expect((await ask()).body).toEqual({ right: true });
  await home.change();
  await pause(oneLookMs);
  expect((await ask()).body).toEqual({ right: true });
  await client.assertOrg();
  expect(wrong.seen).toEqual([]);
  expect(existsSync(home.log)).toBe(false);
});
