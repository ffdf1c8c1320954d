import type { DriftReport, OperationalState, ReportedObject } from "../model/report.ts";
import type { Finding } from "../model/snapshot.ts";
import { digestText } from "../canonical/digest.ts";
import { SCRIPT, STYLE } from "./generated/page.ts";
import { changeElement, sideBySide } from "./html-change.ts";
import { markup, NOTHING, type Html } from "./markup.ts";
import { capitalised, plural } from "./plain.ts";
import { answersText, OPERATIONAL_HEAD, stateText } from "./reported.ts";
import { standInLines } from "./stand-in.ts";
import {
  actionsIn,
  answerSentence,
  groupFindings,
  MEANING,
  OPERATION,
  planSentence,
  worstFirst,
  type KindRow,
} from "./summary.ts";
import { toldEdits } from "./told-edits.ts";
import { objectWords, placeWords, wordsOf } from "./words.ts";

/**
 * A report as one page that needs nothing else: its style and its script are in it, and its Content-Security-Policy lets it load
 * and run nothing besides. Everything is there without the script, which filters and searches.
 */
export function htmlReport(report: DriftReport): string {
  const isPlan = report.plan !== undefined;
  const title = isPlan ? `Plan for ${report.target.name}` : `Drift of ${report.target.name}`;
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(STYLE)}'`,
    `script-src '${hashOf(SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ html: policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<a class="skip" href="#changes">Skip to the objects</a>
<header>
<p class="brand">lockstep</p>
<h1>${headline(report)}</h1>
<p>${report.source.name} → ${report.target.name}</p>
${standInLines(report.findings).map((line) => markup`<p class="warn">${line}</p>`)}
</header>
<main>
${tiles(report)}
${planNotes(report)}
${filters(report)}
<div id="changes" tabindex="-1">
${worstFirst(report).map((row) => kindSection(row, isPlan))}
</div>
<p id="none" hidden>Nothing matches.</p>
${operationalSection(report.operational)}
${derivedSection(report)}
${reportedSection(report.reported ?? [])}
${groupFindings(report.findings).map(findingSection)}
</main>
<script>${{ html: SCRIPT }}</script>
</body>
</html>
`;
  return page.html;
}

/** A source expression of a Content-Security-Policy (CSP level 3, hash-source). */
function hashOf(text: string): string {
  return `sha256-${Buffer.from(digestText(text), "hex").toString("base64")}`;
}

function headline(report: DriftReport): string {
  return report.plan === undefined ? capitalised(answerSentence(report)) : planSentence(report);
}

function tiles(report: DriftReport): Html {
  const said = report.plan === undefined ? MEANING : OPERATION;
  const off = report.operational.filter((state) => state.off && state.configured !== true).length;
  const buttons = actionsIn(report).map(
    (action) =>
      markup`<button type="button" class="${action}" data-action="${action}" aria-pressed="false"><b>${report.summary[action]}</b> ${said[action]}</button>`,
  );
  const facts = [
    ...(off === 0 ? [] : [markup`<a href="#operational"><b>${off}</b> out of service in the standby</a>`]),
    ...(report.findings.length === 0
      ? []
      : [markup`<a href="#findings"><b>${report.findings.length}</b> findings</a>`]),
  ];
  return markup`<section class="tiles" aria-label="Overview">${buttons}${facts}</section>`;
}

function planNotes({ plan }: DriftReport): Html {
  if (plan === undefined) return NOTHING;
  const guards = plan.guards.map(({ guard, message }) => markup`<li><b>${guard}</b>: ${message}`);
  const blocked = plan.blocked.map(
    ({ coordinate, code, message }) => markup`<li>${objectWords(coordinate)}: <b>${code}</b>: ${message}`,
  );
  return markup`${noteList("Stopped by guards", guards)}${noteList("Cannot be done", blocked)}`;
}

function noteList(title: string, items: readonly Html[]): Html {
  return items.length === 0 ? NOTHING : markup`<section><h2>${title}</h2><ul class="notes">${items}</ul></section>`;
}

function filters(report: DriftReport): Html {
  if (report.changes.length === 0) return NOTHING;
  const kinds = worstFirst(report).map(
    ({ kind, changed }) => markup`<option value="${kind}">${wordsOf(kind)} (${changed})</option>`,
  );
  return markup`<form role="search" aria-label="Filter" id="filters">
<label>Search <input type="search" id="words" placeholder="name, place or value" autocomplete="off"></label>
<label>Kind <select id="kind"><option value="">all kinds</option>${kinds}</select></label>
<button type="button" id="open" aria-pressed="false">Open all</button>
<output id="shown">${plural(report.changes.length, "object")}</output>
</form>`;
}

function kindSection({ kind, compared, changed, changes }: KindRow, isPlan: boolean): Html {
  const facts = isPlan ? plural(changed, "operation") : `${changed} of ${compared}`;
  return markup`<section class="kind"><h2>${wordsOf(kind)} <small>${facts}</small></h2>
${changes.map((change) => changeElement(change, isPlan))}</section>
`;
}

function operationalSection(states: readonly OperationalState[]): Html {
  if (states.length === 0) return NOTHING;
  const rows = states.map((state) => {
    const place = [objectWords(state.coordinate), ...placeWords(state.path)].join(" › ");
    return markup`<li${state.off && state.configured !== true ? markup` class="warn"` : NOTHING}>${place}: ${stateText(state)}`;
  });
  return markup`<section id="operational"><h2>${OPERATIONAL_HEAD}</h2><ul class="notes">${rows}</ul></section>`;
}

function derivedSection({ derived }: DriftReport): Html {
  if (derived.length === 0) return NOTHING;
  return markup`<section id="derived"><h2>Follows from the changes above</h2>${derived.map((change) => markup`<h3>${objectWords(change.coordinate)}</h3>${sideBySide(toldEdits(change))}`)}</section>`;
}

function reportedSection(objects: readonly ReportedObject[]): Html {
  if (objects.length === 0) return NOTHING;
  const items = objects.map((object) => {
    const said = object.action === "none" ? "as described" : MEANING[object.action];
    const edits = object.action === "update" ? sideBySide(toldEdits(object), ["There is", "Should be"]) : NOTHING;
    return markup`<li>${objectWords(object.coordinate)}: ${said}; ${answersText(object)}${edits}`;
  });
  return markup`<section id="reported"><h2>Outside the organisations, never written</h2><ul class="notes">${items}</ul></section>`;
}

function findingSection([code, group]: [string, Finding[]], index: number): Html {
  const items = group.map(({ coordinate, path = "", message }) => {
    const place =
      `${coordinate}${path}` === "" ? NOTHING : markup`${[objectWords(coordinate), ...placeWords(path)].join(" › ")}: `;
    return markup`<li>${place}${message}`;
  });
  return markup`<section${index === 0 ? markup` id="findings"` : NOTHING}><h2>${code} <small>${group.length}</small></h2><ul class="notes">${items}</ul></section>`;
}
