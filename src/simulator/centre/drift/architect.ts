import type { SeedObject, SeedStep, SeedValue } from "../types.ts";
import { isSeedObject } from "../types.ts";
import { added, bodyOf, isUnused, listOf, pickStep, removed, replaced, valueAt, withValue, textOf } from "./draft.ts";
import type { DriftRule } from "./draft.ts";
import { milestoneNames } from "../marks.ts";
import { flowContent, withContent } from "./renames.ts";
import { changed, missing } from "./rules.ts";

type Path = readonly (string | number)[];

/** A change inside a flow: an older or hand-edited version of its content. */
const changedFlow = (
  what: string,
  suits: (step: SeedStep) => boolean,
  path: (root: string, content: SeedObject) => Path,
  change: (value: SeedValue) => SeedValue | undefined,
): DriftRule => ({
  kind: "flow",
  apply: (draft) => {
    const step = pickStep(draft, "flow", suits);
    if (!step) return undefined;
    const content = flowContent(step);
    const at = path(Object.keys(content)[0] ?? "", content);
    const edited = withValue(content, at, change(valueAt(content, at) ?? null));
    return isSeedObject(edited)
      ? { steps: replaced(draft, step, withContent(step, edited)), name: step.name, what }
      : undefined;
  },
});

const lineFlows = ({ name }: SeedStep): boolean => /-IVR-(PROD|STANDBY)$/.test(name) && !name.includes(":MAIN-IVR");

const secondChoice = (root: string): Path => [
  root,
  "menus",
  0,
  "menu",
  "choices",
  1,
  "menuTransferToAcd",
  "targetQueue",
  "lit",
  "name",
];

/** The milestone that background work reports once it has begun. */
const reported = (root: string): Path => [
  root,
  "states",
  1,
  "state",
  "actions",
  0,
  "addFlowMilestone",
  "milestone",
  "lit",
  "name",
];

const copiedFlow: DriftRule = {
  kind: "flow",
  apply: (draft) => {
    const model = pickStep(draft, "flow", ({ name }) => name.startsWith("workflow:"));
    if (!model) return undefined;
    const name = "Test flow, please ignore";
    const content = flowContent(model);
    const step = {
      ...withContent(model, withValue(content, ["workflow", "name"], name) as SeedObject),
      name: `workflow:${name}`,
    };
    return { steps: added(draft, model, step), name: step.name, what: "only in the standby" };
  },
};

const tierHeaderUnread = (value: SeedValue): SeedValue => listOf(value).slice(0, -1);

/** Drift of flows. */
export const flowDrift: readonly DriftRule[] = [
  changedFlow(
    "older version: the second choice leads to another queue",
    lineFlows,
    secondChoice,
    () => "Priority Service Desk",
  ),
  changedFlow("reads one SIP header less", ({ name }) => name.includes(":MAIN-IVR-"), sipHeaders, tierHeaderUnread),
  changedFlow(
    "greeting edited by hand",
    ({ name }) => name === "inboundcall:Holiday Closure",
    (root) => [root, "initialGreeting", "tts"],
    (value) => `${textOf(value)} Standby.`,
  ),
  changedFlow(
    "a language missing",
    (step) => step.name.startsWith("inboundcall:") && languageTags(step).length > 1,
    lastLanguage,
    () => undefined,
  ),
  changedFlow(
    "reports another milestone",
    ({ name }) => name.startsWith("workflow:"),
    reported,
    () => milestoneNames.spare,
  ),
  missing("flow"),
  copiedFlow,
];

function sipHeaders(root: string, content: SeedObject): Path {
  const tasks = listOf(valueAt(content, [root, "tasks"]));
  const task = tasks.findIndex((entry) => valueAt(entry, ["task", "actions", 0, "getSIPHeaders"]) !== undefined);
  return [root, "tasks", task, "task", "actions", 0, "getSIPHeaders", "sipHeaders", "lit"];
}

