import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { isAsset, isObj, isUnknown, type Obj } from "./values.ts";

const PACKAGE = new URL("../../../node_modules/@pulumi/aws/", import.meta.url);

/** What is wrong with one input. */
export interface Problem {
  readonly property: string;
  readonly reason: string;
}

/** Holds inputs against the types that `@pulumi/aws` declares. */
export interface Declarations {
  /** What the types do not allow: unknown properties, values of another type, missing ones. */
  problems(token: string, inputs: Obj): Problem[];
}

/** Reads the type declarations of the installed `@pulumi/aws`; each is parsed when a resource needs it. */
export function declarations(): Declarations {
  const inputs = readFileSync(fileURLToPath(new URL("types/input.d.ts", PACKAGE)), "utf8");
  const parsed = new Map<string, ts.InterfaceDeclaration>();
  const nested = (name: string): ts.InterfaceDeclaration => {
    const found = parsed.get(name) ?? parseInterface(inputText(inputs, name), name);
    parsed.set(name, found);
    return found;
  };
  return {
    problems: (token, values) => propertyProblems(argsOf(token), values, "", nested),
  };
}

type Nested = (name: string) => ts.InterfaceDeclaration;

/** The arguments of a resource class: `aws:route53/record:Record` is declared in `route53/record.d.ts`. */
function argsOf(token: string): ts.InterfaceDeclaration {
  const [, module = "", className = ""] = token.split(":");
  const text = readFileSync(new URL(`${module}.d.ts`, PACKAGE), "utf8");
  return parseInterface(interfaceText(text, `export interface ${className}Args {`, "\n}"), token);
}

/** The file is too large to be parsed as a whole: 5.7 MB; it is generated, so its lines look alike. */
function inputText(inputs: string, name: string): string {
  const [namespace = "", type = ""] = name.includes(".") ? name.split(".") : ["", name];
  if (namespace === "") return interfaceText(inputs, `export interface ${type} {`, "\n}");
  const start = inputs.indexOf(`export declare namespace ${namespace} {`);
  return interfaceText(inputs.slice(start), `    interface ${type} {`, "\n    }");
}

function interfaceText(text: string, head: string, end: string): string {
  const start = text.indexOf(head);
  if (start < 0) throw new Error(`@pulumi/aws declares no "${head}"`);
  return `${text.slice(start, text.indexOf(end, start))}\n}`;
}

function parseInterface(text: string, name: string): ts.InterfaceDeclaration {
  const found = ts
    .createSourceFile(`${name}.ts`, text, ts.ScriptTarget.ES2022)
    .statements.find(ts.isInterfaceDeclaration);
  if (found === undefined) throw new Error(`${name}: not an interface`);
  return found;
}

function propertyProblems(declared: ts.InterfaceDeclaration, values: Obj, at: string, nested: Nested): Problem[] {
  const members = new Map(
    declared.members.filter(ts.isPropertySignature).map((member) => [(member.name as ts.Identifier).text, member]),
  );
  const missing = [...members]
    .filter(([name, { questionToken }]) => questionToken === undefined && values[name] === undefined)
    .map(([name]) => ({ property: at + name, reason: "is required" }));
  const wrong = Object.entries(values).flatMap(([name, value]) => {
    const type = members.get(name)?.type;
    if (type === undefined) return [{ property: at + name, reason: `is not declared by ${declared.name.text}` }];
    return valueProblems(type, value, at + name, nested);
  });
  return [...missing, ...wrong];
}

/** Problems of a value that has to be of a type; a union takes what one of its members takes. */
function valueProblems(type: ts.TypeNode, value: unknown, at: string, nested: Nested): Problem[] {
  if (isUnknown(value)) return [];
  if (ts.isUnionTypeNode(type)) {
    const members = type.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
    const tries = members.map((member) => valueProblems(member, value, at, nested));
    return tries.find((problems) => problems.length === 0) ?? tries[0] ?? [];
  }
  if (ts.isArrayTypeNode(type)) {
    if (!Array.isArray(value)) return [{ property: at, reason: "is not a list" }];
    return value.flatMap((entry, index) => valueProblems(type.elementType, entry, `${at}[${index}]`, nested));
  }
  if (ts.isTypeReferenceNode(type)) return referenceProblems(type, value, at, nested);
  if (ts.isTypeLiteralNode(type)) return isObj(value) ? [] : [{ property: at, reason: "is not a map" }];
  const wanted = KEYWORDS.get(type.kind);
  return wanted === undefined || typeof value === wanted ? [] : [{ property: at, reason: `is not a ${wanted}` }];
}

const KEYWORDS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.StringKeyword, "string"],
  [ts.SyntaxKind.NumberKeyword, "number"],
  [ts.SyntaxKind.BooleanKeyword, "boolean"],
]);

function referenceProblems(type: ts.TypeReferenceNode, value: unknown, at: string, nested: Nested): Problem[] {
  const name = nameOf(type.typeName);
  const [argument] = type.typeArguments ?? [];
  if (name === "pulumi.Input" && argument !== undefined) return valueProblems(argument, value, at, nested);
  if (name.startsWith("inputs.")) {
    const declared = nested(name.slice("inputs.".length));
    if (!isObj(value)) return [{ property: at, reason: `is not a ${declared.name.text}` }];
    return propertyProblems(declared, value, `${at}.`, nested);
  }
  if (name.startsWith("enums.")) return typeof value === "string" ? [] : [{ property: at, reason: "is not a string" }];
  if (name.startsWith("pulumi.asset.")) return isAsset(value) ? [] : [{ property: at, reason: `is not a ${name}` }];
  return [];
}

function nameOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${nameOf(name.left)}.${name.right.text}`;
}
