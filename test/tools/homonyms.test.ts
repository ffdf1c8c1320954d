import { expect, it } from "vitest";
import { homonyms } from "../../tools/homonyms.mjs";

it("a name that two modules declare and export is told with both of them", () => {
  const files: [string, string][] = [
    ["a.ts", "export interface Known {}\nexport const [one] = [1];\nconst hidden = 1;"],
    ["b.ts", "export const Known = 1;\nexport { other } from './c.ts';\nfunction hidden(): void {}"],
    ["c.ts", "export function other(): void;\nexport function other(): void {}"],
  ];
  expect(homonyms(files)).toEqual([{ name: "Known", files: ["a.ts", "b.ts"] }]);
});
