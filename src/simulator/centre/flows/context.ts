import type { ActionPlan, FlowPlan, FlowRecipe, Plan, TablePlan } from "../plan.ts";
import { cycle } from "../random.ts";
import type { SeedObject } from "../types.ts";
import { languages } from "./frame.ts";
import { numbering } from "./values.ts";

/** What a recipe needs to write one flow. */
export interface FlowContext {
  readonly plan: Plan;
  readonly flow: FlowPlan;
  /** Position among all flows; recipes vary their content by it. */
  readonly index: number;
  /** The next `refId` for a part of that name. */
  readonly refId: (name: string) => string;
}

export const contextFor = (plan: Plan, flow: FlowPlan, index: number): FlowContext => ({
  plan,
  flow,
  index,
  refId: numbering(),
});

/** A queue of the flow's line of business; any queue when the line has none. */
export function lineQueue({ plan, flow }: FlowContext, index: number): string {
  const own = plan.queues.filter((queue) => queue.startsWith(`${flow.line} `));
  return cycle(own.length > 0 ? own : plan.queues, index);
}

export const anyQueue = ({ plan }: FlowContext, index: number): string => cycle(plan.queues, index);

/** The data action of that kind, in one of its copies. */
export function actionLike({ plan, index }: FlowContext, name: string): ActionPlan {
  return cycle(
    plan.actions.filter((action) => action.name.startsWith(name)),
    index,
  );
}

/** The data table of that kind, in one of its copies. */
export function tableLike({ plan, index }: FlowContext, name: string): TablePlan {
  return cycle(
    plan.tables.filter((table) => table.name.startsWith(name)),
    index,
  );
}

/** The name of the first flow of a recipe; every contact centre has one of each. @throws RangeError when it has not */
export function flowLike({ plan }: FlowContext, recipe: FlowRecipe, index = 0): string {
  return cycle(
    plan.flows.filter((flow) => flow.recipe === recipe),
    index,
  ).name;
}

const tags = ["en-us", "fr-ca", "de-de", "es-us"];

/** Name, description, division and languages: the head of every flow. */
export function head(context: FlowContext, description: string, spoken: boolean, start?: string): SeedObject {
  const { flow, index, plan } = context;
  const tagCount = flow.recipe === "inboundcall-main" ? 3 : 1 + (index % 2);
  const skill = index % 3 === 0 ? cycle(plan.languages, 0) : undefined;
  return {
    name: flow.name,
    description,
    division: flow.division,
    ...(start === undefined ? {} : { startUpRef: start }),
    ...languages(tags.slice(0, tagCount), spoken, skill),
  };
}