function languageTags(step: SeedStep): readonly string[] {
  const content = flowContent(step);
  const tags = valueAt(content, [Object.keys(content)[0] ?? "", "supportedLanguages"]);
  return isSeedObject(tags) ? Object.keys(tags) : [];
}

function lastLanguage(root: string, content: SeedObject): Path {
  const tags = valueAt(content, [root, "supportedLanguages"]);
  return [root, "supportedLanguages", isSeedObject(tags) ? (Object.keys(tags).at(-1) ?? "") : ""];
}

/** Drift of schedules and IVRs. */
export const hoursDrift: readonly DriftRule[] = [
  changed("schedule", ["end"], "closes later", (value) => textOf(value).replace("T18:00", "T19:00")),
  missing("schedule"),
  changed("schedule-group", ["closedSchedules", 0], "a closed schedule missing", () => undefined),
  changed("schedule-group", ["timeZone"], "other time zone", () => "Europe/Dublin"),
  {
    kind: "ivr",
    apply: (draft) => {
      const step = pickStep(draft, "ivr", (candidate) => bodyOf(candidate)["scheduleGroup"] !== undefined);
      const other = draft.steps.find(({ kind, name }) => kind === "flow" && name.startsWith("inboundcall:Emergency"));
      if (!step || !other) return undefined;
      const body = withValue(step.body ?? {}, ["openHoursFlow"], { id: { $ref: ["flow", other.name] } });
      return {
        steps: replaced(draft, step, { ...step, body }),
        name: step.name,
        what: "points at another flow during opening hours",
      };
    },
  },
  changed("ivr", ["dnis", 0], "a number missing", () => undefined, {
    suits: (step) => listOf(bodyOf(step)["dnis"]).length > 1,
  }),
];

const isText = (value: SeedValue | undefined): boolean => typeof value === "string" && value !== "";

const missingColumn: DriftRule = {
  kind: "data-table",
  apply: (draft) => {
    const step = pickStep(draft, "data-table", (candidate) => isUnused(draft, candidate));
    if (!step) return undefined;
    const columns = valueAt(step.body, ["schema", "properties"]);
    const column = (isSeedObject(columns) ? Object.keys(columns).at(-1) : undefined) ?? "";
    const steps = draft.steps.map((other): SeedStep => {
      if (other === step)
        return { ...step, body: withValue(step.body ?? {}, ["schema", "properties", column], undefined) };
      const ours = other.kind === "data-table-row" && other.name.startsWith(`${step.name}/`);
      return ours ? { ...other, body: withValue(other.body ?? {}, [column], undefined) } : other;
    });
    return { steps, name: step.name, what: `column ${column} missing` };
  },
};

const missingRow: DriftRule = {
  kind: "data-table",
  apply: (draft) => {
    const step = pickStep(draft, "data-table-row");
    return step && { steps: draft.steps.filter((other) => other !== step), name: step.name, what: "row missing" };
  },
};

const changedRow: DriftRule = {
  kind: "data-table",
  apply: (draft) => {
    const step = pickStep(
      draft,
      "data-table-row",
      (row) => Object.values(bodyOf(row)).filter(isText).length > 1 && !row.name.startsWith("Endpoints"),
    );
    if (!step) return undefined;
    const [column = ""] = Object.entries(bodyOf(step)).find(([name, value]) => name !== "key" && isText(value)) ?? [];
    const body = withValue(step.body ?? {}, [column], "edited by hand");
    return { steps: replaced(draft, step, { ...step, body }), name: step.name, what: `cell ${column} changed` };
  },
};

/** Drift of data tables and their rows. */
export const tableDrift: readonly DriftRule[] = [
  missingColumn,
  changedRow,
  missingRow,
  {
    kind: "data-table",
    apply: (draft) => {
      const step = pickStep(draft, "data-table", (candidate) => isUnused(draft, candidate));
      return step && { steps: removed(draft, step), name: step.name, what: "missing with its rows" };
    },
  },
];
