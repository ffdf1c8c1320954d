// The order of test files: those that take longest go first in their project, so that no core waits for the last of them. Vitest
// itself knows no durations on a fresh machine, and goes by size: a file of twenty lines may take a minute.
import { relative } from "node:path";
import { BaseSequencer } from "vitest/node";

/** Longest first, as `tools/slowest-files.mjs` prints them, from the root of the package. */
const LONGEST = [
  "test/engine/pairs.test.ts",
  "test/engine/provision-centre.test.ts",
  "test/scenarios/up.test.ts",
  "test/engine/killed.test.ts",
  "test/docs/pulumi.test.ts",
  "test/reliability/reliability.test.ts",
  "test/corpus/corpus.test.ts",
  "test/scenarios/demo.test.ts",
  "test/importers/provider/kinds.test.ts",
  "test/conformance/fields.test.ts",
  "test/conformance/kinds.test.ts",
  "test/simulator/audit-coverage.test.ts",
  "test/scenarios/wrong-answers.test.ts",
  "test/scenarios/sick-primary.test.ts",
  "test/conformance/seeded-drift.test.ts",
  "test/docs/commands.test.ts",
];

/** Sequencer of vitest; see `sequence` in vitest.config.ts. */
export class LongFilesFirst extends BaseSequencer {
  /**
   * @override
   * @param {import("vitest/node").TestSpecification[]} files of one run, of all projects
   * @returns {Promise<import("vitest/node").TestSpecification[]>}
   */
  async sort(files) {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return projects.flatMap((own) => {
      const ranked = sorted.filter(({ project }) => project === own);
      return ranked.sort((a, b) => rankOf(a) - rankOf(b));
    });
  }
}

/** @param {import("vitest/node").TestSpecification} file */
function rankOf({ moduleId, project }) {
  const at = LONGEST.indexOf(relative(project.config.root, moduleId).replaceAll("\\", "/"));
  return at < 0 ? LONGEST.length : at;
}
