import { painter } from "../../report/paint.ts";
import { countsLine } from "../../report/apply-text.ts";
import { printable } from "../../model/printable.ts";
import { plural } from "../../report/plain.ts";
import { aligned } from "../../report/width.ts";
import { stateText } from "../../report/reported.ts";
import { actionsIn, isWell, MEANING, worstFirst } from "../../report/summary.ts";
import type { DriftReport } from "../../model/report.ts";
import type { StartLine } from "../../simulator/index.ts";
import type { Output } from "../context.ts";
import type { Story, Tell } from "./story.ts";

/** Requests by organisation and method. */
type Requests = { readonly [org: string]: { readonly [method: string]: number } };

/** Tells the story of the demo on a stream. */
export interface Narrator {
  opening(line: StartLine, drifts: number): void;
  readonly act: Tell;
  closing(requests: Requests, time: { realMs: number; rateLimitMs: number; directory?: string | undefined }): void;
}

/** A narrator for a stream. */
export function narrator(output: Output, colour: boolean): Narrator {
  const paint = painter(colour);
  const say = (text = ""): void => output.write(text + "\n");
  const heading = (text: string): void => say(`\n${paint("bold", text)}`);
  return {
    opening({ baseUrl, orgs }, drifts) {
      say(paint("bold", "Two simulated organisations on one server"));
      say(`  server   ${baseUrl}`);
      for (const [name, org] of Object.entries(orgs)) say(`  ${name}  ${printable(org.name)} (${org.id})`);
      say(`  The standby was once equal and has since drifted in ${drifts} ways.`);
    },
    act(story) {
      if (story.snapshots !== undefined) snapshotLines(story.snapshots).forEach((line) => say(line));
      if (story.before !== undefined) {
        heading("Drift, the kinds with the most differences first");
        driftLines(story.before).forEach((line) => say(line));
      }
      if (story.plan !== undefined) {
        const waves = Math.max(0, ...story.plan.operations.map((operation) => operation.wave));
        heading("Plan");
        say(`  ${plural(story.plan.operations.length, "operation")} in ${plural(waves, "wave")}; nothing is deleted`);
        for (const { coordinate, code } of story.plan.blocked) say(`  cannot ${printable(coordinate)}: ${code}`);
        for (const { guard, message } of story.plan.guards) say(`  guard ${guard} (allowed here): ${message}`);
      }
      if (story.apply !== undefined) {
        heading("Apply");
        say(`  ${countsLine(story.apply)}`);
        for (const { coordinate, code, message } of story.apply.failures) {
          say(paint("red", `  failed ${printable(coordinate)}: ${code}: ${printable(message)}`));
        }
      }
      if (story.after !== undefined) {
        heading("Drift after the apply");
        afterLines(story.after).forEach((line) => say(paint("green", line)));
      }
      if (story.second !== undefined) {
        heading("The same plan again");
        say(`  ${countsLine(story.second)}`);
      }
    },
    closing(requests, { realMs, rateLimitMs, directory }) {
      heading("What it cost");
      for (const [org, methods] of Object.entries(requests)) {
        say(
          `  ${org}  ${Object.entries(methods)
            .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
            .map(([method, count]) => `${count} ${method}`)
            .join(", ")}`,
        );
      }
      say("  The POSTs to the primary start flow exports, the only way to read a flow.");
      say(
        `  ${(realMs / 1000).toFixed(1)} s real time; ${(rateLimitMs / 1000).toFixed(0)} s under the real rate limit of 300 requests a minute`,
      );
      if (directory !== undefined) say(`  everything is in ${directory}`);
    },
  };
}

function snapshotLines(snapshots: Story["snapshots"]): string[] {
  const rows = Object.entries(snapshots).map(
    ([side, { objects, requests, problems }]) =>
      `  ${side}  ${objects} objects, ${requests} requests, ${problems === 0 ? "valid" : plural(problems, "problem")}`,
  );
  return ["", "Snapshots", ...rows];
}

function driftLines(report: DriftReport): string[] {
  const actions = actionsIn(report);
  const rows = worstFirst(report).map((row) => [
    row.kind,
    ...actions.map((action) => row.actions[action]),
    row.compared,
  ]);
  const table = aligned([["kind", ...actions.map((action) => MEANING[action]), "compared"], ...rows]);
  return [actions.map((action) => `${report.summary[action]} ${MEANING[action]}`).join(", "), "", ...table].map(
    (line) => (line === "" ? "" : `  ${line}`),
  );
}

function afterLines(report: DriftReport): string[] {
  const extra = report.changes.filter((change) => change.action === "delete");
  const left = report.changes.length - extra.length;
  if (left > 0) return driftLines(report);
  const kept =
    extra.length === 0 ? "" : `; ${plural(extra.length, "object")} only in the standby, kept without --prune`;
  return [
    `  ${isWell(report) ? "in step" : "configuration in step"}${kept}`,
    ...extra.map((change) => `  · ${printable(change.coordinate)}`),
    ...report.operational.map(
      (state) => `  ${printable(state.coordinate)}${printable(state.path)}: ${stateText(state)}`,
    ),
  ];
}
