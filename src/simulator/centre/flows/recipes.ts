import type { FlowRecipe, Plan } from "../plan.ts";
import type { SeedObject, SeedStep } from "../types.ts";
import { closedHours, emergency, holidayHours } from "./announcements.ts";
import { bot, digitalBot } from "./bots.ts";
import { contextFor } from "./context.ts";
import type { FlowContext } from "./context.ts";
import { inboundChat, inboundEmail, inboundMessage, surveyInvite } from "./digital.ts";
import { commonModule, secureCall, workflow } from "./helpers.ts";
import { inQueueCall, inQueueDigital } from "./in-queue.ts";
import { lineIvr } from "./line-ivr.ts";
import { mainIvr } from "./main-ivr.ts";
import { printFlow } from "./print.ts";

const recipes: Readonly<Record<FlowRecipe, (context: FlowContext) => SeedObject>> = {
  commonmodule: commonModule,
  bot,
  digitalbot: digitalBot,
  securecall: secureCall,
  inqueuecall: inQueueCall,
  inqueueemail: (context) => inQueueDigital(context, "inqueueEmail"),
  inqueueshortmessage: (context) => inQueueDigital(context, "inqueueShortMessage"),
  "inboundcall-closed": closedHours,
  "inboundcall-holiday": holidayHours,
  "inboundcall-emergency": emergency,
  "inboundcall-line": lineIvr,
  "inboundcall-main": mainIvr,
  inboundshortmessage: inboundMessage,
  inboundemail: inboundEmail,
  inboundchat: inboundChat,
  workflow,
  surveyinvite: surveyInvite,
};

/** One step per flow; its name is `<type>:<name>`, the natural key of a flow (genesys-api §3). */
export const flowSteps = (plan: Plan): readonly SeedStep[] =>
  plan.flows.map((flow, index) => ({
    kind: "flow",
    name: `${flow.type}:${flow.name}`,
    method: "POST",
    path: "/api/v2/flows/jobs",
    yaml: printFlow(recipes[flow.recipe](contextFor(plan, flow, index))),
  }));
