import { describe, expect, it } from "vitest";
import { onOneLine, printable, printableLines, wellFormed } from "../../src/model/printable.ts";

describe("untrusted text", () => {
  it("cannot act on a terminal", () => {
    expect(printable("a\u001b[2Jb\u202ec\nd")).toBe("a\uFFFD[2Jb\\u202ec\uFFFDd");
    expect(printableLines("a\r\nb")).toBe("a\uFFFD\nb");
  });

  it("keeps letters of all languages, and is on one line where it has to be", () => {
    const text = " Zażółć  gęślą\tjaźń\r\n🙂 👩\u200D🚒 שלום می\u200Cخواهم ";
    expect(onOneLine(text)).toBe("Zażółć gęślą jaźń 🙂 👩\u200D🚒 שלום می\u200Cخواهم");
  });

  it.each([
    ["a letter of two characters", "Anspr\u00fcche", "Anspru\u0308che", "Anspru\\u0308che"],
    ["a space that breaks no line", "Billing North", "Billing\u00a0North", "Billing\\u00a0North"],
    ["a space without width", "Billing", "Billing\u200b", "Billing\\u200b"],
    ["a word joiner", "Billing", "Billing\u2060", "Billing\\u2060"],
    ["a joiner that joins nothing", "Billing", "Bil\u200dling", "Bil\\u200dling"],
    ["a variant that a letter has not", "Billing", "Billing\ufe0f", "Billing\\ufe0f"],
    ["a space at the end", "Billing", "Billing ", "Billing\\u0020"],
    ["what is no character", "Billing", "Billing\uffff", "Billing\\uffff"],
    ["a letter that is blank", "Billing", "Billing\u3164", "Billing\\u3164"],
  ])("shows names that differ only in %s as different", (_, plain, other, shown) => {
    expect(printable(plain)).toBe(plain);
    expect(printable(other)).toBe(shown);
  });

  it.each([
    ["##[set-output name=x]y", "\\u0023#[set-output name=x]y"],
    ["a ##vso[task.setvariable variable=x]y", "a \\u0023#vso[task.setvariable variable=x]y"],
    ["::add-mask::a", "\\u003a:add-mask::a"],
    ["  ::error file=a::b", "  \\u003a:error file=a::b"],
  ])("is no command to what shows the log of a pipeline: %s", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it.each(["## Heading", "a::b::c", "::1", "::ffff:192.0.2.1", "Acme::Queue"])("keeps %s", (text) => {
    expect(printable(text)).toBe(text);
  });

  it("holds whole characters only", () => {
    const halves = "a\ud83d b\ude00 \u{1f600}";
    expect(printable(halves)).toBe("a\uFFFD b\uFFFD \u{1f600}");
    expect(wellFormed(halves)).toBe("a\uFFFD b\uFFFD \u{1f600}");
    expect(wellFormed("two\nlines\u001b")).toBe("two\nlines\u001b");
  });
});
