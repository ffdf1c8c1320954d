import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const SRC = fileURLToPath(new URL("../../../src/", import.meta.url));

/** A text for people, as the source has it: the placeholders of a template stay as they are. */
export interface ToldText {
  readonly role: Role;
  readonly file: string;
  readonly text: string;
}

/** `message` says what was found; `sentence` is a hint, or a part of the documentation. */
type Role = "message" | "sentence";

/**
 * Properties that hold texts, of findings, problems of a plan, guards, refusals, errors and the catalogue; and parameters of
 * functions and constructors that make them.
 */
const ROLES: Readonly<Partial<Record<string, Role>>> = {
  message: "message",
  hint: "sentence",
  meaning: "sentence",
  action: "sentence",
};

/** Functions that make failures of the provider's checks: the reason is a message. Elsewhere a reason is a part of one. */
const CHECK_FAILURES = new Set(["failure", "failureAt"]);

/** Only in the catalogue does a property of this name hold a sentence; elsewhere it is what happens to an object. */
const CATALOGUE_ONLY = new Set(["meaning", "action"]);

/** A function or a class of the product, by the name that it is called by. */
interface Callable {
  readonly name: string;
  readonly node: ts.SignatureDeclaration;
  readonly isExported: boolean;
}

type Callables = ReadonlyMap<string, readonly Callable[]>;

/** Every text that the product makes for people at a place where its form is known: see {@link ROLES}. */
export function toldTexts(): ToldText[] {
  const names = readdirSync(SRC, { recursive: true, encoding: "utf8" });
  const files = names
    .filter((name) => name.endsWith(".ts") && !/^(simulator|prober)\/|\/generated\//.test(name))
    .map((name) => ts.createSourceFile(name, readFileSync(join(SRC, name), "utf8"), ts.ScriptTarget.Latest, true));
  const nodes = files.flatMap(nodesOf);
  const callables = new Map<string, Callable[]>();
  for (const callable of nodes.flatMap(callablesIn))
    callables.set(callable.name, [...(callables.get(callable.name) ?? []), callable]);
  const all = nodes.flatMap((node) => textsMadeBy(node, callables));
  return [...new Map(all.map((told) => [JSON.stringify(told), told])).values()];
}

function callablesIn(node: ts.Node): Callable[] {
  if (ts.isFunctionDeclaration(node)) return [{ name: node.name?.text ?? "", node, isExported: isExported(node) }];
  if (ts.isConstructorDeclaration(node))
    return [{ name: node.parent.name?.text ?? "", node, isExported: isExported(node.parent) }];
  return ts.isVariableDeclaration(node) && node.initializer !== undefined && ts.isArrowFunction(node.initializer)
    ? [{ name: node.name.getText(), node: node.initializer, isExported: isExported(node) }]
    : [];
}

function isExported(node: ts.Declaration): boolean {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;
}

function textsMadeBy(node: ts.Node, callables: Callables): ToldText[] {
  const made = (role: Role | undefined, value: ts.Expression | undefined): ToldText[] =>
    role === undefined || value === undefined
      ? []
      : literals(value, callables).map((literal) => ({
          role,
          file: literal.getSourceFile().fileName,
          text: literal.getText().slice(1, -1),
        }));
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const maker = calledName(node);
    const makers = maker === undefined ? [] : called(maker, callables);
    return makers.flatMap(({ parameters }) =>
      (node.arguments ?? []).flatMap((argument, at) => made(parameterRole(maker?.text, parameters[at]), argument)),
    );
  }
  if (ts.isShorthandPropertyAssignment(node)) return made(roleOf(node), node.name);
  return ts.isPropertyAssignment(node) ? made(roleOf(node), node.initializer) : [];
}

/** The name that is called; for `super(…)` that of the class above. */
function calledName({ expression }: ts.CallExpression | ts.NewExpression): ts.Identifier | undefined {
  if (expression.kind !== ts.SyntaxKind.SuperKeyword) return ts.isIdentifier(expression) ? expression : undefined;
  const parent = ts.findAncestor(expression, ts.isClassLike)?.heritageClauses?.[0]?.types[0]?.expression;
  return parent !== undefined && ts.isIdentifier(parent) ? parent : undefined;
}

function parameterRole(maker: string | undefined, parameter: ts.ParameterDeclaration | undefined): Role | undefined {
  const name = parameter?.name.getText() ?? "";
  if (name === "reason" && CHECK_FAILURES.has(maker ?? "")) return "message";
  return CATALOGUE_ONLY.has(name) || !Object.hasOwn(ROLES, name) ? undefined : ROLES[name];
}

function roleOf(node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment): Role | undefined {
  const name = node.name.getText();
  if (CATALOGUE_ONLY.has(name) && !node.getSourceFile().fileName.startsWith("model/catalogue/")) return undefined;
  return Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
}

/** The literals that an expression can begin with: of both branches, of a constant, or of what a function returns. */
function literals(value: ts.Expression, callables: Callables): ts.Expression[] {
  if (ts.isStringLiteralLike(value) || ts.isTemplateExpression(value)) return [value];
  if (ts.isParenthesizedExpression(value)) return literals(value.expression, callables);
  if (ts.isConditionalExpression(value))
    return [value.whenTrue, value.whenFalse].flatMap((branch) => literals(branch, callables));
  if (ts.isIdentifier(value)) {
    const constant = constantNamed(value);
    return constant === undefined ? [] : literals(constant, callables);
  }
  if (!ts.isCallExpression(value) || !ts.isIdentifier(value.expression)) return [];
  if (value.expression.text === "withSuggestion")
    return value.arguments.slice(0, 1).flatMap((of) => literals(of, callables));
  return returned(value.expression, callables).flatMap((answer) => literals(answer, callables));
}

/** What the constant of this name starts as, in the nearest block around it. */
function constantNamed(use: ts.Identifier): ts.Expression | undefined {
  for (let around: ts.Node = use.parent; ; around = around.parent) {
    if (ts.isBlock(around) || ts.isSourceFile(around)) {
      const found = around.statements
        .filter((statement) => ts.isVariableStatement(statement))
        .flatMap(({ declarationList }) => declarationList.declarations)
        .find(({ name }) => name.getText() === use.text);
      if (found !== undefined || ts.isSourceFile(around)) return found?.initializer;
    }
  }
}

function returned(name: ts.Identifier, callables: Callables): ts.Expression[] {
  return called(name, callables)
    .filter(({ type }) => /^string( \| undefined)?$/.test(type?.getText() ?? ""))
    .flatMap(nodesOf)
    .flatMap((node) => (ts.isReturnStatement(node) && node.expression !== undefined ? [node.expression] : []));
}

/** What is called by a name: what its own file declares, or else what it imports. */
function called(use: ts.Identifier, callables: Callables): ts.SignatureDeclaration[] {
  const file = use.getSourceFile();
  const all = callables.get(use.text) ?? [];
  const here = all.filter(({ node }) => node.getSourceFile() === file);
  const meant = here.length > 0 || !imports(file, use.text) ? here : all.filter((callable) => callable.isExported);
  return meant.map(({ node }) => node);
}

function imports(file: ts.SourceFile, name: string): boolean {
  return file.statements
    .filter((statement) => ts.isImportDeclaration(statement))
    .flatMap(({ importClause }) => {
      const bindings = importClause?.namedBindings;
      return bindings !== undefined && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
    })
    .some((element) => element.name.text === name);
}

function nodesOf(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}
