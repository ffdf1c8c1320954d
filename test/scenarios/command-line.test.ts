import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentOf, errorOf, run, type Ended } from "./support/cli.ts";

let cwd = "";

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "lockstep-line-"));
});

afterAll(() => rm(cwd, { recursive: true, force: true }));

const lockstep = (args: readonly string[], env: { readonly [name: string]: string } = {}): Promise<Ended> =>
  run(args, { cwd, env: { HOME: cwd, ...env } });

describe("the command line", () => {
  it.each([
    [["diff", "--formt", "json"], "--format"],
    [["snapsot", "primary"], "snapshot"],
    [["plan", "-o", "x", "--prunee"], "--prune"],
    [["plan", "--outptu", "x"], "--output"],
  ])("suggests what was meant by %j", async (args, meant) => {
    const ended = await lockstep(args);
    expect(ended.exit).toBe(1);
    expect(ended.stdout).toBe("");
    expect(ended.stderr).toContain(`Did you mean ${meant}?`);
  });

  it.each([
    [["diff", "--format", "json", "--unknown"]],
    [["diff", "--unknown", "--format=json"]],
    [["apply", "-f", "json"]],
    [["plan", "--format", "json"]],
    [["snapshot", "tertiary", "--format", "json"]],
  ])("answers a script with one document, also when it is misused: %j", async (args) => {
    const ended = await lockstep(args);
    expect(ended.exit).toBe(1);
    const error = errorOf(ended);
    expect(error.code).toMatch(/^[a-z-]+$/);
    expect([error.message, error.hint]).not.toContain("");
  });

  it.each([
    [["demo", "--seed", "soon"], "Option '--seed <n>' argument 'soon' is invalid. It is not a whole number"],
    [["simulate", "--port", "-1"], "Option '--port <n>' argument '-1' is invalid. It is not a whole number"],
    [["simulate", "--port", "65536"], "Option '--port <n>' argument '65536' is invalid. Ports go from 0 to 65535"],
    [["plan"], "Required option '-o, --output <file>' not specified"],
  ])("says what is wrong with %j", async (args, message) => {
    const ended = await lockstep(args);
    expect([ended.exit, ended.stdout]).toEqual([1, ""]);
    expect(ended.stderr).toMatch(/^error [a-z-]+: /);
    expect(ended.stderr).toContain(`: ${message}\n`);
    const document = await lockstep([...args, "--format", "json"]);
    expect(errorOf(document).message).toBe(message);
  });

  it("tells its version and the kinds it knows", async () => {
    expect((await lockstep(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const ended = await lockstep(["kinds", "--format", "json"]);
    const kinds = documentOf<{ kind: string; mode: string; excluded: { path: string; why: string }[] }[]>(ended);
    expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["queue", "flow", "ivr", "trunk", "user"]));
    for (const { kind, mode, excluded } of kinds) {
      expect(["write", "map", "derived", "report"], kind).toContain(mode);
      for (const { path, why } of excluded) expect([path.startsWith("/"), why.length > 0], kind).toEqual([true, true]);
    }
  });

  it("uses colour where it is asked for, and no escape sequence under NO_COLOR", async () => {
    const demo = ["doctor"];
    const ended = await lockstep(["kinds"], { NO_COLOR: "1", FORCE_COLOR: "1" });
    expect(ended.stdout + ended.stderr).not.toContain("\u001b");
    const help = await lockstep(["--help"], { NO_COLOR: "1", FORCE_COLOR: "1" });
    expect(help.stdout).not.toContain("\u001b");
    const failed = await lockstep(demo, { NO_COLOR: "1", FORCE_COLOR: "1" });
    expect(failed.stderr).toContain("error ");
    expect(failed.stdout + failed.stderr).not.toContain("\u001b");
  });
});
