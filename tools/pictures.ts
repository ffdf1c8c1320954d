// Takes the pictures of docs/images: the drift of the demo as a terminal, GitHub and a browser show it. Needs Chromium
// (`apt-get install chromium`, or CHROMIUM=/path). Look at them before you commit them.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { marked } from "marked";
import { chromium } from "playwright-core";
import type { DriftReport } from "../src/model/report.ts";
import { htmlReport } from "../src/report/html.ts";
import { markdownReport } from "../src/report/markdown.ts";
import { textReport } from "../src/report/text.ts";

const DIRECTORY = "docs/images";

/** Classes of the colours that the text uses (SGR codes of ECMA-48). */
const CLASS: { readonly [code: string]: string } = {
  1: "bold",
  2: "dim",
  31: "red",
  32: "green",
  33: "yellow",
  36: "cyan",
};

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** A coloured text as a terminal of so many columns and lines shows it. */
function terminal(report: DriftReport, width: number, lines: number): string {
  const text = textReport(report, { colour: true, width }).split("\n").slice(0, lines).join("\n");
  const spans = escaped(text).replace(/\u001b\[(\d+)m/g, (_, code: string) => {
    const name = CLASS[code];
    return name === undefined ? "</span>" : `<span class="${name}">`;
  });
  return `<style>body{margin:0;background:#0f151c;color:#dfe6ee;width:max-content;padding:14px 18px}
pre{margin:0;font:14px/1.45 "DejaVu Sans Mono",monospace;width:${width}ch}
.bold{font-weight:700}.dim{color:#8896a6}.red{color:#ff8f8f}.green{color:#7ee2a5}.yellow{color:#f2c766}.cyan{color:#86cdf5}
</style><pre><span class="dim">$ lockstep diff</span>\n${spans}</pre>`;
}

/** Markdown as GitHub sets it, with the first fold open. */
async function github(report: DriftReport): Promise<string> {
  const html = (await marked(markdownReport(report))).replace("<details>", "<details open>");
  return `<style>body{margin:0;padding:24px 32px;width:820px;font:15px/1.5 system-ui,"DejaVu Sans",sans-serif;color:#1f2328;background:#fff}
code{background:#eff1f3;border-radius:5px;padding:.15em .35em;font:85% "DejaVu Sans Mono",monospace}
table{border-collapse:collapse}td,th{border:1px solid #d1d9e0;padding:4px 12px}h2{border-bottom:1px solid #d1d9e0;padding-bottom:.3em}
</style>${html}`;
}

const demo = execFileSync(process.execPath, ["dist/cli/main.js", "demo", "--format", "json"], {
  maxBuffer: 1e9,
  stdio: ["ignore", "pipe", "ignore"],
});
const { before } = JSON.parse(demo.toString()) as { readonly before: DriftReport };
// The demo's organisations are on this machine, at a port that is another one each time.
const report: DriftReport = {
  ...before,
  source: { ...before.source, region: "us-east-1" },
  target: { ...before.target, region: "us-west-2" },
};
const page = htmlReport(report);

mkdirSync(DIRECTORY, { recursive: true });
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

/** What is taken: how wide and high, light or dark, and selectors of the objects that are open. */
interface Shot {
  readonly size: readonly [width: number, height: number];
  readonly dark?: boolean;
  readonly open?: readonly string[];
}

async function take(name: string, html: string, { size, dark = false, open = [] }: Shot): Promise<void> {
  const [width, height] = size;
  const tab = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? "dark" : "light" });
  await tab.setContent(html);
  for (const object of open) await tab.locator(`${object} > summary`).first().click();
  await tab.evaluate("document.activeElement.blur(); scrollTo(0, 0)");
  const isWhole = !html.startsWith("<!doctype");
  await tab.screenshot({ path: `${DIRECTORY}/${name}.png`, fullPage: isWhole });
  await tab.close();
}

const open = [".update[data-kind=queue]", ".update[data-kind=queue]:nth-of-type(3)"];
await take("terminal-80", terminal(report, 80, 60), { size: [80 * 9, 400] });
await take("terminal-120", terminal(report, 120, 60), { size: [120 * 9, 400] });
await take("markdown", await github(report), { size: [884, 400] });
await take("page-light", page, { size: [1200, 900], open });
await take("page-dark", page, { size: [1200, 900], dark: true, open: [...open, ".update[data-kind=flow]"] });
await take("page-phone", page, { size: [400, 860], open });
await browser.close();
