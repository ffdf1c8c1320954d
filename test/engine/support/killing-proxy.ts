import { execFileSync } from "node:child_process";
import { createServer, request as send, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy that kills the plugin as soon as one of its writes has been done, before the answer arrives. */
export interface KillingProxy {
  readonly baseUrl: string;
  /** Kills at the n-th write from now on; 0 lets everything pass. */
  killAt(write: number): void;
  /** Writes seen since then. */
  writes(): number;
  close(): void;
}

/** Puts a proxy before a simulator. */
export async function killingProxy(baseUrl: string): Promise<KillingProxy> {
  const state = { at: 0, seen: 0 };
  const server = createServer((incoming, outgoing) => {
    void forward(baseUrl, incoming).then(({ status, headers, body }) => {
      if (isWrite(incoming)) state.seen += 1;
      if (isWrite(incoming) && state.seen === state.at) {
        killPlugins();
        outgoing.destroy();
        return;
      }
      outgoing.writeHead(status, headers);
      outgoing.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    killAt: (write) => Object.assign(state, { at: write, seen: 0 }),
    writes: () => state.seen,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function isWrite({ method = "", url = "" }: IncomingMessage): boolean {
  const reads = ["GET", "HEAD"].includes(method) || /^\/api\/v2\/(flows\/export\/jobs|audits\/query)/.test(url);
  return !reads && url.startsWith("/api/");
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

async function forward(baseUrl: string, incoming: IncomingMessage): Promise<Answer> {
  const body = await bytesOf(incoming);
  const { method, headers } = incoming;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = send(new URL(incoming.url ?? "/", baseUrl), { method, headers }, resolve);
    outgoing.on("error", reject);
    outgoing.end(body);
  });
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await bytesOf(answer) };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Kills the plugins of this process's engine, without a chance to tidy up. */
function killPlugins(): void {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).trim().split("\n");
  const processes = lines.map((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent), args: args ?? "" };
  });
  const ours = new Set([process.pid]);
  for (let size = 0; size !== ours.size;) {
    size = ours.size;
    for (const { pid, parent } of processes) if (ours.has(parent)) ours.add(pid);
  }
  const plugins = processes.filter(({ pid, args }) => ours.has(pid) && PLUGIN.test(args));
  for (const { pid } of plugins) process.kill(pid, "SIGKILL");
}

const PLUGIN = /importers\/provider\/bundle\/main\.js|pulumi-resource-gclockstep/;
