import { describe, expect, test } from "vitest";
import { parseFlow } from "../../../src/formats/architect/parse.ts";
import { renameReferences, type RenamedName } from "../../../src/formats/architect/rename.ts";
import { flowYaml, LARGE_FLOW, taskYaml } from "./samples.ts";

/** Renames by `kind/name`. */
function by(names: Record<string, string>): (ref: RenamedName) => string | undefined {
  return ({ kind, name }) => names[`${kind}/${name}`];
}

/** Lines that differ, as `old → new`. */
function changedLines(before: string, after: string): string[] {
  const [old, next] = [before.split("\n"), after.split("\n")];
  expect(next).toHaveLength(old.length);
  return old.flatMap((line, at) => (line === next[at] ? [] : [`${line.trim()} → ${(next[at] ?? "").trim()}`]));
}

function renamedLines(text: string, names: Record<string, string>): string[] {
  return changedLines(text, renameReferences(text, by(names)).text);
}

describe("renameReferences", () => {
  test("renames every form of a name and nothing else", () => {
    const names = {
      "queue/Billing": "Billing 2",
      'queue/It\'s "Sales"': "Sales's",
      "flow/Back Door": "Side Door",
      "flow/Waiting": "Hold",
      "flow/Front Door": "Entry",
      "division/Support": "Help",
      "data-table/Office Hours": "Hours",
      "data-action/Get Customer": "Find: Customer",
      "data-action-category/CRM": "CRM 2",
      "prompt/Hold_On": "Wait",
      "emergency-group/Evacuation": "Fire",
      "tts-engine/Amazon Polly": "Polly",
    };
    const { text, count } = renameReferences(LARGE_FLOW, by(names));
    expect(changedLines(LARGE_FLOW, text)).toEqual([
      "name: Front Door # who answers first → name: Entry # who answers first",
      "division: Support → division: Help",
      "Amazon Polly: → Polly:",
      "name: Billing → name: Billing 2",
      "name: 'It''s \"Sales\"' → name: 'Sales''s'",
      "name: Waiting → name: Hold",
      "Office Hours: → Hours:",
      "CRM: → CRM 2:",
      'Get Customer: → "Find: Customer":',
      'exp: "If(Flow.last == \\"Billing\\",\\n FindQueue(\\"Billing\\"), FindQueue(Flow.last))" → ' +
        'exp: "If(Flow.last == \\"Billing\\",\\n FindQueue(\\"Billing 2\\"), FindQueue(Flow.last))"',
      'exp: Append(ToAudio(Prompt.Hold_On), "Prompt.Hold_On") → exp: Append(ToAudio(Prompt.Wait), "Prompt.Hold_On")',
      "name: Evacuation → name: Fire",
      "name: Evacuation → name: Fire",
      "name: Back Door → name: Side Door",
    ]);
    expect(count).toBe(14);
  });

  test("a part keeps its name when an object of that name is renamed", () => {
    const names = { "queue/Billing": "X", "flow/Billing": "X", "unknown/Billing": "X", "queue/Main": "X" };
    const { text } = renameReferences(LARGE_FLOW, by(names));
    const part = /task: *\n *name: Billing\n *refId: Billing_12\n/;
    expect(part.test(text)).toBe(true);
    expect(text.match(/task\[Billing_12\]/g)).toHaveLength(2);
  });

  test("gives the flow's own name and division as told, and only those", () => {
    const text = taskYaml("- transferToFlow:\n    targetFlow:\n      name: Sample").replace(
      "Sample",
      "Sample\n  division: Home",
    );
    const { text: renamed } = renameReferences(text, () => undefined, { name: "Other", division: "New Home" });
    expect(changedLines(text, renamed)).toEqual(["name: Sample → name: Other", "division: Home → division: New Home"]);
    expect(renamedLines(text, { "flow/Sample": "Both" })).toEqual([
      "name: Sample → name: Both",
      "name: Sample → name: Both",
    ]);
  });

  test("tells kind, type and category to the one who decides", () => {
    const seen: RenamedName[] = [];
    renameReferences(LARGE_FLOW, (ref) => void seen.push(ref));
    expect(seen).toContainEqual({ kind: "flow", type: "inboundcall", name: "Front Door" });
    expect(seen).toContainEqual({ kind: "flow", type: "inqueuecall", name: "Waiting" });
    expect(seen).toContainEqual({ kind: "data-action", category: "CRM", name: "Get Customer" });
    expect(seen.map(({ name }) => name)).not.toContain("Flow.last");
  });

  test("returns the same text when nothing matches", () => {
    expect(renameReferences(LARGE_FLOW, () => undefined)).toMatchObject({ text: LARGE_FLOW, count: 0 });
    expect(renameReferences(LARGE_FLOW, ({ name }) => name)).toMatchObject({ text: LARGE_FLOW, count: 0 });
  });

  test("refuses a prompt name that no prompt can have", () => {
    expect(() => renameReferences(LARGE_FLOW, by({ "prompt/Hold_On": "Hold on" }))).toThrow(
      /^Prompt "Hold_On" cannot be renamed/,
    );
  });

  test("renames copies in referencedObjects along", () => {
    const text = flowYaml("referencedObjects:\n  flows:\n    - flow:\n        name: My Bot\n        type: botFlow");
    const { text: renamed } = renameReferences(text, ({ type, name }) => (type === "bot" ? `${name} 2` : undefined));
    expect(changedLines(text, renamed)).toEqual(["name: My Bot → name: My Bot 2"]);
  });
});

