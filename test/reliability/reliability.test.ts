import { beforeAll, expect, it } from "vitest";
import { campaign, inWords } from "./campaign.ts";
import { openLab } from "./lab.ts";
import { playerIn, type Player } from "./play.ts";

/** Cases of the slice, which every run plays again; `npm run soak` plays others, for as long as it is asked to. */
const CASES = 80;
const SEED = 1;
const MINUTES = 600_000;

let player: Player;

beforeAll(async () => {
  player = playerIn(await openLab());
}, MINUTES);

it("keeps its word in generated situations", { timeout: MINUTES }, async () => {
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const outcome = await campaign(player, SEED, (played) => played < CASES, print);
  print(inWords(outcome));
  expect(outcome.failures).toEqual([]);
  expect(outcome.played).toBeGreaterThanOrEqual(CASES);
});
