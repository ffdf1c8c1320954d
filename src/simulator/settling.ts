import { numberAt } from "./json.ts";
import type { Call } from "./resource.ts";
import type { Entry } from "./world.ts";

/** Lets what was just done to an entry take the time of a job, as the services do behind an answer. */
export function settling(entry: Entry, call: Call): void {
  entry.hidden = { ...entry.hidden, settlesAt: call.now + call.world.settings.jobMs };
}

/** True once what was done to an entry has had its effect. */
export function isSettled(entry: Entry, call: Call): boolean {
  return call.now >= numberAt(entry.hidden.settlesAt);
}
