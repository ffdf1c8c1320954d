import { countByKind } from "../model/count-by-kind.ts";
import { splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import type { Kind } from "../model/kind.ts";
import type { Finding, Snapshot } from "../model/snapshot.ts";
import { references } from "../canonical/references.ts";

/**
 * Kinds of which the source lists nothing although its own objects refer to some, and of which the target has objects: a list
 * that came back empty by mistake, or a role that sees none of them. What is compared without them cannot be called in step.
 * @param source a reading of an organisation; a repository lists no kinds that are only referred to
 */
export function unlistedKinds(
  kinds: ReadonlyMap<string, Kind>,
  source: Pick<Snapshot, "ids" | "objects">,
  target: Pick<Snapshot, "ids">,
): Finding[] {
  const [listed, there] = [countByKind(source.ids.keys()), countByKind(target.ids.keys())];
  const unlisted = new Set([...there.keys()].filter((name) => !listed.has(name) && kinds.has(name)));
  if (unlisted.size === 0) return [];
  const lost = new Map<string, { readonly from: Coordinate; readonly to: Coordinate }>();
  for (const [from, object] of source.objects) {
    const kind = kinds.get(splitCoordinate(from).kind);
    for (const { coordinate: to } of kind === undefined ? [] : references(kind, object)) {
      const { kind: name } = splitCoordinate(to);
      if (unlisted.has(name) && !lost.has(name)) lost.set(name, { from, to });
    }
  }
  return [...lost].map(([name, { from, to }]) => ({
    code: "unlisted-kind",
    coordinate: "",
    message: `The source lists no objects of kind ${name}, although ${from} refers to ${to}; the standby has ${String(there.get(name) ?? 0)}`,
  }));
}
