import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageSchema } from "../../../src/importers/provider/schema/package-schema.ts";
import { LINK_TOKEN, resourceToken } from "../../../src/importers/provider/schema/tokens.ts";
import { KINDS } from "../../../src/kinds/index.ts";
import { describeEngine } from "../../engine/support/needs.ts";
import { WRITTEN } from "./random-objects.ts";

const schema = packageSchema(KINDS, "1.2.3");

/** Every `$ref` inside a value. */
function refsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === "$ref" ? [String(inner)] : refsIn(inner)));
}

describe("the package schema", () => {
  it("has one resource per kind that is written, with exactly the fields of its schema", () => {
    expect(Object.keys(schema.resources)).toEqual([...WRITTEN.map(({ name }) => resourceToken(name)), LINK_TOKEN]);
    for (const kind of WRITTEN) {
      const resource = schema.resources[resourceToken(kind.name)];
      const fields = Object.keys(kind.schema.properties ?? {});
      expect(Object.keys(resource?.inputProperties ?? {}).sort()).toEqual([...fields, "key", "lockstep"].sort());
      expect(resource?.requiredInputs).toEqual([...(kind.schema.required ?? [])].sort());
      for (const name of [...fields, "key", "coordinate"]) expect(resource?.properties).toHaveProperty(name);
    }
  });

  it("names types for nested objects and refers only to what it has", () => {
    for (const ref of refsIn(schema)) {
      if (ref === "pulumi.json#/Any") continue;
      expect(schema.types).toHaveProperty([ref.replace("#/types/", "")]);
    }
    expect(schema.types["gclockstep:index:QueueAcwSettings"]).toMatchObject({
      type: "object",
      properties: { timeoutMs: { type: "integer" } },
    });
    expect(schema.types["gclockstep:index:SiteNumberPlan"]).toMatchObject({ required: ["name"] });
    expect(schema.types["gclockstep:index:TrunkTrunkType"]).toEqual({
      type: "string",
      enum: [{ value: "EXTERNAL" }, { value: "PHONE" }, { value: "EDGE" }],
    });
  });

  it("says what references mean, what order means and what is fixed", () => {
    const queue = schema.resources["gclockstep:index:Queue"]?.inputProperties;
    expect(queue?.["queueFlow"]?.description).toBe(
      "Coordinate of an architect flow: `flow/…`. May close a cycle of references; a Link writes it then.",
    );
    expect(queue?.["wrapUpCodes"]?.description).toBe(
      "Coordinates, each of a wrap-up code: `wrap-up-code/…`. The order means nothing.",
    );
    expect(schema.resources["gclockstep:index:Trunk"]?.inputProperties["trunkType"]).toMatchObject({
      willReplaceOnChanges: true,
    });
  });

  it("has no field for a secret", () => {
    const text = JSON.stringify(schema);
    for (const name of ["credentialFields", "trunk_sip_authentication_credentials_password"])
      expect(text).not.toContain(name);
  });
});

describeEngine("the package schema on the real engine", [], ({ engine }) => {
  const plugin = join(import.meta.dirname, "..", "..", "..", "plugin", "pulumi-resource-gclockstep");
  let directory = "";
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "lockstep-schema-"));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const pulumi = (...args: string[]): string =>
    execFileSync(engine, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"] ?? "",
        PULUMI_HOME: directory,
        PULUMI_BACKEND_URL: `file://${directory}`,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      },
    });

  const checked = (value: object): string => {
    const file = join(directory, "schema.json");
    writeFileSync(file, JSON.stringify(value));
    return pulumi("schema", "check", file);
  };

  it("is valid, and would not be with a type missing", () => {
    expect(() => checked(schema)).not.toThrow();
    const { "gclockstep:index:QueueAcwSettings": _, ...types } = schema.types;
    expect(() => checked({ ...schema, types })).toThrow(/QueueAcwSettings not found/);
  });

  it("comes from the plugin as `pulumi package get-schema` asks for it", ({ skip }) => {
    if (!existsSync(join(plugin, "..", "..", "dist", "importers", "provider", "rpc", "main.js"))) {
      process.stderr.write("the schema of the plugin: skipped: not built; npm run build\n");
      skip();
    }
    const given = JSON.parse(pulumi("package", "get-schema", plugin)) as typeof schema;
    expect(given.name).toBe(schema.name);
    expect(Object.keys(given.resources).sort()).toEqual(Object.keys(schema.resources).sort());
    expect(Object.keys(given.types).sort()).toEqual(Object.keys(schema.types).sort());
    expect(Object.keys(given.functions).sort()).toEqual(Object.keys(schema.functions).sort());
  });
});
