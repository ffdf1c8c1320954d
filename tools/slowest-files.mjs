// A reporter that prints the ten slowest test files at the end of a run, with the time of their tests and hooks in seconds.
const SHOWN = 10;

/** Reporter of vitest; see `reporters` in vitest.config.ts. */
export default class SlowestFiles {
  /** @param modules the test files that were run, as vitest passes them */
  onTestRunEnd(modules) {
    if (modules.length <= SHOWN) return;
    const timed = modules.map((module) => {
      const { duration, collectDuration, setupDuration } = module.diagnostic();
      return { file: module.relativeModuleId, seconds: (duration + collectDuration + setupDuration) / 1000 };
    });
    timed.sort((a, b) => b.seconds - a.seconds);
    const lines = timed.slice(0, SHOWN).map(({ file, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${file}`);
    process.stdout.write(`\nSlowest files\n${lines.join("\n")}\n`);
  }
}
