// Makes the mistakes that descriptors of kinds invite, one at a time and in memory, and shows that a conformance check names each.
import { KINDS } from "../src/kinds/index.ts";
import { pointerCovers } from "../src/model/pointer.ts";
import { CHECKS, CHECK_NAMES, type CheckName } from "../test/conformance/descriptor/checks.ts";
import type { Fault } from "../test/conformance/descriptor/fault.ts";
import { openWorld, type World } from "../test/conformance/descriptor/world.ts";
import { MISTAKES, type Wrong } from "./wrong-descriptors/mistakes.ts";

/**
 * What the conformance suite says about a mistake: the check that is made for it first, the others only if that says nothing.
 * Another check that a wrong descriptor brings down says nothing by that.
 */
async function namedBy(wrong: Wrong, check: CheckName, world: World): Promise<Fault | undefined> {
  const { kind } = wrong;
  const kinds = new Map([...KINDS, [kind.name, kind]]);
  for (const name of [check, ...CHECK_NAMES.filter((other) => other !== check)]) {
    try {
      const named = (await CHECKS[name]([kind], world, kinds)).find((fault) => isNamed(fault, wrong));
      if (named !== undefined) return named;
    } catch (error) {
      if (name === check) throw error;
    }
  }
  return undefined;
}

function isNamed(fault: Fault, { kind, field }: Wrong): boolean {
  return fault.kind === kind.name && (fault.field === field || pointerCovers(field, fault.field));
}

/**
 * Prints a line for each mistake, and one more for each descriptor that nothing names.
 * @returns how many of the mistakes are named wherever they are made
 */
async function tryAll(world: World): Promise<number> {
  let caught = 0;
  for (const [at, { title, check, wrong }] of MISTAKES.entries()) {
    const missed: Wrong[] = [];
    for (const one of wrong) if ((await namedBy(one, check, world)) === undefined) missed.push(one);
    if (missed.length === 0 && wrong.length > 0) caught += 1;
    console.log(`${at + 1}. ${title}: caught in ${wrong.length - missed.length} of ${wrong.length} places`);
    for (const { kind, field } of missed) console.log(`  NOT CAUGHT: ${kind.name} ${field}`);
  }
  return caught;
}

const world = await openWorld();
if (world.contract === undefined) {
  console.log("skipped: ../shared/contract is not there, so some mistakes cannot be seen");
} else {
  const caught = await tryAll(world);
  console.log(`${caught} of ${MISTAKES.length} caught`);
  if (caught < MISTAKES.length) process.exitCode = 1;
}
