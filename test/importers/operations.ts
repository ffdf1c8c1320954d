import type { Kind } from "../../src/model/kind.ts";
import type { Operation } from "../../src/model/plan.ts";
import type { Journal, JournalEntry } from "../../src/importers/journal.ts";
import { openTarget, type Target } from "../../src/importers/target.ts";
import { KINDS } from "./fake-kinds.ts";
import type { FakeOrg } from "./fake-org.ts";

/** An operation that is an update without edits, but for what is given. */
export function operation(given: Partial<Operation> & Pick<Operation, "coordinate">): Operation {
  return { id: "op-1", wave: 1, action: "update", dependsOn: [], edits: [], ...given };
}

/** The organisation as a plan knew it that saw these ids. */
export function targetIn(
  org: FakeOrg,
  ids: { readonly [coordinate: string]: string } = {},
  members: "emails" | "counts" = "emails",
): Target {
  return openTarget(org.api, KINDS, { ids, members });
}

export function kindNamed(name: string): Kind {
  const kind = KINDS.get(name);
  if (kind === undefined) throw new Error(`no fake kind ${name}`);
  return kind;
}

/** A journal of an earlier run. */
export function journalOf(entries: { readonly [operation: string]: JournalEntry } = {}): Journal {
  return {
    entries: new Map(Object.entries(entries)),
    started: () => Promise.resolve(),
    done: () => Promise.resolve(),
    over: () => Promise.resolve(),
  };
}

/** Requests so far. */
export function sent({ log }: FakeOrg): string[] {
  return log.map(({ op }) => op);
}
