import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../../src/", import.meta.url));

/** Message and hint of an error, where they are written out at the place that throws. */
const THROWN =
  /new (?:LockstepError|GuardError)\(\s*[^,()]+,\s*(?<message>"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)(?:,\s*(?<hint>"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`))?/g;

/** Names that start a sentence as they are written: keys of a stack, and what the message is about. */
const NAMES = /^(lockstep|\$\{)/;

function thrown(): { readonly file: string; readonly message: string; readonly hint: string | undefined }[] {
  const names = readdirSync(SRC, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(".ts") && !name.startsWith("simulator"));
  return files.flatMap((file) =>
    [...readFileSync(join(SRC, file), "utf8").matchAll(THROWN)].map(({ groups }) => ({
      file,
      message: groups?.["message"]?.slice(1, -1) ?? "",
      hint: groups?.["hint"]?.slice(1, -1),
    })),
  );
}

it("starts every message with a capital letter and ends it without a full stop", () => {
  const all = thrown();
  expect(all.length).toBeGreaterThan(60);
  const isInForm = (message: string): boolean =>
    (/^\p{Lu}/u.test(message) || NAMES.test(message)) && !message.endsWith(".");
  expect(all.filter(({ message }) => !isInForm(message))).toEqual([]);
});

it("gives hints in whole sentences", () => {
  const isSentence = (hint: string): boolean =>
    hint === "" || ((/^\p{Lu}/u.test(hint) || NAMES.test(hint)) && /([.?]|\})$/.test(hint));
  expect(thrown().filter(({ hint }) => hint !== undefined && !isSentence(hint))).toEqual([]);
});
