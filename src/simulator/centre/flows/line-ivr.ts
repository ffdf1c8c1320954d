import type { SeedObject } from "../types.ts";
import {
  decision,
  disconnect,
  evaluateScheduleGroup,
  findQueue,
  playAudio,
  queueByExpression,
  setScreenPop,
  transferToAcd,
  transferToFlow,
  transferToVoicemail,
} from "./actions.ts";
import { callData, dataTableLookup } from "./calls-out.ts";
import { actionLike, flowLike, head, lineQueue, tableLike } from "./context.ts";
import type { FlowContext } from "./context.ts";
import { callDefaults, menuDefaults, pathTo } from "./frame.ts";
import { callTask, menu, task } from "./menus.ts";
import { exp, named, promptAudio, quoted, tts, unset, variable } from "./values.ts";
import type { FlowAction } from "./values.ts";

function route(context: FlowContext): readonly FlowAction[] {
  const queue = lineQueue(context, 2);
  const fallback = [transferToAcd(lineQueue(context, 0))];
  return [
    dataTableLookup(
      tableLike(context, "VIP Callers"),
      'Replace(ToString(ToPhoneNumber(Call.Ani).e164), "+", "")',
      "Task.tier",
      [
        decision(
          "Gold?",
          `Task.tier == ${quoted("gold")}`,
          [transferToAcd("Priority Service Desk", { priority: 20 })],
          fallback,
        ),
      ],
      fallback,
    ),
    findQueue(queue, "Task.queue", [playAudio(tts("All our lines are busy.")), disconnect()]),
    {
      transferToAcd: {
        name: "Transfer to found queue",
        targetQueue: exp("Task.queue"),
        priority: { lit: 5 },
        preferredAgents: unset,
        acdSkills: unset,
        languageSkill: unset,
        directAgent: unset,
        failureOutputs: { errorType: unset, errorMessage: unset },
        outputs: { failure: { actions: [transferToVoicemail(queue)] } },
      },
    },
  ];
}

function hours(context: FlowContext): readonly FlowAction[] {
  const { plan, index } = context;
  const emergency = plan.emergencyGroups[index % plan.emergencyGroups.length] ?? "";
  return [
    evaluateScheduleGroup(
      { schedule: exp("ToScheduleGroup(NOT_SET)"), emergency: exp(`FindEmergencyGroup(${quoted(emergency)})`) },
      {
        open: [],
        closed: [transferToVoicemail(lineQueue(context, 0))],
        holiday: [],
        emergency: [transferToFlow(flowLike(context, "inboundcall-emergency"))],
      },
    ),
  ];
}

/** One line of business: hours, a menu, routing by data table, a data action and a screen pop. */
export function lineIvr(context: FlowContext): SeedObject {
  const { plan, flow, index } = context;
  const menuRef = context.refId(`${flow.line} Menu`);
  const routeRef = context.refId("Route Caller");
  const claim = actionLike(context, index % 2 === 0 ? "Create Claim" : "Get Policy");
  return {
    inboundCall: {
      ...head(context, `Calls about ${flow.line}`, true, pathTo("inboundCall", "menu", menuRef)),
      initialGreeting:
        index % 2 === 0 ? promptAudio(plan.prompts[0] ?? "Welcome") : tts(`${flow.line} insurance, good day.`),
      variables: [
        variable("queue", "Flow.fallbackQueue", { initial: named(lineQueue(context, 0)) }),
        variable("string", "Flow.claimId"),
      ],
      ...callDefaults,
      settingsErrorHandling: {
        errorHandling: { queue: { targetQueue: named(lineQueue(context, 0)) } },
        preHandlingAudio: tts("Sorry, something went wrong. Please hold."),
      },
      ...menuDefaults,
      menus: [
        menu(`${flow.line} Menu`, menuRef, tts("Press 1 for claims, 2 for your policy, 3 for anything else."), [
          {
            name: "Claims",
            digit: 1,
            terms: ["Claims"],
            actions: [
              ...hours(context),
              callData(claim, { input: "ToString(Call.Ani)", output: "Flow.claimId" }),
              transferToAcd(lineQueue(context, 0), { skills: plan.skills.slice(0, 1) }),
            ],
          },
          { name: "Policy", digit: 2, terms: ["Policy", "My policy"], queue: lineQueue(context, 1) },
          {
            name: "Anything else",
            digit: 3,
            terms: ["Other"],
            actions: [
              setScreenPop(`${flow.line} Desktop`, { claimId: exp("Flow.claimId") }),
              callTask("Route Caller", routeRef),
            ],
          },
        ]),
      ],
      tasks: [
        task("Route Caller", routeRef, route(context), [
          variable("queue", "Task.queue", { initial: queueByExpression(lineQueue(context, 3)) }),
          variable("string", "Task.tier"),
        ]),
      ],
    },
  };
}
