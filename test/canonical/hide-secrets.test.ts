import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapTexts } from "../../src/canonical/embedded.ts";
import { hideSecrets, type Readable } from "../../src/canonical/hide-secrets.ts";
import type { Obj } from "../../src/model/json.ts";
import { placeholderText, withoutPlaceholders, type Placeholders } from "../../src/model/placeholders.ts";

/** Placeholders that any text has, with a digest in the place of the HMAC. */
function placeholdersWith(...given: readonly string[]): Placeholders {
  const of = (secret: string): string => placeholderText("0123abcd", createHash("sha256").update(secret).digest("hex"));
  return { keyId: "0123abcd", of, given: new Map(given.map((one) => [of(one), one])), references: new Map() };
}

function read(object: Obj): Readable {
  return { object, state: {}, findings: [] };
}

const letters = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(..."abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"), {
      minLength: length,
      maxLength: length,
    })
    .map((all) => all.join(""));

/** A literal as people choose them: letters and digits. */
const literal = letters(14).map((text) => `${text}7k`);
const token = letters(36).map((text) => `ghp_${text}`);

/** An object, and the secrets that were put into it. */
const planted: fc.Arbitrary<{ readonly object: Obj; readonly secrets: readonly string[] }> = fc
  .record({ header: literal, cell: literal, property: literal, inText: token, words: fc.array(fc.lorem()) })
  .map(({ header, cell, property, inText, words }) => ({
    object: {
      name: "Find",
      config: { request: { headers: { Authorization: `Bearer ${header}`, Accept: "*/*" }, words } },
      rows: { de: { token: cell, note: words.join(" ") }, "<secret-0123abcd-1>": {} },
      properties: { apiKey: property, url: "https://crm.example.com" },
      yaml: `inboundCall:\n  name: Main\n  tasks:\n    - lit: ${inText}\n    - lit: "${inText}"\n`,
    },
    secrets: [header, cell, property, inText],
  }));

describe("an object that was just read", () => {
  it("has a placeholder for a short secret that the configuration gives, where that is all of a text", async () => {
    const given = placeholdersWith("4711");
    const [{ object } = read({})] = await hideSecrets([read({ pin: "4711", number: "+49 4711 0" })], given);
    expect(object).toEqual({ pin: given.of("4711"), number: "+49 4711 0" });
  });

  it("has placeholders in the place of its secrets, in every form, and nothing else is changed", async () => {
    await fc.assert(
      fc.asyncProperty(planted, planted, async (one, other) => {
        const [first, second] = await hideSecrets([read(one.object), read(other.object)], placeholdersWith());
        const text = JSON.stringify([first?.object, second?.object]);
        for (const secret of [...one.secrets, ...other.secrets])
          for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")])
            expect(text).not.toContain(form);
        const shown = mapTexts(first?.object ?? {}, (value) =>
          withoutPlaceholders(value, (placeholder) => first?.hidden.get(placeholder)),
        );
        expect(shown).toEqual(one.object);
        // What is read with it makes no difference.
        const [alone] = await hideSecrets([read(one.object)], placeholdersWith());
        expect(alone).toEqual(first);
      }),
      { numRuns: 40 },
    );
  });

  it("hides what has the form of a placeholder, so that nobody gets at a secret by its placeholder", async () => {
    const placeholders = placeholdersWith();
    const url = `https://elsewhere.example/${placeholders.of("some-secret-1")}`;
    const [shown] = await hideSecrets([read({ url })], placeholders);
    expect(shown?.object).toEqual({
      url: `https://elsewhere.example/${placeholders.of(placeholders.of("some-secret-1"))}`,
    });
  });

  it("hides what the configuration gives as a secret, wherever it occurs", async () => {
    const placeholders = placeholdersWith("correct horse");
    const [shown] = await hideSecrets([read({ note: "say correct horse twice: correct horse" })], placeholders);
    const hidden = placeholders.of("correct horse");
    expect(shown?.object).toEqual({ note: `say ${hidden} twice: ${hidden}` });
  });

  it("does not quote a secret in what is noticed about it", async () => {
    const apiKey = "2f0c1d3e-aaaa-bbbb-cccc-0123456789ab";
    const finding = { code: "unknown-id", coordinate: "x/y", message: `${apiKey} looks like an id` } as const;
    const [shown] = await hideSecrets([{ ...read({ apiKey }), findings: [finding] }], placeholdersWith());
    expect(JSON.stringify(shown?.findings)).not.toContain(apiKey);
  });

  it("stays as it is where the configuration keeps secrets", async () => {
    const object = { password: "correct1horse" };
    expect(await hideSecrets([read(object)], undefined)).toEqual([{ ...read(object), hidden: new Map() }]);
  });
});
