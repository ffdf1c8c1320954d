// Loaded into measured processes: only a process itself can tell the most memory it held, on every platform.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  if (process.env.BENCH_USAGE) writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage()));
});
