// Plays generated situations for as long as asked, and records the result for docs/reliability.md.
//   npm run soak -- [--minutes N] [--seed S] [--record]
//   npm run soak -- --impossible
//   npm run soak -- --case 'queue/update:0/none/answer-lost@3' [--case …]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { campaign, inWords, type Outcome } from "../test/reliability/campaign.ts";
import { impossible, parseCase, SITUATIONS } from "../test/reliability/case.ts";
import { openLab } from "../test/reliability/lab.ts";
import { playerIn, type Player } from "../test/reliability/play.ts";

/** Where the last recorded result lies. */
const RECORD = new URL("soak.json", import.meta.url);

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    case: { type: "string", multiple: true },
    impossible: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
  },
});

/** @returns is everything as it should be? */
async function playOne(player: Player, text: string): Promise<boolean> {
  const { edit = "no place for it", runs, problems } = await player.play(parseCase(text));
  console.log([`${text}: ${edit}; ${String(runs)} commands`, ...problems].join("\n"));
  return problems.length === 0;
}

async function playAll(player: Player, cases: readonly string[]): Promise<boolean> {
  let isFine = true;
  for (const text of cases) isFine = (await playOne(player, text)) && isFine;
  return isFine;
}

async function playMany(player: Player): Promise<boolean> {
  const end = Date.now() + Number(values.minutes) * 60_000;
  const outcome = await campaign(player, Number(values.seed), () => Date.now() < end, console.log);
  console.log(inWords(outcome));
  if (values.record) record(outcome);
  return outcome.failures.length === 0;
}

function record(outcome: Outcome): void {
  const at = new Date().toISOString().slice(0, 10);
  writeFileSync(RECORD, `${JSON.stringify({ at, minutes: Number(values.minutes), ...outcome }, null, 2)}\n`);
}

/** Prints how many combinations of kind, edit and condition there are, and why the others cannot be. */
function printImpossible(): void {
  console.log(`${String(SITUATIONS.length)} combinations of kind, edit and condition can be`);
  for (const [reason, combinations] of impossible())
    console.log(`${String(combinations.length)} cannot: ${reason}\n  ${combinations.join(" ")}`);
}

async function playAsAsked(): Promise<boolean> {
  const player = playerIn(await openLab());
  return values.case === undefined ? playMany(player) : playAll(player, values.case);
}

if (values.impossible) printImpossible();
else process.exitCode = (await playAsAsked()) ? 0 : 1;
