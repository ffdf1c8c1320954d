import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { takeLock } from "../../../src/importers/provider/server-lock.ts";
import { stageFor } from "../../scenarios/support/stage.ts";
import { PluginClient } from "./support/client.ts";
import { refusalOf } from "./support/refusal.ts";

const SHIM = fileURLToPath(new URL("../../../plugin/pulumi-resource-gclockstep", import.meta.url));
const stage = stageFor({ primary: "empty", standby: "empty" });
const children: ChildProcessWithoutNullStreams[] = [];
const directories: string[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true });
});

async function scratch(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "lockstep-plugin-"));
  directories.push(directory);
  return directory;
}

/** Starts the plugin as the engine does. */
function started(shim: string, env: { readonly [name: string]: string } = {}): ChildProcessWithoutNullStreams {
  const child = spawn(shim, ["--logtostderr", "127.0.0.1:1"], { env: { PATH: process.env["PATH"] ?? "", ...env } });
  children.push(child);
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  return child;
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [text] = (await once(child.stdout, "data")) as [string];
  return text;
}

describe("the plugin as a process", () => {
  it("says its port and nothing else, answers, and ends when it is told to", async () => {
    const workspace = await stage.workspace();
    const child = started(SHIM, workspace.env);
    const line = await firstLine(child);
    expect(line).toMatch(/^\d+\n$/);
    const client = new PluginClient(Number(line));
    const { version } = JSON.parse(await readFile(new URL("../../../package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    expect(await client.version()).toBe(version);
    expect(JSON.parse(await client.schema())).toMatchObject({ name: "gclockstep", version });
    await expect(client.handshake()).rejects.toMatchObject({ status: 12 });
    expect(await client.configure({ config: workspace.path("lockstep.yaml"), org: "standby" })).toMatchObject({
      ...{ supportspreview: true, acceptsecrets: false },
    });
    const made = await client.create("skill", { name: "Spanish", key: "Spanish" });
    expect(made.outputs).toMatchObject({ name: "Spanish" });
    const orgId = stage.line.orgs["standby"]?.id ?? "";
    const lock = workspace.path(".lockstep", "lock", `${orgId}.json`);
    expect(JSON.parse(await readFile(lock, "utf8"))).toMatchObject({ pid: expect.any(Number) as number });
    const journal = await readFile(workspace.path(".lockstep", "journal", `provider-${orgId}.jsonl`), "utf8");
    expect(
      journal
        .trim()
        .split("\n")
        .map((text) => JSON.parse(text) as object),
    ).toMatchObject([
      { coordinate: "skill/Spanish", state: "started", id: "" },
      { coordinate: "skill/Spanish", state: "done", id: made.id },
    ]);
    client.close();
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    await expect(readFile(lock, "utf8")).rejects.toThrow("ENOENT");
  });

  it("does not work on an organisation that another provider works on", async () => {
    const workspace = await stage.workspace();
    const lock = workspace.path(".lockstep", "lock", `${stage.line.orgs["standby"]?.id ?? ""}.json`);
    await mkdir(join(lock, ".."), { recursive: true });
    await writeFile(lock, JSON.stringify({ urn: "urn:other", pid: process.pid }));
    const client = new PluginClient(Number(await firstLine(started(SHIM, workspace.env))));
    const settings = { config: workspace.path("lockstep.yaml"), org: "standby" };
    await client.configure(settings);
    expect(await refusalOf(client.invoke("getInventory", {}))).toMatch(/^org-in-use: .*urn:other/);
    await client.configure({ ...settings, access: "read-only" });
    expect(await client.invoke("getInventory", {})).toMatchObject({ unread: [] });
    client.close();
  });

  it("says what to do when it was not built", async () => {
    const directory = await scratch();
    await mkdir(join(directory, "plugin"));
    const copy = join(directory, "plugin", "pulumi-resource-gclockstep");
    await copyFile(SHIM, copy);
    const child = started(copy);
    const [told, ended] = await Promise.all([once(child.stderr, "data"), once(child, "exit")]);
    expect(told).toEqual([expect.stringMatching(/^plugin-not-built: .*npm run build/)]);
    expect(ended).toEqual([1, null]);
  });
});

describe("the lock of an organisation", () => {
  const lockIn = async (owner: object | string): Promise<string> => {
    const path = join(await scratch(), "org.json");
    await writeFile(path, typeof owner === "string" ? owner : JSON.stringify(owner));
    return path;
  };

  /** A process of somebody else that lives, or one that has ended. */
  async function otherProcess(lives: boolean): Promise<number> {
    const child = spawn(process.execPath, ["-e", lives ? "setInterval(() => {}, 1000)" : ""]);
    children.push(child);
    if (!lives) await once(child, "exit");
    return child.pid ?? 0;
  }

  it("is taken over from a process that has ended, and from what is no lock", async () => {
    for (const path of [await lockIn({ urn: "urn:other", pid: await otherProcess(false) }), await lockIn("{")]) {
      const held = await takeLock(path, "urn:ours");
      expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ urn: "urn:ours", pid: process.pid });
      await held.release();
      await expect(readFile(path, "utf8")).rejects.toThrow("ENOENT");
    }
  });

  it("is shared by the processes of one provider, and kept by another", async () => {
    const pid = await otherProcess(true);
    const path = await lockIn({ urn: "urn:ours", pid });
    await (await takeLock(path, "urn:ours")).release();
    const theirs = { urn: "urn:other", pid };
    const kept = await lockIn(theirs);
    await expect(takeLock(kept, "urn:ours")).rejects.toMatchObject({ code: "org-in-use" });
    expect(JSON.parse(await readFile(kept, "utf8"))).toEqual(theirs);
  });
});
