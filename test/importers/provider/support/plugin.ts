import { afterEach } from "vitest";
import { takeLock } from "../../../../src/platform/org-lock.ts";
import {
  serveProvider,
  type ServerOptions,
  type RunningServer,
} from "../../../../src/importers/provider/rpc/server.ts";
import { openApp, type ProcessPorts } from "../../../../src/platform/open-app.ts";
import type { Transport } from "../../../../src/platform/genesys/transport.ts";
import type { Obj } from "../../../../src/model/json.ts";
import { systemClock } from "../../../../src/platform/clock.ts";
import { nodeFiles } from "../../../../src/platform/files.ts";
import type { Office } from "../../../conformance/office.ts";
import type { Workspace } from "../../../scenarios/support/workspace.ts";
import { PluginClient } from "./client.ts";

/** A plugin in this process, and a client that speaks to it. */
export interface Plugin extends RunningServer {
  readonly client: PluginClient;
}

const running: Plugin[] = [];

afterEach(async () => {
  for (const plugin of running.splice(0)) await plugin.close();
});

/** Starts a plugin that is not configured; it ends after the test. */
export async function startPlugin(
  workspace: Workspace,
  env: { readonly [name: string]: string } = {},
): Promise<Plugin> {
  const own = {
    env: { ...workspace.env, ...env },
    files: nodeFiles(),
    clock: systemClock,
    random: () => 0.5,
    takeLock,
  };
  return servePlugin(own);
}

type OutsideWorld = Omit<ProcessPorts, "signal">;

/** Opens lockstep on this outside world. */
export function openingOn(world: OutsideWorld): ServerOptions["openApp"] {
  return (file, signal) => openApp(file, { ...world, signal }, { tool: "lockstep 0.0.0" });
}

/** Starts a plugin with this outside world; it ends after the test. */
async function servePlugin(world: OutsideWorld): Promise<Plugin> {
  const serving = await serveProvider({ openApp: openingOn(world), version: "0.0.0", engine: undefined });
  const client = new PluginClient(serving.port);
  const close = async (): Promise<void> => {
    client.close();
    await serving.close();
  };
  const plugin = { port: serving.port, client, close };
  running.push(plugin);
  return plugin;
}

/** Starts a plugin for one of the organisations of an office: no network, no disk, no time. */
export async function pluginIn(
  { ports, simulator }: Office,
  settings: Obj = {},
  transport: Transport = simulator,
): Promise<Plugin> {
  const { env, files, clock, random } = ports;
  const takeLock = async (): Promise<{ release: () => Promise<void> }> => ({ release: async () => undefined });
  const plugin = await servePlugin({ env, files, clock, random, transport, takeLock });
  await plugin.client.configure({ config: "/work/lockstep.yaml", org: "standby", ...settings });
  return plugin;
}

/** Starts a plugin for one of the organisations of a workspace. */
export async function openPlugin(workspace: Workspace, settings: Obj = {}): Promise<Plugin> {
  const plugin = await startPlugin(workspace);
  await plugin.client.configure({ config: workspace.path("lockstep.yaml"), org: "standby", ...settings });
  return plugin;
}
