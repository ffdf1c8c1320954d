import type { Clock } from "../../src/model/ports.ts";
import type { Json } from "../../src/simulator/json.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { memoryFiles, type MemoryFiles } from "../conformance/memory-files.ts";
import type { Ended, Network, Sent } from "./process.ts";
import { orgOf } from "./small-world.ts";

/** Where the second workspace comes from: a copy of the first one, or a new directory that knows nothing of earlier runs. */
const ORIGINS = ["copy", "fresh"] as const;

/** When it works: between two requests of the first, beside it from then on, or after the first was killed there. */
const MOMENTS = ["between", "beside", "after-kill"] as const;

/** Whether there is a lock that both see. */
const LOCKS = ["locked", "unlocked", "forbidden"] as const;

/** Another workspace, on another machine as far as the lock can tell, brings the same standby in step. */
export const SECONDS = ORIGINS.flatMap((origin) =>
  MOMENTS.flatMap((moment) => LOCKS.map((lock) => `second-${origin}-${moment}-${lock}` as const)),
);

export type SecondFault = (typeof SECONDS)[number];

export function isSecond(fault: string): fault is SecondFault {
  return fault.startsWith("second-");
}

/** Has the second workspace no memory of what the objects were called? */
export function isFresh(fault: string): boolean {
  return fault.startsWith("second-fresh-");
}

/** Makes the lock what the fault says: switched off in `lockstep.yaml`, or not permitted to the client. */
export async function setLock(fault: SecondFault, simulator: Simulator, files: MemoryFiles): Promise<void> {
  const path = "/work/lockstep.yaml";
  // A request that is held while the other one works is no outage: without this, what was known before would be used instead.
  const settings = `outage: { afterSeconds: 3600 }\n${fault.endsWith("-unlocked") ? 'lock: { use: "off" }\n' : ""}`;
  await files.write(path, (files.texts.get(path) ?? "") + settings);
  if (!fault.endsWith("-forbidden")) return;
  for (const { data } of orgOf(simulator, "standby").state.collections.get("role")?.values() ?? []) {
    const policies = data["permissionPolicies"];
    if (!Array.isArray(policies)) continue;
    data["permissionPolicies"] = policies.filter((policy) => !mayLock(policy));
  }
}

/** Writing of tables; it may still read them. */
function mayLock(policy: Json): boolean {
  const text = JSON.stringify(policy);
  return /"entityName":"datatable(Row)?"/.test(text) && !text.includes('"view"');
}

/** The files of the second workspace. */
export async function secondFiles(fault: SecondFault, first: MemoryFiles): Promise<MemoryFiles> {
  const files = memoryFiles();
  for (const [path, text] of first.texts)
    if (!isFresh(fault) || path === "/work/lockstep.yaml") await files.write(path, text);
  return files;
}

/** A lock that nothing was heard of for so long is taken over. */
const STALE_MS = 11 * 60_000;

interface Both {
  readonly fault: SecondFault;
  /** The request of the first at which the second begins. */
  readonly at: number;
  readonly first: (network: Network) => Promise<Ended>;
  readonly second: () => Promise<Ended>;
  readonly clock: Clock;
}

/** Runs both. @returns how each ended, the first one first */
export async function playBoth({ fault, at, first, second, clock }: Both): Promise<Ended[]> {
  let begun: Promise<Ended> | undefined;
  const network = async (sent: Sent): ReturnType<Sent["answer"]> => {
    if (sent.at !== at) return sent.answer();
    if (fault.includes("-after-kill-")) return sent.kill();
    begun = second();
    if (fault.includes("-between-")) await begun;
    return sent.answer();
  };
  const ended = await first(network);
  if (ended.exit === null) await clock.sleep(STALE_MS);
  return [ended, await (begun ?? second())];
}
