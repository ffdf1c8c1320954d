import { audited } from "./audit/log.ts";
import { textAt } from "./json.ts";
import type { Registry } from "./resource.ts";
import type { Org, World } from "./world.ts";

/** Lets everything happen whose time has come, in the order of its due time. */
export function settle(org: Org, world: World, registry: Registry): void {
  for (;;) {
    const now = world.clock.now();
    const due = org.state.pending.filter((pending) => pending.due <= now).sort((a, b) => a.due - b.due)[0];
    if (!due) return;
    org.state.pending = org.state.pending.filter((pending) => pending !== due);
    const by = { clientId: textAt(due.args.clientId) };
    audited(org, world, by, () => {
      for (const resource of registry.resources.values()) resource.tasks?.[due.task]?.(org, due.args, world);
    });
  }
}
