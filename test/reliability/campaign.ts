import fc from "fast-check";
import { anyCases, caseText, type Case } from "./case.ts";
import type { Player, Verdict } from "./play.ts";

/** What a campaign found: the figures of docs/reliability.md. */
export interface Outcome {
  readonly seed: number;
  /** Cases that were played, and those for which the kind has no place. */
  readonly played: number;
  readonly impossible: number;
  /** Commands that were run. */
  readonly commands: number;
  readonly cpuSeconds: number;
  /** Cases by each dimension. */
  readonly by: { readonly [dimension in Dimension]: { readonly [value: string]: number } };
  /** Cases that failed, made as small as they get, with what is wrong about them. */
  readonly failures: readonly { readonly case: string; readonly problems: readonly string[] }[];
}

const DIMENSIONS = ["kind", "edit", "condition", "fault"] as const;

type Dimension = (typeof DIMENSIONS)[number];

/** Situations in a row before it is looked whether there is time for more. */
const BATCH = 10;

/**
 * Plays generated cases.
 * @param goesOn is there time for another batch?
 * @param tell gets each failure as soon as it is found
 */
export async function campaign(
  player: Player,
  seed: number,
  goesOn: (played: number) => boolean,
  tell: (failure: string) => void,
): Promise<Outcome> {
  const began = process.cpuUsage();
  const seen = new Map<string, { wanted: Case; verdict: Verdict }>();
  const play = async (wanted: Case): Promise<Verdict> => {
    const verdict = await player.play(wanted);
    seen.set(caseText(wanted), { wanted, verdict });
    return verdict;
  };
  const failures = new Map<string, readonly string[]>();
  const played = (): Case[] => [...seen.values()].flatMap(({ wanted, verdict }) => (verdict.runs > 0 ? [wanted] : []));
  for (let batch = 0; goesOn(played().length); batch += 1) {
    const property = fc.asyncProperty(anyCases, async (cases) => {
      for (const wanted of cases) if ((await play(wanted)).problems.length > 0) return false;
      return true;
    });
    const { counterexample } = await fc.check(property, {
      seed: seed * 10_000 + batch,
      numRuns: BATCH,
      unbiased: true,
    });
    for (const wanted of counterexample?.[0] ?? []) {
      const { text, problems } = await play(wanted);
      if (problems.length === 0 || failures.has(text)) continue;
      failures.set(text, problems);
      tell([`npm run soak -- --case '${text}'`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
    }
  }
  const { user, system } = process.cpuUsage(began);
  const all = played();
  return {
    seed,
    played: all.length,
    impossible: seen.size - all.length,
    commands: [...seen.values()].reduce((sum, { verdict }) => sum + verdict.runs, 0),
    cpuSeconds: Math.round((user + system) / 1e6),
    by: {
      kind: countsOf(all, "kind"),
      edit: countsOf(all, "edit"),
      condition: countsOf(all, "condition"),
      fault: countsOf(all, "fault"),
    },
    failures: [...failures].map(([text, problems]) => ({ case: text, problems })),
  };
}

function countsOf(cases: readonly Case[], dimension: Dimension): { [value: string]: number } {
  const counts: { [value: string]: number } = {};
  for (const wanted of cases) counts[wanted[dimension]] = (counts[wanted[dimension]] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A campaign in a few lines. */
export function inWords({ played, impossible, commands, cpuSeconds, by, failures, seed }: Outcome): string {
  const line = (dimension: Dimension): string =>
    `  by ${dimension}: ${Object.entries(by[dimension])
      .map(([value, count]) => `${value} ${String(count)}`)
      .join(", ")}`;
  return [
    `seed ${String(seed)}: ${String(played)} cases, ${String(commands)} commands, ${String(cpuSeconds)} CPU seconds ` +
      `(${(played / Math.max(cpuSeconds, 1)).toFixed(1)} cases per CPU second); no place for ${String(impossible)} more`,
    ...DIMENSIONS.map(line),
    `  failed: ${String(failures.length)}`,
  ].join("\n");
}