describe("spelling of new names", () => {
  const queue = (spelling: string): string =>
    taskYaml(`- transferToAcd:\n    targetQueue:\n      lit:\n        name: ${spelling}`);
  const nameLine = (text: string): string => /lit:\s+name: (.*)/.exec(text)?.[1] ?? "";

  test.each([
    ["Old", "New", "New"],
    ["Old", "yes", '"yes"'],
    ["Old", "No", '"No"'],
    ["Old", "on", '"on"'],
    ["Old", "null", '"null"'],
    ["Old", "401", '"401"'],
    ["Old", "1_000", '"1_000"'],
    ["Old", "12:30:45", '"12:30:45"'],
    ["Old", "2024-01-01", '"2024-01-01"'],
    ["Old", "401K", "401K"],
    ["Old", "a: b", '"a: b"'],
    ["Old", "a #b", '"a #b"'],
    ["Old", "trailing ", '"trailing "'],
    ["Old", "", '""'],
    ["Old", "- x", '"- x"'],
    ["Old", "{{x}}", '"{{x}}"'],
    ["Old", "*x", '"*x"'],
    ["Old", "a\nb", '"a\\nb"'],
    ["Old", 'say "hi"', 'say "hi"'],
    ['"Old"', 'a "b" \\', '"a \\"b\\" \\\\"'],
    ["'Old'", "it's", "'it''s'"],
    ["'Old'", "a\nb", '"a\\nb"'],
    ['"Old"  # why', "New", '"New"  # why'],
    ["Old   # why", "New", "New   # why"],
  ])("%j becomes %j as %j", (old, name, expected) => {
    const { text } = renameReferences(queue(old), by({ "queue/Old": name }));
    expect(nameLine(text)).toBe(expected);
    expect(JSON.stringify(parseFlow(text).structure)).toContain(JSON.stringify({ lit: { name } }));
  });

  test.each([
    ["Hours:", "yes", '"yes":'],
    ["Hours :", "New", "New :"],
    ['"Hours":', "yes", '"yes":'],
    ["Hours:", "a: b", '"a: b":'],
    ["Hours:", "a, [b]", "a, [b]:"],
    ["Hours:", "<<", '"<<":'],
  ])("key %j becomes %j as %j", (old, name, expected) => {
    const text = taskYaml(`- dataTableLookup:\n    dataTable:\n      ${old}\n        none: true`);
    expect(renamedLines(text, { "data-table/Hours": name })).toEqual([`${old} → ${expected}`]);
  });

  test("inside flow collections brackets and commas need quotes", () => {
    const text = taskYaml(
      "- transferToAcd:\n    targetQueue: {lit: {name: Old}}\n- dataTableLookup: {dataTable: {Old: {a: 1}}}",
    );
    expect(renamedLines(text, { "queue/Old": "a, b", "data-table/Old": "c}" })).toEqual([
      'targetQueue: {lit: {name: Old}} → targetQueue: {lit: {name: "a, b"}}',
      '- dataTableLookup: {dataTable: {Old: {a: 1}}} → - dataTableLookup: {dataTable: {"c}": {a: 1}}}',
    ]);
  });

  test("quotes of expressions are escaped inside quotes of YAML", () => {
    const text = taskYaml(
      '- x:\n    exp: "FindQueue(\\"Old\\")"\n- y:\n    exp: FindQueue("Old")\n- z:\n    exp: \'FindQueue("Old")\'',
    );
    expect(renamedLines(text, { "queue/Old": 'it\'s "x" \\' })).toEqual([
      'exp: "FindQueue(\\"Old\\")" → exp: "FindQueue(\\"it\'s \\\\\\"x\\\\\\" \\\\\\\\\\")"',
      'exp: FindQueue("Old") → exp: FindQueue("it\'s \\"x\\" \\\\")',
      "exp: 'FindQueue(\"Old\")' → exp: 'FindQueue(\"it''s \\\"x\\\" \\\\\")'",
    ]);
  });

  test("expressions on several lines keep their layout", () => {
    const text = taskYaml(
      [
        '- a:\n    exp: "If(true,  \n\n      FindQueue(\\"Old\\"), \\\n      \\x46indQueue(\\"Old\\"))"',
        '- b:\n    exp: If(true,\n      FindQueue("Old"),\n      FindQueue("Old"))',
        "- c:\n    exp: 'If(''a'',\n\n\n      FindQueue(\"Old\"))'",
      ].join("\n"),
    );
    const { text: renamed, count } = renameReferences(text, by({ "queue/Old": "Older" }));
    expect(count).toBe(5);
    expect(renamed).toBe(text.replaceAll("Old", "Older"));
  });

  test("block scalars become quoted, with the same meaning otherwise", () => {
    const text = taskYaml(
      '- a:\n    exp: |\n      FindQueue("Old")\n    name: A\n- b:\n    exp: >-\n      FindQueue(\n      "Old")\n    name: B',
    );
    const { text: renamed } = renameReferences(text, by({ "queue/Old": "New" }));
    const plain = JSON.stringify(parseFlow(text).structure).replaceAll("Old", "New");
    expect(JSON.stringify(parseFlow(renamed).structure)).toBe(plain);
  });

  test("line ends and a missing final newline stay", () => {
    const text = queue("Old").replaceAll("\n", "\r\n").trimEnd();
    expect(renameReferences(text, by({ "queue/Old": "New" })).text).toBe(text.replace("Old", "New"));
  });

  test("two names in one expression are both renamed", () => {
    const text = taskYaml('- x:\n    exp: If(a, FindQueue("A"), FindQueue("B"))');
    expect(renamedLines(text, { "queue/A": "B", "queue/B": "A" })).toEqual([
      'exp: If(a, FindQueue("A"), FindQueue("B")) → exp: If(a, FindQueue("B"), FindQueue("A"))',
    ]);
  });
});
