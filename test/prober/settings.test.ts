import { expect, test } from "vitest";
import { LockstepError } from "../../src/model/error.ts";
import { parseSettings } from "../../src/prober/settings.ts";
import { rig } from "./support.ts";

const { settings } = rig();

test("what the stack writes is read back as it was", () => {
  expect(parseSettings(JSON.stringify(settings))).toEqual(settings);
});

test.each<[string, string | undefined]>([
  ["nothing", undefined],
  ["no JSON", "{"],
  ["no object", "[]"],
  ["no namespace", JSON.stringify({ ...settings, namespace: undefined })],
  ["one side", JSON.stringify({ ...settings, sides: { primary: settings.sides.primary } })],
  [
    "an empty ARN",
    JSON.stringify({
      ...settings,
      sides: { ...settings.sides, standby: { ...settings.sides.standby, secretArn: "" } },
    }),
  ],
  ["no limits", JSON.stringify({ ...settings, limits: undefined })],
  ["a limit of zero", JSON.stringify({ ...settings, limits: { ...settings.limits, passes: 0 } })],
])("%s is refused", (_, text) => {
  const reading = (): unknown => parseSettings(text);
  expect(reading).toThrow(LockstepError);
  expect(reading).toThrow(expect.objectContaining({ code: "prober-settings" }) as Error);
});
