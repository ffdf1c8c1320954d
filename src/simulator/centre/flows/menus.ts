import type { SeedObject } from "../types.ts";
import { menuInherits, pathTo } from "./frame.ts";
import { none, tts } from "./values.ts";
import type { FlowAction } from "./values.ts";

/** One thing that a caller can choose. */
export interface Choice {
  readonly name: string;
  readonly digit: number;
  readonly terms: readonly string[];
  readonly actions?: readonly FlowAction[];
  /** A queue that the choice leads to without a task of its own. */
  readonly queue?: string;
}

const common = (choice: Choice): SeedObject => ({
  name: choice.name,
  dtmf: `digit_${String(choice.digit)}`,
  globalDtmf: false,
  globalSpeechRecTerms: true,
});

const speechTerms = (choice: Choice): SeedObject => ({ speechRecTerms: { "en-us": { terms: choice.terms } } });

function menuChoice(choice: Choice): SeedObject {
  if (choice.queue !== undefined) {
    return {
      menuTransferToAcd: {
        ...common(choice),
        targetQueue: { lit: { name: choice.queue } },
        preTransferAudio: tts(`One moment for ${choice.name}.`),
        priority: { lit: 0 },
        languageSkill: { noValue: true },
        ...speechTerms(choice),
      },
    };
  }
  if (choice.actions !== undefined) {
    return { menuTask: { ...common(choice), task: { actions: choice.actions }, ...speechTerms(choice) } };
  }
  return { menuDisconnect: { ...common(choice), ...speechTerms(choice) } };
}

/** A menu part. */
export const menu = (name: string, refId: string, audio: SeedObject, choices: readonly Choice[]): SeedObject => ({
  menu: { name, refId, audio, ...menuInherits, choices: choices.map(menuChoice) },
});

/** A task part, `refId` as other parts point to it. */
export const task = (
  name: string,
  refId: string,
  actions: readonly FlowAction[],
  variables: readonly SeedObject[] = [],
): SeedObject => ({
  task: { name, refId, ...(variables.length > 0 ? { variables } : {}), actions },
});

/** A state part of a digital flow or workflow. */
export const state = (
  name: string,
  refId: string,
  actions: readonly FlowAction[],
  variables: readonly SeedObject[] = [],
): SeedObject => ({
  state: { name, refId, ...(variables.length > 0 ? { variables } : {}), actions },
});

export const jumpToMenu = (refId: string): FlowAction => ({
  jumpToMenu: { name: "Jump to Menu", targetMenuRef: pathTo("inboundCall", "menu", refId) },
});

export const callTask = (name: string, refId: string): FlowAction => ({
  callTask: {
    name: `Call ${name}`,
    targetTaskRef: pathTo("inboundCall", "task", refId),
    inputs: none,
    outputs: { default: { actions: [] } },
  },
});

export const changeState = (name: string, root: string, refId: string): FlowAction => ({
  changeState: { name: `Go to ${name}`, targetStateRef: pathTo(root, "state", refId) },
});
