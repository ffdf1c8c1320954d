import type { Config, NumberRule, Rename } from "../model/config.ts";
import { patternProblem } from "../model/name-pattern.ts";
import { formatPointer } from "../model/pointer.ts";
import type { ConfigProblem } from "./config-error.ts";
import type { LineOf } from "./config-lines.ts";

/** What is wrong with the regular expressions of a configuration that its schema accepted. */
export function patternProblems(config: Config, lineOf: LineOf): ConfigProblem[] {
  const lists: readonly (readonly [readonly string[], readonly (Rename | NumberRule)[]])[] = [
    [["renames"], config.renames],
    [["numbers"], config.numbers],
    [["repository", "renames"], config.repository?.renames ?? []],
    [["repository", "numbers"], config.repository?.numbers ?? []],
  ];
  return lists.flatMap(([list, rules]) =>
    rules.flatMap((rule, at): ConfigProblem[] => {
      const problem = "pattern" in rule ? patternProblem(rule.pattern, rule.replace) : undefined;
      if (problem === undefined) return [];
      const place = [...list, String(at), "pattern"];
      return [
        {
          code: "config-invalid",
          path: formatPointer(place),
          line: lineOf(place),
          expected: "a pattern and a replacement that fit together",
          found: problem,
          hint: "See the description of `pattern` in the schema.",
        },
      ];
    }),
  );
}
