import type { App } from "../model/app.ts";
import type { Coordinate } from "../model/coordinate.ts";
import type { Narrowing } from "../model/narrowing.ts";
import type { Side } from "../model/side.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { KINDS } from "../kinds/index.ts";
import { narrowTo, type Narrowed, type OtherNames } from "../pairing/narrowing.ts";
import { renameRules } from "../pairing/rename-rules.ts";
import { renameAll } from "../pairing/renames.ts";

/**
 * A narrowing in both organisations: an object may be asked for by the name that it has in either of them.
 * @param source what is known of the primary; undefined when nothing is, and then only own names count
 */
export function narrowSides(
  { workspace }: Pick<App, "workspace">,
  narrowing: Narrowing,
  source: Snapshot | undefined,
): { readonly [side in Side]: Narrowed } {
  const desired = source === undefined ? new Map<Coordinate, Coordinate>() : desiredNames(workspace, source);
  const origin = new Map([...desired].map(([from, to]) => [to, from]));
  return {
    primary: narrowTo(narrowing, KINDS, namesIn(desired)),
    standby: narrowTo(narrowing, KINDS, namesIn(origin), [...origin.keys()]),
  };
}

/** A narrowing of what is compared, by the names of both sides. @param origin desired coordinate → coordinate in the source */
export function narrowComparison(narrowing: Narrowing, origin: ReadonlyMap<Coordinate, Coordinate>): Narrowed {
  return narrowTo(narrowing, KINDS, namesIn(origin));
}

function namesIn(names: ReadonlyMap<Coordinate, Coordinate>): OtherNames {
  return (coordinate) => {
    const other = names.get(coordinate);
    return other === undefined ? [] : [other];
  };
}

function desiredNames({ config }: App["workspace"], source: Snapshot): Map<Coordinate, Coordinate> {
  const { objects } = source;
  const coordinates = new Set([...source.ids.keys(), ...objects.keys()]);
  const renaming = renameAll({ coordinates, objects, kinds: KINDS, rekeyed: new Map() }, renameRules(config.renames));
  return new Map([...renaming.values()].map(({ coordinate, desired }) => [coordinate, desired]));
}

/** What was narrowed, in a sentence for people. */
export function narrowingText({ only, kinds }: Narrowing): string {
  const what = [...only, ...(kinds.length === 0 ? [] : [`the kinds ${kinds.join(", ")}`])];
  return `Only ${what.join(" and ")}: everything else is neither read nor compared`;
}
