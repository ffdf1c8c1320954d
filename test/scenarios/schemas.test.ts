import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { describe, expect, it } from "vitest";
import { documentOf } from "./support/cli.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "seed", standby: "seed" });

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTuples: false, formats: fullFormats });
for (const name of ["report", "plan"]) {
  const text = readFileSync(new URL(`../../schemas/${name}.json`, import.meta.url), "utf8");
  ajv.addSchema(JSON.parse(text) as object, name);
}

function problems(schema: string, value: unknown): string[] {
  ajv.validate(schema, value);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}

describe("shipped schemas", () => {
  it("describe what diff prints and what plan writes, and nothing else", async () => {
    const workspace = await stage.workspace();
    const report = documentOf(await workspace.json("diff"));
    expect(report["changes"]).not.toEqual([]);
    expect(problems("report", report)).toEqual([]);
    expect(problems("report", { ...report, unheardOf: 1 })).not.toEqual([]);

    const plan = documentOf(await workspace.json("plan", "-o", "plan.json", "--prune"));
    expect(plan["operations"]).not.toEqual([]);
    expect(problems("plan", plan)).toEqual([]);
    expect(problems("plan", { ...plan, sha256: "" })).not.toEqual([]);
  });
});
