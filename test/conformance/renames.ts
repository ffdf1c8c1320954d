import { KINDS } from "../../src/kinds/index.ts";
import { splitCoordinate, type Coordinate } from "../../src/model/coordinate.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { EDITORS } from "./editors.ts";
import { byId } from "./edit-round.ts";
import { rawState, type Office } from "./office.ts";
import { markFor } from "./settings.ts";

/**
 * Gives the last object of every kind that can be renamed in place another name, past lockstep.
 * @returns the coordinates that they had
 */
export async function renameOneOfEach(office: Office, primary: Snapshot): Promise<Coordinate[]> {
  const admin = office.admin.primary;
  const state = await rawState(office, "primary");
  const coordinateOfId = byId(primary);
  const renamed = new Map<string, Coordinate>();
  for (const editor of EDITORS) {
    if (KINDS.get(editor.kind)?.write?.rename !== "update" || !editor.key.includes("name") || renamed.has(editor.kind))
      continue;
    for (const path of Object.keys(state).sort().reverse()) {
      const coordinate = coordinateOfId(editor.kind, editor.path.exec(path)?.[1] ?? "");
      if (coordinate === undefined || !primary.objects.has(coordinate) || renamed.has(editor.kind)) continue;
      if (splitCoordinate(coordinate).key === "@home") continue;
      // An expression that looks an object up by its name keeps the old one, so its flow could not be published again.
      if (isLookedUp(primary, coordinate)) continue;
      const body = await admin("GET", path + (editor.more ?? ""));
      if (typeof body["name"] !== "string" || (editor.kind === "integration" && editor.at === undefined)) continue;
      await editor.write(admin, path, { ...body, name: body["name"] + markFor(editor.kind) }, "name");
      renamed.set(editor.kind, coordinate);
    }
  }
  return [...renamed.values()];
}

function isLookedUp(primary: Snapshot, coordinate: Coordinate): boolean {
  const argument = `("${splitCoordinate(coordinate).key}")`;
  return [...primary.objects.values()].some(
    ({ yaml }) => typeof yaml === "string" && yaml.replaceAll("\\", "").includes(argument),
  );
}
