import type { SeedObject } from "../types.ts";
import { lit, none, seconds, tts, unset } from "./values.ts";

const connectTimeout = { connectTimeout: unset };

/** The default settings that every exported call flow writes out. */
export const callDefaults: SeedObject = {
  settingsActionDefaults: {
    playAudioOnSilence: { timeout: seconds(40) },
    detectSilence: { timeout: seconds(40) },
    callData: { processingPrompt: unset },
    collectInput: { noEntryTimeout: seconds(5) },
    dialByExtension: { interDigitTimeout: seconds(6) },
    transferToUser: connectTimeout,
    transferToNumber: connectTimeout,
    transferToGroup: connectTimeout,
    transferToFlowSecure: { connectTimeout: seconds(15) },
  },
  settingsErrorHandling: {
    errorHandling: { disconnect: none },
    preHandlingAudio: tts("Sorry, something went wrong on our side. Please call again."),
  },
};

/** Prompt checks, written out by call flows, bots and modules. */
export const promptSettings: SeedObject = {
  settingsPrompts: {
    ensureAudioInPrompts: false,
    promptMediaToValidate: [{ mediaType: "audio" }, { mediaType: "tts" }],
  },
};

const speechTimings = (value: (fallback: SeedObject) => SeedObject): SeedObject => ({
  completeMatchTimeout: value(lit({ ms: 100 })),
  incompleteMatchTimeout: value(lit({ ms: 1500 })),
  maxSpeechLengthTimeout: value(seconds(20)),
  minConfidenceLevel: value(lit(50)),
});

/** Menu and speech settings of an inbound call flow. */
export const menuDefaults: SeedObject = {
  settingsMenu: {
    extensionDialingMaxDelay: seconds(1),
    listenForExtensionDialing: lit(true),
    menuSelectionTimeout: seconds(10),
    repeatCount: lit(3),
  },
  ...promptSettings,
  settingsSpeechRec: {
    ...speechTimings((value) => value),
    asrCompanyDir: "none",
    asrEnabledOnFlow: true,
  },
};

/** The same settings on one menu: all inherited. */
export const menuInherits: SeedObject = {
  settingsMenu: {
    extensionDialingMaxDelay: unset,
    listenForExtensionDialing: unset,
    menuSelectionTimeout: unset,
    repeatCount: unset,
  },
  settingsSpeechRec: speechTimings(() => unset),
};

/** Languages of a flow: the tag is lower case and a key (architect-yaml §2); the skill is a language of the organisation. */
export function languages(tags: readonly string[], spoken: boolean, skill?: string): SeedObject {
  const entry = {
    defaultLanguageSkill: skill === undefined ? unset : lit({ name: skill }),
    ...(spoken ? { textToSpeech: { defaultEngine: { voice: "Jill" } } } : {}),
  };
  return {
    defaultLanguage: tags[0] ?? "en-us",
    supportedLanguages: Object.fromEntries(tags.map((tag) => [tag, entry])),
  };
}

/** Where a flow starts: a path into itself that holds the flow type and a `refId` (architect-yaml §3). */
export const pathTo = (root: string, part: "menu" | "task" | "state" | "bot", refId: string): string =>
  `/${root}/${part}s/${part}[${refId}]`;
