import { describe, expect, it } from "vitest";
import { createRedactor, REDACTED } from "../../src/model/redactor.ts";

const SECRET = 'p&ss "wörd"/1';

function basic(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`).toString("base64");
}

describe("a redactor", () => {
  it.each([
    ["as it is", SECRET],
    ["in JSON", JSON.stringify(SECRET).slice(1, -1)],
    ["in JSON inside JSON", JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
    ["in JSON with escaped slashes", JSON.stringify(SECRET).slice(1, -1).replaceAll("/", "\\/")],
    ["in JSON as Go writes it", String.raw`p\u0026ss \"wörd\"/1`],
    ["in JSON as Python writes it", String.raw`p&ss \"w\u00f6rd\"/1`],
    ["in HTML with numbers", "p&#38;ss &#34;wörd&#34;/1"],
    ["in HTML as Go writes it", "p&amp;ss &#34;wörd&#34;/1"],
    ["in a URL", encodeURIComponent(SECRET)],
    ["in a form", new URLSearchParams({ a: SECRET }).toString().slice(2)],
    ["in HTML", "p&amp;ss &quot;wörd&quot;/1"],
    ["in base64", Buffer.from(SECRET).toString("base64")],
    ["in base64url", Buffer.from(SECRET).toString("base64url")],
    ["in hex", Buffer.from(SECRET).toString("hex")],
    ["in hex with capitals", Buffer.from(SECRET).toString("hex").toUpperCase()],
    ["with composed letters taken apart", SECRET.normalize("NFD")],
    ["with letters taken apart, in JSON as Python writes it", String.raw`p&ss \"wo\u0308rd\"/1`],
    ["as the password of a basic login", basic("lockstep", SECRET)],
    ["as the user of a basic login", basic(SECRET, "x")],
    ["in a basic login in a URL", encodeURIComponent(basic("me", SECRET))],
    ["in JSON that is in base64", Buffer.from(JSON.stringify({ password: SECRET })).toString("base64url")],
    ["in a login that is in hex", Buffer.from(`lockstep:${SECRET}`).toString("hex")],
    ["in base64 of its decomposed form", basic("lockstep", SECRET.normalize("NFD"))],
  ])("hides a secret that comes back %s", (_, form) => {
    const redactor = createRedactor();
    redactor.hide(SECRET);
    expect(redactor.clean(`value ${form} is too weak`)).toBe(`value ${REDACTED} is too weak`);
  });

  it("hides the composed form of a secret that was given decomposed", () => {
    const redactor = createRedactor();
    redactor.hide(SECRET.normalize("NFD"));
    expect(redactor.clean(`${SECRET}!`)).toBe(`${REDACTED}!`);
  });

  it("finds an encoded secret behind a path that could be part of it", () => {
    const redactor = createRedactor();
    redactor.hide(SECRET);
    expect(redactor.clean(`GET /api/v2/x/${basic("lockstep", SECRET)}`)).not.toContain(basic("lockstep", SECRET));
  });

  it("leaves ids and words as they are, which are hex and base64 of something", () => {
    const redactor = createRedactor();
    redactor.hide(SECRET);
    redactor.hide("ab");
    const text = "Queue 0b9e4d6a-6a3f-4c57-9d1e-2f2c5e9a7d10 of deadbeef6162 is notValid";
    expect(redactor.clean(text)).toBe(text);
  });

  it("hides all of the longest secret where one is part of another", () => {
    const redactor = createRedactor();
    for (const secret of ["ab", "abc"]) redactor.hide(secret);
    expect(redactor.clean("abc ab")).toBe(`${REDACTED} ${REDACTED}`);
  });

  it("leaves a text without a secret as it is, and knows no empty one", () => {
    const redactor = createRedactor();
    redactor.hide("");
    expect(redactor.clean("nothing here")).toBe("nothing here");
  });
});
