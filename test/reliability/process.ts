import { setMaxListeners } from "node:events";
import { runCommandLine } from "../../src/cli/program.ts";
import type { Files } from "../../src/model/ports.ts";
import type { ProcessPorts } from "../../src/platform/open-app.ts";
import type { Transport, TransportAnswer, TransportRequest } from "../../src/platform/genesys/transport.ts";

/** A request as it leaves a command: the how-manieth of its run, and what the network would do. */
export interface Sent {
  readonly at: number;
  readonly request: TransportRequest;
  /** Lets the organisation answer. */
  readonly answer: () => Promise<TransportAnswer>;
  /** Ends the process here: nothing that it does afterwards has any effect. */
  readonly kill: () => Promise<never>;
}

/** Does a request change anything? Logins, exports of flows and queries of the audit log do not; uploads do. */
export function isWrite({ method, url }: Pick<TransportRequest, "method" | "url">): boolean {
  return (
    method !== "GET" &&
    method !== "HEAD" &&
    !/^\/(oauth\/token|api\/v2\/flows\/export\/jobs|api\/v2\/audits\/query)/.test(url)
  );
}

/** What the network does to a request. */
export type Network = (sent: Sent) => Promise<TransportAnswer>;

/** How a command ended. */
export interface Ended {
  /** Exit code; null when it was killed. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Requests that left it to change an organisation, whether or not they arrived. */
  readonly writes: number;
}

/** Runs a command in this process, over a network of its own. A killed one leaves behind what it had written until then. */
export async function runOver(args: readonly string[], ports: ProcessPorts, network: Network): Promise<Ended> {
  const text = { stdout: "", stderr: "" };
  let dead = false;
  let count = 0;
  let writes = 0;
  let tellKilled: () => void = () => undefined;
  const killed = new Promise<void>((resolve) => (tellKilled = resolve));
  const never = (): Promise<never> => new Promise(() => undefined);
  const kill = (): Promise<never> => {
    dead = true;
    tellKilled();
    return never();
  };
  const { transport } = ports;
  if (transport === undefined) throw new Error("a run needs a transport in memory");
  const handle: Transport["handle"] = (request) => {
    if (dead) return never();
    count += 1;
    if (request.url.startsWith("/api/") && isWrite(request)) writes += 1;
    return network({ at: count, request, answer: () => (dead ? never() : transport.handle(request)), kill });
  };
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const output = (name: keyof typeof text) => ({
    isTTY: false,
    write: (more: string) => void (dead || (text[name] += more)),
  });
  const run = runCommandLine([...args], {
    ...ports,
    signal,
    cwd: "/work",
    files: mortal(ports.files, () => dead),
    transport: { handle },
    stdout: output("stdout"),
    stderr: output("stderr"),
    confirm: () => Promise.resolve(false),
    ask: (_question, preset) => Promise.resolve(preset),
  });
  const exit = await Promise.race([run, killed.then(() => null)]);
  return { exit, ...text, writes };
}

/** Files that nothing happens to once their process is dead. */
function mortal(files: Files, isDead: () => boolean): Files {
  const alive =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> =>
      isDead() ? new Promise(() => undefined) : work(...args);
  return {
    read: alive((path) => files.read(path)),
    write: alive((path, text) => files.write(path, text)),
    append: alive((path, line) => files.append(path, line)),
    replaceDirectory: alive((path, texts) => files.replaceDirectory(path, texts)),
    assertReplaceable: alive((path, form) => files.assertReplaceable(path, form)),
    createPrivate: alive((path, text) => files.createPrivate(path, text)),
    isOpenToOthers: alive((path) => files.isOpenToOthers(path)),
    replaceable: alive((path) => files.replaceable(path)),
    list: alive((path) => files.list(path)),
    assertWritable: alive((path) => files.assertWritable(path)),
  };
}
