import type { COMMAND_LINE } from "./command-line.ts";
import type { CONFIGURATION } from "./configuration.ts";
import type { DNS } from "./dns.ts";
import type { FINDINGS } from "./findings.ts";
import type { GENESYS_CLOUD } from "./genesys-cloud.ts";
import type { GUARDS } from "./guards.ts";
import type { MESSAGES } from "./messages.ts";
import type { OBJECTS } from "./objects.ts";
import type { PLANS } from "./plans.ts";
import type { PULL_REQUESTS } from "./pull-requests.ts";
import type { SNAPSHOTS } from "./snapshots.ts";
import type { STACKS } from "./stacks.ts";

/** The name of a guard. */
export type GuardCode = keyof typeof GUARDS;

/** What a command can fail with, guards apart. */
export type ErrorCode =
  | keyof typeof COMMAND_LINE
  | keyof typeof CONFIGURATION
  | keyof typeof DNS
  | keyof typeof GENESYS_CLOUD
  | keyof typeof MESSAGES
  | keyof typeof OBJECTS
  | keyof typeof PLANS
  | keyof typeof PULL_REQUESTS
  | keyof typeof SNAPSHOTS
  | keyof typeof STACKS;

/** What a command can fail with. */
export type Code = ErrorCode | GuardCode;

/** What a finding, a problem of a snapshot or the reason why an object is left out is called. Most are errors elsewhere. */
export type FindingCode = keyof typeof FINDINGS | Code;
