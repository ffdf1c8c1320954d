import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Context } from "../../../src/cli/context.ts";
import { openStack } from "../../../src/cli/up/engine.ts";
import { systemClock } from "../../../src/platform/clock.ts";

/** A command line of Pulumi that notes what it was called with, and does nothing. */
const PULUMI = `#!/bin/sh
echo "$1" >> "$CALLS"
case "$1" in
  version) echo v3.259.0 ;;
  config) echo '{}' ;;
esac
`;

describe("a run that was interrupted while its stack was opened", () => {
  let directory = "";
  const calls = async (): Promise<string[]> => (await readFile(join(directory, "calls"), "utf8")).trim().split("\n");

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "lockstep-open-"));
    await writeFile(join(directory, "Pulumi.yaml"), "name: lockstep\nruntime: nodejs\n");
    await writeFile(join(directory, "pulumi"), PULUMI);
    await chmod(join(directory, "pulumi"), 0o755);
    vi.stubEnv("PATH", [directory, process.env["PATH"]].join(delimiter));
    vi.stubEnv("CALLS", join(directory, "calls"));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(directory, { recursive: true, force: true });
  });

  it("starts neither a preview nor an update", async () => {
    const interrupt = new AbortController();
    const context = { env: {}, clock: systemClock, signal: interrupt.signal } as unknown as Context;
    const stack = await openStack(context, "standby", directory, () => Promise.resolve(() => Promise.resolve({})));
    const before = await calls();
    expect(before).toContain("config");
    interrupt.abort(new Error("interrupted here"));
    const nothing = (): void => undefined;
    await expect(stack.preview(new Map(), nothing)).rejects.toThrow("interrupted here");
    await expect(stack.up(new Map(), nothing, false)).rejects.toThrow("interrupted here");
    expect(await calls()).toEqual(before);
  });
});
