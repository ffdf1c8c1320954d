import type { Recipient } from "./config.ts";
import type { Action, ReportOrg } from "./report.ts";

/** What a message says of the standby; schemas/message.json says what each word means. */
export type MessageEvent = "drift" | "in-step" | "not-compared" | "test";

/** What is sent to a webhook, in the form of schemas/message.json. */
export type DriftMessage = {
  readonly schemaVersion: 1;
  readonly event: MessageEvent;
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly source: ReportOrg;
  readonly target: ReportOrg;
  readonly summary: string;
  readonly counts: { readonly [counted in Action | "operational" | "findings"]: number };
  readonly worst: readonly { readonly coordinate: string; readonly action: Action; readonly edits: number }[];
  readonly page?: string;
};

/** Sends one message, as JSON in the recipient's form; what fails for a moment is repeated. */
export type SendMessage = (body: string) => Promise<void>;

/** Port: delivers messages. */
export interface Messenger {
  /**
   * Looks up a recipient's address and secret. Nothing is sent yet.
   * @param place pointer of the recipient in the configuration
   * @returns what sends; it throws LockstepError `message-refused` and `message-unreachable`
   * @throws LockstepError `message-address`, `secret-missing`
   */
  open(recipient: Recipient, place: string): Promise<SendMessage>;
}
