import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { refusals } from "../../../src/stacks/dns/rules.ts";
import { switchTimes } from "../../../src/stacks/dns/summary.ts";
import { dnsOf } from "./example.ts";

const PAGE = readFileSync(new URL("../../../docs/dns.md", import.meta.url), "utf8");

/** The section `dns` that the page shows. */
function shown() {
  const section = /```yaml\ndns:\n([\s\S]*?)```/.exec(PAGE)?.[1];
  if (section === undefined) throw new Error("docs/dns.md shows no section dns");
  return dnsOf(section.replaceAll(/^ {2}/gm, ""));
}

test("what docs/dns.md shows can be built", () => {
  expect(refusals(shown(), { primaryRegion: "eu-west-1", region: "eu-central-1" })).toEqual([]);
});

test("the times in docs/dns.md are those that are computed", () => {
  expect(switchTimes(shown())["sip.example.com A"]?.seconds).toBe(185);
  expect(PAGE).toContain("185 s (voice)");
});

test("every refusal that the rules know is in docs/dns.md", () => {
  const files = ["rules", "name-rules", "target-rules", "signal-rules"].map(
    (name) => new URL(`../../../src/stacks/dns/${name}.ts`, import.meta.url),
  );
  const rules = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const codes = [...rules.matchAll(/refusal\(\s*"([a-z-]+)"/g)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(15);
  for (const code of new Set(codes)) expect(PAGE).toContain(`\`${code}\``);
});
