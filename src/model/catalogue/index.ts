import { COMMAND_LINE } from "./command-line.ts";
import { CONFIGURATION } from "./configuration.ts";
import { DNS } from "./dns.ts";
import type { Code } from "./codes.ts";
import type { Topic } from "./entry.ts";
import { FINDINGS } from "./findings.ts";
import { GENESYS_CLOUD } from "./genesys-cloud.ts";
import { GUARDS } from "./guards.ts";
import { MESSAGES } from "./messages.ts";
import { OBJECTS } from "./objects.ts";
import { PLANS } from "./plans.ts";
import { PULL_REQUESTS } from "./pull-requests.ts";
import { SNAPSHOTS } from "./snapshots.ts";
import { STACKS } from "./stacks.ts";

/** Every code there is, by topic: what `docs/errors.md` is generated from. */
export const TOPICS: readonly Topic[] = [
  {
    title: "Guards",
    about: "A guard stops a command so that you can decide. The exit code is 3.",
    entries: GUARDS,
  },
  { title: "Command line and files", about: "", entries: COMMAND_LINE },
  { title: "Configuration", about: "", entries: CONFIGURATION },
  {
    title: "Snapshots and repositories",
    about: "`lockstep validate` lists every problem of a directory; the other commands stop at the first one.",
    entries: SNAPSHOTS,
  },
  { title: "Genesys Cloud", about: "", entries: GENESYS_CLOUD },
  { title: "Objects", about: "", entries: OBJECTS },
  { title: "Plans", about: "", entries: PLANS },
  { title: "Pulumi", about: "", entries: STACKS },
  { title: "DNS", about: "", entries: DNS },
  { title: "GitHub", about: "", entries: PULL_REQUESTS },
  { title: "Messages", about: "", entries: MESSAGES },
  {
    title: "Findings",
    about: "Findings are reported beside the differences and do not change the exit code.",
    entries: FINDINGS,
  },
];

const CODES: ReadonlySet<string> = new Set(
  TOPICS.filter(({ entries }) => entries !== FINDINGS).flatMap(({ entries }) => Object.keys(entries)),
);

/** Is a text a code that a command can fail with? */
export function isCode(text: string): text is Code {
  return CODES.has(text);
}
