import { expect, it } from "vitest";
import { toldTexts, type ToldText } from "./message-form/told-texts.ts";

/** Names that start a sentence as they are written: the product itself, code, and what the message is about. */
const NAMES = /^(lockstep|\\?`|\$\{)/;

/** Ends of a sentence. An address stands without a full stop, so that it can be copied. */
const ENDS = /([.?]|\}|: https:\S+)$/;

const TEXTS = toldTexts();

function told(role: ToldText["role"]): ToldText[] {
  return TEXTS.filter((text) => text.role === role);
}

function startsWell(text: string): boolean {
  return /^\p{Lu}/u.test(text) || NAMES.test(text);
}

it.each([
  ["errors", "formats/architect/parse.ts"],
  ["findings of the comparison", "pairing/resolve.ts"],
  ["findings of a read", "canonical/secret-findings.ts"],
  ["problems of a plan", "importers/order.ts"],
  ["checks of the provider", "importers/provider/check/check-fields.ts"],
  ["checks of the doctor", "app/doctor/lock-check.ts"],
  ["refusals of the dns stack", "stacks/dns/signal-rules.ts"],
  ["problems of lockstep.yaml", "platform/config-dns.ts"],
  ["the catalogue", "model/catalogue/findings.ts"],
])("reads the texts of %s", (_, file) => {
  expect(TEXTS.filter((text) => text.file === file)).not.toEqual([]);
});

it("starts every message with a capital letter and ends it without a full stop", () => {
  expect(told("message").filter(({ text }) => !startsWell(text) || text.endsWith("."))).toEqual([]);
});

it("gives hints, meanings and actions in whole sentences", () => {
  const isSentence = (text: string): boolean => text === "" || (startsWell(text) && ENDS.test(text));
  expect(told("sentence").filter(({ text }) => !isSentence(text))).toEqual([]);
});
