import type { SeedObject } from "../types.ts";
import { decision, disconnect, playAudio, say, setWrapupCode, switchOn, transferToVoicemail } from "./actions.ts";
import { dataTableLookup } from "./calls-out.ts";
import { anyQueue, head, lineQueue, tableLike } from "./context.ts";
import type { FlowContext } from "./context.ts";
import { callDefaults, menuDefaults, pathTo } from "./frame.ts";
import { task } from "./menus.ts";
import { promptAudio, quoted, tts, variable } from "./values.ts";
import type { FlowAction } from "./values.ts";

function announcement(context: FlowContext, description: string, actions: readonly FlowAction[]): SeedObject {
  const start = context.refId("Announce");
  return {
    inboundCall: {
      ...head(context, description, true, pathTo("inboundCall", "task", start)),
      initialGreeting: tts(`${context.plan.company}.`),
      ...callDefaults,
      ...menuDefaults,
      tasks: [task("Announce", start, [...actions, disconnect()], [variable("string", "Task.text")])],
    },
  };
}

const reads = (context: FlowContext, table: string, key: string): FlowAction =>
  dataTableLookup(
    tableLike(context, table),
    key,
    "Task.text",
    [playAudio({ exp: "ToAudioTTS(Task.text)" })],
    [say("Our offices are closed.")],
  );

/** Outside opening hours: says why and takes a voicemail. */
export const closedHours = (context: FlowContext): SeedObject =>
  announcement(context, "Played when nobody works", [
    reads(context, "Closure Reasons", `"reason-001"`),
    setWrapupCode(context.plan.wrapUpCodes[9] ?? ""),
    transferToVoicemail(lineQueue(context, context.index)),
  ]);

/** On a holiday: a text from a table. */
export const holidayHours = (context: FlowContext): SeedObject =>
  announcement(context, "Played on public holidays", [
    switchOn(
      "Language",
      [[`Flow.language == ${quoted("fr-CA")}`, [reads(context, "Sprachansagen", `"ansage-002"`)]]],
      [reads(context, "Holiday Messages", `"day-001"`)],
    ),
    playAudio(promptAudio(context.plan.prompts[7] ?? "Goodbye")),
  ]);

/** While an emergency group is on. */
export const emergency = (context: FlowContext): SeedObject =>
  announcement(context, "Played while an emergency group is active", [
    say("We had to leave our building. Your call is important to us."),
    decision("Leave a message?", "IsSet(Call.Ani)", [transferToVoicemail(anyQueue(context, 0))], [say("Goodbye.")]),
  ]);
