import { memoryFiles, type MemoryFiles } from "../conformance/memory-files.ts";
import { arrange } from "./conditions.ts";
import { make } from "./edits.ts";
import { isAboutWrites, strike } from "./faults.ts";
import { cameBackOtherwise, judge, livePaths, type Evidence } from "./judge.ts";
import type { Lab, SmallWorld } from "./lab.ts";
import { isWrite, runOver, type Ended, type Network } from "./process.ts";
import { pictureOf, rawOf, type Picture } from "./reader.ts";
import { caseText, type Case } from "./case.ts";
import { restoreWorlds, saveWorlds, type Worlds } from "./small-world.ts";

/** What became of a case. */
export interface Verdict {
  readonly text: string;
  /** What was done to the primary; undefined where the kind has no place for the case. */
  readonly edit: string | undefined;
  /** Commands that were run. */
  readonly runs: number;
  /** What is wrong, in words. */
  readonly problems: readonly string[];
}

/** A case without its fault, played to its end: what every fault has to lead to as well. */
interface Reference {
  readonly edit: string;
  readonly worlds: Worlds;
  readonly files: MemoryFiles;
  /** Does each request of the run write? */
  readonly requests: readonly boolean[];
  readonly exit: number | null;
  readonly final: Picture;
  readonly finalPaths: ReadonlySet<string>;
  readonly problems: readonly string[];
  readonly runs: number;
}

const SYNC = ["sync", "--yes", "--prune", "--format", "json"];
const ALLOWED = ["protected", "shrunken-kind", "loses-all-members", "live-traffic"].flatMap((guard) => [
  "--allow",
  guard,
]);

/** Plays cases; what several of them start from is prepared once. */
export interface Player {
  readonly play: (wanted: Case) => Promise<Verdict>;
}

export function playerIn(lab: Lab): Player {
  const { office } = lab;
  const { simulator } = office;
  const config = office.files.texts.get("/work/lockstep.yaml") ?? "";
  const worlds = new Map<string, { world: SmallWorld; files: MemoryFiles }>();
  const references = new Map<string, Reference | undefined>();

  /** Runs one sync and looks at both organisations afterwards. */
  async function sync(files: MemoryFiles, network: Network): Promise<{ ended: Ended; evidence: Evidence }> {
    simulator.clearLog();
    const before = await rawOf(simulator, "standby");
    const untouched = JSON.stringify(await rawOf(simulator, "primary"));
    const ended = await runOver([...SYNC, ...ALLOWED], { ...office.ports, files }, network);
    const [standby, primary] = [await rawOf(simulator, "standby"), await rawOf(simulator, "primary")];
    const primaryTouched = JSON.stringify(primary) !== untouched;
    return { ended, evidence: { ended, before, standby, primary, primaryTouched, log: [...simulator.world.log] } };
  }

  async function inStep(kind: string): Promise<{ world: SmallWorld; files: MemoryFiles }> {
    const known = worlds.get(kind);
    if (known !== undefined) return known;
    const world = lab.smallWorld(kind);
    restoreWorlds(simulator, world.worlds);
    const files = memoryFiles();
    await files.write("/work/lockstep.yaml", config);
    const { ended } = await sync(files, (sent) => sent.answer());
    if (ended.exit !== 0) throw new Error(`the world of ${kind} is not in step: ${ended.stdout} ${ended.stderr}`);
    const made = { world: { ...world, worlds: saveWorlds(simulator) }, files };
    worlds.set(kind, made);
    return made;
  }

  async function referenceFor({ kind, edit, nth, condition }: Case): Promise<Reference | undefined> {
    const name = caseText({ kind, edit, nth, condition, fault: "clean", at: 0 });
    if (references.has(name)) return references.get(name);
    const { world, files } = await inStep(kind);
    restoreWorlds(simulator, world.worlds);
    const done = await make(edit, { office, world, nth });
    if (done === undefined || !arrange(condition, office, world, nth)) {
      references.set(name, undefined);
      return undefined;
    }
    const start = saveWorlds(simulator);
    const work = copyOf(files);
    const requests: boolean[] = [];
    const first = await sync(work, (sent) => {
      requests.push(isWrite(sent.request));
      return sent.answer();
    });
    const settled = cameBackOtherwise(first.ended) ? await sync(work, (sent) => sent.answer()) : first;
    const final = pictureOf(settled.evidence.standby);
    const expected = {
      exit: settled.ended.exit,
      final,
      finalPaths: livePaths(settled.evidence.standby),
      isReference: true,
    };
    const again = await sync(work, (sent) => sent.answer());
    const reference: Reference = {
      edit: done,
      worlds: start,
      files: copyOf(files),
      requests,
      ...expected,
      problems: [
        ...judge(settled.evidence, expected, condition),
        ...judge(again.evidence, { ...expected, isLast: true }, condition).map((problem) => `second run: ${problem}`),
      ],
      runs: settled === first ? 2 : 3,
    };
    if (references.size > 150) references.delete([...references.keys()][0] ?? "");
    references.set(name, reference);
    return reference;
  }

  async function withFault(wanted: Case, reference: Reference): Promise<{ runs: number; problems: string[] }> {
    const { fault, condition } = wanted;
    const { exit, final, finalPaths, requests } = reference;
    const at = requestFor(wanted, requests);
    if (at === undefined) return { runs: 0, problems: [] };
    restoreWorlds(simulator, reference.worlds);
    const files = copyOf(reference.files);
    const expected = { exit, final, finalPaths };
    const first = await sync(files, strike(fault, at));
    const problems = judge(first.evidence, expected, condition).map((problem) => `faulty run: ${problem}`);
    for (let run = 1; run <= 3; run += 1) {
      const { ended, evidence } = await sync(files, (sent) => sent.answer());
      const isLast = run === 3;
      problems.push(
        ...judge(evidence, { ...expected, isLast }, condition).map(
          (problem) => `run ${String(run)} after it: ${problem}`,
        ),
      );
      const idle = !evidence.log.some(isWriteLine);
      if (idle && ended.exit === exit) return { runs: run + 1, problems };
      if (run === 3) problems.push(`does not converge: exit ${String(ended.exit)}`);
    }
    return { runs: 4, problems };
  }

  return {
    play: async (wanted) => {
      const text = caseText(wanted);
      const reference = await referenceFor(wanted);
      if (reference === undefined) return { text, edit: undefined, runs: 0, problems: [] };
      const { edit } = reference;
      // What is wrong without a fault is told once, as the case without one.
      if (wanted.fault === "clean") return { text, edit, runs: reference.runs, problems: reference.problems };
      if (reference.problems.length > 0) return { text, edit, runs: 0, problems: [] };
      const { runs, problems } = await withFault(wanted, reference);
      return { text, edit, runs, problems };
    },
  };
}

function isWriteLine({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return path.startsWith("/api/") && isWrite({ method, url: path });
}

/** The number of the request that the fault strikes: of all, or of those that write; undefined where there is none. */
function requestFor({ fault, at }: Case, requests: readonly boolean[]): number | undefined {
  const numbers = requests.flatMap((writes, index) => (writes || !isAboutWrites(fault) ? [index + 1] : []));
  return numbers[at % Math.max(numbers.length, 1)];
}

function copyOf(files: MemoryFiles): MemoryFiles {
  const copy = memoryFiles();
  for (const [path, text] of files.texts) void copy.write(path, text);
  return copy;
}
