import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/model/json.ts";
import type { DriftChange, DriftReport } from "../../src/model/report.ts";
import { htmlReport } from "../../src/report/html.ts";
import { hostileReport } from "../report/hostile.ts";
import { reportOf } from "../report/sample.ts";
import { CHROMIUM, launch } from "./chromium.ts";

if (CHROMIUM === undefined) process.stderr.write("the page of a report: skipped: there is no Chromium\n");

const ACTIONS = ["create", "update", "rename", "delete"] as const;
const KINDS = ["queue", "flow", "skill", "data-table"] as const;

/** A report of so many changes of every sort. */
function reportWith(count: number): DriftReport {
  const changes = Array.from({ length: count }, (_, at): DriftChange => {
    const [kind = "queue", action = "update"] = [KINDS[at % 4], ACTIONS[Math.floor(at / 4) % 4]];
    const name = `${kind === "flow" ? "inboundcall:" : ""}Object ${at}`;
    const edits = [
      { path: "/description", before: `before ${at}`, after: `after ${at}` },
      { path: "/members/a@example.com", after: { ringNumber: 1 } },
      { path: "/codecs/0", before: "pcma", after: "opus" },
      ...(kind === "flow" ? [{ path: "/yaml/inboundCall/tasks/Main/actions/0/tts", before: "a", after: "b" }] : []),
    ];
    const lists = [{ path: "/codecs", steps: [{ op: "move" as const, from: 1, to: 0, value: "opus" }] }];
    return {
      coordinate: `${kind}/${name}`,
      action,
      edits,
      ...(action === "update" ? { lists } : {}),
      ...(kind === "flow" && action === "update" ? { hunk: "@@ -1 +1 @@\n-tts: a\n+tts: b\n" } : {}),
      ...(action === "rename" ? { from: `${kind}/${name} (old)` } : {}),
    };
  });
  return reportOf(changes, {
    operational: [{ coordinate: "trunk/Carrier", path: "/enabled", primary: true, standby: false, off: true }],
    findings: [{ code: "missing-reference", coordinate: "flow/a", message: "There is no such queue" }],
    derived: [{ coordinate: "sip-header-mapping/x", action: "update", edits: [{ path: "/a", after: 1 }] }],
    reported: [{ coordinate: "failover-name/A:x", action: "none", edits: [] }],
  });
}

describe.skipIf(CHROMIUM === undefined)("the page of a report (skipped without Chromium)", () => {
  let browser: Browser;
  let directory: string;
  const said: string[] = [];

  beforeAll(async () => {
    browser = await launch();
    directory = await mkdtemp(join(tmpdir(), "lockstep-page-"));
  });
  afterAll(async () => {
    await browser.close();
    await rm(directory, { recursive: true });
  });

  /** Opens the page; what it logs, what fails in it and what it requests is said. */
  async function open(report: DriftReport, colorScheme: "light" | "dark" = "light"): Promise<Page> {
    const file = join(directory, "report.html");
    await writeFile(file, htmlReport(report));
    said.length = 0;
    const page = await browser.newPage({ colorScheme });
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("dialog", (dialog) => said.push(dialog.message()));
    page.on("request", (request) => {
      if (request.url() !== pathToFileURL(file).href) said.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  const shown = (page: Page): Promise<number> => page.locator("section.kind > details:not([hidden])").count();

  it("has each object of the report once, and the numbers that the report has", async () => {
    const report = reportWith(80);
    const page = await open(report);
    expect(await shown(page)).toBe(80);
    for (const action of ACTIONS) {
      expect(await page.locator(`section.kind > details.${action}`).count()).toBe(report.summary[action]);
      expect(await page.locator(`.tiles .${action} b`).textContent()).toBe(String(report.summary[action]));
    }
    expect(await page.locator("details.update").first().locator("tbody tr").count()).toBe(3);
    expect(said).toEqual([]);
    await page.close();
  });

  it("filters by action and kind, searches, and is operated with the keyboard", async () => {
    const page = await open(reportWith(80));
    await page.locator(".tiles .create").click();
    expect(await shown(page)).toBe(20);
    await page.locator("#kind").selectOption("queue");
    expect(await shown(page)).toBe(5);
    await page.locator(".tiles .create").click();
    expect(await shown(page)).toBe(20);
    await page.locator("#kind").selectOption("");
    await page.keyboard.press("/");
    await page.keyboard.type("object 7 AFTER");
    await page.waitForFunction(`document.querySelector('#shown').textContent.includes(' of ')`);
    expect(await shown(page)).toBeGreaterThan(0);
    await page.keyboard.type(" nowhere");
    await page.locator("#none").waitFor();
    expect(await shown(page)).toBe(0);
    await page.keyboard.press("Escape");
    expect(await page.locator("#shown").textContent()).toBe("80 objects");
    await page.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("details[open]").count()).toBe(1);
    expect(said).toEqual([]);
    await page.close();
  });

  it.each(["light", "dark"] as const)("has no violation that axe finds, in %s", async (scheme) => {
    const page = await open(reportWith(32), scheme);
    await page.locator("#open").click();
    // The page's own policy keeps every other script out, so that the test comes in by the debugger.
    const axe = createRequire(import.meta.url)("axe-core") as { readonly source: string };
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<AxeResults>("axe.run()");
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await page.close();
  });

  it("lets no name act, whatever the names are", { timeout: 120_000 }, async () => {
    const reports = fc.sample(hostileReport, { numRuns: 12, seed: 7 });
    for (const report of reports) {
      const page = await open(report);
      const tags = await page.evaluate<string[]>("[...document.querySelectorAll('body *')].map((e) => e.localName)");
      expect(tags.filter((tag) => ["img", "iframe", "svg", "object", "link", "video"].includes(tag))).toEqual([]);
      expect(await page.locator("script").count()).toBe(1);
      expect(await shown(page)).toBe(report.changes.length);
      expect(said).toEqual([]);
      await page.close();
    }
  });

  it("holds 5,000 changes, at less than twice the size of the JSON", { timeout: 120_000 }, async () => {
    const report = reportWith(5_000);
    expect(htmlReport(report).length).toBeLessThanOrEqual(2 * canonicalJson(report).length);
    const page = await open(report);
    expect(await shown(page)).toBe(5_000);
    await page.locator("#words").fill("object 4999");
    await page.waitForFunction(`document.querySelector('#shown').textContent === '1 of 5000 objects'`);
    expect(said).toEqual([]);
    await page.close();
  });
});
