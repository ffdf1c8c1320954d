import tseslint from "typescript-eslint";
import { EDGES } from "./tools/layout.mjs";

const COLLECTION = "[init.type='NewExpression'][init.callee.name=/^(Map|Set)$/]";

/** House rules that are about the shape of the code; tests keep to them too. */
const SHAPE = [
  { selector: "TSEnumDeclaration", message: "No enums: use a union of string literals." },
  { selector: "TSModuleDeclaration", message: "No namespaces: a file is a module." },
  { selector: "ExportDefaultDeclaration", message: "Named exports only." },
  {
    selector:
      "ClassDeclaration:not([superClass.name=/Error$/]):not([id.name=/Client$/]):not([superClass.property.name=/Resource$/])",
    message: "Classes only for errors, clients and Pulumi resources: use functions and interfaces.",
  },
];

/** State that outlives a call; what a test sets up before each case may. */
const STATE = [
  {
    selector: ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind='let']",
    message: "No module-level mutable state: pass it in.",
  },
  {
    selector: `:matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator${COLLECTION}:not([id.typeAnnotation])`,
    message: "No module-level mutable state: annotate a constant collection as ReadonlyMap or ReadonlySet.",
  },
];

const IMPURE_GLOBALS = ["process", "fetch", "setTimeout", "setInterval", "setImmediate", "performance"];
const PORTS = "Only the edge touches the outside world: take a port of src/model/ports.ts.";

export default tseslint.config(
  {
    ignores: [
      ...["dist/", "coverage/", "node_modules/", "reports/", ".stryker-tmp/", ".lockstep/"],
      // Code that ajv has made.
      "src/**/generated/*-validator.ts",
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["*.mjs"] }, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": true }],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/prefer-readonly": "error",
      "@typescript-eslint/require-await": "off",
      eqeqeq: "error",
      "max-lines": ["error", 350],
      "no-console": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-syntax": ["error", ...SHAPE],
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...SHAPE, ...STATE],
      complexity: ["error", 15],
      "max-params": ["error", 4],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: EDGES,
    rules: {
      "no-restricted-globals": ["error", ...IMPURE_GLOBALS.map((name) => ({ name, message: PORTS }))],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: PORTS },
        { object: "Math", property: "random", message: PORTS },
      ],
      "no-restricted-syntax": [
        "error",
        ...SHAPE,
        ...STATE,
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: PORTS },
      ],
    },
  },
  // Its tables of facts are written as calls, one row each.
  { files: ["src/simulator/**"], rules: { "max-params": "off" } },
  { files: ["tools/**", "bench/**"], rules: { "no-console": "off" } },
  { files: ["src/**/generated/**", "src/model/config.ts"], rules: { "max-lines": "off" } },
  {
    files: ["*.config.ts", "**/*.mjs", "policy/*.js"],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, "no-restricted-syntax": "off", "no-console": "off" },
  },
  // Loaded with `require` by the engine.
  { files: ["policy/*.js"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
