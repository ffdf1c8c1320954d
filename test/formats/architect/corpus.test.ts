import { describe, expect, test } from "vitest";
import { comparableFlow } from "../../../src/formats/architect/compare.ts";
import { getAt } from "../../../src/formats/architect/literals.ts";
import { parseFlow } from "../../../src/formats/architect/parse.ts";
import { flowReferences } from "../../../src/formats/architect/references.ts";
import { renameReferences } from "../../../src/formats/architect/rename.ts";
import { valueAt } from "../../../src/model/pointer.ts";
import { corpusFlows, HAS_CORPUS } from "./corpus.ts";
import { renameIndependently } from "./oracle.ts";

/** Constructs after which at least one reference of that kind has to be found. */
const EXPECTED: readonly (readonly [RegExp, string])[] = [
  [/targetQueue:\s+(lit|exp):/, "queue"],
  [/dataAction:/, "data-action"],
  [/dataTable:/, "data-table"],
  [/ver_latestPublished:|targetFlow:|overrideInQueueFlow:/, "flow"],
  [/[( ]Prompt\.\w/, "prompt"],
  [/FindEmergencyGroup\(/, "emergency-group"],
  [/FindSkill\(/, "skill"],
  [/worktype:/, "worktype"],
  [/contactList:/, "contact-list"],
  [/\n {2}division:/, "division"],
];

function longer(kind: string, name: string): string {
  return kind === "prompt" ? `${name}_2` : `${name} (2)`;
}

describe.skipIf(!HAS_CORPUS)("published flows (skipped without ../shared)", () => {
  test.each(corpusFlows())("$file", ({ text }) => {
    const doc = parseFlow(text);
    const references = flowReferences(doc);

    for (const [construct, kind] of EXPECTED) {
      if (construct.test(text)) expect(references.map((reference) => reference.kind)).toContain(kind);
    }
    expect(references.filter(({ kind, form }) => kind === "unknown" && form !== "guid")).toEqual([]);
    for (const { path, form, name } of references.filter(({ form }) => form === "value" || form === "key")) {
      if (form === "value") expect(getAt(doc, path)).toBe(name);
      else expect(path.endsWith(`/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`)).toBe(true);
    }

    const comparable = comparableFlow(doc);
    expect(comparableFlow(text.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n"))).toEqual(comparable);
    for (const { path, form } of references) if (form !== "key") expect(valueAt(comparable, path)).toBeDefined();

    const renamed = renameReferences(doc, ({ kind, name }) => longer(kind, name));
    expect(renameReferences(renamed.text, ({ name }) => name.replace(/(_2| \(2\))$/, "")).text).toBe(text);
    expect(renameReferences(doc, ({ name }) => name)).toMatchObject({ text, count: 0 });
    expect(parseFlow(renamed.text).structure).toEqual(renameIndependently(doc.structure, longer));
    expect(renamed.count).toBeGreaterThan(0);
  });
});
