import { printable } from "../model/printable.ts";
import type { Recipient } from "../model/config.ts";
import type { DriftMessage, MessageEvent } from "../model/message.ts";
import type { DriftReport } from "../model/report.ts";
import { answerSentence, MEANING, worstOf } from "./summary.ts";
import { cut } from "./width.ts";
import { objectWords } from "./words.ts";

/** Columns of one line: a message of Teams holds 28 KB. */
const LINE = 300;

/** Objects that a message names; a chat is not where a report is read. */
const WORST = 5;

/** What a message says besides the report. */
export interface MessageFacts {
  readonly event: Exclude<MessageEvent, "test">;
  readonly environment: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly page?: string | undefined;
}

/** The message about a drift. */
export function driftMessage(report: DriftReport, { event, environment, now, page }: MessageFacts): DriftMessage {
  const { source, target, summary, operational, findings } = report;
  return {
    schemaVersion: 1,
    event,
    environment,
    at: new Date(now).toISOString(),
    source,
    target,
    summary: answerSentence(report),
    counts: { ...summary, operational: operational.length, findings: findings.length },
    worst: worstOf(report)
      .slice(0, WORST)
      .map(({ coordinate, action, edits }) => ({ coordinate, action, edits: edits.length })),
    ...(page === undefined ? {} : { page }),
  };
}

/** A message that shows whether messages arrive; nothing was compared. @param regions of both organisations, as configured */
export function testMessage(
  regions: { readonly source: string; readonly target: string },
  { environment, now, page }: Omit<MessageFacts, "event">,
): DriftMessage {
  return {
    schemaVersion: 1,
    event: "test",
    environment,
    at: new Date(now).toISOString(),
    source: { id: "", name: "primary", region: regions.source },
    target: { id: "", name: "standby", region: regions.target },
    summary: "Nothing was compared",
    counts: { create: 0, update: 0, rename: 0, delete: 0, operational: 0, findings: 0 },
    worst: [],
    ...(page === undefined ? {} : { page }),
  };
}

const HEADLINE: { readonly [event in MessageEvent]: string } = {
  drift: "The standby differs",
  "in-step": "The standby is in step again",
  "not-compared": "Not everything could be compared",
  test: "Test message of lockstep",
};

/** A message in the form that a recipient takes, as JSON. */
export function messageBody(recipient: Recipient["type"], message: DriftMessage): string {
  return JSON.stringify(FORMS[recipient](message));
}

const FORMS: { readonly [type in Recipient["type"]]: (message: DriftMessage) => object } = {
  webhook: (message) => message,
  sns: (message) => publication(message),
  slack: (message) => ({ text: slackText(linesOf(message).join("\n")), mrkdwn: false }),
  teams: (message) => ({
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card(message) }],
  }),
};

/** The message in lines of plain text, the headline first. */
function linesOf(message: DriftMessage): string[] {
  const { event, environment, source, target, summary, counts, worst, page } = message;
  const pair = printable(`${source.name} → ${target.name}`);
  const head = `${HEADLINE[event]}: ${pair}${environment === "" ? "" : ` (${printable(environment)})`}`;
  const changed = counts.create + counts.update + counts.rename + counts.delete;
  const objects = worst.map(({ coordinate, action }) => `• ${objectWords(coordinate)}: ${MEANING[action]}`);
  const more = changed > worst.length ? [`… and ${changed - worst.length} more`] : [];
  const lines = [head, printable(summary), ...objects, ...more].map((line) => cut(line, LINE));
  return [...lines, ...(page === undefined ? [] : [page])];
}

/** The longest subject that SNS takes (API reference, Publish). */
const LONGEST_SUBJECT = 100;

/**
 * The request of a publication, without its topic (Amazon SNS API reference, Publish). E-mail gets lines of text; all other
 * subscriptions, such as queues and functions, get the JSON. Attributes are what filter policies look at.
 */
function publication(message: DriftMessage): object {
  const { event, environment } = message;
  const lines = linesOf(message);
  const text = (value: string): object => ({ DataType: "String", StringValue: value });
  return {
    Subject: subject(lines[0] ?? ""),
    MessageStructure: "json",
    Message: JSON.stringify({ default: JSON.stringify(message), email: `${lines.join("\n")}\n` }),
    MessageAttributes: { event: text(event), ...(environment === "" ? {} : { environment: text(environment) }) },
  };
}

/** A subject is printable ASCII and begins with a letter, a digit or punctuation (API reference, Publish). */
function subject(line: string): string {
  const ascii = line.replaceAll("→", "->").replace(/[^ -~]/g, "?");
  return ascii.length <= LONGEST_SUBJECT ? ascii : `${ascii.slice(0, LONGEST_SUBJECT - 3)}...`;
}

/** Slack reads `<…>` as mentions and links (Slack, "Formatting text"); compatible chats also read `@all`, which a space within breaks. */
function slackText(text: string): string {
  const broken = text.replace(/@(?=\S)/g, "@\u200B");
  return broken.replace(/[&<>]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[mark] ?? mark);
}

/** An Adaptive Card. Runs of text, unlike text blocks, are shown as they are, without Markdown. */
function card(message: DriftMessage): object {
  const { page, ...rest } = message;
  const lines = linesOf(rest);
  const run = (text: string, index: number): object => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text, weight: index === 0 ? "Bolder" : "Default" }],
  });
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: lines.map(run),
    ...(page === undefined ? {} : { actions: [{ type: "Action.OpenUrl", title: "Open the run", url: page }] }),
  };
}
