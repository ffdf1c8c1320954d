import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/platform/config.ts";
import { blocks, pageText, ROOT } from "./support/pages.ts";

const files = blocks("yaml").filter(({ text }) => /^orgs:/m.test(text));

it("shows at least one whole configuration", () => {
  expect(files.map(({ page }) => page)).toContain("docs/configuration.md");
});

describe.each(files.map((block) => [`${block.page}:${block.line}`, block] as const))("%s", (place, { text }) => {
  it("is a configuration that lockstep accepts", () => {
    const config = parseConfig(text, place);
    expect(Object.keys(config.orgs)).toEqual(["primary", "standby"]);
  });
});

interface Schema {
  readonly $ref?: string;
  readonly properties?: { readonly [name: string]: Schema | boolean };
  readonly items?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly $defs?: { readonly [name: string]: Schema };
}

/** Every key that a schema allows, as `a.b` below the names that lead to it; a list's items as `a[].b`. */
function keysOf(schema: Schema, root: Schema, at = ""): string[] {
  const target = schema.$ref === undefined ? schema : { ...root.$defs?.[schema.$ref.slice("#/$defs/".length)] };
  const own = Object.entries(target.properties ?? {}).flatMap(([name, value]) => {
    if (typeof value === "boolean") return [];
    const path = at === "" ? name : `${at}.${name}`;
    return [path, ...keysOf(value, root, path)];
  });
  const items = target.items === undefined ? [] : keysOf(target.items, root, `${at}[]`);
  const branches = [target.then, target.else].flatMap((branch) =>
    branch === undefined ? [] : keysOf(branch, root, at),
  );
  return [...new Set([...own, ...items, ...branches])];
}

it("explains every key of the schema", () => {
  const schema = JSON.parse(readFileSync(join(ROOT, "schemas/config.json"), "utf8")) as Schema;
  const keys = keysOf(schema, schema).map((key) => key.replace(/^orgs\.(primary|standby)\./, "orgs.*."));
  const page = pageText("docs/configuration.md");
  expect(keys).toContain("overrides[].path");
  expect([...new Set(keys)].filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
});
