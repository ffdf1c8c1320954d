import { describe, expect, it } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import { dataTable } from "../../src/kinds/data-table.ts";

const table = (...columns: string[]): Obj => ({
  name: "Hours",
  schema: { properties: Object.fromEntries(columns.map((name) => [name, { type: "string" }])) },
});

describe("columns of a data table", () => {
  it("cannot be taken away: an undo keeps them and says which", () => {
    const { permanent } = dataTable.write ?? {};
    const now = { ...table("key", "a/b", "new"), rows: { one: { new: "x" }, two: {} } };
    expect(permanent?.(now, { ...table("key"), rows: { one: { key: "1" }, three: {} } })).toEqual({
      wanted: { ...table("key", "a/b", "new"), rows: { one: { key: "1", new: "x" }, three: {} } },
      left: ["/schema/properties/a~1b", "/schema/properties/new"],
    });
    expect(permanent?.(table("key"), table("key", "more"))).toEqual({ wanted: table("key", "more"), left: [] });
  });
});
