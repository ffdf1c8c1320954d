import type { App } from "../model/app.ts";
import type { Recipient } from "../model/config.ts";
import { LockstepError } from "../model/error.ts";
import { isObj, textOf } from "../model/json.ts";
import type { DriftMessage, SendMessage } from "../model/message.ts";
import { statePath } from "../model/workspace.ts";
import { driftMessage, messageBody, testMessage } from "../report/message.ts";
import { parseJson } from "../snapshot/json-text.ts";
import type { NightlyDrift } from "./nightly-drift.ts";

/** What is told besides the drift. */
export interface Notice {
  /** Tells messages apart where a repository keeps several pairs; empty for one. */
  readonly environment: string;
  /** Address of the run's page. */
  readonly page?: string | undefined;
  /** Send a message also while the standby stays in step. */
  readonly always: boolean;
}

/** A recipient whose address and secret are known. */
export interface OpenRecipient {
  readonly type: Recipient["type"];
  readonly send: SendMessage;
}

/**
 * Looks up addresses and secrets of all recipients, so that nothing is compared for a message that cannot be sent.
 * @throws LockstepError `no-recipients`, `message-address`, `secret-missing`
 */
export async function openRecipients(app: App): Promise<OpenRecipient[]> {
  const { notify } = app.workspace.config;
  if (notify.length === 0) {
    const hint = "Add `notify` with a recipient to it; docs/ci.md shows three.";
    const place = { file: app.workspace.file };
    throw new LockstepError("no-recipients", "The configuration names nobody to notify", hint, place);
  }
  const messenger = await app.messenger();
  const opened: OpenRecipient[] = [];
  for (const [at, recipient] of notify.entries())
    opened.push({ type: recipient.type, send: await messenger.open(recipient, `/notify/${at}`) });
  return opened;
}

/**
 * Sends a message about a drift to all recipients. While nothing differs, nothing is sent, but for the first time after a message
 * that said otherwise; `.lockstep/notified` remembers that.
 * @returns was a message sent?
 * @throws LockstepError `message-refused`, `message-unreachable`; each recipient was tried, and the next run tries all again
 */
export async function tellDrift(
  app: App,
  recipients: readonly OpenRecipient[],
  { report, drift }: NightlyDrift,
  { environment, page, always }: Notice,
): Promise<boolean> {
  const event = EVENT[drift];
  const file = statePath(app.workspace, "notified", `${report.target.id}${environment && "."}${environment}.json`);
  const isNews = event !== "in-step" || always || (await lastEvent(app, file)) !== "in-step";
  if (!isNews) return false;
  await sendAll(recipients, driftMessage(report, { event, environment, page, now: app.clock.now() }));
  await app.files.write(file, `${JSON.stringify({ schemaVersion: 1, event })}\n`);
  return true;
}

/** Sends a message that says it is a test. @throws as `tellDrift` */
export async function tellTest(
  app: App,
  recipients: readonly OpenRecipient[],
  { environment, page }: Omit<Notice, "always">,
): Promise<void> {
  const { primary, standby } = app.workspace.config.orgs;
  const orgs = { source: primary.region ?? "", target: standby.region ?? "" };
  await sendAll(recipients, testMessage(orgs, { environment, page, now: app.clock.now() }));
}

const EVENT = { some: "drift", none: "in-step", unknown: "not-compared" } as const;

/** What was told last; "in step" where nothing was, so that the first run of a pair in step is silent. */
async function lastEvent({ files }: App, file: string): Promise<string> {
  const text = await files.read(file);
  const parsed = parseJson(text ?? "{}");
  const event = "value" in parsed && isObj(parsed.value) ? textOf(parsed.value["event"]) : "";
  return event === "" ? "in-step" : event;
}

async function sendAll(recipients: readonly OpenRecipient[], message: DriftMessage): Promise<void> {
  const failed = (error: Error): Error => error;
  const ended = await Promise.all(
    recipients.map(({ type, send }) => send(messageBody(type, message)).then(() => undefined, failed)),
  );
  const [failure, ...others] = ended.filter((error) => error !== undefined);
  if (failure === undefined) return;
  if (others.length === 0 || !(failure instanceof LockstepError)) throw failure;
  throw failure.reworded({ message: `${failure.message}; ${others.length} more of ${recipients.length} failed` });
}
