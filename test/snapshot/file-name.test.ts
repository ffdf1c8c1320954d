import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileNames, keyOfFile } from "../../src/snapshot/file-name.ts";

const nameOf = (key: string): string => fileNames([key]).get(key) ?? "";

describe("file names of keys", () => {
  it.each([
    ["Billing", "Billing"],
    ["MAIN-IVR-PROD", "MAIN-IVR-PROD"],
    ["Sales, new (EU) & co.", "Sales, new (EU) & co%2E"],
    ["@home", "@home"],
    ["Zürich 東京 🎧", "Zürich 東京 🎧"],
    ["inboundcall:Main", "inboundcall%3AMain"],
    ["North/Default", "North%2FDefault"],
    ["100% ~sure", "100%25 %7Esure"],
    ["a\0b\tc", "a%00b%09c"],
    ["..", "%2E%2E"],
    ["../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd"],
    ["C:\\temp", "C%3A%5Ctemp"],
    [".git", "%2Egit"],
    [" padded ", "%20padded%20"],
    ["con", "%63on"],
    ["LPT1.old", "%4CPT1.old"],
    ["Console", "Console"],
    ["__proto__", "__proto__"],
    ["e\u0301", "e%CC%81"],
    ["\u202Egnp", "%E2%80%AEgnp"],
    ["half \ud800", "half %uD800"],
    ["", "~"],
  ])("%j becomes %j", (key, name) => {
    expect(nameOf(key)).toBe(name);
    expect(keyOfFile(name)).toBe(key);
  });

  it("tells keys apart that differ only in case, or that some file system takes for equal", () => {
    const keys = ["Billing", "billing", "BILLING", "Sales", "straße", "strasse"];
    const names = fileNames(keys);
    expect(names.get("Sales")).toBe("Sales");
    expect(new Set([...names.values()].map((name) => name.toUpperCase())).size).toBe(keys.length);
    expect([...names.values()].map(keyOfFile)).toEqual(keys);
    expect(names.get("Billing")).toMatch(/^Billing~[0-9a-f]{16}$/);
  });

  it("gives a key the same name whatever the order of the others", () => {
    const keys = ["b", "A", "a", "c"];
    const sorted = (names: Map<string, string>): [string, string][] => [...names].sort();
    expect(sorted(fileNames(keys))).toEqual(sorted(fileNames([...keys].reverse())));
  });

  it("spreads a long key over directories, apart from one that differs only in case", () => {
    const key = "Long name ".repeat(30);
    const names = fileNames([key, key.toLowerCase()]);
    expect(names.get(key)?.split("/")).toHaveLength(2);
    const folders = [...names.values()].map((name) => name.split("/")[0]?.toLowerCase());
    expect(new Set(folders).size).toBe(2);
    expect([...names.values()].map(keyOfFile)).toEqual([key, key.toLowerCase()]);
  });

  it("knows no key for a name that it cannot have made", () => {
    expect(keyOfFile("50%")).toBeUndefined();
    expect(keyOfFile("%FF")).toBeUndefined();
    expect(keyOfFile("%zz")).toBeUndefined();
  });
});

describe("for any keys", () => {
  const awkward = fc.constantFrom(
    "/",
    "\\",
    ".",
    " ",
    "~",
    "%",
    "\0",
    "é",
    "e\u0301",
    "İ",
    "ı",
    "ß",
    "\ud83d",
    "\udca9",
  );
  const unit = fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 3 }) },
    awkward,
    fc.constantFrom("a", "A"),
  );
  const key = fc.oneof(
    fc.array(unit, { maxLength: 12 }).map((units) => units.join("")),
    fc.array(unit, { minLength: 100, maxLength: 400 }).map((units) => units.join("")),
    fc.constantFrom("CON", "con.txt", "aux ", "COM1", "lpt¹", "nul.", "a", "A"),
  );
  const keys = fc.uniqueArray(key, { maxLength: 12 });

  it("the key comes back", () => {
    fc.assert(
      fc.property(keys, (some) => {
        expect([...fileNames(some)].map(([, path]) => keyOfFile(path))).toEqual(some);
      }),
    );
  });

  it("no two paths are equal without case and composition, nor is one the directory of another", () => {
    fc.assert(
      fc.property(keys, (some) => {
        const folded = [...fileNames(some).values()].map((path) => path.toLowerCase().normalize("NFC"));
        expect(new Set(folded).size).toBe(some.length);
        const folders = new Set(folded.flatMap((path) => path.split("/").slice(0, -1)));
        expect(folded.filter((path) => folders.has(path))).toEqual([]);
      }),
    );
  });

  it("every segment is one that every file system accepts", () => {
    const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;
    fc.assert(
      fc.property(keys, (some) => {
        for (const segment of [...fileNames(some).values()].flatMap((path) => path.split("/"))) {
          expect(segment).not.toMatch(/^[. ]|[. ]$|[<>:"\\|?*\p{C}]|^$/u);
          expect(segment).not.toMatch(device);
          expect(segment).toBe(segment.normalize("NFC"));
          expect(Buffer.byteLength(`${segment}.json`)).toBeLessThanOrEqual(255);
        }
      }),
    );
  });
});
