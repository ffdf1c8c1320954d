import { describe, expect, it } from "vitest";
import { createRedactor, REDACTED } from "../../src/model/redactor.ts";

const SECRET = 'p&ss "wörd"/1';

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
  ])("hides a secret that comes back %s", (_, form) => {
    const redactor = createRedactor();
    redactor.hide(SECRET);
    expect(redactor.clean(`value ${form} is too weak`)).toBe(`value ${REDACTED} is too weak`);
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
