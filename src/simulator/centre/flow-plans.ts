import type { FlowPlan, FlowRecipe } from "./plan.ts";
import { cycle } from "./random.ts";
import type { Side } from "./types.ts";
import { regions } from "./words.ts";

const fixedFlows: readonly (readonly [FlowRecipe, string])[] = [
  ["commonmodule", "Identify Customer"],
  ["bot", "FAQ Bot"],
  ["digitalbot", "Web Self-Service"],
  ["securecall", "PAYMENT-CAPTURE-PROD"],
  ["inqueuecall", "CLAIMS-WAIT-PROD"],
  ["inqueuecall", "Standard In-Queue"],
  ["inqueuecall", "Callback Offer (EWT)"],
  ["inqueuecall", "Premium In-Queue"],
  ["inqueueemail", "E-mail Waiting"],
  ["inqueueshortmessage", "Message Waiting"],
  ["inboundcall-closed", "Closed, After Hours"],
  ["inboundcall-holiday", "Holiday Closure"],
  ["inboundcall-emergency", "Emergency Announcement"],
];

const lineFlow = (line: string): string => `${line.toUpperCase()}-IVR-PROD`;

const laterFlows: readonly (readonly [FlowRecipe, string])[] = [
  ["inboundcall-main", "MAIN-IVR-PROD"],
  ["inboundshortmessage", "Web Messaging, Main"],
  ["inboundshortmessage", "Réclamations - Messages (Québec)"],
  ["inboundemail", "Inbound E-mail"],
  ["inboundchat", "Legacy Web Chat"],
  ["workflow", "Priority Escalation"],
  ["workflow", "Missed Callback Follow-up"],
  ["surveyinvite", "After-Call Survey"],
];

const more: readonly FlowRecipe[] = [
  "inboundcall-line",
  "inqueuecall",
  "inboundcall-line",
  "workflow",
  "inboundcall-line",
  "inboundshortmessage",
  "inqueuecall",
  "inboundcall-closed",
  "commonmodule",
  "inboundcall-line",
  "inqueueemail",
  "bot",
];

const labels: Readonly<Partial<Record<FlowRecipe, string>>> = {
  inqueuecall: "Waiting",
  workflow: "Follow-up",
  inboundshortmessage: "Messaging",
  "inboundcall-closed": "Closed",
  commonmodule: "Lookup",
  inqueueemail: "E-mail Waiting",
  bot: "Helper Bot",
};

function moreName(recipe: FlowRecipe, index: number, line: string): string {
  const region = cycle(regions, Math.floor(index / more.length));
  const number = String(index + 1).padStart(3, "0");
  if (recipe === "inboundcall-line") return `${line.toUpperCase()}-${number}-IVR-PROD`;
  return `${line} ${labels[recipe] ?? recipe} ${region} ${number}`;
}

/** Callees first: a flow is published only when everything that it names exists (architect-yaml §11). */
const order: readonly FlowRecipe[] = [
  "commonmodule",
  "bot",
  "digitalbot",
  "securecall",
  "inqueuecall",
  "inqueueemail",
  "inqueueshortmessage",
  "inboundcall-closed",
  "inboundcall-holiday",
  "inboundcall-emergency",
  "inboundcall-line",
  "inboundcall-main",
];

const rank = (recipe: FlowRecipe): number => (order.includes(recipe) ? order.indexOf(recipe) : order.length);

const typeOf = (recipe: FlowRecipe): string => recipe.split("-")[0] ?? recipe;

/**
 * The flows of a contact centre, callees before callers. The first 25 or so are the same everywhere but for the names of
 * the lines; larger organisations add variations.
 */
export function flowPlans(
  lines: readonly string[],
  divisions: readonly string[],
  count: number,
  side: Side,
): readonly FlowPlan[] {
  const known = fixedFlows.length + laterFlows.length;
  const lineCount = Math.min(lines.length, Math.max(1, count - known), 4);
  const own = lines.slice(0, lineCount).map((line) => ["inboundcall-line", lineFlow(line)] as const);
  const extra = Array.from({ length: Math.max(0, count - known - lineCount) }, (_, index) => {
    const recipe = cycle(more, index);
    return [recipe, moreName(recipe, index, cycle(lines, index))] as const;
  });
  const all = [...fixedFlows, ...own, ...extra, ...laterFlows];
  return all
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([recipe, name], index) => ({
      recipe,
      type: typeOf(recipe),
      name: side === "primary" ? name : name.replace(/-PROD$/, "-STANDBY"),
      line: recipe === "inboundcall-line" ? lineOf(lines, name) : cycle(lines, index),
      division: cycle(divisions, index),
    }));
}

const lineOf = (lines: readonly string[], name: string): string =>
  lines.find((line) => name.startsWith(line.toUpperCase())) ?? cycle(lines, 0);
