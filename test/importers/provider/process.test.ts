import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import engine from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import service from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import { afterEach, describe, expect, it } from "vitest";
import { takeLock } from "../../../src/platform/org-lock.ts";
import { stageFor } from "../../scenarios/support/stage.ts";
import { PluginClient } from "./support/client.ts";
import { refusalOf } from "./support/refusal.ts";

const SHIM = fileURLToPath(new URL("../../../plugin/pulumi-resource-gclockstep", import.meta.url));
const stage = stageFor({ primary: "empty", standby: "empty" });
const children: ChildProcessWithoutNullStreams[] = [];
const directories: string[] = [];
const engines: grpc.Server[] = [];

afterEach(async () => {
  for (const server of engines.splice(0)) server.forceShutdown();
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

/** An engine that takes messages and nothing else. */
async function listeningEngine(): Promise<{ readonly address: string; readonly heard: string[] }> {
  const heard: string[] = [];
  const server = new grpc.Server();
  engines.push(server);
  const refuse: grpc.handleUnaryCall<unknown, unknown> = (_, callback) => callback({ code: grpc.status.UNIMPLEMENTED });
  server.addService(engine.EngineService, {
    log: ((call, callback) => {
      heard.push(call.request.getMessage());
      callback(null, new empties.Empty());
    }) satisfies grpc.handleUnaryCall<LogRequest, unknown>,
    getRootResource: refuse,
    setRootResource: refuse,
    startDebugging: refuse,
    requirePulumiVersion: refuse,
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { address: `127.0.0.1:${port}`, heard };
}

/** Tells a plugin that is running which engine it works for, as an engine does that did not start it. */
async function attach(port: number, address: string): Promise<void> {
  const client = new service.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  await new Promise<void>((resolve, reject) => {
    client.attach(new plugins.PluginAttach().setAddress(address), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
  client.close();
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
    await writeFile(lock, JSON.stringify({ holder: "urn:other", pid: process.pid }));
    const client = new PluginClient(Number(await firstLine(started(SHIM, workspace.env))));
    const settings = { config: workspace.path("lockstep.yaml"), org: "standby" };
    await client.configure(settings);
    expect(await refusalOf(client.invoke("getInventory", {}))).toMatch(/^org-in-use: .*urn:other/);
    await client.configure({ ...settings, access: "read-only" });
    expect(await client.invoke("getInventory", {})).toMatchObject({ unread: [] });
    client.close();
  });

  it("speaks to the engine that has attached last", async () => {
    const workspace = await stage.workspace();
    const port = Number(await firstLine(started(SHIM, workspace.env)));
    const [first, second] = [await listeningEngine(), await listeningEngine()];
    const client = new PluginClient(port);
    await attach(port, first.address);
    for (const [now, other] of [
      [first, second],
      [second, first],
    ] as const) {
      await attach(port, now.address);
      [now, other].forEach(({ heard }) => heard.splice(0));
      await client.configure({ config: workspace.path("lockstep.yaml"), org: "standby", access: "read-only" });
      expect(await client.invoke("getInventory", {})).toMatchObject({ unread: [] });
      await expect.poll(() => now.heard).toContainEqual(expect.stringMatching(/: \d+ objects listed$/));
      expect(other.heard).toEqual([]);
    }
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
  const OURS = { name: "urn:ours", shared: true };
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
    for (const path of [await lockIn({ holder: "urn:other", pid: await otherProcess(false) }), await lockIn("{")]) {
      const held = await takeLock(path, OURS);
      expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ holder: "urn:ours", pid: process.pid });
      await held.release();
      await expect(readFile(path, "utf8")).rejects.toThrow("ENOENT");
    }
  });

  it("is shared by the processes of one provider, and kept by another", async () => {
    const pid = await otherProcess(true);
    const path = await lockIn({ holder: "urn:ours", pid });
    await (await takeLock(path, OURS)).release();
    const theirs = { holder: "urn:other", pid };
    const kept = await lockIn(theirs);
    await expect(takeLock(kept, OURS)).rejects.toMatchObject({ code: "org-in-use" });
    expect(JSON.parse(await readFile(kept, "utf8"))).toEqual(theirs);
  });
});
