import type { Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import { placeholdersIn, type Placeholders } from "../model/placeholders.ts";
import { formatPointer } from "../model/pointer.ts";
import type { Finding } from "../model/snapshot.ts";
import { mapTexts } from "./embedded.ts";
import { secretPlaces } from "./secrets-in-json.ts";

/**
 * A finding for each value of the objects that looks like a secret: its place, never the value.
 * @param placeholders given where they stand in the place of secrets already
 */
export async function secretFindings(
  objects: ReadonlyMap<Coordinate, Obj>,
  placeholders?: Placeholders,
): Promise<Finding[]> {
  if (placeholders !== undefined) return [...objects].flatMap(([at, object]) => hiddenFindings(at, object));
  const coordinates = [...objects.keys()];
  const places = await secretPlaces([...objects.values()].map((value) => ({ name: "", value })));
  return places.map(({ value, path, line }) =>
    finding(coordinates[value] ?? "", path, line, "snapshots and plans keep it as it is"),
  );
}

function hiddenFindings(coordinate: Coordinate, object: Obj): Finding[] {
  const findings: Finding[] = [];
  mapTexts(object, (text, path) => {
    for (const { at } of placeholdersIn(text)) {
      const line = text.includes("\n") ? text.slice(0, at).split("\n").length : undefined;
      findings.push(finding(coordinate, path, line, "snapshots and plans hold a placeholder"));
    }
    return text;
  });
  return findings;
}

function finding(
  coordinate: Coordinate,
  path: readonly (string | number)[],
  line: number | undefined,
  kept: string,
): Finding {
  const where = line === undefined ? "" : ` in line ${String(line)}`;
  return {
    code: "looks-like-a-secret",
    coordinate,
    path: formatPointer(path),
    message: `Holds what looks like a secret${where}; ${kept}`,
  };
}
