import { copyFile, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { stageFor } from "../scenarios/support/stage.ts";
import { install, type Installed } from "./installed.ts";

const stage = stageFor({ primary: "empty", standby: "empty" });

let project: Installed;
beforeAll(async () => {
  project = await install();
});
afterAll(() => project.remove());

describe("the package, installed in an empty project with an empty home", () => {
  it("takes at most 80 MB", async () => {
    expect((await project.size()) / 2 ** 20).toBeLessThan(80);
  });

  it("reads both organisations and compares them", async () => {
    const { directory, env } = await stage.workspace();
    await copyFile(join(directory, "lockstep.yaml"), join(project.directory, "lockstep.yaml"));
    const taken = await project.npx(["snapshot", "primary"], env);
    expect(taken).toMatchObject({ exit: 0 });
    const ended = await project.lockstep(["diff", "--from", "snapshots/primary", "--format", "json"], env);
    expect(ended).toMatchObject({ exit: 0 });
    expect(JSON.parse(ended.stdout)).toMatchObject({ summary: { create: 0, update: 0, delete: 0 } });
    await rm(join(project.directory, "lockstep.yaml"));
  });

  it("names the package that a stack needs and that is not installed", async () => {
    const bare = await project.lockstep(["up", "--stack", "standby", "--preview"]);
    expect(bare).toMatchObject({ exit: 1 });
    expect(bare.stderr).toContain("error project-missing");
    expect(bare.stderr).toContain("lockstep init --pulumi");
    const written = await project.lockstep(["init", "--pulumi"]);
    expect(written).toMatchObject({ exit: 0 });
    const file = await readFile(join(project.directory, "Pulumi.yaml"), "utf8");
    expect(parse(file)).toMatchObject({
      main: "node_modules/lockstep/dist/stacks/index.js",
      plugins: { providers: [{ name: "gclockstep", path: "node_modules/lockstep/plugin" }] },
    });
    const ended = await project.lockstep(["up", "--stack", "dns", "--preview"]);
    expect(ended).toMatchObject({ exit: 1 });
    expect(ended.stderr).toContain(
      "error package-missing: Not installed, and needed by this stack: @pulumi/pulumi, @pulumi/aws",
    );
    expect(ended.stderr).toContain('npm install --save-exact "@pulumi/pulumi@^3');
    const again = await project.lockstep(["init", "--pulumi"]);
    expect(again.stderr).toContain("error config-exists");
  });
});
