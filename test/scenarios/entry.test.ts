import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorOf, run, type Ended } from "./support/cli.ts";
import { MAIN, runProcess } from "./support/process.ts";

const ORG = '{ baseUrl: "http://127.0.0.1:1", clientId: "env:A", clientSecret: "env:B" }';
const ORGS = `orgs: { primary: ${ORG}, standby: ${ORG} }\n`;

let cwd = "";

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "lockstep-entry-"));
});

afterAll(() => rm(cwd, { recursive: true, force: true }));

const lockstep = (...args: readonly string[]): Promise<Ended> => run(args, { cwd, env: { HOME: cwd } });

/** Runs Node on the program that is installed. */
function node(args: readonly string[]): Promise<{ code: number | undefined; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd }, (_, __, stderr) =>
      resolve({ code: child.exitCode ?? undefined, stderr }),
    );
  });
}

describe("the program that is installed", () => {
  it("says which Node it needs, where an older one runs it", async () => {
    const preload = join(cwd, "older.cjs");
    const versions = '{ ...process.versions, node: "18.20.4" }';
    await writeFile(preload, `Object.defineProperty(process, "versions", { value: ${versions} });\n`);
    const { code, stderr } = await node(["--require", preload, MAIN, "--help"]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "error: lockstep needs Node.js 20.19 or later, this is 18.20.4\n",
    });
  });

  it("imports nothing before it has looked at the version", async () => {
    expect(await readFile(MAIN, "utf8")).not.toMatch(/^import /m);
  });

  it("finds the files of its package, although one file holds its modules", async () => {
    const inside = await mkdtemp(join(cwd, "init-"));
    const places = ["--primary", "us-east-1", "--standby", "us-west-2"];
    expect((await runProcess(["init", ...places], { cwd: inside, env: { HOME: cwd } })).exit).toBe(0);
    const [, schema = ""] = /\$schema=(\S+)/.exec(await readFile(join(inside, "lockstep.yaml"), "utf8")) ?? [];
    expect(JSON.parse(await readFile(resolve(inside, schema), "utf8"))).toHaveProperty("$schema");
  });

  it.skipIf(!existsSync("/dev/full"))("says that its output could not be written, without a stack trace", async () => {
    const full = await open("/dev/full", "w");
    const child = spawn(process.execPath, [MAIN, "kinds"], { cwd, stdio: ["ignore", full.fd, "pipe"] });
    const stderr = text(child.stderr ?? Readable.from([]));
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    await full.close();
    expect(code).toBe(1);
    expect(await stderr).toBe("error file-unwritable: Cannot write the output: ENOSPC\n");
  });
});

describe("what lockstep did not write", () => {
  it("is not overwritten by a demo", async () => {
    const mine = join(cwd, "lockstep.yaml");
    await writeFile(mine, "mine\n");
    for (const place of [".", cwd]) {
      const error = errorOf(await lockstep("demo", "--keep", place, "--format", "json"));
      expect(error).toMatchObject({ code: "would-overwrite", file: cwd });
    }
    expect(await readFile(mine, "utf8")).toBe("mine\n");
    expect(await readdir(cwd)).not.toContain("plan.json");
    await rm(mine);
  });

  it("is not overwritten by a first configuration", async () => {
    const mine = join(cwd, "mine.yaml");
    await writeFile(mine, "mine\n");
    const args = ["init", "--primary", "us-east-1", "--standby", "us-west-2", "--config", "mine.yaml"];
    expect(errorOf(await lockstep(...args, "--format", "json"))).toMatchObject({ code: "config-exists", file: mine });
    expect(await readFile(mine, "utf8")).toBe("mine\n");
  });
});

describe("a plan", () => {
  it("replaces an older plan and nothing else", async () => {
    const mine = join(cwd, "mine.json");
    await writeFile(join(cwd, "lockstep.yaml"), ORGS);
    for (const content of ["mine\n", "{}\n", '{"operations":[]}\n']) {
      await writeFile(mine, content);
      const error = errorOf(await lockstep("plan", "-o", "mine.json", "--format", "json"));
      expect(error).toMatchObject({ code: "would-overwrite", file: mine });
      expect(await readFile(mine, "utf8")).toBe(content);
    }
    await rm(join(cwd, "lockstep.yaml"));
  });
});

describe("a first configuration", () => {
  it.each([
    [["--primary", "us-east-9", "--standby", "us-west-2"], "unknown-region"],
    [["--primary", "us-east-1", "--standby", "mypurecloud.cmo"], "unknown-region"],
    [["--primary", "us-east-1", "--standby", "http://user:word@127.0.0.1"], "base-url-invalid"],
    [["--primary", "https://api.mypurecloud.ie/some/path", "--standby", "us-west-2"], "base-url-invalid"],
  ])("is only written for places that exist: %j", async (places, code) => {
    const error = errorOf(await lockstep("init", ...places, "--config", "new.yaml", "--format", "json"));
    expect(error.code).toBe(code);
    expect(await readdir(cwd)).not.toContain("new.yaml");
  });

  it("names the region where the address of one was given", async () => {
    const places = ["--primary", "https://apps.mypurecloud.ie", "--standby", "us-west-2"];
    await lockstep("init", ...places, "--config", "browser.yaml", "--format", "json");
    const file = join(cwd, "browser.yaml");
    expect(await readFile(file, "utf8")).toMatch(/^ +region: "mypurecloud.ie"$/m);
    await rm(file);
  });
});
