import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import type { Worker } from "../model/ports.ts";

/** Who works here: user, machine and process. */
export function thisProcess(): Worker {
  return { name: `${userName()}@${hostname()} (process ${process.pid})`, run: randomUUID() };
}

/** A container may have no name for its user. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "somebody";
  }
}
