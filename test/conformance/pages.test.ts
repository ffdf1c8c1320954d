import { describe, expect, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import { coordinateOf, splitCoordinate } from "../../src/model/coordinate.ts";
import { isList, isObj, type Json } from "../../src/model/json.ts";
import { crowdSteps } from "../../src/simulator/centre/index.ts";
import { addressesOf } from "./editors.ts";
import { fill, openOffice, rawState } from "./office.ts";

/** Parts of the first object of a crowd, each longer than its largest page. */
const PARTS: readonly (readonly [kind: string, part: string, path: RegExp])[] = [
  ["queue", "members", /^\/api\/v2\/routing\/queues\/([^/]+)\/members\/[^/]+$/],
  ["queue", "wrapUpCodes", /^\/api\/v2\/routing\/queues\/([^/]+)\/wrapupcodes\/[^/]+$/],
  ["data-table", "rows", /^\/api\/v2\/flows\/datatables\/([^/]+)\/rows\/[^/]+$/],
];

describe("an organisation whose lists are longer than their largest page", async () => {
  const office = await openOffice();
  await fill(office, "primary", crowdSteps());
  const snapshot = await office.snapshot("primary");
  const paths = Object.keys(await rawState(office, "primary"));

  it.each([...KINDS.values()].flatMap(({ name, read }) => (read === undefined ? [] : [[name, read] as const])))(
    "is read whole: %s",
    (name, read) => {
      const stored = paths.filter((path) => addressesOf(read).test(path)).length;
      const sizes = read.lists.map(({ size = 25 }) => size);
      expect(stored).toBeGreaterThan(Math.max(...sizes));
      expect(snapshot.counts[name]).toMatchObject({ listed: stored, read: stored });
    },
  );

  it.each(PARTS)("is read whole: the parts of a %s, %s", (kind, part, pattern) => {
    const stored = new Map<string, number>();
    for (const path of paths) {
      const id = pattern.exec(path)?.[1];
      if (id !== undefined) stored.set(id, (stored.get(id) ?? 0) + 1);
    }
    const ids = new Map([...snapshot.ids].map(([at, id]) => [coordinateOf(splitCoordinate(at).kind, id), at]));
    for (const [id, count] of stored) {
      const object = snapshot.objects.get(ids.get(coordinateOf(kind, id)) ?? "");
      expect(sizeOf(object?.[part])).toBe(count);
    }
    expect(Math.max(...stored.values())).toBeGreaterThan(100);
  });
});

function sizeOf(value: Json | undefined): number {
  if (isList(value)) return value.length;
  return isObj(value) ? Object.keys(value).length : 0;
}
