import { expect, it } from "vitest";
import { readAudio, writeAudio } from "../../src/kinds/prompt/audio.ts";
import { errorOf, trace } from "./steps.ts";

const path = { id: "prompt-1", language: "en-us" };
const resource = { id: "en-us", uploadStatus: "transcoded", mediaUri: "https://files.invalid/1" };
const base64 = (text: string): { download: string } => ({ download: Buffer.from(text, "latin1").toString("base64") });

const wav = base64("RIFF\x04\x00\x00\x00WAVE");
const wrong: [string, { download: string }][] = [
  ["nothing", base64("")],
  ["a web page", base64("<!doctype html><html>Sign in</html>")],
  ["a JSON error", base64('{"message":"expired"}')],
  ["a file that is cut off", base64("RIFF\x40\x00\x00\x00WAVE")],
];

it.each(wrong)("downloads a prompt's audio again when it gets %s", (_, answer) => {
  expect(trace(readAudio(path, resource), [answer, wav]).asked).toHaveLength(2);
});

it.each(wrong)("fails when the audio stays %s", (_, answer) => {
  const error = errorOf(() => trace(readAudio(path, resource), [answer, answer, answer]));
  expect(error.code).toBe("unusable-answer");
});

const PLACE = "POST /api/v2/architect/prompts/{id}/resources/{language}/uploads";

it("uploads a prompt's audio only to an address that an answer tells, and asks for it again", () => {
  const answers = [{}, {}, { url: "https://files.invalid/up" }, {}, resource, wav];
  const { asked } = trace(writeAudio(path, { sha256: "1", base64: "AA==" }, {}, false), answers);
  const told = asked.map((request) => ("op" in request ? request.op : "url" in request ? request.url : ""));
  expect(told.slice(0, 4)).toEqual([PLACE, PLACE, PLACE, "https://files.invalid/up"]);
});

it("uploads nothing where no answer tells an address", () => {
  const error = errorOf(() => trace(writeAudio(path, { sha256: "1", base64: "AA==" }, {}, false), [{}, {}, {}]));
  expect(error).toMatchObject({ code: "unusable-answer", place: { path: PLACE } });
});
