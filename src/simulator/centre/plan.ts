import type { SeedSize, Side } from "./types.ts";

/** Somebody who works there. The e-mail address is the natural key of a user. */
export interface PersonPlan {
  readonly name: string;
  readonly email: string;
}

/** A column of a data table, besides the key. */
export interface ColumnPlan {
  readonly name: string;
  readonly type: "string" | "integer" | "number" | "boolean";
}

/** A data table and what its rows are keyed by. */
export interface TablePlan {
  readonly name: string;
  readonly columns: readonly ColumnPlan[];
  readonly keys: readonly string[];
}

/** An integration, its type and the host that it talks to. */
export interface IntegrationPlan {
  readonly name: string;
  readonly type: string;
  readonly credential: string;
  readonly host: string;
}

/** A data action with the fields of its contract; `category` is how flows name it. */
export interface ActionPlan {
  readonly name: string;
  readonly category: string;
  readonly integration: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The recipes of flows; the part before the first dash is the API's flow type. */
export type FlowRecipe =
  | "commonmodule"
  | "bot"
  | "digitalbot"
  | "securecall"
  | "inqueuecall"
  | "inqueueemail"
  | "inqueueshortmessage"
  | "inboundcall-closed"
  | "inboundcall-holiday"
  | "inboundcall-emergency"
  | "inboundcall-line"
  | "inboundcall-main"
  | "inboundshortmessage"
  | "inboundemail"
  | "inboundchat"
  | "workflow"
  | "surveyinvite";

/** A flow to write: what it is, what it is called and whose business it serves. */
export interface FlowPlan {
  readonly recipe: FlowRecipe;
  readonly type: string;
  readonly name: string;
  readonly line: string;
  readonly division: string;
}

/** A carrier with its trunks. */
export interface TrunkPlan {
  readonly name: string;
  readonly carrier: string;
  readonly index: number;
}

/** A range of numbers, inside the ranges that the numbering authorities keep for fiction. */
export interface PoolPlan {
  readonly name: string;
  readonly prefix: string;
  readonly first: number;
  readonly last: number;
  readonly digits: number;
}

/** All names of one contact centre and how they belong together; the generators turn it into steps. */
export interface Plan {
  readonly seed: number;
  readonly size: SeedSize;
  readonly side: Side;
  readonly company: string;
  readonly slug: string;
  readonly home: string;
  readonly divisions: readonly string[];
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly wrapUpCodes: readonly string[];
  readonly people: readonly PersonPlan[];
  readonly locations: readonly string[];
  readonly groups: readonly string[];
  readonly prompts: readonly string[];
  readonly lines: readonly string[];
  readonly queues: readonly string[];
  readonly schedules: readonly string[];
  readonly scheduleGroups: readonly string[];
  readonly emergencyGroups: readonly string[];
  readonly tables: readonly TablePlan[];
  readonly integrations: readonly IntegrationPlan[];
  /** How many credentials there are; those beyond the integrations belong to none. */
  readonly credentials: number;
  readonly actions: readonly ActionPlan[];
  readonly flows: readonly FlowPlan[];
  readonly ivrs: readonly string[];
  readonly trunks: readonly TrunkPlan[];
  readonly sites: readonly string[];
  readonly pools: readonly PoolPlan[];
}
