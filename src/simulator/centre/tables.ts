import { divisionAt, post } from "./foundations.ts";
import type { ColumnPlan, Plan, TablePlan } from "./plan.ts";
import { cycle, randomFor } from "./random.ts";
import type { Random } from "./random.ts";
import type { SeedObject, SeedStep, SeedValue, Side } from "./types.ts";

const title = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

function property(column: ColumnPlan, order: number): readonly [string, SeedObject] {
  const defaults = { string: "", integer: 0, number: 0.5, boolean: false } as const;
  return [
    column.name,
    {
      $id: `/properties/${column.name}`,
      type: column.type,
      title: title(column.name),
      displayOrder: order,
      ...(order === 1 ? {} : { default: defaults[column.type] }),
    },
  ];
}

/** The schema that the platform keeps: draft-04, the key always a text (genesys-api §4.3). */
function schema(table: TablePlan): SeedObject {
  const key = {
    $id: "/properties/key",
    type: "string",
    title: title(table.keys[0]?.split("-")[0] ?? "key"),
    displayOrder: 0,
  };
  return {
    $schema: "http://json-schema.org/draft-04/schema#",
    type: "object",
    title: table.name,
    description: `Read by flows: ${table.name}`,
    required: ["key"],
    properties: { key, ...Object.fromEntries(table.columns.map((column, index) => property(column, index + 1))) },
    additionalProperties: false,
  };
}

const texts = [
  "We are closed today.",
  "Heute geschlossen: Fenstertag",
  "Fermé – jour férié",
  "Annual stock-taking",
  "yes",
  "no",
  "007",
  "1e5",
];

/** The first system runs beside its organisation, the others serve both. */
export const endpointUrl = (row: number, side: Side): string =>
  row === 0 ? `https://routing.${side}.example.com/api` : `https://system-${String(row + 1)}.example.com/api`;

/** The value of a cell; texts include what spreadsheets would misread. */
function cell(plan: Plan, column: ColumnPlan, row: number, random: Random): SeedValue {
  if (column.type === "boolean") return random.int(3) > 0;
  if (column.type === "integer") return random.int(120);
  if (column.type === "number") return random.int(1000) / 100;
  if (column.name === "queue") return cycle(plan.queues, row * 3);
  if (column.name === "url") return endpointUrl(row, plan.side);
  if (column.name === "tier") return cycle(["gold", "silver", "standard"], row);
  return cycle(texts, row + random.int(3));
}

/** Rows are requests of their own. */
function rows(plan: Plan, table: TablePlan): readonly SeedStep[] {
  const random = randomFor(plan.seed, `rows of ${table.name}`);
  return table.keys.map((key, row) => {
    const cells = table.columns.map((column): [string, SeedValue] => [column.name, cell(plan, column, row, random)]);
    return post(
      "data-table-row",
      `${table.name}/${key}`,
      "/api/v2/flows/datatables/{0}/rows",
      { key, ...Object.fromEntries(cells) },
      [["data-table", table.name]],
    );
  });
}

/** Data tables and their rows. */
export const tableSteps = (plan: Plan): readonly SeedStep[] =>
  plan.tables.flatMap((table, index) => [
    post("data-table", table.name, "/api/v2/flows/datatables", {
      name: table.name,
      division: divisionAt(plan, index),
      description: `Read by flows: ${table.name}`,
      schema: schema(table),
    }),
    ...rows(plan, table),
  ]);
