import { defined } from "../model/defined.ts";
import { stringify } from "yaml";
import type { HealthEntry } from "../model/config.ts";
import { coordinateOf, splitCoordinate, type Coordinate } from "../model/coordinate.ts";
import { LockstepError } from "../model/error.ts";
import { isList, type Obj } from "../model/json.ts";

/** How objects of a health entry are recognised, also in the other organisation: its number belongs to one of them. */
const HEALTH_MARK = "Answers health calls. Kept by lockstep.";

/** Where a caller reaches the health entry, and the objects that answer. */
export interface HealthEndpoint {
  readonly number: string;
  readonly ivr: Coordinate;
  readonly flow: Coordinate;
  /** The pool that the number is in. */
  readonly pool: Coordinate;
}

/**
 * The desired objects with a health entry: a flow that greets and hangs up, the call route that leads to it, and a pool of
 * one number unless the number is in another one. What the source brings along as its own health entry is replaced.
 * @param existing coordinates of what the organisation has
 * @throws LockstepError `health-entry-clash` when the source has other objects of these names or another use of the number
 */
export function withHealthEntry(
  entry: HealthEntry,
  desired: ReadonlyMap<Coordinate, Obj>,
  existing: Iterable<Coordinate>,
  homeDivision: string,
): { readonly desired: Map<Coordinate, Obj>; readonly endpoint: HealthEndpoint } {
  const others = new Map([...desired].filter(([, object]) => object["description"] !== HEALTH_MARK));
  const own = coordinateOf("did-pool", `${entry.number}..${entry.number}`);
  const pools = [...others.keys(), ...existing].filter((at) => at !== own && holds(at, entry.number));
  const flow = coordinateOf("flow", `inboundcall:${entry.name}`);
  const ivr = coordinateOf("ivr", entry.name);
  const [pool = own] = pools;
  const objects = new Map<Coordinate, Obj>([
    [flow, flowOf(entry, homeDivision)],
    [ivr, ivrOf(entry, flow)],
    ...(pool === own ? [[own, poolOf(entry)] as const] : []),
  ]);
  for (const coordinate of objects.keys()) {
    if (others.has(coordinate)) throw clash(`The source has another ${coordinate}`, "name", coordinate);
  }
  const taken = [...others].find(([at, object]) => splitCoordinate(at).kind === "ivr" && answers(object, entry.number));
  if (taken !== undefined) throw clash(`${entry.number} leads to ${taken[0]}`, "number", taken[0]);
  return { desired: new Map([...others, ...objects]), endpoint: { number: entry.number, ivr, flow, pool } };
}

function clash(what: string, key: "name" | "number", coordinate: Coordinate): LockstepError {
  const hint = `Choose another healthEntry.${key} for the organisation.`;
  return new LockstepError("health-entry-clash", what, hint, { coordinate, path: `/healthEntry/${key}` });
}

/** Is it a pool that the number is in? The key of a pool is its first and last number. */
function holds(coordinate: Coordinate, number: string): boolean {
  const { kind, key } = splitCoordinate(coordinate);
  const [first, last] = key.split("..");
  if (kind !== "did-pool" || first === undefined || last === undefined) return false;
  return first.length === number.length && first <= number && number <= last;
}

function answers(ivr: Obj, number: string): boolean {
  return isList(ivr["dnis"]) && ivr["dnis"].includes(number);
}

function ivrOf({ name, number }: HealthEntry, flow: Coordinate): Obj {
  return { name, description: HEALTH_MARK, division: HOME, dnis: [number], openHoursFlow: flow };
}

function poolOf({ name, number }: HealthEntry): Obj {
  return {
    name,
    description: HEALTH_MARK,
    startPhoneNumber: number,
    endPhoneNumber: number,
    provider: "PURE_CLOUD",
  };
}

const HOME = coordinateOf("division", "@home");

function flowOf(entry: HealthEntry, homeDivision: string): Obj {
  const { name } = entry;
  return { name, type: "INBOUNDCALL", description: HEALTH_MARK, division: HOME, yaml: healthFlow(entry, homeDivision) };
}

const NOT_SET = { noValue: true };
const seconds = (count: number): Obj => ({ lit: { seconds: count } });

/**
 * The flow as Architect writes it out: with the settings that an export holds, so that what was published and what is
 * exported afterwards are the same (architect-yaml §6).
 */
function healthFlow({ name, greeting, language, voice }: HealthEntry, homeDivision: string): string {
  const flow = {
    inboundCall: defined({
      name,
      description: HEALTH_MARK,
      division: homeDivision || undefined,
      startUpRef: "/inboundCall/tasks/task[Answer_10]",
      defaultLanguage: language,
      supportedLanguages: {
        [language]: { defaultLanguageSkill: NOT_SET, textToSpeech: { defaultEngine: { voice } } },
      },
      initialGreeting: { tts: greeting },
      settingsActionDefaults: {
        playAudioOnSilence: { timeout: seconds(40) },
        detectSilence: { timeout: seconds(40) },
        callData: { processingPrompt: NOT_SET },
        collectInput: { noEntryTimeout: seconds(5) },
        dialByExtension: { interDigitTimeout: seconds(6) },
        transferToUser: { connectTimeout: NOT_SET },
        transferToNumber: { connectTimeout: NOT_SET },
        transferToGroup: { connectTimeout: NOT_SET },
        transferToFlowSecure: { connectTimeout: seconds(15) },
      },
      settingsErrorHandling: { errorHandling: { disconnect: { none: true } }, preHandlingAudio: { tts: greeting } },
      settingsMenu: {
        extensionDialingMaxDelay: seconds(1),
        listenForExtensionDialing: { lit: false },
        menuSelectionTimeout: seconds(10),
        repeatCount: { lit: 3 },
      },
      settingsPrompts: {
        ensureAudioInPrompts: false,
        promptMediaToValidate: [{ mediaType: "audio" }, { mediaType: "tts" }],
      },
      settingsSpeechRec: {
        completeMatchTimeout: { lit: { ms: 100 } },
        incompleteMatchTimeout: { lit: { ms: 1500 } },
        maxSpeechLengthTimeout: seconds(20),
        minConfidenceLevel: { lit: 50 },
        asrCompanyDir: "none",
        asrEnabledOnFlow: false,
      },
      tasks: [{ task: { name: "Answer", refId: "Answer_10", actions: [{ disconnect: { name: "Disconnect" } }] } }],
    }),
  };
  return stringify(flow, { lineWidth: 0, aliasDuplicateObjects: false });
}
