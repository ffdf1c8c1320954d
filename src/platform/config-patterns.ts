import type { Config } from "../model/config.ts";
import { patternProblem } from "../model/name-pattern.ts";
import type { ConfigProblem } from "./config-error.ts";
import type { LineOf } from "./config-lines.ts";

/** What is wrong with the regular expressions of a configuration that its schema accepted. */
export function patternProblems(config: Config, lineOf: LineOf): ConfigProblem[] {
  return (["renames", "numbers"] as const).flatMap((list) =>
    config[list].flatMap((rule, at): ConfigProblem[] => {
      const problem = "pattern" in rule ? patternProblem(rule.pattern, rule.replace) : undefined;
      if (problem === undefined) return [];
      return [
        {
          code: "config-invalid",
          path: `/${list}/${String(at)}/pattern`,
          line: lineOf([list, String(at), "pattern"]),
          expected: "a pattern and a replacement that fit together",
          found: problem,
          hint: "see the description of `pattern` in the schema",
        },
      ];
    }),
  );
}
