import { countsFor } from "./counts.ts";
import type { Counts } from "./counts.ts";
import { flowPlans } from "./flow-plans.ts";
import type { ActionPlan, ColumnPlan, IntegrationPlan, PersonPlan, Plan, TablePlan, TrunkPlan } from "./plan.ts";
import { poolPlans } from "./pool-plans.ts";
import { cycle, randomFor } from "./random.ts";
import type { Random } from "./random.ts";
import type { SeedSize, Side } from "./types.ts";
import * as words from "./words.ts";

/** The first `count` of the words, numbered on when there are not enough. */
function numbered(list: readonly string[], count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / list.length);
    return round === 0 ? cycle(list, index) : `${cycle(list, index)} ${String(round + 1)}`;
  });
}

const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();

function people(random: Random, count: number): readonly PersonPlan[] {
  const names = words.firstNames.flatMap((first) => words.lastNames.map((last) => ({ first, last })));
  const chosen = Array.from({ length: Math.ceil(count / names.length) }, () => random.shuffled(names))
    .flat()
    .slice(0, count);
  return chosen.map(({ first, last }, index) => ({
    name: `${first} ${last}`,
    email: `${plain(first)}.${plain(last)}${index < names.length ? "" : String(index)}@example.com`,
  }));
}

function queues(lines: readonly string[], count: number): readonly string[] {
  const combined = ["", ...words.regions].flatMap((region) =>
    words.teams.flatMap((team) => lines.map((line) => `${line} ${team}${region === "" ? "" : ` ${region}`}`)),
  );
  return ["Priority Service Desk", ...words.awkwardQueues, ...combined].slice(0, count);
}

function column(text: string): ColumnPlan {
  const [name = "", type = "string"] = text.split(":");
  return { name, type: type as ColumnPlan["type"] };
}

function tables(random: Random, count: number, rows: number): readonly TablePlan[] {
  const names = numbered(
    words.tableWords.map(({ name }) => name),
    count,
  );
  return names.map((name, index) => {
    const kind = cycle(words.tableWords, index);
    const keys = Array.from(
      { length: rows + random.int(3) },
      (_, row) => `${kind.key}-${String(row + 1).padStart(3, "0")}`,
    );
    return { name, columns: kind.columns.map(column), keys };
  });
}

const integrationKinds = [
  { type: "custom-rest-actions", label: "Policy Core", host: "policy.{side}.example.com" },
  { type: "purecloud-data-actions", label: "Platform Actions", host: "" },
  { type: "custom-rest-actions", label: "Payments Gateway", host: "payments.example.com" },
  { type: "embedded-client-app", label: "Agent Desktop Notes", host: "notes.example.com" },
  { type: "custom-rest-actions", label: "Retail Orders", host: "orders.example.com" },
] as const;

function integrations(count: number, side: Side): readonly IntegrationPlan[] {
  const names = numbered(
    integrationKinds.map(({ label }) => label),
    count,
  );
  return names.map((name, index) => {
    const { type, host } = cycle(integrationKinds, index);
    return {
      name,
      type,
      host: host.replace("{side}", side),
      credential: type === "embedded-client-app" ? "" : `${name} Login`,
    };
  });
}

function actions(owners: readonly IntegrationPlan[], lines: readonly string[], count: number): readonly ActionPlan[] {
  const callers = owners.filter(({ type }) => type.endsWith("-actions"));
  const names = words.actionWords.map(({ name }) => name);
  return Array.from({ length: count }, (_, index) => {
    const kind = cycle(words.actionWords, index);
    const round = Math.floor(index / names.length);
    const suffix = round === 0 ? "" : ` - ${cycle(lines, round - 1)}${round > lines.length ? ` ${String(round)}` : ""}`;
    const owner = cycle(callers, index);
    const category = index % 7 === 3 ? `${owner.name} (Shared)` : owner.name;
    return { ...kind, name: `${kind.name}${suffix}`, integration: owner.name, category };
  });
}

function trunks(count: number): readonly TrunkPlan[] {
  return Array.from({ length: count }, (_, index) => {
    const carrier = cycle(words.carriers, index);
    return { name: `${carrier} SBC ${String(Math.floor(index / 2) + 1)}`, carrier, index };
  });
}

function names(
  counts: Counts,
  lines: readonly string[],
): Pick<Plan, "schedules" | "scheduleGroups" | "emergencyGroups" | "prompts" | "groups" | "ivrs"> {
  const weeks = ["Weekdays 8 to 6", "Saturday Morning", "Late Shift", "Sunday (Online only)", "Round the Clock"];
  const days = [
    "New Year",
    "Spring Holiday",
    "Summer Bank Holiday",
    "Fête nationale",
    "Staff Day",
    "Christmas",
    "Maintenance Window",
  ];
  return {
    schedules: numbered([...weeks, ...days, "Night Closure", "Lunch Closure"], counts.schedules),
    scheduleGroups: numbered(
      ["Office Hours", "Claims Hours", "Retail Hours", "Extended Hours", "Nights"],
      counts.scheduleGroups,
    ),
    emergencyGroups: numbered(["Building Evacuation", "Carrier Outage"], counts.emergencyGroups),
    prompts: numbered(
      [
        "Welcome",
        "Recording_Notice",
        "Please_Hold",
        "High_Demand",
        "Callback_Offer",
        "Whisper_Sales",
        "Hold_Music",
        "Goodbye",
      ],
      counts.prompts,
    ).map((name) => name.replaceAll(" ", "_")),
    groups: numbered(["Large Loss Experts", "Duty Managers", "Weekend Volunteers"], counts.groups),
    ivrs: numbered(
      ["Main Number", ...lines.map((line) => `${line} Line`), "Broker Hotline", "Retail Line"],
      counts.ivrs,
    ),
  };
}

/** The blueprint of a contact centre: pure, the same for the same seed and size. */
export function planFor(seed: number, size: SeedSize, side: Side): Plan {
  const counts = countsFor(seed, size);
  const random = randomFor(seed, "plan");
  const company = random.pick(words.companies);
  const lines = random.shuffled(words.productLines).slice(0, counts.lines);
  const home = side === "primary" ? `${company} Home` : `${company} Standby`;
  const divisions = numbered(
    ["Claims", "Sales", "Retail", "Brokers, UK", "Service Québec", "Back Office"],
    counts.divisions,
  );
  const owners = integrations(counts.integrations, side);
  const skills = numbered(random.shuffled(words.skillWords), counts.skills);
  return {
    seed,
    size,
    side,
    company,
    lines,
    home,
    divisions,
    skills,
    slug: plain(company.split(" ")[0] ?? company),
    languages: words.languageNames.slice(0, counts.languages),
    wrapUpCodes: numbered(words.wrapUpWords, counts.wrapUpCodes),
    people: people(random, counts.people),
    locations: numbered(words.towns, counts.sites),
    queues: queues(lines, counts.queues),
    tables: tables(random, counts.tables, counts.rows),
    integrations: owners,
    credentials: counts.credentials,
    actions: actions(owners, lines, counts.actions),
    flows: flowPlans(lines, [home, ...divisions.slice(0, -1)], counts.flows, side),
    trunks: trunks(counts.trunks),
    sites: numbered(
      words.towns.map((town) => `Site ${town}`),
      counts.sites,
    ),
    pools: poolPlans(counts.pools, side),
    ...names(counts, lines),
  };
}
