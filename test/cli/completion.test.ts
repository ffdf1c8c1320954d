import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { ALLOWABLE_GUARDS } from "../../src/model/guard.ts";
import { run } from "../scenarios/support/cli.ts";

const home = { cwd: tmpdir(), env: { HOME: tmpdir() } };

/** What bash offers for a command line of which the last word is still being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout, exit } = await run(["completion", "bash"], home);
  expect(exit).toBe(0);
  const script = `${stdout}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lockstep; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", script, "bash", "lockstep", ...words], { encoding: "utf8" })
    .trim()
    .split("\n");
}

describe("completion", () => {
  it("offers commands, their flags, and the values of flags that take one of a few", async () => {
    expect(await offered("s")).toEqual(["snapshot", "show", "sync", "simulate"]);
    expect(await offered("apply", "plan.json", "--al")).toEqual(["--allow"]);
    expect(await offered("apply", "plan.json", "--allow", "")).toEqual([...ALLOWABLE_GUARDS]);
    expect(await offered("up", "--o")).toEqual([""]);
    expect(await offered("diff", "--o")).toEqual(["--only"]);
    expect(await offered("diff", "--format", "m")).toEqual(["markdown"]);
    expect(await offered("apply", "plan.j")).toEqual([""]);
  });

  it("is for the shells that it knows", async () => {
    expect((await run(["completion", "zsh"], home)).stdout).toContain("bashcompinit");
    const refused = await run(["completion", "fish"], home);
    expect([refused.exit, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toContain("bash, zsh");
  });
});
