import { memoryFiles, type MemoryFiles } from "../conformance/memory-files.ts";
import { arrange } from "./conditions.ts";
import { make } from "./edits.ts";
import { isAboutWrites, lagOf, strike, type Fault } from "./faults.ts";
import { cameBackOtherwise, judge, keptObjects, type Evidence, type KeptObjects } from "./judge.ts";
import type { Lab, SmallWorld } from "./lab.ts";
import { isWrite, runOver, type Ended, type Network } from "./process.ts";
import { pictureOf, rawOf, type Picture } from "./reader.ts";
import { caseText, type Case } from "./case.ts";
import { isFresh, isSecond, playBoth, secondFiles, setLock } from "./second.ts";
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
  readonly kept: KeptObjects;
  readonly problems: readonly string[];
  readonly runs: number;
}

const SYNC = ["sync", "--yes", "--prune", "--format", "json"];
const ALLOWED = ["protected", "shrunken-kind", "loses-all-members", "live-traffic"].flatMap((guard) => [
  "--allow",
  guard,
]);

/** What the runs that a fault is about are called. */
const RUNS = ["faulty", "second workspace's"];

/** Everything is answered. */
const undisturbed: Network = (sent) => sent.answer();

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

  const run = (files: MemoryFiles, network: Network): Promise<Ended> =>
    runOver([...SYNC, ...ALLOWED], { ...office.ports, files }, network);

  /** Looks at both organisations before and after runs, which may overlap. */
  async function observed(work: () => Promise<readonly Ended[]>): Promise<Evidence[]> {
    simulator.clearLog();
    const before = await rawOf(simulator, "standby");
    const untouched = JSON.stringify(await rawOf(simulator, "primary"));
    const all = await work();
    const [standby, primary] = [await rawOf(simulator, "standby"), await rawOf(simulator, "primary")];
    const primaryTouched = JSON.stringify(primary) !== untouched;
    return all.map((ended) => ({ ended, before, standby, primary, primaryTouched, log: [...simulator.world.log] }));
  }

  async function sync(files: MemoryFiles, network: Network = undisturbed): Promise<Evidence> {
    const [evidence] = await observed(async () => [await run(files, network)]);
    if (evidence === undefined) throw new Error("no run");
    return evidence;
  }

  /** The run that the fault strikes, and that of the second workspace. */
  async function faultyRuns(fault: Fault, at: number, files: MemoryFiles): Promise<Evidence[]> {
    if (!isSecond(fault)) return [await sync(files, strike(fault, at))];
    await setLock(fault, simulator, files);
    const others = await secondFiles(fault, files);
    const [first, second] = [(network: Network) => run(files, network), () => run(others, undisturbed)];
    return observed(() => playBoth({ fault, at, first, second, clock: office.ports.clock }));
  }

  async function inStep(kind: string): Promise<{ world: SmallWorld; files: MemoryFiles }> {
    const known = worlds.get(kind);
    if (known !== undefined) return known;
    const world = lab.smallWorld(kind);
    restoreWorlds(simulator, world.worlds);
    const files = memoryFiles();
    await files.write("/work/lockstep.yaml", config);
    const { ended } = await sync(files);
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
    const settled = cameBackOtherwise(first.ended) ? await sync(work) : first;
    const final = pictureOf(settled.standby);
    const kept = keptObjects(first.before, settled.standby);
    const expected = { exit: settled.ended.exit, final, kept, isReference: true };
    const again = await sync(work);
    const reference: Reference = {
      edit: done,
      worlds: start,
      files: copyOf(files),
      requests,
      ...expected,
      problems: [
        ...judge(settled, expected, condition),
        ...judge(again, { ...expected, isLast: true }, condition).map((problem) => `second run: ${problem}`),
      ],
      runs: settled === first ? 2 : 3,
    };
    if (references.size > 150) references.delete([...references.keys()][0] ?? "");
    references.set(name, reference);
    return reference;
  }

  async function withFault(wanted: Case, reference: Reference): Promise<{ runs: number; problems: string[] }> {
    const { fault, condition } = wanted;
    const { exit, final, requests } = reference;
    const at = requestFor(wanted, requests);
    // What is left for a person to do, such as names that were exchanged, shows only to who knows the ids.
    if (at === undefined || (isFresh(fault) && exit !== 0)) return { runs: 0, problems: [] };
    restoreWorlds(simulator, reference.worlds);
    const files = copyOf(reference.files);
    // Who does not know what objects were called before deletes those of the old name, and makes those of the new one.
    const kept = isFresh(fault) && /name/.test(wanted.edit) ? new Map<string, readonly string[]>() : reference.kept;
    const expected = { exit, final, kept };
    const faulty = await faultyRuns(fault, at, files);
    const problems = faulty.flatMap((evidence, number) =>
      judge(evidence, expected, condition).map((problem) => `${RUNS[number] ?? "another"} run: ${problem}`),
    );
    for (let run = 1; run <= 3; run += 1) {
      const evidence = await sync(files);
      const isLast = run === 3;
      problems.push(
        ...judge(evidence, { ...expected, isLast }, condition).map(
          (problem) => `run ${String(run)} after it: ${problem}`,
        ),
      );
      const idle = !evidence.log.some(isWriteLine);
      if (idle && evidence.ended.exit === exit) return { runs: run + faulty.length, problems };
      if (run === 3) problems.push(`does not converge: exit ${String(evidence.ended.exit)}`);
    }
    return { runs: 3 + faulty.length, problems };
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
      simulator.configure({ lagMs: lagOf(wanted.fault) });
      const { runs, problems } = await withFault(wanted, reference).finally(() => simulator.configure({ lagMs: 0 }));
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
