import { isDeepStrictEqual } from "node:util";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { relinkObject } from "../src/canonical/relink.ts";
import { KINDS } from "../src/kinds/index.ts";
import { splitCoordinate, type Coordinate } from "../src/model/coordinate.ts";
import type { Obj } from "../src/model/json.ts";
import type { Side } from "../src/model/side.ts";
import type { Snapshot } from "../src/model/snapshot.ts";
import { renameAll, type RenamedObject } from "../src/pairing/renames.ts";
import { renameRules } from "../src/pairing/rename-rules.ts";
import { nodeFiles } from "../src/platform/files.ts";
import { loadSnapshot } from "../src/snapshot/snapshot-directory.ts";
import { snapshotFiles } from "../src/snapshot/snapshot-files.ts";

/**
 * Writes the snapshots `primary` and `standby` of a directory as larger ones: what both have alike is in each so many times, every copy
 * under names of its own and with references to its own copies. Objects that no name distinguishes stay single.
 * @returns how many objects the larger one of the primary holds
 */
export async function multiplySnapshots(from: string, to: string, times: number): Promise<number> {
  const read = async (side: Side): Promise<Snapshot> =>
    (await loadSnapshot(nodeFiles(), join(from, side), KINDS)).snapshot;
  const [primary, standby] = [await read("primary"), await read("standby")];
  const alike = [...primary.objects].filter(([at, object]) => isDeepStrictEqual(standby.objects.get(at), object));
  const copied = new Set(alike.map(([at]) => at));
  writeSnapshot(join(to, "standby"), multiplied(standby, copied, times));
  const larger = multiplied(primary, copied, times);
  writeSnapshot(join(to, "primary"), larger);
  return larger.objects.size;
}

function multiplied(snapshot: Snapshot, copied: ReadonlySet<Coordinate>, times: number): Snapshot {
  const objects = new Map(snapshot.objects);
  const ids = new Map(snapshot.ids);
  const state = new Map(snapshot.state);
  for (let copy = 2; copy <= times; copy += 1) {
    for (const { as, object } of copiesOf(snapshot, copied, copy)) {
      objects.set(as.desired, object);
      ids.set(as.desired, `${ids.get(as.coordinate) ?? ""}-${String(copy)}`);
      const own = snapshot.state.get(as.coordinate);
      if (own !== undefined) state.set(as.desired, own);
    }
  }
  return { ...snapshot, objects, ids, state, counts: countsOf(snapshot, objects) };
}

function writeSnapshot(directory: string, snapshot: Snapshot): void {
  for (const [path, text] of snapshotFiles(snapshot, KINDS, "bench", {})) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

function* copiesOf(
  { objects }: Snapshot,
  copied: ReadonlySet<Coordinate>,
  copy: number,
): Generator<{ readonly as: RenamedObject; readonly object: Obj }> {
  const rules = renameRules(
    [...KINDS.keys()].map((kind) => ({ kind, pattern: "^(.+)$", replace: `$1 ${String(copy)}` })),
  );
  const renaming = renameAll({ coordinates: objects.keys(), objects, kinds: KINDS, rekeyed: new Map() }, rules);
  const desired = (at: Coordinate): Coordinate => (copied.has(at) ? (renaming.get(at)?.desired ?? at) : at);
  for (const as of renaming.values()) {
    const object = objects.get(as.coordinate);
    const kind = KINDS.get(splitCoordinate(as.coordinate).kind);
    if (object === undefined || kind === undefined || as.desired === as.coordinate || !copied.has(as.coordinate))
      continue;
    const named = as.identity.at === undefined ? object : { ...object, [as.identity.at]: as.name };
    const linked = relinkObject(kind, named, desired);
    const text = kind.content === undefined ? undefined : linked[kind.content.at];
    yield {
      as,
      object:
        kind.content === undefined || typeof text !== "string"
          ? linked
          : { ...linked, [kind.content.at]: text.replace(/^( +name: ).*$/m, `$1${JSON.stringify(as.name)}`) },
    };
  }
}

function countsOf({ counts }: Snapshot, objects: ReadonlyMap<Coordinate, Obj>): Snapshot["counts"] {
  const held = new Map<string, number>();
  for (const at of objects.keys()) {
    const { kind } = splitCoordinate(at);
    held.set(kind, (held.get(kind) ?? 0) + 1);
  }
  return Object.fromEntries(
    Object.entries(counts).map(([kind, count]) => {
      const kept = KINDS.get(kind)?.mode === "map" ? count.kept : (held.get(kind) ?? 0);
      return [kind, { ...count, listed: kept, read: kept, kept }];
    }),
  );
}
