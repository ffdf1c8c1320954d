import { expect, it } from "vitest";
import { readAudio } from "../../src/kinds/prompt/audio.ts";
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
