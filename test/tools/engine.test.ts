import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pinnedVersion } from "../../tools/engine/find-engine.mjs";

/** What each npm script runs. */
const SCRIPTS = {
  engine: ["engine.mjs"],
  moto: ["python.mjs", "moto"],
  "genesys-python": ["python.mjs", "genesys-python"],
};
const PYTHON = ["moto", "genesys-python"] as const;

/** Runs a tool as on a machine that has nothing but Node and what the test put into its directories. */
function tool(name: keyof typeof SCRIPTS, { bin, cache }: { bin: string; cache: string }) {
  const [file, ...args] = SCRIPTS[name];
  const script = fileURLToPath(new URL(`../../tools/${String(file)}`, import.meta.url));
  const env = { PATH: bin, XDG_CACHE_HOME: cache };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8", env });
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

function executable(path: string, script: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

describe("npm run engine, npm run moto, npm run genesys-python", () => {
  let base: string;
  let where: { bin: string; cache: string };

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "lockstep-tools-"));
    where = { bin: join(base, "bin"), cache: join(base, "cache") };
    mkdirSync(where.bin);
  });
  afterEach(() => rmSync(base, { recursive: true }));

  it("takes an installed Pulumi that is recent enough, before one that was built", () => {
    const installed = join(where.bin, "pulumi");
    executable(installed, "echo v3.252.0");
    executable(join(where.cache, "lockstep", `pulumi-${pinnedVersion()}`, "pulumi"), "");
    expect(tool("engine", where)).toEqual({ status: 0, stdout: installed, stderr: "" });
  });

  it("passes over an older one", () => {
    const built = join(where.cache, "lockstep", `pulumi-${pinnedVersion()}`, "pulumi");
    executable(join(where.bin, "pulumi"), "echo v3.251.9");
    executable(built, "");
    expect(tool("engine", where)).toEqual({ status: 0, stdout: built, stderr: "" });
  });

  it("says what is needed where there is neither Go nor Pulumi", () => {
    const { status, stdout, stderr } = tool("engine", where);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("Go is not on PATH: install Go 1.25 or later");
  });

  it("keeps no half-built engine", () => {
    executable(join(where.bin, "go"), 'while [ "$1" != -o ]; do shift; done; echo half > "$2"; exit 1');
    expect(tool("engine", where)).toMatchObject({ status: 1, stdout: "" });
    expect(existsSync(join(where.cache, "lockstep", `pulumi-${pinnedVersion()}`, "pulumi"))).toBe(false);
  });

  it("builds the pinned version with its number linked in, and finds it the next time", () => {
    const built = join(where.cache, "lockstep", `pulumi-${pinnedVersion()}`, "pulumi");
    executable(join(where.bin, "go"), 'flags="$*"; while [ "$1" != -o ]; do shift; done; echo "$flags" > "$2"');
    expect(tool("engine", where)).toMatchObject({ status: 0, stdout: built });
    rmSync(join(where.bin, "go"));
    expect(tool("engine", where)).toEqual({ status: 0, stdout: built, stderr: "" });
  });

  it.each(["engine", ...PYTHON] as const)(
    "npm run %s names the setting to change when the cache cannot be written",
    (name) => {
      const file = join(base, "file");
      writeFileSync(file, "");
      const { status, stderr } = tool(name, { bin: where.bin, cache: file });
      expect(status).toBe(1);
      expect(stderr).toContain("set XDG_CACHE_HOME to a directory that may be written");
    },
  );

  it.each(PYTHON)("npm run %s says what is needed where there is no Python", (name) => {
    expect(tool(name, where).stderr).toContain("python3 with its venv module is needed");
  });
});
